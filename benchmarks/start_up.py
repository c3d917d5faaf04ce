"""How long the commands of every day take, as ratios to the bare process that they cannot be faster than.

Run it in an environment where tracker is installed: python benchmarks/start_up.py
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from measure import TRACKER, Asked, Line, in_turn, main, process, ratio

RUNS = 11

BARE_FIGURE = """
import sqlalchemy, alembic.command
from matplotlib.figure import Figure
figure = Figure((7.2, 5.0))
figure.add_subplot().plot([1, 2, 3])
figure.savefig("bare.png", dpi=200)
figure.savefig("bare.svg")
"""

ADD = [TRACKER, "add", "DeepSeek R1", "--market", "poe/text-messages", "--url", "https://poe.com", "--date"]
BARE = "`python -c 'import sqlite3'`"
FIGURE = "a process that imports sqlalchemy, alembic and matplotlib and saves one bare figure as PNG and SVG"


def lines(asked: Asked) -> Iterator[Line]:
    """Measure each command in turn with its bare process."""
    runs = asked.times(RUNS)
    with asked.place() as folder:
        place, days = Path(folder), count()
        subprocess.run([TRACKER, "init"], cwd=place, check=True, capture_output=True)

        def bare() -> float:
            return process([sys.executable, "-c", "import sqlite3"], place).seconds

        def add() -> float:
            day = next(days)
            return process([*ADD, f"2024-{day % 12 + 1:02d}-{day // 12 + 1:02d}", "5"], place).seconds

        def demo() -> float:
            shutil.rmtree(place / "tracker-demo", ignore_errors=True)
            return process([TRACKER, "demo"], place).seconds

        found = in_turn({"bare": bare, "help": lambda: process([TRACKER, "--help"], place).seconds, "add": add}, runs)
        yield ratio("`tracker --help`", BARE, found["help"], found["bare"], 4)
        yield ratio("`tracker add`", BARE, found["add"], found["bare"], 16)
        figure = [sys.executable, "-c", BARE_FIGURE]
        found = in_turn({"bare": lambda: process(figure, place).seconds, "demo": demo}, runs)
        yield ratio("`tracker demo`", FIGURE, found["demo"], found["bare"], 3)


if __name__ == "__main__":
    raise SystemExit(main(lines, __doc__))
