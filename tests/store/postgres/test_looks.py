"""Connections that stay open: each look finds what is there by then, whatever was asked through them before."""

import threading

import pytest

import postgres_server
import tracker
from importers.databases import load
from store.postgres.scripted import FILES, Clock
from tracker.errors import TrackerError
from tracker.importers.policy import Policy
from tracker.store import batches
from tracker.store.engine import looks_at, reading
from tracker.store.migrate import create

COUNT = "SELECT count(*) AS n FROM shares"
STATE = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"


@pytest.fixture
def place(monkeypatch):
    monkeypatch.setattr(batches, "datetime", Clock)
    made = postgres_server.new()
    Clock.minutes = 0
    create(made)
    Clock.minutes = 1
    load(made, FILES["first.csv"], Policy(new_entities=True))
    yield made
    postgres_server.drop(made)


@pytest.fixture
def t(place):
    with tracker.connect(place) as made:
        yield made


def more(place, name="second.csv", on_change="revise"):
    Clock.minutes += 1
    load(place, FILES[name], Policy(on_change))


def one(t, sql, **options):
    return t.sql(sql, **options).iloc[0, 0]


def of_r1(t, **options):
    return t.shares("R1", "poe/a", **options)["share"].tolist()


def test_each_look_is_of_its_moment(t, place):
    before = [of_r1(t) for _ in range(3)], one(t, COUNT)
    assert [of_r1(t, as_of=1) for _ in range(3)] == before[0]
    more(place)
    after = of_r1(t)
    assert after != before[0][0]
    for _ in range(3):
        assert (of_r1(t, as_of=1), one(t, COUNT, as_of=1)) == (before[0][0], before[1])
        assert (of_r1(t, as_of=2), one(t, COUNT, as_of=2)) == (after, one(t, COUNT))
        assert (of_r1(t), of_r1(t, as_published="2025-05-31")) == (after, before[0][0])
    with pytest.raises(TrackerError, match="there is no batch 3; they are 1 to 2"):
        of_r1(t, as_of=3)


def test_the_last_batch_goes_on_to_the_next(t, place):
    aliases = "SELECT name FROM alias WHERE known_to IS NULL"
    assert len(t.sql(aliases, as_of=1)) == 0
    postgres_server.execute(
        "INSERT INTO alias (entity_id, name, folded, known_from)"
        " SELECT min(id), 'x', 'x', '2030-01-01T00:00:00.000000Z' FROM entity",
        place,
    )
    assert len(t.sql(aliases, as_of=1)) == 1
    Clock.minutes = 10
    more(place)
    assert len(t.sql(aliases, as_of=1)) == 0


def test_what_somebody_asks_ends_with_it(t):
    lock = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711"
    for options in ({}, {"as_of": 1}):
        before = one(t, "SELECT current_setting('work_mem')", **options)
        one(t, "SELECT pg_advisory_lock(4711)", **options)
        assert one(t, lock, **options) == 0
        one(t, "SELECT set_config('work_mem', '77MB', false)", **options)
        assert one(t, "SELECT current_setting('work_mem')", **options) == before
        with pytest.raises(TrackerError):
            one(t, "SELECT 1 / 0", **options)
        assert one(t, COUNT, **options) > 0


def test_connections_are_used_again(t, place):
    for _ in range(3):
        of_r1(t)
        of_r1(t, as_of=1)
        one(t, COUNT)
    with reading(place) as session:
        assert session.value(STATE) == 4


def test_those_that_were_cut_are_opened_again(t, place):
    def asked():
        return of_r1(t), of_r1(t, as_of=1), one(t, COUNT), one(t, COUNT, as_of=1)

    before = asked()
    postgres_server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid()",
        place,
    )
    assert asked() == before


def test_looks_at_one_time_do_not_wait_for_each_other(place):
    looks = looks_at(place)
    with looks.apart() as one_session, looks.apart() as other:
        assert one_session.value(COUNT) == other.value(COUNT) > 0
        with reading(place) as third:
            assert third.value(STATE) == 3
    looks.close()
    with reading(place) as session:
        assert session.value(STATE) == 1


def test_what_is_closed_in_use_is_closed_after(place):
    looks = looks_at(place)
    with looks.look() as session:
        looks.close()
        assert session.value(COUNT) > 0
    with reading(place) as session:
        assert session.value(STATE) == 1


def test_threads_share_them(t):
    found, before = [], one(t, COUNT)
    threads = [threading.Thread(target=lambda: found.append(one(t, COUNT, as_of=1))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [before] * 8


def test_what_is_of_another_schema_meanwhile_is_refused(t, place):
    def asked():
        of_r1(t), of_r1(t, as_of=1), one(t, COUNT)

    asked()
    for statement, words in (
        ("UPDATE alembic_version SET version_num = '9999'", "newer than this program"),
        ("DELETE FROM alembic_version", "is not a database of tracker"),
        ("DROP TABLE alembic_version", "alembic_version"),
    ):
        postgres_server.execute(statement, place)
        for use in (of_r1, lambda t: of_r1(t, as_of=1), lambda t: one(t, COUNT)):
            with pytest.raises(TrackerError, match=words):
                use(t)


def test_many_rows_are_read_to_their_end(t):
    for rows in (0, 1, 16, 1999, 2000, 2001, 4000):
        found = t.sql("SELECT n FROM generate_series(1, :rows) AS n", {"rows": rows})
        assert found["n"].tolist() == list(range(1, rows + 1))
