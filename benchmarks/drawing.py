"""What a chart costs against the barest matplotlib plot of the same lines: in a warm process, and as a command.

Run it in an environment where tracker is installed: python benchmarks/drawing.py
"""

import csv
import io
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import matplotlib
import pandas as pd
from matplotlib.figure import Figure

import tracker
from tracker.charts.line import line

RUNS = 15
SERIES, READINGS = 10, 500
MARKET = "made/up"
SIZE, DPI = (7.2, 5.0), 200
TRACKER = str(Path(sys.executable).parent / "tracker")

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


def write_csv(path):
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


def bare(frame):
    figure = Figure(SIZE)
    ax = figure.add_subplot()
    for _, rows in frame.groupby("entity", observed=True):
        ax.plot(rows["period_start"], rows["share"])
    figure.savefig(io.BytesIO(), format="png", dpi=DPI)


def ours(frame):
    line(frame, focus="Model 0")._repr_png_()


def seconds(function, *arguments):
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def run(command):
    subprocess.run(command, check=True, capture_output=True)


def compare(name, base, other, runs):
    """Run the two in turn, so that both meet the same weather; print the ratio of their medians, and its spread."""
    pairs = [(seconds(*base), seconds(*other)) for _ in range(runs + 1)][1:]  # the first run warms the caches
    ratios = sorted(slow / fast for fast, slow in pairs)
    fast, slow = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{name:40} {fast * 1000:6.0f} ms {slow * 1000:6.0f} ms {slow / fast:6.2f}   ", end="")
    print(f"({ratios[0]:.2f} to {ratios[-1]:.2f})")


def main():
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()},", end=" ")
    print(f"matplotlib {matplotlib.__version__}, pandas {pd.__version__}; {RUNS} runs")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write_csv("shares.csv")
        run([TRACKER, "init", "--empty"])
        run([TRACKER, "import", "shares.csv", "--new-entities"])
        with tracker.connect("tracker.db") as t:
            frame = t.shares(market=MARKET)
        assert len(frame) == SERIES * READINGS
        compare(f"{SERIES} x {READINGS} line to PNG, warm", (bare, frame), (ours, frame), RUNS)
        chart = [TRACKER, "chart", "Model 0", "--market", MARKET, "-o", "ours.png"]
        compare("tracker chart", (run, [sys.executable, "-c", BARE]), (run, chart), RUNS)
        chart[-1] = "ours.svg"
        compare("tracker chart to SVG", (run, [sys.executable, "-c", BARE.replace("png", "svg")]), (run, chart), 5)


if __name__ == "__main__":
    main()
