"""Import, export and compare, for the tests of the importers."""

from pathlib import Path

import pytest

from tracker.importers.asked import Asked
from tracker.importers.exporting import as_csv, records
from tracker.importers.long_csv import LongCsv
from tracker.importers.opening import open_file
from tracker.importers.policy import Policy
from tracker.importers.registry import importer_for
from tracker.importers.run import ingest
from tracker.importers.table import Table
from tracker.store.batches import Batch
from tracker.store.engine import reading, writing
from tracker.store.migrate import create
from tracker.store.shares import Selection

SAMPLES = Path(__file__).parents[1] / "samples"
DATA = Path(__file__).parents[2] / "../shared/data"


def data(name):
    """A file of the shared data."""
    if not (DATA / name).exists():
        pytest.skip(f"the shared data are not here: {name}")
    return DATA / name


def made(folder, name="tracker.db"):
    create(folder / name)
    return folder / name


def load(path, table, policy=None, market=None):
    """Import a table, a file or a text of our own long CSV."""
    if isinstance(table, str):
        table = Table("t.csv", table.encode())
    elif isinstance(table, Path):
        table = open_file(table)
    with writing(path) as session:
        parsed = importer_for(table).read(table, Asked(market=market))
        return ingest(session, table.name, parsed, Batch("import", "0", table.stem), policy or Policy())


def export(path, wanted=None):
    with reading(path) as session:
        return as_csv(records(session, wanted or Selection()))


def without_times(text):
    """An export without the one column that tells when."""
    header, *rows = Table("t.csv", text.encode())._records()
    assert header.cells[-1] == "known_from"
    return [row.cells[:-1] for row in (header, *rows)]


def parse(text, market=None):
    return LongCsv().read(Table("t.csv", text.encode()), Asked(market=market))


def ask(path, sql):
    with reading(path) as session:
        return session.rows(sql)
