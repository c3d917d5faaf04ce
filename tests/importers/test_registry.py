import pytest

from importers.databases import data
from tracker.errors import TrackerError, UsageProblem
from tracker.importers import registry
from tracker.importers.long_csv import LongCsv
from tracker.importers.opening import open_bytes, open_file
from tracker.importers.registry import claims, importer_for, importers
from tracker.importers.table import Table

LONG = "market,entity,period,share\n"


def name_of(name, text):
    return importer_for(Table(name, text.encode())).name


def test_each_importer_claims_its_own():
    names = ["tracker", "statcounter", "openrouter", "owid", "google-trends", "polls", "sdmx", "table"]
    assert list(importers()) == names
    assert name_of("a.csv", LONG) == "tracker"
    assert name_of("ai_chatbot-ww-monthly-202504-202506.csv", "Date,ChatGPT\n2025-04,100\n") == "statcounter"
    assert name_of("renamed.csv", "Month,Chrome,Edge\n2020-01,60,40\n2019-12,0,0\n") == "statcounter"


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "Date\n2025-04\n",
        "Date,ChatGPT\n2025-04,many\n",
        "Date,ChatGPT\n",
        "2025-04,60,40\n2025-05,50,50\n",
        "\ufeffmarket;entity;share\n",
    ],
)
def test_what_nobody_knows_is_shown_with_what_there_is(text):
    with pytest.raises(TrackerError) as refused:
        name_of("a.csv", text)
    assert repr(text.lstrip("\ufeff").partition("\n")[0]) in refused.value.message
    assert "tracker (our own long CSV" in refused.value.hint


@pytest.mark.parametrize("text", ["Date,ChatGPT\n2025-04,90\n", "Date,ChatGPT\n2025-04,0\n"])
def test_a_table_of_no_family_is_read_as_any_table(text):
    assert name_of("a.csv", text) == "table"


OF = {
    "statcounter_ai_chatbot-ww-monthly-202301-202609.csv": "statcounter",
    "statcounter_ai_chatbot-ww-202609-bar.csv": "statcounter",
    "statcounter_browser-ww-monthly-201910-202110.csv": "statcounter",
    "openrouter_rankings-daily_sample.csv": "openrouter",
    "google_trends_deepseek_daily_dmy.csv": "google-trends",
    "google_trends_ozempic_glp1_us_weekly.csv": "google-trends",
    "google_trends_ai_chatbots_ww_weekly_mdy.csv": "google-trends",
    "microsoft_ai_diffusion_economies_2025H1-2026Q1.csv": "table",
    "epoch_ai_companies_usage_reports.csv": "table",
    "search_engine_share_us_2001-2008.csv": "table",
    "w3schools_browser_stats.csv": "table",
    "owid_electric-car-sales-share.csv": "owid",
    "eurostat_nrg_ind_ren.tsv": "sdmx",
    "german_polls_2012-2020_semicolon.csv": "polls",
    "eopaod_german_polls_excerpt.csv": "polls",
    "ai_usage_facts.csv": "table",
}


@pytest.mark.parametrize("file", OF)
def test_exactly_one_importer_claims_a_real_file(file):
    encoding = "mac-roman" if file.startswith("microsoft") else None
    assert list(claims(open_file(data(file), encoding))) == [OF[file]]


@pytest.mark.parametrize("name", importers())
def test_the_example_of_an_importer_is_its_own(name):
    assert list(claims(open_bytes("example.txt", importers()[name].example.encode()))) == [name]


def test_a_name_chooses_without_asking():
    assert importer_for(Table("a.csv", b"a,b\n"), "tracker").name == "tracker"
    with pytest.raises(UsageProblem, match="There is: statcounter"):
        importer_for(Table("a.csv", LONG.encode()), "stat-counter")
    with pytest.raises(UsageProblem, match="There is: tracker, statcounter, openrouter"):
        importer_for(Table("a.csv", LONG.encode()), "zzz")


def test_two_that_claim_one_file_are_named(monkeypatch):
    class Greedy(LongCsv):
        name = "greedy"

    monkeypatch.setattr(registry, "importers", lambda: {"tracker": LongCsv(), "greedy": Greedy()})
    with pytest.raises(
        TrackerError,
        match=r"more than one importer reads this: tracker \(.*\); greedy \(.*\)\nChoose one with --importer",
    ):
        name_of("a.csv", LONG)
