"""`tracker log`."""

import csv
import io
import json
import re

import pytest

WORDS = ("--market", "poe/text-messages", "--date", "~2025-04-30", "--reason", "misread " * 9 + "indeed")


@pytest.fixture
def changed(call, starter):
    assert call("retract", "DeepSeek R1", *WORDS).code == 0
    assert call("undo", 2).code == 0
    return starter


def plain(text):
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", "MOMENT", text)
    return [re.split(r" {2,}", line.strip()) for line in text.splitlines()]


def test_a_table(call, changed):
    result = call("log")
    assert (result.code, result.err) == (0, "")
    names, *rows = plain(result.out)
    assert names[:4] == ["batch", "recorded at", "command", "file"]
    assert [row[:3] for row in rows] == [["1", "MOMENT", "init"], ["2", "MOMENT", "retract"], ["3", "MOMENT", "undo"]]
    assert [row[-1] for row in rows[1:]] == ["taken back by batch 3; misread misread misr…", "undo of batch 2"]
    assert max(map(len, result.out.splitlines())) < 160


def test_csv_and_json_have_it_all(call, changed):
    rows = list(csv.DictReader(io.StringIO(call("log", "--format", "csv").out)))
    assert [(row["batch"], row["command"], row["withdrawn"], row["restored"], row["undone_by"]) for row in rows] == [
        ("1", "init", "0", "0", ""),
        ("2", "retract", "1", "0", "3"),
        ("3", "undo", "0", "1", ""),
    ]
    assert rows[1]["reason"] == WORDS[-1]
    records = json.loads(call("log", "--format", "json").out)
    assert [{k: "" if v is None else str(v) for k, v in record.items()} for record in records] == rows


def test_the_newest(call, changed):
    assert [row[0] for row in plain(call("log", "--last", 2).out)[1:]] == ["2", "3"]
    assert [row[0] for row in plain(call("log", "--last", 9).out)[1:]] == ["1", "2", "3"]
    assert call("log", "--last", 0).code == 2


def test_nothing_was_done_yet(call, empty):
    for form, out in (("table", ""), ("json", "[]\n")):
        result = call("log", "--format", form)
        assert (result.code, result.out, result.err) == (0, out, "")


def test_one_batch(call, changed):
    result = call("log", "show", 2)
    assert (result.code, result.err) == (0, "")
    top, table = result.out.split("\n\n")
    assert [line for line in top.splitlines() if not line.startswith("version")] == [
        "batch        2",
        "recorded at  MOMENT",
        "command      retract",
        "withdrawn    1",
        f"reason       {WORDS[-1]}",
        "undone by    3",
    ]
    assert table == (
        "change     market             entity       period       before  after  points  percent  beside\n"
        "withdrawn  poe/text-messages  DeepSeek R1  ~2025-04-30  3\n"
    )


def test_one_batch_for_programs(call, changed):
    assert call("log", "show", 2, "--format", "csv").out.splitlines()[1] == (
        f"withdrawn,poe/text-messages,DeepSeek R1,~2025-04-30,3,,,,,2,{WORDS[-1]}"
    )
    (record,) = json.loads(call("log", "show", 3, "--format", "json").out)
    assert (record["change"], record["after"], record["reason"]) == ("added", "3", "undo of batch 2")


def test_a_batch_that_is_not_there(call, changed):
    result = call("log", "show", 9)
    assert (result.code, result.out, result.err) == (1, "", "there is no batch 9; the last is 3\nSee: tracker log\n")
    assert call("log", "show", "x").code == 2
