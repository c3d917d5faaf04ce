"""`tracker export`: all that is recorded goes out, and comes back in the same."""

import csv
import io
import json
import shutil

import pytest

from tracker.importers.long_csv import COLUMNS


def _table(text):
    return list(csv.DictReader(io.StringIO(text)))


def _told(text):
    """The rows without the moment at which they were recorded."""
    return [{name: value for name, value in row.items() if name != "known_from"} for row in _table(text)]


def test_the_csv_imports_into_an_empty_database_to_the_same_content(call, starter, tmp_path):
    call("add", "Ki;mi", "<1", "--market", "poe/text-messages", "--date", "2025-W07", "--url", "https://e.org")
    call("add", "Ki, mi", "6..7", "--market", "poe/text-messages", "--date", "2025-H1", "--title", 'A "page"\nof two')
    call("entity", "add", "Kimi", "--parent", "Ki;mi@2025-01-01/2025-02-01", "--alias", "k;m", "--note", "ünï\nline")
    call("source", "add", "lonely", "--title", "Lonely")
    call("market", "add", "lonely/one", "--source", "lonely", "--counted", "x", "--whole", "closed")
    call("event", "add", "2025-02-01/2025-02-03", "A fair", "--entity", "Ki;mi", "--tag", "a;b")
    first = call("export")
    assert (first.code, first.err) == (0, "")
    (tmp_path / "all.csv").write_text(first.out, encoding="utf-8", newline="")
    assert call("init", "--empty", "--db", "copy.db").code == 0
    done = call("import", "all.csv", "--db", "copy.db", "--format", "json")
    assert done.code == 0, done.err
    second = call("export", "--db", "copy.db")
    assert _told(second.out) == _told(first.out)
    for listing in (("entity", "list"), ("market", "list"), ("source", "list"), ("event", "list")):
        assert call(*listing, "--format", "json", "--db", "copy.db").out == call(*listing, "--format", "json").out


def test_what_was_exported_is_recorded_already(call, starter, unchanged):
    call("export", "-o", "all.csv")
    with unchanged(starter):
        result = call("import", "all.csv", "--format", "json")
    (row,) = json.loads(result.out)
    assert result.err == "all.csv: all of it is recorded already; nothing was changed\n"
    assert (row["new"], row["same"]) == (0, 159)


def test_every_column_is_there(call, starter):
    assert call("export").out.splitlines()[0] == ",".join(COLUMNS)


def test_two_facts_as_csv(call, starter, unchanged):
    with unchanged(starter):
        result = call("export", "--market", "poe/text-messages", "--entity", "DeepSeek R1", "--to", "2025")
    facts = [row for row in _table(result.out) if not row["role"]]
    assert [(row["period"], row["share"], row["decimals"], row["source"], row["kind"]) for row in facts] == [
        ("~2025-02-15", "7", "0", "poe", "model"),
        ("~2025-04-30", "3", "0", "poe", "model"),
    ]
    assert {row["entity"] for row in _table(result.out)} == {"DeepSeek R1", "DeepSeek"}


def test_json_has_numbers_where_there_are_numbers(call, empty):
    call("source", "add", "lab", "--title", "Lab", "--may-redistribute", "yes")
    call("market", "add", "lab/users", "--source", "lab", "--counted", "users", "--whole", "open")
    words = ("--market", "lab/users", "--url", "https://e.org", "--sample-size", "2502")
    call("add", "Alpha", "7.0", "--low", "6.1", "--high", "8", "--date", "2025-01", *words)
    call("add", "Alpha", "<1", "--date", "2025-02", *words)
    call("add", "Alpha", "6..7", "--date", "2025-03", *words)
    rows = json.loads(call("export", "--format", "json").out)
    assert [
        (row["share"], row["low"], row["high"], row["printed"], row["decimals"], row["sample_size"]) for row in rows
    ] == [
        (7.0, 6.1, 8.0, "7.0", 1, 2502),
        (None, None, 1.0, "<1", 0, 2502),
        (None, 6.0, 7.0, "6..7", 0, 2502),
    ]
    assert set(rows[0]) == {*COLUMNS, "printed"}


