"""Rows through the staging tables: what is known is left out, what is new or revised is written in order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.store.engine import writing
from tracker.store.entities import add_entity
from tracker.store.markets import add_market
from tracker.store.migrate import create
from tracker.store.sources import add_source
from tracker.store.staging import loading
from tracker.store.staging.loading import Rows
from tracker.store.staging.staged import Series, Staged, Stated
from tracker.store.staging.written import StandsTwice, write
from tracker.values import Citation, Entity, Market, Period, Share, Source

pytestmark = pytest.mark.files

NAMES = ("A", "B", "C")
DAYS = [Period.parse(f"2024-01-{day:02d}") for day in range(1, 5)]
PAGE = Citation(url="https://one.example/")

facts = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(DAYS)),
    st.sampled_from(["1.5", "2.50", "7", "<1", "~3"]),
    min_size=1,
)


def described(session):
    add_source(session, Source("s", "S"))
    add_market(session, Market("m/x", "s", "things", whole="open"))
    for name in NAMES:
        add_entity(session, Entity(name))


def begun(session, market="m/x"):
    staged = Staged(session)
    ids = {name: staged.series_id(Series(market, name)) for name in NAMES}
    return staged, ids, {day: staged.period_id(day) for day in DAYS}, staged.stated_id(Stated(None, None, None, PAGE))


def put(staged, ids, days, stated, told):
    """Plain shares together, others one by one."""
    plain = [(ids[name], days[day], Share.parse(text)) for (name, day), text in told.items() if text[0].isdigit()]
    if plain:
        series, periods, read = zip(*plain, strict=True)
        count = len(plain)
        staged.put(
            Rows(
                series,
                periods,
                [share.value for share in read],
                [share.decimals for share in read],
                [stated] * count,
                range(2, count + 2),
            )
        )
    for line, ((name, day), text) in enumerate(told.items(), 100):
        if not text[0].isdigit():
            staged.put_one(ids[name], days[day], Share.parse(text), line, stated)


def store(session, told, batch, revise=True):
    staged, ids, days, stated = begun(session)
    put(staged, ids, days, stated, told)
    staged.sift()
    staged.set_apart([], revise=revise)
    entries = staged.entries(lambda _: "share")
    added, revised = staged.count()
    session.run(
        "INSERT INTO batch (id, recorded_at, command, version, added, same, revised, reported)"
        " VALUES (:id, :at, 'import', '1', 0, 0, 0, 0)",
        id=batch,
        at=f"2026-01-0{batch}T00:00:00.000000Z",
    )
    staged.write_keys()
    write(staged, batch, revised)
    for table in ("staged", "stated", "careful"):
        session.run(f"DROP TABLE {table}")
    return entries, added, staged.same, revised


def held(session):
    rows = session.rows(
        "SELECT entity.name, period.label, share, low, high, qualifier, decimals FROM observation"
        " JOIN series ON series.id = series_id JOIN entity ON entity.id = entity_id"
        " JOIN period ON period.id = period_id"
    )
    return {(name, label): Share(*share) for name, label, *share in rows}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(first=facts, second=facts)
def test_two_editions_one_after_the_other(tmp_path_factory, first, second, monkeypatch):
    monkeypatch.setattr(loading, "AT_ONCE", 3)
    database = made(tmp_path_factory.getbasetemp() / "staged.db")
    with writing(database, dry_run=True, bulk=True) as session:
        described(session)
        assert store(session, first, 1) == ([], len(first), 0, 0)
        entries, added, same, revised = store(session, second, 2)
        assert entries == []
        assert added == len(second.keys() - first.keys())
        assert same == len(second.items() & first.items())
        assert added + same + revised == len(second)
        assert held(session) == {(name, str(day)): Share.parse(text) for (name, day), text in (first | second).items()}
        assert session.value("SELECT count(*) FROM superseded WHERE closed_by = 2") == revised


def made(path):
    if not path.exists():
        create(path)
    return path


@pytest.fixture
def session(tmp_path):
    with writing(made(tmp_path / "t.db"), dry_run=True, bulk=True) as one:
        described(one)
        yield one


def test_two_rows_of_one_fact_are_refused_by_the_ledger(session):
    staged, ids, days, stated = begun(session)
    put(staged, ids, days, stated, {("A", DAYS[0]): "5"})
    put(staged, ids, days, stated, {("A", DAYS[0]): "5"})
    staged.sift()
    assert staged.stands_twice()
    staged.write_keys()
    with pytest.raises(StandsTwice):
        write(staged, 1, 0)


@pytest.mark.parametrize("corrected", [False, True])
def test_what_meets_something_keeps_its_line(corrected, session):
    told = {("A", DAYS[0]): "5", ("B", DAYS[0]): "6"}
    store(session, told, 1)
    staged, ids, days, stated = begun(session)
    staged.__dict__["corrected"] = corrected
    staged.loading.sifts = staged.loading.sifts and not corrected
    put(staged, ids, days, stated, {("B", DAYS[0]): "7", ("C", DAYS[0]): "8"})
    staged.sift()
    staged.set_apart([], revise=False)
    (entry,) = staged.entries(lambda name: f"column of {name}")
    assert (entry.line, entry.column, str(entry.told.share)) == (2, "column of B", "7")
    assert staged.count() == (1, 0)
