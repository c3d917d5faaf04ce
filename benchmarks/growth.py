"""How cost grows with the rows: imports of 100,000 to 10,000,000 observations, tracker and its peers in turn.

The figures of every run go to growth.csv as they are known, and the picture of them to growth.png. Run it in an
environment where tracker is installed with its extra `benchmarks`, beside the sqlite3 shell:
python benchmarks/growth.py [--draw]. With --draw it only draws what growth.csv holds.
"""

import argparse
import csv
import statistics
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from contenders import Ground, peers
from measure import MB, Asked, Run, asked_for, clock, machine, options

SIZES = (100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000)
RUNS = 3
SLOW = 1_000_000
"""Peers that take far longer run no further than this."""

PEERS = {
    "sqlite3 shell": "the sqlite3 shell, `.import` and a sorted upsert",
    "DuckDB": "DuckDB, into its own table",
    "pandas to_sql": "`DataFrame.to_sql`",
    "sqlite-utils": "sqlite-utils upsert",
}
FAST = ("sqlite3 shell", "DuckDB")
COLUMNS = ("observations", "who", "run", "seconds", "processor_seconds", "peak_mb", "machine")

HERE = Path(__file__).parent


def measure(asked: Asked, path: Path) -> None:
    """Write a row a run; all that take part run in turn."""
    found, named = peers(), machine()
    sizes = asked.rows or ((2_000, 4_000) if asked.quick else SIZES)
    with open(path, "w", encoding="utf-8", newline="") as file, asked.place() as folder:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for rows in sizes:
            ground = Ground(Path(folder) / str(rows), rows, asked.series, asked.seed)
            calls: dict[str, Callable[[], Run]] = {"tracker": ground.first}
            for who, name in PEERS.items():
                if name in found and (who in FAST or rows <= SLOW):
                    calls[who] = partial(ground.peer, name)
            for turn in range(1, asked.times(RUNS) + 1):
                for who, call in calls.items():
                    writer.writerow([rows, who, turn, *_figures(call()), named])
                    file.flush()
            ground.clear()


def _figures(run: Run) -> list[str]:
    return [f"{run.seconds:.3f}", f"{run.cpu:.3f}", f"{run.peak / MB:.1f}"]


def medians(path: Path, column: str) -> dict[str, dict[int, float]]:
    """Return the median of the runs, by who and by the number of observations."""
    found: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["who"]][int(row["observations"])].append(float(row[column]))
    return {
        who: {rows: statistics.median(each) for rows, each in sorted(sizes.items())} for who, sizes in found.items()
    }


def show(path: Path) -> None:
    """Print the medians as Markdown: time for a million observations, by size."""
    times = medians(path, "seconds")
    sizes = sorted({rows for each in times.values() for rows in each})
    print(f"| observations | {' | '.join(times)} |\n|---|{'---|' * len(times)}")
    for rows in sizes:
        print(f"| {rows:,} | {' | '.join(clock(each[rows]) if rows in each else '' for each in times.values())} |")


def main() -> None:
    asked: argparse.ArgumentParser = options(__doc__)
    asked.add_argument("--draw", action="store_true", help="only draw what was measured before")
    asked.add_argument("--csv", type=Path, default=HERE / "growth.csv", help="the figures")
    said = asked.parse_args()
    if not said.draw:
        measure(asked_for(said), said.csv)
    show(said.csv)
    from growth_plot import growth  # heavy, and measuring may have no place for it

    print(f"Drew {growth(said.csv).save(said.csv.with_suffix('.png')).name}.")


if __name__ == "__main__":
    main()
