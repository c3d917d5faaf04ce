"""`tracker history`."""

import csv
import io
import json
import re

import pytest

R1 = ("DeepSeek R1", "--market", "poe/text-messages")
APRIL = (*R1, "--date", "~2025-04-30")
NAMES = (
    "entity,period,share,printed,role,status,known_from,known_to,batch,command,file,because,closed_by,closed_command,"
    "closed_because,publisher,url\n"
)
PAGE = "AIbase,https://www.aibase.com/fr/news/www.aibase.com/ja/news/18165"


def plain(text):
    """A table without its widths, and without the moments cut to the second."""
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", "MOMENT", text)
    return [re.split(r" {2,}", line) for line in text.splitlines()]


@pytest.fixture
def changed(call, starter):
    words = (*APRIL[1:], "--entity", "DeepSeek R1", "--expect", "3", "--reason", "a slip")
    assert call("correct", "override", "3.2", *words).code == 0
    assert call("retract", *APRIL, "--reason", "misread").code == 0
    return starter


def test_a_table(call, changed):
    result = call("history", *APRIL)
    assert (result.code, result.err) == (0, "")
    assert plain(result.out) == [
        ["period", "share", "role", "known from", "known to", "batch", "why", "read in"],
        ["~2025-04-30", "3%", "observation", "MOMENT", "MOMENT", "1", "init starter data; closed by batch 2", "AIbase"],
        [
            *("~2025-04-30", "3%", "supports", "MOMENT", "MOMENT", "1"),
            *("init starter data; closed by batch 3, retract: misread", "Redcensor"),
        ],
        [
            *("~2025-04-30", "3%", "supports", "MOMENT", "MOMENT", "1"),
            *("init starter data; closed by batch 3, retract: misread", "Rivista.ai"),
        ],
        [
            *("~2025-04-30", "3.2% (printed 3)", "observation", "MOMENT", "MOMENT", "2"),
            *("correct: a slip; closed by batch 3, retract: misread", "AIbase"),
        ],
    ]
    assert max(map(len, result.out.splitlines())) < 170


def test_csv(call, changed):
    result = call("history", *APRIL, "--format", "csv")
    assert (result.code, result.err) == (0, "")
    lines = [line for line in result.out.splitlines(keepends=True) if "supports" not in line]
    assert lines == [
        NAMES,
        "DeepSeek R1,~2025-04-30,3,,observation,A,MOMENT,MOMENT,1,init,starter data,,2,correct,a slip," + PAGE + "\n",
        "DeepSeek R1,~2025-04-30,3.2,3,observation,A,MOMENT,MOMENT,2,correct,starter data,a slip,3,retract,misread,"
        + PAGE
        + "\n",
    ]


def test_json(call, changed):
    records = json.loads(call("history", *APRIL, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(call("history", *APRIL, "--format", "csv").out)))
    assert [{k: "" if v is None else str(v) for k, v in record.items()} for record in records] == rows


def test_what_stands_has_no_end(call, starter):
    rows = csv.DictReader(io.StringIO(call("history", *R1, "--format", "csv").out))
    assert {(row["period"], row["known_to"], row["closed_by"]) for row in rows} == {
        ("~2025-02-15", "", ""),
        ("~2025-04-30", "", ""),
    }


def test_nothing_in_that_period(call, starter):
    result = call("history", *R1, "--date", "2031-01")
    assert (result.code, result.out) == (0, "")
    assert result.err == "Nothing was ever known of DeepSeek R1 in poe/text-messages, 2031-01.\n"


def test_the_market_is_needed_where_there_are_several(call, starter):
    result = call("history", "DeepSeek R1")
    assert (result.code, result.out) == (1, "")
    first, hint = result.err.splitlines()
    assert first.startswith("DeepSeek R1 stands in ")
    assert first.endswith("poe/text-messages")
    assert hint.startswith("Choose one: --market ")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("Nobody",), 1, "there is no entity 'Nobody'\nSee them all: tracker entity list\n"),
        (("Alibaba",), 1, None),
        ((*R1, "--date", "soon"), 2, None),
    ],
)
def test_refused(words, code, said, call, starter):
    result = call("history", *words)
    assert (result.code, result.out) == (code, "")
    assert said is None or result.err == said


def test_after_a_merge_the_other_name_is_told(call, starter, tmp_path):
    (tmp_path / "twin.csv").write_text(
        "market,entity,period,share,url,citation_kind,kind\n"
        "poe/text-messages,Deepseek-R1,2025-06,2,https://b.org/1,secondary,model\n"
    )
    assert call("import", "twin.csv", "--new-entities").code == 0
    assert call("entity", "merge", "Deepseek-R1", "DeepSeek R1", "--reason", "one model").code == 0
    for name in ("DeepSeek R1", "Deepseek-R1"):
        told = plain(call("history", name, *R1[1:], "--date", "2025-06").out)
        assert [row[-2] for row in told[1:]] == [
            "import twin.csv (as Deepseek-R1); closed by batch 3",
            "merge: Deepseek-R1 was merged into DeepSeek R1: one model",
        ]


def test_a_flag_is_seen(call, starter):
    which = ("--market", "poe/text-messages", "--date", "~2025-04-30")
    assert call("correct", "flag", "B", "--entity", "DeepSeek R1", *which, "--expect", 3, "--reason", "new").code == 0
    assert "3% (status B)" in call("history", "DeepSeek R1", *which).out
    shown = call("show", "DeepSeek R1", "--market", "poe/text-messages").out
    assert "corrected: DeepSeek R1, ~2025-04-30: 3, of another status than printed (new)\n" in shown


def test_undoing_a_merge_says_what_stays(call, starter):
    for name in ("Alpha", "Beta"):
        assert call("entity", "add", name, "--kind", "product", "--new-entities").code == 0
    assert call("entity", "merge", "Alpha", "Beta", "--reason", "same").code == 0
    said = call("undo", 2).err
    assert "Alpha is an entity of its own again; what was recorded of Beta since the merge stays with Beta.\n" in said
