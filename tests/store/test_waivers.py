import pytest

from importers.databases import load, made
from tracker.errors import UnknownName
from tracker.store.engine import writing
from tracker.store.waivers import add_waiver, drop_waiver, waivers

TABLE = "market,entity,period,share,url,source,counted,whole\ns/m,A,2025-02,5,https://s.org/,s,things,open\n"


@pytest.fixture
def session(tmp_path):
    path = made(tmp_path)
    load(path, TABLE)
    with writing(path) as session:
        yield session


def test_a_waiver_holds_for_what_is_recorded_now(session):
    assert add_waiver(session, "sums", "s/m", "", "2025-02", "verified") == 1
    assert add_waiver(session, "names", "", "A", "", "two companies") == 2
    first, second = waivers(session)
    assert first[:7] == (1, "sums", "s/m", "", "2025-02", "verified", 1)
    assert second[:7] == (2, "names", "", "A", "", "two companies", 1)
    assert len(first.known_from) == 27


def test_the_same_again_is_nothing_new(session):
    assert add_waiver(session, "sums", "s/m", "", "", "verified") == 1
    assert add_waiver(session, "sums", "s/m", "", "", "verified") is None
    assert len(waivers(session)) == 1


def test_another_reason_closes_the_one_before(session):
    add_waiver(session, "sums", "s/m", "", "", "verified")
    assert add_waiver(session, "sums", "s/m", "", "", "a top list") == 2
    assert [waiver.reason for waiver in waivers(session)] == ["a top list"]
    assert session.value("SELECT count(*) FROM waiver WHERE known_to >= known_from") == 1


def test_a_later_batch_makes_it_another_waiver(session):
    add_waiver(session, "sums", "s/m", "", "", "verified")
    session.run(
        "INSERT INTO batch (command, recorded_at, version, added, same, revised, reported)"
        " VALUES ('add', '2999-01-01T00:00:00.000000Z', '0', 0, 0, 0, 0)"
    )
    assert add_waiver(session, "sums", "s/m", "", "", "verified") == 2
    assert [waiver.batch for waiver in waivers(session)] == [2]


def test_a_waiver_is_closed_not_erased(session):
    add_waiver(session, "sums", "s/m", "", "", "verified")
    assert drop_waiver(session, 1).reason == "verified"
    assert waivers(session) == []
    assert session.value("SELECT count(*) FROM waiver") == 1
    with pytest.raises(UnknownName, match="no waiver 1"):
        drop_waiver(session, 1)


def test_before_any_batch(tmp_path):
    with writing(made(tmp_path, "empty.db")) as session:
        add_waiver(session, "orphans", "", "", "2025", "to come")
        assert waivers(session)[0].batch == 0
