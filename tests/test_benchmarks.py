"""The benchmarks: what they read is as they say, and they run. What they find is no matter of tests."""

import csv
import doctest
import importlib.util
import json
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from tracker.cli.boundary import run

FOLDER = Path(__file__).parents[1] / "benchmarks"
OURS = ("data", "measure")


@pytest.fixture(scope="module")
def benchmarks():
    """Modules of the benchmarks that need no other one, by name."""
    found = {}
    for name in OURS:
        spec = importlib.util.spec_from_file_location(f"benchmarks_{name}", FOLDER / f"{name}.py")
        found[name] = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found[name])
    yield found
    for name in OURS:
        del sys.modules[f"benchmarks_{name}"]


@pytest.fixture
def written(benchmarks, tmp_path):
    """Write a file of 100 series and read it again as rows of cells."""

    def read(rows=2_000, layout="long", **others):
        path = benchmarks["data"].write(tmp_path / f"{layout}.csv", rows, layout, series=100, **others)
        with open(path, encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    return read


@pytest.mark.parametrize("layout", ["long", "shuffled", "own", "wide"])
def test_the_same_seed_is_the_same_file_and_another_one_is_not(layout, written):
    first = written(layout=layout, seed=3)
    assert first == written(layout=layout, seed=3)
    assert first != written(layout=layout, seed=4)


def test_every_layout_holds_the_same_facts(written):
    long = written()
    facts = {(day, entity): share for day, entity, share in long[1:]}
    assert long[0] == ["date", "entity", "share"]
    assert len(long) - 1 == len(facts) == 2_000
    assert len({entity for _, entity in facts}) == 100
    shuffled = written(layout="shuffled")
    assert shuffled != long
    assert sorted(shuffled) == sorted(long)
    assert {(row[2], row[1]): row[3] for row in written(layout="own")[1:]} == facts
    names, *days = written(layout="wide")
    assert {(day[0], name): share for day in days for name, share in zip(names[1:], day[1:], strict=True)} == facts


def test_date_major_is_in_the_order_of_days_and_shuffled_is_in_none(written):
    days = [row[0] for row in written()[1:]]
    assert days == sorted(days)
    turned = [row[0] for row in written(layout="shuffled")[1:]]
    assert 0.4 < sum(one < other for one, other in pairwise(turned)) / len(turned) < 0.6


def test_no_day_has_more_than_the_whole(written):
    sums = defaultdict(float)
    for day, _, share in written()[1:]:
        sums[day] += float(share)
    assert len(sums) == 20
    assert all(40 < total < 100 for total in sums.values())


def test_one_of_a_hundred_rows_of_each_day_is_revised(written):
    old, new = written()[1:], written(revised=True)[1:]
    changed = [one for one, other in zip(old, new, strict=True) if one != other]
    assert [row[:2] for row in old] == [row[:2] for row in new]
    assert Counter(row[0] for row in changed) == dict.fromkeys({row[0] for row in old}, 1)
    assert len({row[1] for row in changed}) > 5


@pytest.mark.parametrize(("rows", "series"), [(150, 100), (50, 100), (100, 50)])
def test_rows_that_do_not_come_out_even_are_refused(rows, series, benchmarks, tmp_path):
    with pytest.raises(SystemExit, match="multiple"):
        benchmarks["data"].write(tmp_path / "x.csv", rows, series=series)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("layout", ["long", "own", "wide"])
def test_tracker_imports_what_is_made(layout, benchmarks, tmp_path, capsys):
    data = benchmarks["data"]
    path = data.write(tmp_path / "input.csv", 2_000, layout, series=100)
    db = ["--db", str(tmp_path / "tracker.db")]
    assert run(["init", "--empty", *db]) == 0
    assert run(["source", "add", "made", "--title", "Made", *db]) == 0
    assert run(["market", "add", data.MARKET, "--source", "made", "--counted", "answers", "--whole", "open", *db]) == 0
    capsys.readouterr()
    told = [] if layout == "own" else ["--market", data.MARKET, "--unit", "percent", "--url", data.URL]
    assert run(["import", str(path), "--new-entities", "--format", "json", *told, *db]) == 0
    out, err = capsys.readouterr()
    (outcome,) = json.loads(out)
    assert (outcome["new"], outcome["rejected"], outcome["entities"]) == (2_000, 0, 100)
    assert "more than the whole" not in err


def test_examples_of_the_measure_hold(benchmarks):
    found = doctest.testmod(benchmarks["measure"])
    assert (found.failed, found.attempted) == (0, 2)


def test_a_line_says_whether_its_bound_is_met(benchmarks):
    ratio = benchmarks["measure"].ratio
    met, missed = ratio("ours", "theirs", [1, 2, 3], [2, 2, 2], 1.0), ratio("ours", "theirs", [3, 3], [2, 2], 1.25)
    assert (met.met, missed.met) == (True, False)
    assert str(met) == "| ours | theirs | 2.00 s | 1.00 | 0.50 to 1.50 | 1 | yes |"
    assert str(missed) == "| ours | theirs | 2.00 s | 1.50 |  | 1.25 | **no** |"


def test_a_process_that_fails_says_what_it_printed(benchmarks):
    with pytest.raises(SystemExit, match=r"ended with 3:\nalas"):
        benchmarks["measure"].process([sys.executable, "-c", "print('alas'); raise SystemExit(3)"])


def test_memory_is_that_of_the_process(benchmarks):
    process = benchmarks["measure"].process
    ours = b"1" * 300_000_000  # whoever measures may be larger than what is measured
    small, large = (process([sys.executable, "-c", f"x = b'1' * {size}_000_000"]).peak for size in (1, 200))
    assert small < 60_000_000 < 180_000_000 < large < len(ours)


@pytest.mark.slow
def test_one_command_measures_importing_and_size(tmp_path):
    for module in ("sqlite_utils", "duckdb"):
        pytest.importorskip(module, reason="needs the extra benchmarks")
    if not shutil.which("sqlite3"):
        pytest.skip("needs the sqlite3 shell")
    command = [sys.executable, FOLDER / "all.py", "--quick", "--only", "importing", "size", "--rows", "2000"]
    ended = subprocess.run([*command, "--folder", tmp_path], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    for part in (
        "| importing | import, 2,000 rows | DuckDB",
        "| importing | with 1 % of it revised",
        "| size | column `share`",
    ):
        assert part in ended.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_growth_is_drawn_from_the_figures_that_were_written(tmp_path):
    rows = [
        (size, who, 1, size / 1e6 * slow, size / 1e6, 20 * slow, "a machine, 2 cores")
        for size in (100_000, 1_000_000, 10_000_000)
        for who, slow in (("tracker", 2), ("sqlite3 shell", 1))
    ]
    with open(tmp_path / "growth.csv", "w", encoding="utf-8", newline="") as file:
        names = ("observations", "who", "run", "seconds", "processor_seconds", "peak_mb", "machine")
        csv.writer(file).writerows([names, *rows])
    command = [sys.executable, FOLDER / "growth.py", "--draw", "--csv", tmp_path / "growth.csv"]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    assert "| 10,000,000 | 20.00 s | 10.00 s |" in ended.stdout
    drawn = (tmp_path / "growth.png").read_bytes()
    assert b"100 times the rows take 100 times the time and 1.0 times the memory" in drawn
