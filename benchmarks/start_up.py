"""How long the commands of every day take, as ratios to the bare process that they cannot be faster than.

Run it in an environment where tracker is installed: python benchmarks/start_up.py
"""

import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 11

BARE_FIGURE = """
import sqlalchemy, alembic.command
from matplotlib.figure import Figure
figure = Figure((7.2, 5.0))
figure.add_subplot().plot([1, 2, 3])
figure.savefig("bare.png", dpi=200)
figure.savefig("bare.svg")
"""

TRACKER = str(Path(sys.executable).parent / "tracker")
ADD = [TRACKER, "add", "DeepSeek R1", "--market", "poe/text-messages", "--url", "https://poe.com", "--date"]


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def compare(name, base, other, before=lambda run: None):
    """Run the two in turn, so that both meet the same weather; print the ratio of their medians, and its spread."""
    pairs = []
    for run in range(RUNS + 1):
        before(run)
        pairs.append((seconds(base), seconds(other(run))))
    pairs = pairs[1:]  # the first run warms the caches
    ratios = sorted(slow / fast for fast, slow in pairs)
    median = statistics.median(slow for _, slow in pairs) / statistics.median(fast for fast, _ in pairs)
    print(f"{name:16} {median:6.2f}   ({ratios[0]:.2f} to {ratios[-1]:.2f})")


def main():
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()},", end=" ")
    print(f"SQLite {sqlite3.sqlite_version}; {RUNS} runs")
    bare = [sys.executable, "-c", "import sqlite3"]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        subprocess.run([TRACKER, "init"], check=True, capture_output=True)
        compare("tracker --help", bare, lambda run: [TRACKER, "--help"])
        compare("tracker add", bare, lambda run: [*ADD, f"2024-{run % 12 + 1:02d}-{run // 12 + 1:02d}", "5"])
        compare(
            "tracker demo",
            [sys.executable, "-c", BARE_FIGURE],
            lambda run: [TRACKER, "demo"],
            before=lambda run: shutil.rmtree("tracker-demo", ignore_errors=True),
        )


if __name__ == "__main__":
    main()
