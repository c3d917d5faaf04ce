"""Who imports: tracker in several ways, and its peers. Each is one process that reads input.csv in its folder.

A peer writes peer.db, which is not there before; tracker writes tracker.db, a copy of an empty one with the market.
"""

import contextlib
import math
import os
import shutil
import sqlite3
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import data
from measure import TRACKER, Run, process

PEERS = Path(__file__).with_name("peers")
SHELL = "the sqlite3 shell, `.import` and a sorted upsert"

COMMANDS = {
    SHELL: ["sqlite3", "peer.db", f'.read "{PEERS / "sqlite3_shell.sql"}"'],
    "the sqlite3 shell, into tables of our shape": ["sqlite3", "peer.db", f'.read "{PEERS / "sqlite3_shell_ids.sql"}"'],
    "DuckDB, into its own table": [sys.executable, str(PEERS / "duckdb_insert.py")],
    "`DataFrame.to_sql`": [sys.executable, str(PEERS / "pandas_to_sql.py")],
    "sqlite-utils upsert": [sys.executable, str(PEERS / "sqlite_utils_upsert.py")],
}

MODULES = {"DuckDB, into its own table": "duckdb", "sqlite-utils upsert": "sqlite_utils"}

WHOLE = ["--market", data.MARKET, "--unit", "percent", "--url", data.URL]
IN_DUCKDB = (
    "import duckdb; print(*duckdb.connect('peer.db').execute('SELECT count(*), sum(share) FROM share').fetchone())"
)


@cache
def peers() -> list[str]:
    """Return the peers that can run here.

    Raises
    ------
    SystemExit
        If there is no sqlite3 shell, against which the bounds are.
    """
    if not shutil.which("sqlite3"):
        raise SystemExit("there is no sqlite3 shell, against which imports are measured; install it (apt: sqlite3)")
    missing = {name for name, module in MODULES.items() if not find_spec(module)}
    for name in sorted(missing):
        print(f"left out: {name}; pip install '.[benchmarks]' brings it", file=sys.stderr)
    return [name for name in COMMANDS if name not in missing]


class Ground:
    """A folder with the files of one size, made where they are first asked for, and an empty database."""

    def __init__(self, folder: Path, rows: int, series: int = data.SERIES, seed: int = 7) -> None:
        self.folder, self.rows, self.series, self.seed = folder, rows, series, seed
        self.told: float | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self.empty = folder / "empty.db"
        if not self.empty.exists():
            market = ["--source", "made", "--counted", "answers", "--whole", "open"]
            self._tracker("init", "--empty")
            self._tracker("source", "add", "made", "--title", "Made")
            self._tracker("market", "add", data.MARKET, *market)

    def _tracker(self, *words: str) -> None:
        subprocess.run([TRACKER, *words, "--db", str(self.empty)], check=True, capture_output=True)

    def at(self, layout: str) -> Path:
        """Return the folder of a layout; `revised` is the long one with other shares in one of a hundred rows."""
        place = self.folder / layout
        if not (place / "input.csv").exists():
            place.mkdir(exist_ok=True)
            made, changed = ("long", True) if layout == "revised" else (layout, False)
            data.write(place / "input.csv", self.rows, made, self.seed, changed, self.series)
        return place

    def first(self, layout: str = "long") -> Run:
        """Import a file into the empty database."""
        place = self.at(layout)
        _gone(place / "tracker.db")
        shutil.copyfile(self.empty, place / "tracker.db")
        spent = self._imported(place, "--new-entities", *([] if layout == "own" else WHOLE))
        self._agrees(f"tracker, {layout}", *_held(place / "tracker.db", "observation"))
        return spent

    def again(self) -> Run:
        """Import the long file once more; `first` comes before."""
        return self._imported(self.at("long"), *WHOLE)

    def reordered(self) -> Run:
        """Import the same rows, shuffled, into the database that holds the long file; `first` comes before."""
        place, other = self.at("long"), self.at("shuffled") / "input.csv"
        spent = self._imported(place, *WHOLE, file=str(other))
        changed, _ = _held(place / "tracker.db", "superseded")
        if changed:
            raise SystemExit(f"tracker revised {changed:,} shares by the same rows in another order")
        return spent

    def revised(self) -> Run:
        """Import the revised file into the database that holds the long one; `first` comes before."""
        place = self.at("revised")
        _gone(place / "tracker.db")
        os.replace(self.at("long") / "tracker.db", place / "tracker.db")
        spent = self._imported(place, *WHOLE, "--on-change", "revise", "--reason", "The source counted again.")
        changed, _ = _held(place / "tracker.db", "superseded")
        if changed != self.rows // 100:
            raise SystemExit(f"tracker revised {changed:,} shares of {self.rows // 100:,}")
        return spent

    def peer(self, name: str, layout: str = "long") -> Run:
        """Let a peer import a file."""
        place = self.at(layout)
        _gone(place / "peer.db")
        spent = process(COMMANDS[name], place)
        self._agrees(name, *(_in_duckdb(place) if "DuckDB" in name else _held(place / "peer.db", "share")))
        return spent

    def clear(self) -> None:
        """Remove the folder with all its files."""
        shutil.rmtree(self.folder)

    def _imported(self, place: Path, *words: str, file: str = "input.csv") -> Run:
        return process([TRACKER, "import", file, "--no-progress", "--db", "tracker.db", *words], place)

    def _agrees(self, who: str, count: int, total: float) -> None:
        """Fail where not all rows are there, or their shares add up to something else than those of who was first."""
        self.told = total if self.told is None else self.told
        if count != self.rows or not math.isclose(total, self.told, rel_tol=1e-9):
            raise SystemExit(f"{who} holds {count:,} rows of {self.rows:,}; its shares sum to {total}, not {self.told}")


def _gone(path: Path) -> None:
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


def _held(path: Path, table: str) -> tuple[int, float]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        count, total = connection.execute(f"SELECT count(*), total(share) FROM {table}").fetchone()
    return count, total


def _in_duckdb(place: Path) -> tuple[int, float]:
    said = subprocess.run([sys.executable, "-c", IN_DUCKDB], cwd=place, check=True, capture_output=True, text=True)
    count, total = said.stdout.split()
    return int(count), float(total)
