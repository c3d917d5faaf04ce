"""What the engine promises, on a PostgreSQL server."""

import threading
import time
from contextlib import suppress
from uuid import uuid4

import pytest

from tracker.errors import TrackerError
from tracker.store.engine import reading, writing
from tracker.store.held import Held
from tracker.store.select import select

LAB = "INSERT INTO entity (name, kind, hue) VALUES ('A', 'lab', 'blue')"


def names(place):
    with reading(place) as session:
        return [name for (name,) in session.rows("SELECT name FROM entity ORDER BY id")]


@pytest.mark.parametrize(
    "sql",
    [
        LAB,
        LAB + " RETURNING id",
        "WITH new AS (" + LAB + " RETURNING id) SELECT * FROM new",
        "UPDATE entity SET name = 'B'",
        "DELETE FROM entity",
        "TRUNCATE entity CASCADE",
        "CREATE TABLE t (x int)",
        "CREATE TEMP TABLE t (x int)",
        "SELECT * INTO t FROM entity",
        "SELECT * FROM entity FOR UPDATE",
        "COPY entity TO STDOUT",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "DO $$ BEGIN DELETE FROM entity; END $$",
        "CALL anything()",
        "SET TRANSACTION READ WRITE",
        "RESET ALL",
        "COMMIT",
        "/* a word */ ROLLBACK",
        "SELECT 1; SELECT 2",
        "SELECT 1; COMMIT; DELETE FROM entity",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SELECT nextval(pg_get_serial_sequence('entity', 'id'))",
        "SELECT query_to_xml('DELETE FROM entity', true, true, '')",
        "SELECT :name",
        "SELEC 1",
        "SELECT * FROM nothing",
        "",
    ],
)
def test_reading_refuses_all_that_is_not_one_reading_statement(place, sql):
    with writing(place) as session:
        session.run(LAB)
    with reading(place) as session:
        with pytest.raises(TrackerError) as refused:
            select(session, sql)
        assert refused.value.hint
    with pytest.raises(TrackerError, match="cannot be written"), reading(place) as session:
        session.run(LAB.replace("'A'", "'C'"))
    assert names(place) == ["A"]


def test_what_a_server_lets_a_reader_make_is_undone(place):
    # Before version 16 a transaction that only reads may make large objects; ours is never committed.
    with suppress(TrackerError), reading(place) as session:
        select(session, "SELECT lo_create(4711)")
    with reading(place) as session:
        assert session.value("SELECT count(*) FROM pg_largeobject_metadata") == 0


def test_a_statement_with_values_of_every_type(place):
    with reading(place) as session:
        found = session.row(
            "SELECT :text, :whole + 1, :real / 2, :none IS NULL, :truth + 0, '50% :x', sum(n), 0.5, 1 = 1, 7 % 4"
            " FROM (VALUES (1), (2)) AS numbers(n)",
            **{"text": "it's \\ 100% :ok", "whole": 2**40, "real": 0.1, "none": None, "truth": True},
        )
    assert found == ("it's \\ 100% :ok", 2**40 + 1, 0.05, 1, 1, "50% :x", 3, 0.5, 1, 3)
    assert [type(one) for one in found[6:9]] == [int, float, int]


def test_texts_are_compared_byte_by_byte(place):
    told = ["b", "a", "B", "ä", "_", "A", "a b", "ab"]
    with writing(place) as session:
        for name in told:
            session.insert("entity", {"name": name, "kind": "lab", "hue": "blue"})
        assert [name for (name,) in session.rows("SELECT name FROM entity ORDER BY name")] == sorted(told)
        assert session.value("SELECT max(name) FROM entity") == "ä"


def test_what_was_undone_leaves_no_gap_in_the_numbers(place):
    with writing(place) as session:
        assert session.insert("entity", {"name": "A", "kind": "lab", "hue": "blue"}) == 1
        session.mark()
        session.insert("entity", {"name": "B", "kind": "lab", "hue": "blue"})
        session.back()
        assert session.insert("entity", {"name": "C", "kind": "lab", "hue": "blue"}) == 2
    with writing(place, dry_run=True) as session:
        assert session.insert("entity", {"name": "D", "kind": "lab", "hue": "blue"}) == 3
    with writing(place) as session:
        session.run(LAB.replace("'A'", "'E'"))
    with reading(place) as session:
        assert session.rows("SELECT id, name FROM entity ORDER BY id") == [(1, "A"), (2, "C"), (3, "E")]


def test_what_raises_is_undone(place):
    def write(times, error=None):
        with writing(place) as session:
            for _ in range(times):
                session.run(LAB)
            if error:
                raise error

    with pytest.raises(RuntimeError):
        write(1, RuntimeError())
    with pytest.raises(TrackerError, match="refused: duplicate key"):
        write(2)
    assert names(place) == []


def test_a_failure_that_somebody_passes_over_is_no_success(place):
    def write():
        with writing(place) as session:
            session.run(LAB)
            with suppress(*session.errors):
                session.run(LAB)

    with pytest.raises(TrackerError, match="nothing was stored"):
        write()
    assert names(place) == []


def test_a_reader_sees_one_moment(place):
    with reading(place) as session:
        assert session.value("SELECT count(*) FROM entity") == 0
        with writing(place) as other:
            other.run(LAB)
        assert session.value("SELECT count(*) FROM entity") == 0
    held = Held(place)
    with held.look() as session:
        assert session.value("SELECT count(*) FROM entity") == 1
        with pytest.raises(session.errors):
            session.run("DELETE FROM entity")
    with writing(place) as other:
        other.run("DELETE FROM entity")
    with held.look() as session:
        assert session.value("SELECT count(*) FROM entity") == 0
    held.close()
    with pytest.raises(TrackerError, match="is closed"), held.look():
        pass


def test_a_connection_that_was_cut_is_opened_again(place):
    held = Held(place)
    with writing(place) as session:
        session.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                     " AND pid <> pg_backend_pid() AND backend_type = 'client backend'")  # fmt: skip
    with held.look() as session:
        assert session.value("SELECT count(*) FROM entity") == 0
    held.close()


def test_writers_take_turns_and_say_that_they_wait(place, capsys, monkeypatch):
    monkeypatch.setattr("tracker.store.engine.servers.SAY_AFTER", 0.05)
    monkeypatch.setattr("tracker.store.waiting.SAY_AFTER", 0.05)
    order, began = [], threading.Event()

    def second():
        began.set()
        with writing(place) as session:
            order.append(session.value("SELECT count(*) FROM entity"))

    with writing(place) as session:
        session.run(LAB)
        other = threading.Thread(target=second)
        other.start()
        began.wait()
        time.sleep(0.5)
        order.append("first")
    other.join()
    assert order == ["first", 1]
    assert f"Waiting for another program that writes to {place}" in capsys.readouterr().err


def test_a_long_statement_is_stopped(place):
    from tracker.store.select import start

    with reading(place) as session, pytest.raises(TrackerError, match=r"took longer than 0\.2 seconds"):
        list(start(session, "SELECT pg_sleep(60)", seconds=0.2).chunks())


def test_a_text_that_is_too_long_to_be_looked_up(place):
    long = "".join(uuid4().hex for _ in range(400))
    with pytest.raises(TrackerError, match="too long to be looked up") as refused, writing(place) as session:
        session.insert("entity", {"name": long, "kind": "lab", "hue": "blue"})
    assert "Nothing was stored" in refused.value.hint
    with writing(place) as session:
        session.insert("entity", {"name": "A", "kind": "lab", "hue": "blue", "note": long})
    assert names(place) == ["A"]
