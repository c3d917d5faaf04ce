"""What a chart costs against the barest matplotlib plot of the same lines: in a warm process, and as a command.

Run it in an environment where tracker is installed: python benchmarks/drawing.py
"""

import csv
import io
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure
from measure import TRACKER, Asked, Line, in_turn, main, process, ratio, seconds

import tracker
from tracker.charts.line import line

RUNS = 15
SERIES, READINGS = 10, 500
MARKET = "made/up"
SIZE, DPI = (7.2, 5.0), 200

BARE = """
import pandas as pd
from matplotlib.figure import Figure
frame = pd.read_csv("shares.csv", parse_dates=["period"])
figure = Figure((7.2, 5.0))
ax = figure.add_subplot()
for name, rows in frame.groupby("entity"):
    ax.plot(rows["period"], rows["share"])
figure.savefig("bare.png", dpi=200)
"""


def write_csv(path: Path) -> None:
    dice, first = random.Random(6), date(2024, 1, 1)
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["market", "entity", "period", "share", "source", "counted", "whole", "url"])
        for number in range(SERIES):
            share = dice.uniform(4, 9)
            for day in range(READINGS):
                share = min(max(0.1, share + dice.gauss(0, 0.2)), 10)
                row = [MARKET, f"Model {number}", first + timedelta(day), f"{share:.2f}", "made", "answers", "open"]
                writer.writerow([*row, "https://example.org"])


def bare(frame: pd.DataFrame) -> None:
    figure = Figure(SIZE)
    ax = figure.add_subplot()
    for _, rows in frame.groupby("entity", observed=True):
        ax.plot(rows["period_start"], rows["share"])
    figure.savefig(io.BytesIO(), format="png", dpi=DPI)


def ours(frame: pd.DataFrame) -> None:
    line(frame, focus="Model 0")._repr_png_()


def lines(asked: Asked) -> Iterator[Line]:
    """Draw with both in turn, warm in this process and as commands."""
    runs = asked.times(RUNS)
    with asked.place() as folder:
        place = Path(folder)
        write_csv(place / "shares.csv")
        for words in (["init", "--empty"], ["import", "shares.csv", "--new-entities"]):
            subprocess.run([TRACKER, *words, "--db", "tracker.db"], cwd=place, check=True, capture_output=True)
        with tracker.connect(place / "tracker.db") as t:
            frame = t.shares(market=MARKET)
        assert len(frame) == SERIES * READINGS
        warm = {"bare": lambda: seconds(lambda: bare(frame)), "ours": lambda: seconds(lambda: ours(frame))}
        found = in_turn(warm, runs)
        yield ratio("a line chart to PNG, warm", "the barest plot", found["ours"], found["bare"], 1.5)
        chart = [TRACKER, "chart", "Model 0", "--market", MARKET, "--db", "tracker.db", "-o"]
        plot = [sys.executable, "-c", BARE]
        yield compared("`tracker chart ... -o x.png`", [*chart, "ours.png"], plot, place, runs, 1.3)
        plot = [sys.executable, "-c", BARE.replace("png", "svg")]
        yield compared("`tracker chart ... -o x.svg`", [*chart, "ours.svg"], plot, place, max(1, runs // 3))


def compared(
    what: str, ours: Sequence[str], plot: Sequence[str], folder: Path, runs: int, bound: float | None = None
) -> Line:
    """Compare two commands."""
    calls = {"bare": lambda: process(plot, folder).seconds, "ours": lambda: process(ours, folder).seconds}
    found = in_turn(calls, runs)
    return ratio(what, "the barest plot, as a process", found["ours"], found["bare"], bound)


if __name__ == "__main__":
    raise SystemExit(main(lines, __doc__))
