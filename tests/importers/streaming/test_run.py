"""A long file gives what a short one gives: the same words, the same record."""

import shutil

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from importers.ways import MARKET, both, long_table, shares
from tracker.cli.boundary import run
from tracker.importers.streaming import large


def test_a_long_table_is_stored_as_a_short_one_is(empty, tmp_path, capsys, passing):
    one, other = both(empty, tmp_path, capsys, passing, [(long_table(shares()), ())], *MARKET)
    assert other == one
    assert not passing.gave_up
    assert one[0][0][0] == 0
    assert len(one[1]["shares"]) == 60


@pytest.mark.parametrize("on_change", ["revise", "skip", "refuse", "compete"])
def test_an_edition_that_differs_is_taken_as_the_policy_says(on_change, empty, tmp_path, capsys, passing):
    rows = shares()
    changed = [(day, entity, "1.5" if place % 7 == 0 else share) for place, (day, entity, share) in enumerate(rows)]
    more = ["--on-change", on_change, *(["--reason", "restated"] if on_change == "revise" else [])]
    texts = [(long_table(rows), ()), (long_table([*changed, ("2024-02-01", "E9", "3")]), more)]
    one, other = both(empty, tmp_path, capsys, passing, texts, *MARKET, "--unit", "percent")
    assert other == one
    assert not passing.gave_up
    assert one[0][1][0] == (1 if on_change in ("refuse", "compete") else 0)


def test_a_revision_that_another_page_makes_is_planned_with_care(empty, tmp_path, capsys, passing):
    rows = shares()
    texts = [
        (long_table(rows), ("--url", "https://one.example/a")),
        (long_table(rows[:30]), ("--url", "https://two.example/b")),
        (
            long_table([(day, entity, "1.5") for day, entity, _ in rows[5:25]]),
            ("--on-change", "revise", "--reason", "r"),
        ),
    ]
    one, other = both(empty, tmp_path, capsys, passing, texts, *MARKET, "--unit", "percent")
    assert other == one
    assert not passing.gave_up


