"""The same files imported both ways: held as a whole, and in passing."""

import random
import shutil

from tracker.cli.boundary import run
from tracker.store.engine import reading

MARKET = ("--market", "bench/share", "--counted", "things", "--whole", "closed")
VIEWS = ("shares", "share_history", "reports")


def content(path):
    with reading(path) as session:
        return stored(session)


def stored(session):
    """What the views hold but for when it was known, and what the batches and entities are."""
    found = {}
    for view in VIEWS:
        names = [row[0] for row in session.rows("SELECT name FROM pragma_table_info(:view)", view=view)]
        kept = ", ".join(name for name in names if not name.startswith("known_"))
        found[view] = sorted(session.rows(f"SELECT {kept} FROM {view}"), key=repr)
    found["batches"] = session.rows(
        "SELECT id, command, file, sha256, importer, reason, added, same, revised, reported FROM batch"
    )
    found["entities"] = session.rows("SELECT name, kind, hue FROM entity ORDER BY id")
    return found


def both(empty, folder, capsys, passing, texts, *words):
    """Import texts one after the other, held as a whole and in passing; return what each way said and stored."""
    found = []
    for in_passing in (False, True):
        passing(in_passing)
        path = folder / "t.db"
        shutil.copy(empty, path)
        said = []
        for text, more in texts:
            (folder / "t.csv").write_text(text, encoding="utf-8", newline="")
            code = run(["import", str(folder / "t.csv"), "--db", str(path), *words, *more])
            out, err = capsys.readouterr()
            said.append((code, out, err))
        found.append((said, content(path)))
    return found


def long_table(rows):
    return "date,entity,share\n" + "".join(f"{day},{entity},{share}\n" for day, entity, share in rows)


def shares(days=12, entities=5, seed=1, decimals=2):
    rng = random.Random(seed)
    rows = []
    for day in range(days):
        cuts = sorted(rng.uniform(0, 100) for _ in range(entities - 1))
        parts = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
        rows += [(f"2024-01-{day + 1:02d}", f"E{one}", f"{part:.{decimals}f}") for one, part in enumerate(parts)]
    return rows
