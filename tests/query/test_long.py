"""The fast frame says of each observation just what the record of it says."""

import itertools
import shutil

import pandas as pd
import pytest
from hypothesis import given, settings

from importers.databases import load, made
from store.changes import FIRST, mend, withdraw
from strategies import inputs
from tracker.importers.policy import Policy
from tracker.importers.run import ingest
from tracker.query import shares
from tracker.query.retold import Page, reported_by
from tracker.store.batches import Batch
from tracker.store.engine import reading, writing
from tracker.store.past.asof import reading_as_of
from tracker.store.shares import Selection, observations, reports_on
from tracker.values import Period
from tracker.values.asof import AsOf

NAMES = (
    *("market", "entity", "period", "period_start", "period_end", "earliest", "latest", "printed", "share", "low"),
    *("high", "qualifier", "decimals", "lowest", "highest", "status", "sample_size", "note", "url", "citation"),
    *("citation_kind", "published", "known_from", "corrected_from", "correction", "reported_by"),
)


def said(session, wanted):
    """Row by row, from the records."""
    further = {}
    for report in reports_on(session, wanted):
        further.setdefault((report.market, report.entity, report.period), []).append(report)
    for told in observations(session, wanted):
        period, share = Period.parse(told.period), told.share
        same = [
            report.citation
            for report in further.get((told.market, told.entity, told.period), [])
            if report.share.agrees(told.printed or share)
        ]
        pages = [Page(page.kind, page.publisher, page.title) for page in (told.citation, *same)]
        days = (period.start, period.end, *period.reach())
        page = told.citation
        yield (
            *(told.market, told.entity, told.period, *days, str(share), share.value, share.low, share.high),
            *(share.qualifier, share.decimals, *share.interval(), told.status, told.sample_size, told.note),
            *(page.url, page.title, page.kind, page.published, told.known_from),
            None if told.printed is None else str(told.printed),
            None if told.correction is None else told.correction.reason,
            reported_by(pages),
        )


def cells(frame):
    columns = []
    for name in NAMES:
        column = frame[name]
        plain = column.dt.date if column.dtype.kind == "M" else column.astype(object)
        columns.append([None if pd.isna(cell) else cell for cell in plain])
    return list(zip(*columns, strict=True))


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return made(tmp_path_factory.mktemp("empty"))


numbers = itertools.count()


@settings(max_examples=15)
@given(inputs())
def test_any_database_is_told_as_it_is_recorded(empty, parsed):
    path = shutil.copy(empty, empty.parent / f"{next(numbers)}.db")
    path = empty.parent / path
    with writing(path) as session:
        ingest(session, "t", parsed, Batch("import", "0", "t"), Policy(new_entities=True))
    with reading(path) as session:
        for wanted in (Selection(), Selection(markets=[parsed.markets[0].slug])):
            assert cells(shares(session, wanted)) == list(said(session, wanted))
    path.unlink()


def test_corrections_merges_and_the_past_too(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    mend(path, "override", "6.5", "R1", "2025-02")
    withdraw(path, "R1", "2025-03")
    load(path, FIRST.replace("R1", "R1 Zero"))
    for batch in ("1", "2", "3", "4"):
        with reading_as_of(path, AsOf.parse(batch)) as session:
            found = shares(session, Selection())
            assert cells(found) == list(said(session, Selection()))
    assert found["corrected_from"].dropna().tolist() == ["7"]


@pytest.mark.parametrize("share", ["0", "0.0", "100", "99.999999999999", "0.1234567890123", "33.333333333333336", "~7"])
def test_intervals_are_the_same_to_the_last_bit(tmp_path, share):
    path = made(tmp_path)
    head = "market,entity,period,share,url,source,counted,whole\n"
    load(path, f"{head}a/b,R1,2025-02,{share},https://a.org,a,messages,overlapping\n")
    with reading(path) as session:
        assert cells(shares(session, Selection())) == list(said(session, Selection()))
