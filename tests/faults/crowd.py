"""Many programs on one file: some add, one imports, some read all the while.

    python tests/faults/crowd.py --adders 8 --adds 200 --rows 300000 --readers 4

No row is lost, nobody is told of a lock, and who reads sees whole batches only; printed is how long each waited.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import multiprocessing
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from faults.disturbed import beside, done, sound, table

_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Seen:
    """What one process met: how it ended, what it was told, how long its longest wait was, how often it did it."""

    code: int
    said: str
    longest: float
    times: int


def _add(path: str, who: int, adds: int) -> Seen:
    from tracker.cli.boundary import run

    said, code, longest = io.StringIO(), 0, 0.0
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        for number in range(adds):
            started = time.monotonic()
            words = ["add", f"Adder {who}", str(number % 100), "--market", "acme/added", "--date", str(1800 + number)]
            code |= run([*words, "--url", f"https://a.org/{who}", "--new-entities", "--db", path])
            longest = max(longest, time.monotonic() - started)
    return Seen(code, said.getvalue(), longest, adds)


def _import(path: str, file: str) -> Seen:
    from tracker.cli.boundary import run

    said, started = io.StringIO(), time.monotonic()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        code = run(["import", file, "--db", path, "--no-progress"])
    return Seen(code, said.getvalue(), time.monotonic() - started, 1)


def _read(path: str, rows: int, stop: Event) -> Seen:
    """Look again and again whether every batch is whole; the wait is the time until the first row is there."""
    from tracker.store.engine import reading

    times, longest, said = 0, 0.0, ""
    while not stop.is_set() or not times:
        started = time.monotonic()
        with reading(Path(path)) as session:
            batches = session.value("SELECT count(*) FROM batch WHERE command = 'add'")
            longest = max(longest, time.monotonic() - started)
            added = session.value(
                "SELECT count(*) FROM observation JOIN series ON series.id = series_id"
                " JOIN market ON market.id = market_id WHERE slug = 'acme/added'"
            )
            imported = session.value("SELECT count(*) FROM observation") - added
        if added != batches or imported not in (0, rows):
            said += f"half a batch: {added} of {batches}, {imported} of {rows}; "
        times += 1
        time.sleep(0.02)
    return Seen(0, said, longest, times)


@dataclass(frozen=True)
class Crowd:
    """What all of them met, and what is in the file at the end."""

    adders: list[Seen]
    importer: Seen
    readers: list[Seen]
    rows: int
    sound: bool
    beside: list[str]


def crowd(folder: Path, *, adders: int, adds: int, rows: int, readers: int) -> Crowd:
    """Let them all at one file."""
    path, file = folder / "db" / "tracker.db", table(folder / "long.csv", rows)
    path.parent.mkdir()
    done("init", "--empty", "--db", path)
    done("source", "add", "acme", "--title", "Acme", "--db", path)
    market = ("acme/added", "--source", "acme", "--counted", "visits", "--whole", "overlapping")
    done("market", "add", *market, "--db", path)
    with _SPAWN.Manager() as manager, _SPAWN.Pool(adders + readers + 1) as pool:
        stop = manager.Event()
        reads = [pool.apply_async(_read, (str(path), rows, stop)) for _ in range(readers)]
        imports = pool.apply_async(_import, (str(path), str(file)))
        writes = [pool.apply_async(_add, (str(path), who, adds)) for who in range(adders)]
        wrote, imported = [one.get() for one in writes], imports.get()
        stop.set()
        read = [one.get() for one in reads]
    with closing(sqlite3.connect(path)) as connection:
        (held,) = connection.execute("SELECT count(*) FROM observation").fetchone()
    return Crowd(wrote, imported, read, held, sound(path), beside(path))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("adders", 8), ("adds", 200), ("rows", 300_000), ("readers", 4)):
        asked.add_argument(f"--{name}", type=int, default=default)
    words = vars(asked.parse_args())
    with tempfile.TemporaryDirectory() as folder:
        found = crowd(Path(folder), **words)
    due = words["rows"] + words["adders"] * words["adds"]
    print(f"rows {found.rows} of {due}, sound {found.sound}, beside {found.beside}")
    for what, seen in (("add", found.adders), ("import", [found.importer]), ("read", found.readers)):
        codes, longest = {one.code for one in seen}, max(one.longest for one in seen)
        told = sorted({line for one in seen for line in one.said.splitlines() if "locked" in line or "Waiting" in line})
        print(f"{what:6} {sum(one.times for one in seen):6} times, codes {codes}, longest {longest:.2f} s {told}")
    print("half batches:", [one.said for one in found.readers if one.said] or "none")


if __name__ == "__main__":
    main()
