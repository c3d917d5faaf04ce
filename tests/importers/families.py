"""Samples of a family, each with the export that it becomes; and short ways to read texts."""

import csv
import io

from importers.databases import SAMPLES, export, made, without_times
from tracker.importers.asked import Asked
from tracker.importers.opening import open_bytes, open_file
from tracker.importers.policy import Policy
from tracker.importers.registry import importer_for
from tracker.importers.run import ingest
from tracker.store.batches import Batch
from tracker.store.engine import writing


def parsed(content, name="t.csv", importer=None, **asked):
    """What a text, or a file, says."""
    said = Asked(**asked)
    if isinstance(content, str | bytes):
        data = content.encode() if isinstance(content, str) else content
        table = open_bytes(name, data, said.encoding, said.sheet)
    else:
        table = open_file(content, said.encoding, said.sheet)
    return importer_for(table, importer).read(table, said)


def stored(path, content, name="t.csv", policy=None, **asked):
    """Store a text, or a file, in a database."""
    with writing(path) as session:
        return ingest(session, name, parsed(content, name, **asked), Batch("import", "0", name), policy or Policy())


def shares(read):
    """Line, market, entity, period and share of every entry."""
    return [
        (one.line, one.told.market, one.told.entity, str(one.told.period), str(one.told.share)) for one in read.entries
    ]


def problems(refused):
    """Line, column and value of every problem."""
    return [(one.line, one.column, one.value) for one in refused.problems]


def becomes_its_export(folder, sample, **asked):
    """Whether a sample becomes the export that is committed beside it, and a second import changes nothing."""
    file = SAMPLES / sample
    path = made(folder)
    stored(path, file, file.name, **asked)
    expected = file.with_suffix(".expected.csv").read_text(encoding="utf-8")
    assert without_times(export(path)) == list(csv.reader(io.StringIO(expected)))
    before = path.read_bytes()
    assert stored(path, file, file.name, **asked).batch is None
    assert path.read_bytes() == before
    return True
