"""`tracker diff`."""

import csv
import io
import json
import shlex

import pytest

HEAD = "market,entity,period,share,url,citation_kind,kind\n"
R1 = "poe/text-messages,DeepSeek R1,~2025-04-30,3.5,https://www.aibase.com/fr/news/www.aibase.com/ja/news/18165,,\n"
NEW = "poe/text-messages,DeepSeek R1,2025-06,2,https://poe.com,primary,\n"
TABLE = """\
change   market             entity       period       before  after  points  percent  beside      batch  reason
changed  poe/text-messages  DeepSeek R1  ~2025-04-30  3       3.5       0.5    16.67  note, page      2  restated
added    poe/text-messages  DeepSeek R1  2025-06              2                                       2
"""
COLUMNS = "change,market,entity,period,before,after,points,percent,beside,batch,reason\n"


@pytest.fixture
def revised(call, starter, tmp_path):
    (tmp_path / "new.csv").write_text(HEAD + R1.replace("www.aibase.com/fr", "b.org") + NEW)
    assert call("import", "new.csv", "--on-change", "revise", "--reason", "restated").code == 0
    return starter


@pytest.mark.parametrize("words", [(1, 2), (1,), (1, "now"), (1, "2199-01-01")])
def test_forward(words, call, revised, unchanged):
    with unchanged(revised):
        result = call("diff", *words)
    assert (result.code, result.out, result.err) == (0, TABLE, "1 added, 1 changed\n")


def test_csv(call, revised):
    assert call("diff", 1, 2, "--format", "csv").out == (
        COLUMNS + "changed,poe/text-messages,DeepSeek R1,~2025-04-30,3,3.5,0.5,16.67,"
        "note date: approx: end of month; FLAGSHIP low; source says end of April 2025 → nothing;"
        " page https://www.aibase.com/fr/news/www.aibase.com/ja/news/18165"
        " → https://b.org/news/www.aibase.com/ja/news/18165,2,restated\n"
        "added,poe/text-messages,DeepSeek R1,2025-06,,2,,,,2,\n"
    )


def test_json(call, revised):
    records = json.loads(call("diff", 1, 2, "--format", "json").out)
    assert records[1] == {
        "change": "added",
        "market": "poe/text-messages",
        "entity": "DeepSeek R1",
        "period": "2025-06",
        "before": None,
        "after": "2",
        "points": None,
        "percent": None,
        "beside": None,
        "batch": 2,
        "reason": None,
    }
    assert (records[0]["points"], records[0]["percent"]) == (0.5, 16.67)


def test_backwards(call, revised):
    result = call("diff", 2, 1, "--format", "csv")
    assert result.err == "1 changed, 1 withdrawn\n"
    assert [row[:8] for row in csv.reader(io.StringIO(result.out))][1:] == [
        ["changed", "poe/text-messages", "DeepSeek R1", "~2025-04-30", "3.5", "3", "-0.5", "-14.29"],
        ["withdrawn", "poe/text-messages", "DeepSeek R1", "2025-06", "2", "", "", ""],
    ]


def test_nothing_changed(call, starter):
    for form, out in (("table", ""), ("csv", COLUMNS), ("json", "[]\n")):
        result = call("diff", 1, "now", "--format", form)
        assert (result.code, result.out, result.err) == (0, out, "Nothing changed.\n")


def test_one_market(call, revised):
    assert call("diff", 1, 2, "--market", "poe/images").err == "Nothing changed.\n"
    assert call("diff", 1, 2, "--market", "poe/text-messages").err == "1 added, 1 changed\n"
    assert call("diff", 1, 2, "--market", "poe/text").code == 1


def test_a_merge_is_told_as_a_move(call, starter, tmp_path):
    (tmp_path / "twin.csv").write_text(HEAD + "poe/text-messages,Deepseek-R1,2025-06,2,https://b.org,secondary,model\n")
    assert call("import", "twin.csv", "--new-entities").code == 0
    assert call("entity", "merge", "Deepseek-R1", "DeepSeek R1", "--reason", "one model").code == 0
    result = call("diff", 2, 3, "--format", "csv")
    assert (result.code, result.err) == (0, "1 moved\n")
    assert result.out == (
        COLUMNS + "moved,poe/text-messages,Deepseek-R1,2025-06,2,2,,,to DeepSeek R1,3,"
        "Deepseek-R1 was merged into DeepSeek R1: one model\n"
    )
    assert call("diff", 3, 2).err == "1 moved\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((1, 9), 1, "there is no batch 9; they are 1 to 1\nSee them all: tracker log\n"),
        (
            ("x", 1),
            2,
            "Usage: tracker diff [OPTIONS] A [B]\n'x' is no moment, and no file. Write 2025-07-31, 2025-07-31T18:00,"
            " 2025-07-31T18:00+02:00, or the number of a batch: 12. Or: now.\n",
        ),
        (
            ("tracker.db", "other.db"),
            3,
            "there is no database at other.db\nLook at the name; a moment is a day, a time or a batch.\n",
        ),
        (
            (1, "tracker.db"),
            2,
            "Usage: tracker diff [OPTIONS] A [B]\n'1' is no file; A and B are two moments, or two database files.\n",
        ),
        ((), 2, None),
    ],
)
def test_refused(words, code, said, call, starter):
    result = call("diff", *words)
    assert (result.code, result.out) == (code, "")
    assert said is None or result.err == said


def test_two_files(call, starter, tmp_path):
    (tmp_path / "old.db").write_bytes(starter.read_bytes())
    assert call("diff", "old.db", "tracker.db").err == "Nothing changed.\n"
    words = ("--market", "poe/text-messages", "--date", "~2025-04-30", "--reason", "r")
    assert call("retract", "DeepSeek R1", *words).code == 0
    result = call("diff", "old.db", "tracker.db", "--format", "csv")
    assert (result.code, result.err) == (0, "1 withdrawn\n")
    assert result.out == COLUMNS + "withdrawn,poe/text-messages,DeepSeek R1,~2025-04-30,3,,,,,,\n"
    assert call("diff", "old.db", "tracker.db", "--market", "poe/images").err == "Nothing changed.\n"


def test_a_market_of_neither_file(call, starter, tmp_path):
    starter.rename(tmp_path / "one.db")
    (tmp_path / "two.db").write_bytes((tmp_path / "one.db").read_bytes())
    result = call("diff", "one.db", "two.db", "--market", "poe/text")
    assert result.code == 1
    first, hint = result.err.splitlines()
    assert first.startswith("there is no market 'poe/text'; near it: poe/text-messages")
    assert hint == "See them all: tracker market list --db two.db"
    assert call(*shlex.split(hint.partition("tracker ")[2])).code == 0


def test_no_database_in_a_file(call, starter, tmp_path):
    (tmp_path / "notes.txt").write_text("no database")
    assert call("diff", "notes.txt", "tracker.db").code == 3
