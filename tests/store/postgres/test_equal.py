"""The same inputs, and the same changes after them, leave the same rows in a file and on a server; at every moment."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

import postgres_server
from importers.databases import load
from store.changes import FIRST, HEAD, join, mend, row, take_back, withdraw
from store.postgres.scripted import Clock
from tracker.cli.init import load_starter
from tracker.importers.policy import Policy
from tracker.store import batches
from tracker.store.batches import Batch
from tracker.store.engine import reading, writing
from tracker.store.migrate import create
from tracker.store.past.asof import reading_as_of
from tracker.store.rules import change_rule
from tracker.store.tables import metadata
from tracker.values.asof import AsOf

VIEWS = ("shares", "share_history", "reports")

REVISED = HEAD + row("R1", "2025-02", "7.5") + row("R1", "2025-04", "<1") + row("V3", "2025-02", "~3", "", "v3.org")
COMPETING = HEAD + row("R1", "2025-02", "9", "", "poe.com", "primary") + row("R2", "2025-05", "8", "", "two.org")
NAMES = HEAD + "".join(row(name, "2025-06", "1") for name in ("zeta", "Zeta 2", "Ängström", "a_b", "A b", "ab"))


def set_rule(place, rule):
    with writing(place) as session:
        change_rule(session, "poe/a", rule, Batch("rule", "0", reason="why"))


STEPS = (
    lambda place: create(place, load_starter),
    partial(load, table=FIRST, policy=Policy(new_entities=True)),
    partial(load, table=REVISED, policy=Policy("revise", new_entities=True)),
    partial(load, table=COMPETING, policy=Policy("compete", new_entities=True)),
    partial(load, table=NAMES, policy=Policy(new_entities=True)),
    lambda place: mend(place, "override", "6.5", "R1", "2025-03"),
    lambda place: mend(place, "scale", Decimal(2), "V3"),
    lambda place: withdraw(place, "zeta"),
    lambda place: set_rule(place, "latest"),
    lambda place: join(place, "R2", "R1"),
    lambda place: take_back(place, 10),
    lambda place: set_rule(place, "first"),
)
"""From the starter data on: added, revised, contradicted, corrected, withdrawn, decided again, merged, taken back."""


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    places = tmp_path_factory.mktemp("equal") / "tracker.db", postgres_server.new()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "datetime", Clock)
        for place in places:
            for Clock.minutes, step in enumerate(STEPS):
                step(place)
    yield places
    postgres_server.drop(places[1])


def rows(session, names):
    return {name: sorted(map(repr, session.rows(f"SELECT * FROM {name}"))) for name in names}


def test_every_row_of_every_table_and_view(both):
    found = []
    for place in both:
        with reading(place) as session:
            found.append(rows(session, (*metadata.tables, *VIEWS)))
    here, there = found
    assert here == there
    assert len(here["batch"]) >= len(STEPS) - 1
    assert [name for name in ("superseded", "report", "carried", "entity_merge", "market_rule") if not here[name]] == []


@pytest.mark.parametrize("when", [1, 2, 3, 5, 8, 10, "2026-01-01T00:03:00Z", "2026-01-02"])
def test_every_past(both, when):
    found = []
    for place in both:
        with reading_as_of(place, AsOf.parse(str(when))) as session:
            found.append(rows(session, (*VIEWS, "alias", "entity_parent", "market_rule")))
    assert found[0] == found[1]
    assert found[0]["shares"]


@pytest.mark.parametrize("day", [date(2025, 5, 13), date(2025, 9, 1), date(2026, 1, 1)])
def test_what_was_published_by_a_day(both, day):
    found = []
    for place in both:
        with reading_as_of(place, None, day) as session:
            found.append(rows(session, VIEWS))
    assert found[0] == found[1]
    assert found[0]["shares"]


def test_texts_have_the_same_order(both):
    found = []
    for place in both:
        with reading(place) as session:
            found.append(session.rows("SELECT DISTINCT entity FROM shares ORDER BY entity"))
    assert found[0] == found[1] == sorted(found[0])
