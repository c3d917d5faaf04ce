"""The batches."""

import pytest

from importers.databases import load, made
from store.changes import FIRST, take_back, withdraw
from tracker.errors import UnknownName
from tracker.store.engine import reading
from tracker.store.past.log import FIELDS, batch, batches


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    withdraw(path, "R1", "2025-02")
    take_back(path, 2)
    return path


def fields(row, *names):
    told = dict(zip(FIELDS, row, strict=True))
    return tuple(told[name] for name in names)


def test_every_batch_with_its_counts(path):
    with reading(path) as session:
        found = batches(session)
    names = ("batch", "command", "file", "added", "withdrawn", "restored", "reported", "reason", "undone_by")
    assert [fields(row, *names) for row in found] == [
        (1, "import", "t", 2, 0, 0, 1, None, None),
        (2, "retract", None, 0, 1, 0, 0, "misread", 3),
        (3, "undo", None, 0, 0, 1, 0, "undo of batch 2", None),
    ]
    with reading(path) as session:
        assert [batch(session, number) for number in (1, 2, 3)] == found


def test_one_that_is_not_there(path, tmp_path):
    with reading(path) as session, pytest.raises(UnknownName) as refused:
        batch(session, 4)
    assert str(refused.value) == "there is no batch 4; the last is 3\nSee: tracker log"
    with reading(made(tmp_path, "empty.db")) as session, pytest.raises(UnknownName, match=r"^there is no batch 1\n"):
        batch(session, 1)
