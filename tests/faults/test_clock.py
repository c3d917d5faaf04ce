"""The clock is set back, or was wrong: what was recorded later stays later."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.cli.boundary import run
from tracker.store import batches
from tracker.store.engine import reading

FACT = ("--market", "poe/video", "--date", "2024-05", "--url", "https://a.org/x", "--db")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """Set the clock."""

    def put(moment):
        class Clock(datetime):
            @classmethod
            def now(cls, zone=None):
                return moment.astimezone(zone)

        monkeypatch.setattr(batches, "datetime", Clock)

    return put


def _moments(path):
    with reading(path) as session:
        return [row[0] for row in session.rows("SELECT recorded_at FROM batch ORDER BY id")]


def _say(path, share, reason=None):
    revised = ("--revise", reason) if reason else ("--new-entities",)
    assert run(["add", "Clockwork", str(share), *FACT, str(path), *revised]) == 0


def _known(path, capsys, moment):
    capsys.readouterr()
    code = run(["export", "--entity", "Clockwork", "--format", "csv", "--as-of", moment, "--db", str(path)])
    rows = capsys.readouterr().out.splitlines()[1:]
    return [row.split(",")[3] for row in rows] if code == 0 else []


@pytest.mark.parametrize(
    "moments",
    [
        [NOW, NOW - timedelta(days=400), NOW - timedelta(days=800)],
        [NOW, NOW, NOW],
        [NOW + timedelta(days=36500), NOW, NOW + timedelta(seconds=1)],
        [datetime(9999, 1, 1, tzinfo=UTC), NOW, NOW],
    ],
    ids=["back", "still", "far in the future, then right", "at the end of time"],
)
def test_revisions_keep_their_order(database, clock, capsys, moments):
    for share, moment in enumerate(moments, 1):
        clock(moment)
        _say(database, share, "later" if share > 1 else None)
    told = _moments(database)
    assert told == sorted(set(told))
    said = told[-3:]
    assert [_known(database, capsys, moment) for moment in said] == [["1"], ["2"], ["3"]]
    assert _known(database, capsys, told[-4]) == []
    run(["history", "Clockwork", "--market", "poe/video", "--format", "csv", "--db", str(database)])
    assert [row.count(",") > 0 for row in capsys.readouterr().out.splitlines()[1:]] == [True] * 3
    assert run(["undo", str(len(told)), "--db", str(database)]) == 0
    assert _known(database, capsys, _moments(database)[-1]) == ["2"]
    assert run(["undo", str(len(told) + 1), "--db", str(database)]) == 0
    assert _known(database, capsys, _moments(database)[-1]) == ["3"]
    assert _known(database, capsys, said[1]) == ["2"]
    capsys.readouterr()
    assert run(["check", "--db", str(database), "--format", "csv"]) in (0, 1)
    assert "integrity" not in capsys.readouterr().out


def test_the_last_moment_there_is(database, clock, capsys):
    """No moment is left after it: that is said, and nothing is stored."""
    clock(datetime.max.replace(tzinfo=UTC))
    _say(database, 1)
    clock(NOW)
    before = database.read_bytes()
    assert run(["add", "Clockwork", "2", *FACT, str(database), "--revise", "later"]) == 1
    assert "clock" in capsys.readouterr().err
    assert database.read_bytes() == before
