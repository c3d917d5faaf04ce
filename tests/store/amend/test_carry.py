"""Closing rows, and carrying them on: what every change of the record is made of."""

import pytest

from importers.databases import ask, load, made
from store.changes import FIRST, HEAD, current, everything, mend, row
from tracker.store.amend.carry import Row, carry, carry_report, close, close_reports, demote, promote
from tracker.store.batches import Batch, open_batch
from tracker.store.engine import writing

SECOND = HEAD + row("V3", "2025-02", "2", page="other.org")


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    load(path, SECOND)
    return path


def place(session, entity, period):
    """Series, period and batch of what stands."""
    return Row(
        *session.row(
            "SELECT series_id, period_id, batch_id FROM observation JOIN series ON series.id = series_id"
            " JOIN entity ON entity.id = entity_id JOIN period ON period.id = period_id"
            " WHERE entity.name = :entity AND period.label = :period",
            entity=entity,
            period=period,
        )
    )


def batch(session):
    return open_batch(session, Batch("undo", "0"))


def test_what_is_closed_is_superseded_from_that_batch_on(path):
    with writing(path) as session:
        where = place(session, "R1", "2025-02")
        close(session, where.series, where.period, batch(session))
    assert current(path) == {("R1", "2025-03"): 5.0, ("V3", "2025-02"): 2.0}
    assert ask(path, "SELECT share, batch_id, closed_by FROM superseded") == [(7.0, 1, 3)]


def test_what_is_carried_on_says_who_stated_it_first(path):
    before = everything(path)
    for _ in range(2):
        with writing(path) as session:
            where, key = place(session, "R1", "2025-02"), batch(session)
            close(session, where.series, where.period, key)
            carry(session, where, key)
    assert everything(path) == before
    assert ask(path, "SELECT batch, stated_by FROM shares WHERE share = 7") == [(4, 1)]


def test_a_correction_is_carried_on(path):
    mend(path, "override", "8", "R1", "2025-02")
    before = everything(path)
    with writing(path) as session:
        where, key = place(session, "R1", "2025-02"), batch(session)
        close(session, where.series, where.period, key)
        carry(session, where, key)
    assert everything(path) == before
    assert ask(path, "SELECT batch, stated_by, printed_share FROM shares WHERE share = 8") == [(4, 1, 7.0)]


def test_carried_to_another_series(path):
    with writing(path) as session:
        where, to, key = place(session, "R1", "2025-03"), place(session, "V3", "2025-02"), batch(session)
        close(session, where.series, where.period, key)
        carry(session, where, key, to.series)
    assert current(path) == {("R1", "2025-02"): 7.0, ("V3", "2025-02"): 2.0, ("V3", "2025-03"): 5.0}


def test_reports_are_closed_all_or_those_of_one_page(path):
    with writing(path) as session:
        where, key = place(session, "R1", "2025-02"), batch(session)
        (citation,) = session.row("SELECT citation_id FROM report")
        close_reports(session, where.series, where.period, key, citation + 1)
        assert session.value("SELECT count(*) FROM report WHERE closed_by IS NULL") == 1
        close_reports(session, where.series, where.period, key, citation)
        assert session.rows("SELECT closed_by FROM report") == [(key,)]


def test_a_report_is_carried_on_once(path):
    with writing(path) as session:
        where, key = place(session, "R1", "2025-02"), batch(session)
        (citation,) = session.row("SELECT citation_id FROM report")
        close_reports(session, where.series, where.period, key)
        for _ in range(2):
            carry_report(session, where, citation, key)
        assert session.rows("SELECT batch_id, closed_by FROM report ORDER BY batch_id") == [(1, key), (key, None)]


def test_a_page_is_never_both_the_observation_and_a_report(path):
    with writing(path) as session:
        where, key = place(session, "R1", "2025-02"), batch(session)
        (citation,) = session.row("SELECT citation_id FROM observation WHERE share = 7")
        session.run("UPDATE report SET citation_id = :citation, closed_by = :key", citation=citation, key=key)
        carry_report(session, where, citation, key)
        assert session.value("SELECT count(*) FROM report WHERE closed_by IS NULL") == 0


def test_what_gives_way_is_kept_as_it_was_printed(path):
    mend(path, "override", "8", "R1", "2025-02")
    with writing(path) as session:
        where, key = place(session, "R1", "2025-02"), batch(session)
        demote(session, where.series, where.period, key)
    assert ("R1", "2025-02") not in current(path)
    assert ask(path, "SELECT share, batch_id FROM report WHERE batch_id > 1") == [(7.0, 4)]


def test_a_report_takes_the_place_that_is_free(path):
    with writing(path) as session:
        where, key = place(session, "R1", "2025-02"), batch(session)
        (citation,) = session.row("SELECT citation_id FROM report")
        close(session, where.series, where.period, key)
        promote(session, where, citation, key)
    assert ask(path, "SELECT share, url, batch, stated_by FROM shares WHERE period = '2025-02' AND entity = 'R1'") == [
        (7.0, "https://late.org", 3, 1)
    ]
    assert ask(path, "SELECT count(*) FROM reports") == [(0,)]
