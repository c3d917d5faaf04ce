"""The same long file again is not read again; but whenever that could make a difference, it is."""

import shutil

import pytest

from importers.ways import MARKET, content, long_table, shares
from tracker.cli import importlarge
from tracker.cli.boundary import run
from tracker.importers.asked import Asked
from tracker.importers.streaming import large

NOTED = "this very file was imported last"
AT = ("--market", "bench/share")
NAME = "browser-ww-daily-20240101-20240112.csv"
"""A name that StatCounter gives to a file; that of the next one differs by the region."""


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A database that holds one long file, and the file."""
    folder = tmp_path_factory.mktemp("imported")
    (folder / "t.csv").write_text(long_table(shares()), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large, "LARGE", 1)
        assert run(["init", "--empty", "--db", str(folder / "t.db")]) == 0
        assert run(["import", str(folder / "t.csv"), "--db", str(folder / "t.db"), *MARKET]) == 0
    return folder


@pytest.fixture
def here(imported, tmp_path, monkeypatch):
    """A copy of it, where every file counts as a long one."""
    for name in ("t.csv", "t.db"):
        shutil.copy(imported / name, tmp_path / name)
    monkeypatch.setattr(large, "LARGE", 1)
    return tmp_path


@pytest.fixture
def call(here, capsys):
    def called(*words, db="t.db"):
        capsys.readouterr()
        code = run([*map(str, words), "--db", str(here / db)])
        return code, *capsys.readouterr()

    return called


def test_the_same_file_again_changes_nothing(here, call):
    before = (here / "t.db").read_bytes()
    code, out, err = call("import", here / "t.csv", *MARKET, "--format", "csv")
    assert (code, NOTED in err) == (0, True)
    assert out.splitlines()[1].endswith("table,,0,60,0,0,0,0,0,0,0")
    assert (here / "t.db").read_bytes() == before


def test_a_file_that_was_only_touched_is_the_same(here, call):
    (here / "t.csv").touch()
    (here / "other").mkdir()
    shutil.move(here / "t.csv", here / "other" / "t.csv")
    assert NOTED in call("import", here / "other" / "t.csv", *MARKET)[2]


LATER = {
    "undo": [("undo", "1")],
    "undo of an undo": [("undo", "1"), ("undo", "2")],
    "retract": [("retract", "E1", *AT, "--from", "2024-01-02", "--reason", "r")],
    "correct": [
        (
            "correct",
            "override",
            "4",
            *AT,
            "--entity",
            "E1",
            "--date",
            "2024-01-03",
            "--expect-rows",
            "1",
            "--reason",
            "r",
        )
    ],
    "merge": [("entity", "add", "Somebody"), ("entity", "merge", "E1", "Somebody", "--reason", "r")],
    "rule": [("market", "rule", "bench/share", "latest", "--reason", "r")],
    "add": [("add", "E1", "4", *AT, "--date", "2025-01-03", "--url", "https://a.example/")],
    "alias": [("entity", "add", "Somebody", "--alias", "Else")],
    "alias removed": [("alias", "remove", "Else")],
}


@pytest.mark.parametrize("later", LATER)
def test_what_was_done_since_is_looked_at(later, here, call, monkeypatch):
    if later == "alias removed":
        (here / "t.db").unlink()
        assert call("init", "--empty")[0] == 0
        assert call("entity", "add", "E1", "--alias", "Else")[0] == 0
        assert call("import", here / "t.csv", *MARKET)[0] == 0
    for words in LATER[later]:
        assert call(*words)[0] == 0
    shutil.copy(here / "t.db", here / "whole.db")
    code, out, err = call("import", here / "t.csv", *MARKET)
    assert NOTED not in err
    monkeypatch.setattr(large, "LARGE", 1 << 40)
    assert call("import", here / "t.csv", *MARKET, db="whole.db") == (code, out, err.replace("t.db", "whole.db"))
    assert content(here / "t.db") == content(here / "whole.db")


@pytest.mark.parametrize(
    "more",
    [
        ("--unit", "percent"),
        ("--url", "https://a.example/"),
        ("--dry-run",),
        ("--importer", "tracker"),
        ("--skip-bad",),
    ],
    ids=" ".join,
)
def test_with_another_word_the_file_is_read(more, here, call):
    assert NOTED not in call("import", here / "t.csv", *MARKET, *more)[2]


def test_another_edition_and_back(here, call):
    revised = [(day, entity, f"{float(share) / 2:.2f}") for day, entity, share in shares()]
    (here / "t.csv").write_text(long_table(revised))
    assert call("import", here / "t.csv", *MARKET, "--on-change", "revise")[0] == 0
    (here / "t.csv").write_text(long_table(shares()))
    code, _, err = call("import", here / "t.csv", *MARKET)
    assert (code, NOTED in err) == (1, False)


def test_the_name_of_a_file_may_say_its_market(here, call):
    rows = ["Date,Chrome,Other", *(f"2024-01-{day:02d},{day}.5,{100 - day - 0.5}" for day in range(1, 13)), ""]
    (here / NAME).write_text("\n".join(rows))
    assert call("import", here / NAME)[0] == 0
    assert NOTED in call("import", here / NAME)[2]
    shutil.copy(here / NAME, here / NAME.replace("ww", "US"))
    code, _, err = call("import", here / NAME.replace("ww", "US"))
    assert (code, NOTED in err) == (0, False)
    assert "new markets: statcounter/browser-us-daily" in err


def test_a_bad_last_line_that_does_not_end_is_not_taken_for_a_good_one(here, call):
    (here / "u.csv").write_text(long_table([*shares(), ("2024-02-01", "E1", "bad")]).removesuffix("\n"))
    assert call("import", here / "u.csv", *MARKET, "--skip-bad", "--new-entities", db="u.db")[0] == 3
    assert call("init", "--empty", db="u.db")[0] == 0
    assert call("import", here / "u.csv", *MARKET, "--skip-bad", db="u.db")[0] == 1
    for more in ((), ("--skip-bad",)):
        assert call("import", here / "u.csv", *MARKET, *more, db="u.db")[0] == 1


def test_words_about_what_is_left_out_come_each_time(here, call):
    (here / "u.csv").write_text(long_table([*shares(), ("2024-02-01", "E1", "")]))
    assert call("import", here / "u.csv", *MARKET, "--unit", "percent")[0] == 0
    assert "1 empty cells" in call("import", here / "u.csv", *MARKET, "--unit", "percent")[2]


@pytest.mark.parametrize("size", [large.LARGE - 1, large.LARGE])
def test_a_file_is_long_by_its_size(size, tmp_path, monkeypatch):
    (tmp_path / "t.csv").write_bytes(b"x" * size)
    monkeypatch.setattr(importlarge, "_unchanged", lambda *_: "read in passing")
    found = importlarge.import_large(None, str(tmp_path / "t.csv"), Asked())
    assert found == ("read in passing" if size == large.LARGE else None)


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize("on_change", ["refuse", "revise", "skip", "compete"])
def test_a_changed_edition_is_told_as_in_a_short_file(later, on_change, here, call, monkeypatch):
    for words in LATER[later] if later != "alias removed" else [("entity", "add", "F1", "--alias", "E1 Inc")]:
        assert call(*words)[0] == 0
    rows = shares()
    rows[7:9] = [(*rows[7][:2], "1.5"), (*rows[8][:2], "<2")]
    rows[11] = (*rows[11][:2], rows[11][2] + "0")
    (here / "t.csv").write_text(long_table([*rows[3:], ("2024-02-01", "E1 Inc", "3")]))
    shutil.copy(here / "t.db", here / "whole.db")
    words = ("import", here / "t.csv", *MARKET, "--unit", "percent", "--on-change", on_change, "--new-entities")
    code, out, err = call(*words)
    monkeypatch.setattr(large, "LARGE", 1 << 40)
    assert call(*words, db="whole.db") == (code, out, err.replace("t.db", "whole.db"))
    assert content(here / "t.db") == content(here / "whole.db")
