"""`tracker undo`."""

import pytest

TWO = "market,entity,period,share,url,citation_kind\n"
NEW = TWO + "poe/text-messages,DeepSeek R1,~2025-04-30,4,https://poe.com,primary\n"
ADD = TWO + "poe/text-messages,DeepSeek R1,2025-06,2,https://poe.com,primary\n"
RETRACT = ("retract", "DeepSeek R1", "--market", "poe/text-messages", "--date", "~2025-04-30", "--reason", "misread")


def content(call):
    return [line.rpartition(",")[0] for line in call("export").out.splitlines()]


@pytest.fixture
def imported(call, starter, tmp_path):
    (tmp_path / "new.csv").write_text(NEW + ADD.removeprefix(TWO))
    assert call("import", "new.csv", "--on-change", "revise", "--reason", "seen").code == 0
    return starter


def test_taken_back_and_put_back(call, starter, tmp_path, unchanged):
    before = content(call)
    (tmp_path / "new.csv").write_text(NEW + ADD.removeprefix(TWO))
    assert call("import", "new.csv", "--on-change", "revise", "--reason", "seen").code == 0
    after = content(call)
    with unchanged(starter):
        dry = call("undo", 2, "--dry-run")
    done = "take batch 2 back; observations withdrawn: 1, current again: 1.\n"
    assert (dry.code, dry.out) == (0, "")
    assert dry.err == f"Would {done}This was a dry run: nothing was changed.\n"
    undone = call("undo", 2, "--reason", "the wrong file")
    assert (undone.code, undone.out) == (0, "")
    assert undone.err == f"Took{done.removeprefix('take')}Recorded as batch 3; to put it back: tracker undo 3\n"
    assert content(call) == before
    assert call("log", "--last", 1, "--format", "csv").out.splitlines()[1].split(",")[12] == (
        "undo of batch 2: the wrong file"
    )
    again = call("undo", 3)
    assert again.err == (
        "Took batch 3 back; current again: 2.\n" + "Recorded as batch 4; to put it back: tracker undo 4\n"
    )
    assert content(call) == after


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((9,), 1, "there is no batch 9; the last is 2\nSee: tracker log\n"),
        (("x",), 2, None),
        ((0,), 2, None),
        ((), 2, None),
    ],
)
def test_no_such_batch(words, code, said, call, imported, unchanged):
    with unchanged(imported):
        result = call("undo", *words)
    assert (result.code, result.out) == (code, "")
    assert said is None or result.err == said


def test_twice(call, imported, unchanged):
    assert call("undo", 2).code == 0
    with unchanged(imported):
        assert call("undo", 2).err == ("batch 2 is taken back already, by batch 3\nTo put it back: tracker undo 3\n")
    assert call("undo", 3).code == 0
    with unchanged(imported):
        result = call("undo", 2)
    assert result.code == 1
    assert result.err == "batch 2 was put back by batch 4\nTake that back instead: tracker undo 4\n"


def test_later_changes(call, imported, unchanged):
    assert call(*RETRACT).code == 0
    with unchanged(imported):
        result = call("undo", 2)
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "batch 2 cannot be taken back: later batches changed one of its facts\n"
        "  DeepSeek R1, poe/text-messages, ~2025-04-30: 4% then, nothing now (batch 3, retract)\n"
        "To take these back, too: tracker undo 2 --with-later\n"
    )
    with unchanged(imported):
        dry = call("undo", 2, "--with-later", "--dry-run")
    assert dry.err.splitlines()[0] == (
        "Also would be taken back: DeepSeek R1, poe/text-messages, ~2025-04-30: nothing (batch 3, retract)"
    )
    result = call("undo", 2, "--with-later")
    assert result.err.splitlines()[1:] == [
        "Took batch 2 back; observations withdrawn: 1, current again: 1.",
        "Recorded as batch 4; to put it back: tracker undo 4",
    ]


def test_a_batch_without_shares(call, starter):
    assert call("market", "rule", "poe/text-messages", "latest", "--reason", "r").code == 0
    assert call("undo", 2).err.splitlines()[0] == "Took batch 2 back; no share is changed by that."


def test_hints_name_the_database_and_work(call, imported, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    db = imported.rename(tmp_path / "elsewhere" / "it's here.db")
    quoted = f"'{db}'".replace("it's", "it'\"'\"'s").replace(str(tmp_path), "HERE")
    assert call("undo", 2, "--db", db).err.endswith(f"to put it back: tracker undo --db {quoted} 3\n")
    assert call("undo", 2, "--db", db).err.endswith(f"To put it back: tracker undo --db {quoted} 3\n")
    assert call("--db", db, "undo", 3).err.endswith(f"to put it back: tracker undo --db {quoted} 4\n")
    assert call("undo", "--db", db, 4).code == 0