def test_filters(call, starter):
    def count(*words):
        return len([row for row in _table(call("export", *words).out) if row["role"] in ("", "report")])

    assert count() == 159
    assert count("--market", "ramp/paid-adoption") == 25
    assert count("--market", "ramp/paid-adoption", "--market", "poe/video") == 26
    assert count("--market", "ramp/paid-adoption", "--entity", "DeepSeek", "--entity", "xAI") == 4
    assert count("--from", "2026-01", "--to", "2026-01", "--entity", "Grok") == 2
    assert count("--entity", "DeepSeek R1", "--from", "2030") == 0


def test_events_come_only_with_everything(call, starter):
    assert [row["title"] for row in _table(call("export").out) if row["role"] == "event"] == [
        "R1 released",
        "Qwen3 released",
    ]
    assert not [row for row in _table(call("export", "--from", "2020").out) if row["role"] == "event"]


@pytest.mark.parametrize(("name", "words"), [("x.json", ()), ("x.JSON", ()), ("x.csv", ("--format", "json"))])
def test_the_ending_or_the_word_makes_json(name, words, call, starter, tmp_path):
    result = call("export", "-o", name, *words)
    assert (result.code, result.out) == (0, "")
    rows = json.loads((tmp_path / name).read_text(encoding="utf-8"))
    assert result.err == f"Wrote {len(rows)} rows to {name}\n"
    assert (tmp_path / name).read_text(encoding="utf-8") == call("export", "--format", "json").out.replace(
        "MOMENT", rows[-3]["known_from"]
    )


def test_a_file_is_replaced_whole_with_the_usual_rights(call, starter, tmp_path):
    (tmp_path / "x.csv").write_text("old\n" * 100_000)
    (tmp_path / "usual").touch()
    assert call("export", "-o", "x.csv", "--market", "poe/video").code == 0
    assert "old" not in (tmp_path / "x.csv").read_text()
    assert (tmp_path / "x.csv").stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tracker.db", "usual", "x.csv"]


def test_a_link_is_followed(call, starter, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "folder" / "real.csv")
    assert call("export", "-o", "link.csv").code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "folder" / "real.csv").read_text(encoding="utf-8").startswith("market,entity,")


def test_a_pipe_is_written_to_and_not_replaced(call, starter):
    done = call.spawn("export", "-o", "/dev/stdout")
    assert (done.code, done.out) == (0, call("export").out)


@pytest.mark.parametrize("name", ["tracker.db", "./tracker.db", "link.csv", "hard.csv"])
def test_the_database_is_never_written_over(name, call, starter, tmp_path, unchanged):
    (tmp_path / "link.csv").symlink_to(starter)
    (tmp_path / "hard.csv").hardlink_to(starter)
    with unchanged(starter):
        result = call("export", "-o", name)
    assert (result.code, result.out) == (1, "")
    assert result.err.endswith("is the database itself\nChoose another file for the output.\n")


def test_no_other_database_is_written_over(call, starter, tmp_path, unchanged):
    other = tmp_path / "other.db"
    shutil.copy(starter, other)
    with unchanged(other):
        result = call("export", "-o", "other.db")
    assert (result.code, result.out) == (1, "")
    assert result.err.endswith("is a database\nChoose another file for the output, or remove it first.\n")


@pytest.mark.parametrize("place", ["nowhere/x.csv", "file/x.csv"])
def test_a_place_that_cannot_be_written(place, call, starter, tmp_path, unchanged):
    (tmp_path / "file").touch()
    with unchanged(starter):
        result = call("export", "-o", place)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"{place}: ")
    assert result.err.endswith("\nChoose a folder that you can write to.\n")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("-o", "."), 2),
        (("--format", "xml"), 2),
        (("--market", "nope"), 1),
        (("--entity", "Nobody"), 1),
        (("--from", "2025-02", "--to", "2025-01"), 2),
        (("extra",), 2),
    ],
)
def test_what_is_refused(words, code, call, starter, unchanged):
    with unchanged(starter):
        result = call("export", *words)
    assert (result.code, result.out) == (code, "")
    assert result.err


def test_nothing_at_all(call, empty):
    assert call("export").out == ",".join(COLUMNS) + "\n"
    assert call("export", "--format", "json").out == "[]\n"
