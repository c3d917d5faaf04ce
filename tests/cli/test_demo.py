"""`tracker demo`: one line, and everything is there."""

import csv
import shlex

import pytest

FINDING = (
    "DeepSeek R1’s share of Poe’s text messages fell from 7% in mid-February to 3% at the end of April 2025.\n"
    "\n"
    "Two rounded figures were published: 7% in mid-February and 3% at the end of April 2025."
)
HELD = "with 159 facts from 32 pages: 152 observations in 27 markets, and 7 further reports of them"
FILES = ["deepseek-on-poe.csv", "deepseek-on-poe.png", "deepseek-on-poe.svg", "tracker.db"]


@pytest.mark.parametrize(("words", "folder"), [((), "tracker-demo"), (("a folder/of mine",), "a folder/of mine")])
def test_demo_makes_everything_and_says_what_to_type(words, folder, call, tmp_path):
    result = call("demo", *words)
    assert result.code == 0, result.err
    assert result.out.startswith(FINDING)
    assert "between 3 and 5 points (46–67%)" in result.out
    assert "Of Poe's reasoning messages, which is another whole, DeepSeek R1 had 12.2% (~2025-05-15)." in result.out
    assert f"{folder}/tracker.db           {HELD}\n{folder}/deepseek-on-poe.png  the chart\n" in result.out
    assert sorted(path.name for path in (tmp_path / folder).iterdir()) == FILES
    assert all(path.stat().st_size for path in (tmp_path / folder).iterdir())
    with (tmp_path / folder / "deepseek-on-poe.csv").open(encoding="utf-8", newline="") as file:
        facts = [row for row in csv.DictReader(file) if not row["role"]]
    assert [(row["period"], row["share"]) for row in facts] == [("~2025-02-15", "7"), ("~2025-04-30", "3")]
    commands = [line.strip() for line in result.err.splitlines() if line.startswith("  tracker ")]
    assert len(commands) == 3
    for command in commands:
        tried = call(*shlex.split(command)[1:])
        assert (tried.code, bool(tried.out)) == (0, True), (command, tried.err)


def test_demo_twice_changes_nothing(call, tmp_path):
    first = call("demo", "there")
    before = {path.name: path.read_bytes() for path in (tmp_path / "there").iterdir()}
    second = call("demo", "there")
    assert second.code == 0
    assert second.out == first.out.replace(HELD, "there already")
    assert {path.name: path.read_bytes() for path in (tmp_path / "there").iterdir()} == before


def test_demo_leaves_the_chosen_database_alone(call, starter, unchanged, monkeypatch, tmp_path):
    monkeypatch.setenv("TRACKER_DB", str(starter))
    before = starter.read_bytes()
    assert call("demo", "there").code == 0
    assert starter.read_bytes() == before


def test_demo_where_no_folder_can_be(call, tmp_path):
    (tmp_path / "file").touch()
    assert call("demo", "file").code == 2
    inside = call("demo", "file/folder")
    assert (inside.code, inside.out) == (1, "")
    assert inside.err.endswith("Choose a folder that you can write to.\n")


def test_demo_beside_a_database_of_another_program(call, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "tracker.db").write_text("not a database, but somebody's notes " * 50)
    result = call("demo", "there")
    assert (result.code, result.out) == (3, "")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["tracker.db"]


def test_demo_has_no_database_of_its_own_choosing(call):
    assert call("demo", "--db", "x.db").code == 2


def test_the_picture_marks_what_happened(call, tmp_path):
    assert call("demo").code == 0
    told = (tmp_path / "tracker-demo" / "deepseek-on-poe.svg").read_text()
    assert "R1 released" in told
    assert "Qwen3 released" in told
