"""What the tests of faults share: a table to import, the program in a process of its own, and what a database holds."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

HEADER = "market,entity,period,share,url,title,publisher,source,source_title,counted,whole,frequency\n"
SERIES = 100
FIRST = date(1900, 1, 1)

IDENTITIES = ("batch", "known_from", "known_to")
"""Columns that tell when and under which number something was recorded, which no two runs share."""


def table(path: Path, rows: int, shift: int = 0) -> Path:
    """Write a long table, date by date; another `shift` states another share for every row."""
    with path.open("w") as file:
        file.write(HEADER)
        for number in range(rows):
            day = FIRST + timedelta(days=number // SERIES)
            share = (number + shift) % 990 / 10
            file.write(
                f"acme/web,E{number % SERIES:03d},{day},{share},https://a.org/x,T,P,acme,Acme,visits,overlapping,daily\n"
            )
    return path


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "tracker", *map(str, words)]


def run(*words: object, **options) -> subprocess.CompletedProcess:
    """Run the program to its end."""
    options = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL, "timeout": 600} | options
    return subprocess.run(command(*words), check=False, **options)


def done(*words: object) -> str:
    """Run the program, which has to succeed; return what it said."""
    ended = run(*words)
    assert ended.returncode == 0, (words, ended.stdout, ended.stderr)
    return ended.stdout + ended.stderr


def sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong, after it took back what was half written."""
    with closing(sqlite3.connect(path)) as connection:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and not broken


def digest(path: Path) -> dict[str, tuple[int, str]]:
    """Count and digest of each view, in no order, without what no two runs share."""
    with closing(sqlite3.connect(path)) as connection:
        return {view: _digest(connection, view) for view in ("shares", "share_history", "reports")}


def _digest(connection: sqlite3.Connection, view: str) -> tuple[int, str]:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({view})")]
    told = ", ".join(name for name in names if name not in IDENTITIES)
    closed = ", known_to IS NULL" if "known_to" in names else ""
    count = total = 0
    for row in connection.execute(f"SELECT {told}{closed} FROM {view}"):
        count += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode()).digest())
    return count, f"{total % 2**256:064x}"


def beside(path: Path) -> list[str]:
    """What lies in the folder of a database, but for itself and the copies that were made on purpose."""
    return sorted(name for name in os.listdir(path.parent) if name != path.name and ".before-" not in name)
