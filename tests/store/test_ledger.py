from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.stored import stored
from tracker.errors import RejectedInput
from tracker.importers.base import Parsed
from tracker.importers.policy import Policy
from tracker.importers.run import ingest
from tracker.store import batches as recording
from tracker.store import ledger
from tracker.store.batches import Batch
from tracker.store.engine import reading, writing
from tracker.store.migrate import create
from tracker.store.plan import Entry
from tracker.values import Citation, Market, Observation, Period, Share, Source

PAGE, OTHER = Citation("https://press.org", "Press"), Citation("https://other.org", "Other")
REVISE = Policy("revise")
MARKET = Parsed(sources=[Source("poe", "Poe")], markets=[Market("poe/a", "poe", "messages", "open")])


@pytest.fixture
def path(tmp_path):
    create(tmp_path / "tracker.db", lambda session: put(session))
    return tmp_path / "tracker.db"


def entry(entity, period, share, citation=PAGE, *, is_report=False, line=0, **more):
    told = Observation("poe/a", entity, Period.parse(period), Share.parse(share), citation, **more)
    return Entry(line, told, is_report)


def put(session, *entries, policy=REVISE, reason=None):
    parsed = Parsed(list(entries), MARKET.sources, MARKET.markets)
    return ingest(session, "test", parsed, Batch("add", "0", reason=reason), policy)


def write(path, *entries, **more):
    with writing(path) as session:
        return put(session, *entries, **more)


def ask(path, sql):
    with reading(path) as session:
        return session.rows(sql)


HISTORY = "SELECT entity, period, share, known_from, known_to, closed_because FROM share_history ORDER BY batch"


def test_a_revision_closes_the_old_row_and_names_who_closed_it(path):
    write(path, entry("R1", "2025-02", "7", status="P", sample_size=9, note="n"))
    write(path, entry("R1", "2025-02", "7.5"), reason="a slip")
    stored = "share, decimals, status, sample_size, note, batch_id"
    assert ask(path, f"SELECT {stored}, closed_by FROM superseded") == [(7.0, 0, "P", 9, "n", 1, 2)]
    assert ask(path, f"SELECT {stored} FROM observation") == [(7.5, 1, "A", None, None, 2)]
    (first, second) = [at for (at,) in ask(path, "SELECT recorded_at FROM batch ORDER BY id")]
    assert first < second
    assert ask(path, HISTORY) == [
        ("R1", "2025-02", 7.0, first, second, "a slip"),
        ("R1", "2025-02", 7.5, second, None, None),
    ]
    assert ask(path, "SELECT share, known_from FROM shares") == [(7.5, second)]


def test_a_batch_counts_what_it_did(path):
    write(path, entry("R1", "2025-01", "6"), entry("R1", "2025-02", "7"))
    outcome = write(path, entry("R1", "2025-01", "6"), entry("R1", "2025-02", "8"), entry("R1", "2025-03", "9"))
    assert outcome.batch == 2
    assert ask(path, "SELECT added, same, revised, reported FROM batch") == [(2, 0, 0, 0), (1, 1, 1, 0)]


def test_reports_support_or_compete(path):
    write(path, entry("R1", "2025-02", "7"), entry("R1", "2025-02", "7", OTHER, is_report=True))
    assert ask(path, "SELECT share, stance, url FROM reports") == [(7.0, "supports", "https://other.org")]
    write(path, entry("R1", "2025-02", "8"))
    assert ask(path, "SELECT share, stance, url FROM reports") == [(7.0, "competes", "https://other.org")]


def test_a_report_gives_way_when_its_own_page_becomes_the_observation(path):
    write(path, entry("R1", "2025-02", "7"), entry("R1", "2025-02", "7", OTHER, is_report=True))
    write(path, entry("R1", "2025-02", "8", OTHER))
    assert ask(path, "SELECT share, url FROM shares") == [(8.0, "https://other.org")]
    assert ask(path, "SELECT * FROM reports") == []
    assert ask(path, "SELECT share, batch_id, closed_by FROM report") == [(7.0, 1, 2)]


def test_nothing_is_written_when_nothing_changes(path):
    entries = entry("R1", "2025-02", "7"), entry("R1", "2025-02", "7", OTHER, is_report=True)
    write(path, *entries)
    before = stored(path)
    assert write(path, *entries).batch is None
    assert stored(path) == before


