"""A database with rows of every kind that the newest schema can hold, made as a person makes them."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from tracker.cli.boundary import run

HEAD = "market,entity,period,share,role,url,published,citation_kind,source,counted,whole\n"

STEPS = (
    "import FILE --save-as kept",
    "correct override 8.2 --market poe/kinds --entity R1 --date 2025-02 --expect 2 --reason 'a slip'",
    "retract V3 --market poe/kinds --date 2025-02 --reason misread",
    "undo 4",
    "retract V3 --market poe/kinds --date 2025-03 --reason misread",
    "add R1 6.5% --market poe/kinds --date 2025-03 --url https://p.org/late --revise better",
    "entity merge 'R One' R1 --reason same",
    "alias add R1 arr-one",
    "alias remove arr-one",
    "entity parent R1 'DeepSeek' --from 2025-01-20",
    "entity parent R1 'DeepSeek' --remove",
    "market rule poe/kinds latest --reason newer",
    "waive sums --market poe/kinds --reason 'not all were printed'",
    "claim 'R1 had 6.5%' --entity R1 --market poe/kinds --from 2025-03 --keep",
)


def _row(entity, period, share, role="", page="p.org"):
    return f"poe/kinds,{entity},{period},{share},{role},https://{page},2025-05-13,secondary,poe,messages,open\n"


ROWS = HEAD + "".join(
    (
        *(_row("R1", f"2025-{month:02}", month) for month in range(1, 13)),
        *(_row("V3", f"2025-{month:02}", f"{month}.5") for month in range(1, 13)),
        _row("R One", "2024-02", "2"),
        _row("R1", "2025-02", "9", "report", "late.org"),
        *(_row("R1", f"20{year}-{month:02}", "1.25") for year in range(10, 24) for month in range(1, 13)),
    )
)


@cache
def _made() -> bytes:
    import shlex

    with tempfile.TemporaryDirectory() as folder:
        path, file = Path(folder) / "tracker.db", Path(folder) / "kinds.csv"
        file.write_text(ROWS)
        for words in ("init", "source add zz --title Zed", *STEPS):
            typed = [str(file) if word == "FILE" else word for word in shlex.split(words)]
            code = run([*typed, "--db", str(path)])
            assert code in (0, 1) if words.startswith("claim") else code == 0, words
        return path.read_bytes()


def of_every_kind(path: Path) -> Path:
    """Make the database; the same one each time."""
    path.write_bytes(_made())
    return path


def tables(path: Path) -> dict[str, list[str]]:
    """All rows of all tables, as text, in order."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for (name,) in names}


def views(path: Path) -> list[list[str]]:
    """All rows of the views, as text, in order."""
    with closing(sqlite3.connect(path)) as connection:
        return [
            sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))
            for name in ("shares", "share_history", "reports")
        ]


def damaged(path: Path, start: int, content: bytes) -> Path:
    """Write over a part of a file."""
    with path.open("rb+") as file:
        file.seek(start)
        file.write(content)
    return path


def copy(path: Path, to: Path) -> Path:
    """Copy a file."""
    return Path(shutil.copy(path, to))
