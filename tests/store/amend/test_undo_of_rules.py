"""Undoing changes of a market's rule: a rule that an undo brought back is the same rule."""

import pytest

from importers.databases import load, made
from tracker.errors import Conflict
from tracker.store.amend.undo import undo
from tracker.store.batches import Batch
from tracker.store.engine import writing
from tracker.store.rules import change_rule, rule_of

FACT = "market,entity,period,share,url,source,counted,whole\npoe/a,R1,2025-02,7,https://a.org,poe,messages,open\n"


@pytest.fixture
def session(tmp_path):
    path = made(tmp_path)
    load(path, FACT)
    with writing(path) as session:
        yield session


def rule(session, name):
    return change_rule(session, "poe/a", name, Batch("rule", "0", reason="r"))


def back(session, batch):
    return undo(session, batch, Batch("undo", "0")).batch


def test_the_last_first_then_the_one_before(session):
    rule(session, "latest")  # batch 2
    rule(session, "first")  # batch 3
    with pytest.raises(Conflict, match="batch 3 changed again"):
        back(session, 2)
    back(session, 3)
    assert rule_of(session, "poe/a").rule == "latest"
    back(session, 2)
    assert rule_of(session, "poe/a").rule == "primary"


def test_an_undo_of_an_undo(session):
    rule(session, "latest")
    back(session, back(session, 2))
    assert rule_of(session, "poe/a").rule == "latest"
