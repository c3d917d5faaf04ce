import pytest

from tracker.errors import TrackerError, UsageProblem
from tracker.importers import registry
from tracker.importers.long_csv import LongCsv
from tracker.importers.registry import importer_for, importers
from tracker.importers.table import Table

LONG = "market,entity,period,share\n"


def name_of(name, text):
    return importer_for(Table(name, text.encode())).name


def test_each_importer_claims_its_own():
    assert list(importers()) == ["tracker", "statcounter"]
    assert name_of("a.csv", LONG) == "tracker"
    assert name_of("ai_chatbot-ww-monthly-202504-202506.csv", "Date,ChatGPT\n2025-04,100\n") == "statcounter"
    assert name_of("renamed.csv", "Month,Chrome,Edge\n2020-01,60,40\n2019-12,0,0\n") == "statcounter"


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "Date\n2025-04\n",
        "Date,ChatGPT\n2025-04,90\n",
        "Date,ChatGPT\n2025-04,0\n",
        "Date,ChatGPT\n2025-04,many\n",
        "Date,ChatGPT\n2025-04,NaN\n",
        "Date,ChatGPT\n",
        "AI Chatbot,Market Share Perc. (Sept 2026)\nChatGPT,80.47\n",
        "\ufeffmarket;entity;share\n",
    ],
)
def test_what_nobody_knows_is_shown_with_what_there_is(text):
    with pytest.raises(TrackerError) as refused:
        name_of("a.csv", text)
    assert repr(text.lstrip("\ufeff").partition("\n")[0]) in refused.value.message
    assert "tracker (our own long CSV" in refused.value.hint


def test_a_name_chooses_without_asking():
    assert importer_for(Table("a.csv", b"a,b\n"), "tracker").name == "tracker"
    with pytest.raises(UsageProblem, match="There is: statcounter"):
        importer_for(Table("a.csv", LONG.encode()), "stat-counter")
    with pytest.raises(UsageProblem, match="There is: tracker, statcounter"):
        importer_for(Table("a.csv", LONG.encode()), "zzz")


def test_two_that_claim_one_file_are_named(monkeypatch):
    class Greedy(LongCsv):
        name = "greedy"

    monkeypatch.setattr(registry, "importers", lambda: {"tracker": LongCsv(), "greedy": Greedy()})
    with pytest.raises(
        TrackerError, match=r"more than one importer reads this: tracker, greedy\nChoose one with --importer"
    ):
        name_of("a.csv", LONG)