def test_a_refusal_leaves_the_file_as_it_was_byte_for_byte(path):
    write(path, entry("R1", "2025-02", "7"))
    before = stored(path)
    with pytest.raises(RejectedInput):
        write(path, entry("New", "2025-03", "1"), entry("R1", "2025-02", "8"), policy=Policy())
    assert stored(path) == before


def test_a_clock_that_was_set_back_keeps_the_order(path, monkeypatch):
    # The clock is asked twice by each input: before it is read, and when it is recorded.
    times = iter(f"2025-{month}-01T12:00:00.000000" for month in ("03", "03", "02", "02", "03", "03"))

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromisoformat(next(times)).replace(tzinfo=UTC)

    monkeypatch.setattr(recording, "datetime", Clock)
    for share in ("7", "8", "9"):
        write(path, entry("R1", "2025-02", share))
    assert ask(path, "SELECT recorded_at FROM batch ORDER BY id") == [
        ("2025-03-01T12:00:00.000000Z",),
        ("2025-03-01T12:00:00.000001Z",),
        ("2025-03-01T12:00:00.000002Z",),
    ]


@pytest.mark.parametrize("printed", ["7", "7.0", "<1", ">5", "6.5..7.5", "~85", "0", "100", "0.1", "84.21"])
def test_a_share_is_read_back_just_as_it_was_printed(path, printed):
    write(path, entry("R1", "2025-02", printed))
    with reading(path) as session:
        (standing,) = ledger.standing(session, ["poe/a"]).values()
    assert standing.share == Share.parse(printed)


shares = st.sampled_from(("0", "7", "7.0", "~7", "<1", "6..8"))
entities = st.sampled_from(("R1", "V3"))
periods = st.sampled_from(("2025-01", "2025-02", "~2025-02"))
rows = st.builds(entry, entities, periods, shares, st.sampled_from((PAGE, OTHER)))
batches = st.lists(
    st.tuples(
        st.lists(rows, min_size=1, max_size=4, unique_by=lambda row: row.key),
        st.sampled_from(("refuse", "revise", "skip")),
    ),
    max_size=6,
)


def _in_the_model(current, entries, on_change):
    """What a dict would hold after a batch; None where it is refused."""
    after = dict(current)
    for one in entries:
        before = current.get(one.key)
        if before is None or (before[0] != str(one.told.share) and on_change == "revise"):
            after[one.key] = (str(one.told.share), one.told.citation.url)
        elif before[0] != str(one.told.share) and on_change == "refuse":
            return None
    return after


@settings(max_examples=60)
@given(batches)
def test_any_sequence_of_batches_keeps_what_a_dict_would_and_all_of_its_past(sequence):
    current, past = {}, {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        create(path, lambda session: put(session))
        with writing(path) as session:
            for entries, on_change in sequence:
                after = _in_the_model(current, entries, on_change)
                session.run("SAVEPOINT batch")
                try:
                    number = put(session, *entries, policy=Policy(on_change)).batch
                    assert after is not None
                    current = after
                except RejectedInput:
                    assert after is None
                    session.run("ROLLBACK TO batch")
                    number = None
                if number is not None:
                    past[session.value("SELECT recorded_at FROM batch WHERE id = :id", id=number)] = current
                told = ledger.standing(session, ["poe/a"])
                assert {key: (str(one.share), one.citation.url) for key, one in told.items()} == current
        for moment, then in past.items():
            assert _as_of(path, moment) == then
        assert _spans_follow_each_other(path)


def _as_of(path, moment):
    with reading(path) as session:
        found = session.rows(
            "SELECT market, entity, period, share, low, high, qualifier, decimals, url FROM share_history"
            " WHERE known_from <= :moment AND (known_to IS NULL OR known_to > :moment)",
            moment=moment,
        )
    assert len({row[:3] for row in found}) == len(found)
    return {row[:3]: (str(Share(*row[3:8])), row[8]) for row in found}


def _spans_follow_each_other(path):
    spans = defaultdict(list)
    for *key, known_from, known_to in ask(
        path, "SELECT market, entity, period, known_from, known_to FROM share_history"
    ):
        spans[tuple(key)].append((known_from, known_to))
    for chain in spans.values():
        chain.sort()
        assert [start for start, _ in chain[1:]] == [end for _, end in chain[:-1]]
        assert chain[-1][1] is None
    return True
