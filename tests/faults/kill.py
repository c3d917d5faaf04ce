"""SIGKILL at random moments of an import, a revise, an undo and an upgrade, and a look at what is left.

    python tests/faults/kill.py --times 200 --rows 300000 --seed 7

After each: what reads can read; integrity and references are sound; the batch is whole or absent; the same command
run again completes; the content is that of a run that nobody disturbed; nothing is left beside the database.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from faults.disturbed import beside, command, digest, done, run, sound, table

KINDS = ("import", "revise", "undo", "upgrade")


@dataclass(frozen=True)
class Work:
    """A command, the database before it, what both hold, and how long it takes."""

    kind: str
    words: tuple[object, ...]
    before: Path
    was: dict[str, tuple[int, str]] | None
    becomes: dict[str, tuple[int, str]]
    seconds: float


def works(folder: Path, rows: int, kinds: tuple[str, ...] = KINDS) -> dict[str, Work]:
    """Run each command once undisturbed."""
    first, second = table(folder / "first.csv", rows), table(folder / "second.csv", rows, shift=7)
    empty, full = folder / "empty.db", folder / "full.db"
    done("init", "--empty", "--db", empty)
    shutil.copy(empty, full)
    done("import", first, "--db", full, "--no-progress")
    every = {
        "import": (("import", first, "--no-progress"), empty),
        "revise": (("import", second, "--on-change", "revise", "--reason", "restated", "--no-progress"), full),
        "undo": (("undo", 1, "--reason", "the wrong file"), full),
    }
    if "upgrade" in kinds:
        every["upgrade"] = (("db", "upgrade"), _older(folder / "older.db", rows))
    return {kind: _undisturbed(kind, *every[kind], folder) for kind in kinds}


def _older(path: Path, rows: int) -> Path:
    """A database of the first schema with many rows."""
    from alembic import command as alembic

    from tracker.store.engine import connect
    from tracker.store.migrate import config

    path.touch()
    made = config()
    made.attributes["creator"] = lambda: connect(path, "rw")
    alembic.upgrade(made, "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "INSERT INTO source (id, slug, title) VALUES (1, 'acme', 'Acme');"
            "INSERT INTO market (id, slug, source_id, counted, whole) VALUES (1, 'acme/web', 1, 'visits', 'open');"
            "INSERT INTO entity (id, name, kind, hue) VALUES (1, 'E', 'product', 'blue');"
            "INSERT INTO citation (id, url, title, publisher, kind) VALUES (1, 'https://a.org', 'T', 'P', 'primary');"
            "INSERT INTO batch (id, command, recorded_at, version, added, same, revised, reported)"
            " VALUES (1, 'import', '2025-03-01T12:00:00.000000Z', '0.1.0', 0, 0, 0, 0);"
            "INSERT INTO series (id, market_id, entity_id) VALUES (1, 1, 1);"
            f"WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {rows - 1})"
            " INSERT INTO period (id, label, start_date, end_date, precision)"
            " SELECT i + 1, date('1900-01-01', i || ' days'), date('1900-01-01', i || ' days'),"
            " date('1900-01-01', i || ' days'), 'day' FROM n;"
        )
        connection.execute(
            "INSERT INTO observation (series_id, period_id, share, decimals, status, citation_id, batch_id)"
            " SELECT 1, id, id % 100, 0, 'A', 1, 1 FROM period LIMIT ?",
            [rows],
        )
        connection.commit()
    return path


def _undisturbed(kind: str, words: tuple[object, ...], before: Path, folder: Path) -> Work:
    path = folder / f"{kind}-whole" / "tracker.db"
    path.parent.mkdir()
    shutil.copy(before, path)
    started = time.monotonic()
    done(*words, "--db", path)
    seconds = time.monotonic() - started
    # What the views of an older schema hold is another thing: they have other columns.
    return Work(kind, words, before, None if kind == "upgrade" else digest(before), digest(path), seconds)


def disturb(work: Work, folder: Path, chance: random.Random) -> str:
    """Kill the command once; return what became of the batch. Whatever is not as it must be is an AssertionError."""
    path = folder / "tracker.db"
    shutil.copy(work.before, path)
    with subprocess.Popen(
        command(*work.words, "--db", path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _wait(path, process, work.seconds, chance)
        process.send_signal(signal.SIGKILL)
    killed = process.returncode == -signal.SIGKILL
    found = _look(work, path)
    again = run(*work.words, "--db", path)
    assert again.returncode == 0 or (work.kind == "undo" and found == "whole"), again.stderr
    assert digest(path) == work.becomes, "another content after the second run"
    assert sound(path)
    assert beside(path) == [], f"left beside: {beside(path)}"
    return found if killed else "done"


def _wait(path: Path, process: subprocess.Popen, seconds: float, chance: random.Random) -> None:
    """Half of the moments are any; the other half are soon after the first change of the file."""
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0, seconds))
        return
    journals = [path.with_name(f"{path.name}-{end}") for end in ("journal", "wal")]
    while process.poll() is None and not any(journal.exists() for journal in journals):
        time.sleep(0.0005)
    time.sleep(chance.random() ** 2 * seconds / 4)


def _look(work: Work, path: Path) -> str:
    from tracker.errors import SchemaMismatch
    from tracker.store.engine import reading

    try:
        with reading(path) as session:
            session.rows("SELECT count(*) FROM shares")
    except SchemaMismatch as error:
        if work.kind != "upgrade" or "older schema" not in str(error):
            raise
    assert sound(path)
    if work.was is None:
        with closing(sqlite3.connect(path)) as connection:
            now = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        if now == [("0001",)]:
            return "absent"
    held = digest(path)
    assert held in (work.was, work.becomes), "half a batch"
    return "absent" if held == work.was else "whole"


def kills(times: int, rows: int, seed: int, kinds: tuple[str, ...] = KINDS) -> Iterator[tuple[str, str]]:
    """Kill each kind of command in turn; yield the kind and what was left."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        every = works(folder, rows, kinds)
        for number in range(times):
            work = every[kinds[number % len(kinds)]]
            within = folder / str(number)
            within.mkdir()
            yield work.kind, disturb(work, within, chance)
            shutil.rmtree(within)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--times", type=int, default=200)
    asked.add_argument("--rows", type=int, default=300_000)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--only", choices=KINDS, nargs="+", default=KINDS)
    words = asked.parse_args()
    found: Counter[tuple[str, str]] = Counter()
    for number, ended in enumerate(kills(words.times, words.rows, words.seed, tuple(words.only)), 1):
        found[ended] += 1
        print(f"\r{number}/{words.times}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for (kind, left), count in sorted(found.items()):
        print(f"{kind:8} {left:7} {count:4}")


if __name__ == "__main__":
    main()
