"""What is exported can be imported into an empty database, and is then exported the same."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from importers.databases import ask, export, load, made, without_times
from strategies import inputs
from tracker.importers.exporting import as_json, records
from tracker.importers.long_csv import COLUMNS
from tracker.importers.policy import Policy
from tracker.importers.run import ingest
from tracker.importers.table import Table
from tracker.starter import FACTS
from tracker.store.batches import Batch
from tracker.store.engine import reading, writing
from tracker.store.shares import Selection

# Names that Hypothesis makes may resemble each other.
ANY_NAME = Policy(new_entities=True)


def again(path, folder):
    """A second database from the export of the first."""
    other = made(folder, "again.db")
    load(other, export(path), ANY_NAME)
    return other


def test_the_starter_data_go_round(tmp_path):
    path = made(tmp_path)
    load(path, FACTS)
    first = export(path)
    assert without_times(export(again(path, tmp_path))) == without_times(first)
    before = path.read_bytes()
    assert load(path, first).batch is None
    assert path.read_bytes() == before


@pytest.mark.slow
@settings(max_examples=80)
@given(inputs())
def test_any_small_database_goes_round(parsed):
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = made(folder)
        with writing(path) as session:
            ingest(session, "made up", parsed, Batch("add", "0"), ANY_NAME)
        first = export(path)
        assert without_times(export(again(path, folder))) == without_times(first)
        before = path.read_bytes()
        load(path, first, ANY_NAME)
        assert path.read_bytes() == before


HEAD = "market,entity,period,share,role,low,high,url,source,counted,whole,kind,hue,parents\n"
ROWS = HEAD + (
    ",DeepSeek,,,entity,,,,,,,lab,blue,\n"
    "poe/a,R1,2025-02,7,,6.5,8,https://a.org,poe,messages,open,model,blue,DeepSeek\n"
    "poe/a,R1,2025-02,7,report,,,https://b.org,poe,,,,,\n"
    "poe/a,V3,2025-03,<1,,,,https://a.org,poe,,,model,blue,\n"
    "poe/b,V3,2025-03,6..7,,,,https://a.org,poe,tokens,closed,,,\n"
)


def test_a_part_takes_along_what_it_refers_to(tmp_path):
    path = made(tmp_path)
    load(path, ROWS)
    part = Table("t.csv", export(path, Selection(entities=["R1"])).encode())
    role = part.header.index("role")
    assert [(row.cells[role], row.cells[1]) for row in part.rows()] == [
        ("entity", "DeepSeek"),
        ("", "R1"),
        ("report", "R1"),
    ]
    load(made(tmp_path, "part.db"), part.text)
    assert ask(tmp_path / "part.db", "SELECT entity, share, low, high FROM shares") == [("R1", 7.0, 6.5, 8.0)]


def test_a_revised_fact_goes_round_with_the_pages_that_told_it_before(tmp_path):
    path = made(tmp_path)
    load(path, ROWS)
    load(path, HEAD + "poe/a,R1,2025-02,9,,,,https://b.org,,,,,,\n", Policy("revise"))
    assert without_times(export(again(path, tmp_path))) == without_times(export(path))


def test_very_small_bounds_are_written_in_full(tmp_path):
    path = made(tmp_path)
    load(path, HEAD + "poe/a,R1,2025-02,7,,0.0000001,,https://a.org,poe,messages,open,,,\n")
    (row,) = Table("t.csv", export(path).encode()).rows()
    assert row.cells[COLUMNS.index("low")] == "0.0000001"


def test_json_has_numbers_beside_what_was_printed(tmp_path):
    path = made(tmp_path)
    load(path, ROWS)
    with reading(path) as session:
        found = json.loads(as_json(records(session, Selection())))
    told = [(one["entity"], one["printed"], one["share"], one["low"], one["high"]) for one in found]
    assert told == [
        ("DeepSeek", None, None, None, None),
        ("R1", "7", 7.0, 6.5, 8.0),
        ("V3", "<1", None, None, 1.0),
        ("V3", "6..7", None, 6.0, 7.0),
        ("R1", "7", 7.0, None, None),
    ]
    assert list(found[0]) == [*COLUMNS, "printed"]