def test_the_same_file_again_is_not_read_again(empty, tmp_path, capsys, passing):
    text = long_table(shares())
    (tmp_path / "t.csv").write_text(text)
    path = tmp_path / "t.db"
    shutil.copy(empty, path)
    passing(True)
    words = ["import", str(tmp_path / "t.csv"), "--db", str(path), *MARKET]
    assert run(words) == 0
    before = path.read_bytes()
    capsys.readouterr()
    assert run([*words, "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[1].endswith("table,,0,60,0,0,0,0,0,0,0")
    assert "this very file was imported last, as batch 1 on " in err
    assert "nothing was changed" in err
    assert path.read_bytes() == before
    # With another word it may say something else: then it is read.
    assert run([*words, "--unit", "percent"]) == 0
    assert "this very file" not in capsys.readouterr().err


def test_a_wide_table_and_its_padding(empty, tmp_path, capsys, passing):
    rows = [f"2024-01-{month:02d},{month}.5,{80 - month},{9.5:.1f}" for month in range(1, 13)]
    text = (
        "\n".join(["Date,Chrome,Firefox,Other", "2023-11-30,0,0,0", *rows, "2025-01-01,0,0,0", "2025-02-01,,1.5,-"])
        + "\n"
    )
    one, other = both(empty, tmp_path, capsys, passing, [(text, ())], *MARKET)
    assert other == one
    assert not passing.gave_up
    assert "padding" in one[0][0][2]


def test_our_own_long_csv(empty, tmp_path, capsys, passing):
    path = tmp_path / "starter.db"
    assert run(["init", "--db", str(path)]) == 0
    capsys.readouterr()
    assert run(["export", "--db", str(path)]) == 0
    text = capsys.readouterr().out
    one, other = both(empty, tmp_path, capsys, passing, [(text, ())])
    assert other == one
    assert one[0][0][0] == 0
    plain = "market,entity,period,share,url,counted,whole,source\n" + "".join(
        f"bench/share,{entity},{day},{share},https://a.example/,things,closed,bench\n"
        for day, entity, share in shares()
    )
    one, other = both(empty, tmp_path, capsys, passing, [(plain, ())])
    assert other == one
    assert not passing.gave_up


def test_an_export_of_shares_only_passes(empty, tmp_path, capsys, passing):
    path = tmp_path / "first.db"
    shutil.copy(empty, path)
    passing(False)
    (tmp_path / "a.csv").write_text(long_table(shares()))
    assert run(["import", str(tmp_path / "a.csv"), "--db", str(path), *MARKET]) == 0
    capsys.readouterr()
    assert run(["export", "--db", str(path)]) == 0
    one, other = both(empty, tmp_path, capsys, passing, [(capsys.readouterr().out, ())])
    assert other == one
    assert not passing.gave_up
    assert len(one[1]["shares"]) == 60


ODD = {
    "a ragged row": "2024-01-05,E1\n",
    "a cell too many": "2024-01-05,E1,3,4\n",
    "no number": "2024-01-05,E8,many\n",
    "above the whole": "2024-01-05,E8,101\n",
    "no date": "soon,E8,5\n",
    "no name": "2024-01-05,,5\n",
    "a null": "2024-01-05,E8,\n",
    "a bound": "2024-01-05,E8,<1\n",
    "a blank row": ",,\n",
    "a blank line": "\n",
    "a quoted name": '2024-01-05,"Deep, Seek",5\n',
    "a quoted line end": '2024-01-05,"Deep\nSeek",5\n',
    "an open quote": '2024-01-05,"Deep,5\n',
    "the same again": "2024-01-03,E1,50\n",
    "a resembling name": "2024-01-05,DeepSeek,5\n2024-01-06,Deep-Seek,6\n",
    "the rest": "2024-01-05,Others,5\n2024-01-06,other,6\n",
    "another date form": "05/01/2024,E8,5\n",
    "a percent sign": "2024-01-05,E8,5%\n",
    "a decimal comma": '2024-01-05,E8,"5,5"\n',
    "blanks around": "2024-01-05 , E8 , 5.5 \n",
    "an encoding": "2024-01-05,Caf\u00e9,5.5\n",
    "a NUL": "2024-01-05,E\0,5.5\n",
    "a carriage return": "2024-01-05,E8,5.5\r\n2024-01-06,E8,5.5\r\n",
    "a lone carriage return": "2024-01-05,E8,5.5\r2024-01-06,E8,5.5\r",
}


@pytest.mark.parametrize("skip_bad", [False, True], ids=["refuse", "skip-bad"])
@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_is_told_as_in_a_short_file(odd, skip_bad, empty, tmp_path, capsys, passing):
    text = long_table(shares())
    middle = text.index("2024-01-04")
    text = text[:middle] + ODD[odd] + text[middle:]
    one, other = both(empty, tmp_path, capsys, passing, [(text, ("--skip-bad",) if skip_bad else ())], *MARKET)
    # The second run finds the name of the rejects taken.
    assert [(code, out) for code, out, _ in other[0]] == [(code, out) for code, out, _ in one[0]]
    assert [err.replace("rejected-2", "rejected") for _, _, err in other[0]] == [err for _, _, err in one[0]]
    assert other[1] == one[1]


cells = st.one_of(
    st.decimals(0, 60, places=2).map(str),
    st.integers(0, 40).map(str),
    st.sampled_from(["", "-", "<1", ">5", "~3", "7%", "x", "12,5", "0", "0.0", "100.5", "1e1", " 4.5"]),
)
names = st.sampled_from(["A", "B", "Chrome", "chrome", "Other", "Others", "Q 1", "", "=X", "DeepSeek", "Deep Seek"])
days = st.one_of(
    st.dates().filter(lambda day: day.year > 1900).map(str),
    st.sampled_from(["2024-01-01", "2024-01-02", "2024-01", "2024-Q1"]),
)


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@example(first=[("2024-01", "A", "5.0")] * 2, second=[("2024-01", "A", "5.1")], on_change="revise")
@given(
    first=st.lists(st.tuples(days, names, cells), min_size=4, max_size=25),
    second=st.lists(st.tuples(days, names, cells), max_size=12),
    on_change=st.sampled_from(["refuse", "revise", "skip", "compete"]),
)
def test_any_two_editions_are_told_and_stored_alike(empty, tmp_path_factory, capsys, first, second, on_change):
    folder = tmp_path_factory.mktemp("two")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large, "HEAD_LINES", 4)
        patch.setattr(large, "BLOCK", 64)
        found = both(
            empty,
            folder,
            capsys,
            lambda in_passing: patch.setattr(large, "LARGE", 1 if in_passing else 1 << 40),
            [
                (long_table(first), ()),
                (long_table([*first, *second, ("2031-01", "Z", "1")]), ("--on-change", on_change)),
            ],
            *MARKET,
            "--unit",
            "percent",
        )
    assert found[1] == found[0]
