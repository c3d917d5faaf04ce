"""`--as-of` and `--as-published`, on every command that reads."""

import csv
import io
import shutil

import pytest

from importers.databases import data

STATCOUNTER = "statcounter_ai_chatbot-ww-monthly-202301-202609.csv"
JULY = ("--market", "statcounter/ai-chatbot-ww", "--from", "2025-07", "--to", "2025-07")
R1 = ("--market", "poe/text-messages")


@pytest.fixture
def retracted(call, starter):
    words = ("--market", "poe/text-messages", "--date", "~2025-04-30", "--reason", "misread")
    assert call("retract", "DeepSeek R1", *words).code == 0
    return starter


def last(call, *words):
    (row,) = csv.DictReader(io.StringIO(call("show", *words, "--format", "csv").out))
    return row["last"]


def test_the_story_of_statcounter(call, starter, tmp_path):
    shutil.copy(data(STATCOUNTER), tmp_path)
    assert call("import", STATCOUNTER).code == 0
    assert last(call, "ChatGPT", *JULY, "--as-of", 1) == "82.69"
    assert last(call, "ChatGPT", *JULY) == "82.65"
    sql = (
        "select share from shares where entity = 'ChatGPT' and market = 'statcounter/ai-chatbot-ww'"
        " and period = '2025-07'"
    )
    for moment, share in ((("--as-of", 1), "82.69"), (("--as-of", 2), "82.65"), ((), "82.65")):
        assert call("query", sql, *moment, "--format", "csv").out == f"share\n{share}\n"
        rows = csv.DictReader(io.StringIO(call("export", "--entity", "ChatGPT", *JULY, *moment).out))
        assert [row["share"] for row in rows if row["role"] == ""] == [share]
    changed = [
        (row["before"], row["after"], row["points"])
        for row in csv.DictReader(io.StringIO(call("diff", 1, 2, "--format", "csv").out))
        if (row["entity"], row["period"]) == ("ChatGPT", "2025-07")
    ]
    assert changed == [("82.69", "82.65", "-0.04")]


@pytest.mark.parametrize("command", ["show", "export", "chart", "query"])
def test_as_of(command, call, retracted, unchanged):
    words = {
        "show": ("show", "DeepSeek R1", *R1),
        "export": ("export", "--entity", "DeepSeek R1", *R1),
        "query": ("query", "select entity, period, share from shares where market = 'poe/text-messages'"),
        "chart": ("chart", "DeepSeek R1", *R1, "-o", "then.png"),
    }[command]
    then = call(*words, "--as-of", 1)
    if command == "chart":
        assert (then.code, "then.png" in then.out + then.err) == (0, True)
        return
    now = call(*words)
    assert ("~2025-04-30" in then.out, "~2025-04-30" in now.out) == (True, False)
    assert (then.code, then.err, now.code) == (0, "", 0)
    with unchanged(retracted):
        assert call(*words, "--as-of", 2).out == now.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--as-of", "7"), 1, "there is no batch 7; they are 1 to 2\nSee them all: tracker log\n"),
        (
            ("--as-of", "soon"),
            2,
            "Invalid value for '--as-of': 'soon' is no moment. Write 2025-07-31, 2025-07-31T18:00,"
            " 2025-07-31T18:00+02:00, or the number of a batch: 12.\n",
        ),
        (("--as-published", "2025"), 2, "--as-published is a day: 2025-05-13.\n"),
    ],
)
@pytest.mark.parametrize("command", [("show",), ("export",), ("query", "select 1")], ids=lambda words: words[0])
def test_refused(words, code, said, command, call, retracted):
    result = call(*command, *words)
    assert (result.code, result.out) == (code, "")
    assert result.err.endswith(said)
    assert result.err.startswith(f"Usage: tracker {command[0]} " if code == 2 else said)


def test_before_the_first_batch(call, retracted, tmp_path):
    result = call("query", "select share from shares", "--as-of", "2001-01-01")
    assert (result.code, result.out) == (0, "")
    assert result.err == "Nothing was recorded by 2001-01-01; see when: tracker log\n"
    retracted.rename(tmp_path / "other.db")
    result = call("query", "select share from shares", "--as-of", "2001-01-01", "--db", "other.db")
    assert result.err == "Nothing was recorded by 2001-01-01; see when: tracker log --db other.db\n"


def test_as_published(call, starter):
    shares = ("query", "select period, share from shares where market = 'poe/text-messages' and entity = 'DeepSeek R1'")
    early = call(*shares, "--as-published", "2024-12-31", "--format", "csv")
    late = call(*shares, "--as-published", "2199-12-31", "--format", "csv")
    assert (early.code, early.out) == (0, "period,share\n")
    assert late.out.count("\n") == 3
    unknown = "Shares from pages of unknown date: 152; {} of them count as published, for the day on which they were"
    assert (unknown.format(0) in early.err, unknown.format(152) in late.err) == (True, True)
