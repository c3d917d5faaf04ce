"""What the tests of claims share: stored readings made from their printed forms, and databases of a few rows."""

from __future__ import annotations

from tracker.analysis.claim import Judgement, Question, Stored, Survey, Telling, Whole, judge
from tracker.analysis.claim.amounts import Amount
from tracker.importers.asked import Asked
from tracker.importers.long_csv import LongCsv
from tracker.importers.policy import Policy
from tracker.importers.run import ingest
from tracker.importers.table import Table
from tracker.store.engine import writing
from tracker.store.figures import readings_of
from tracker.store.ledger import Batch
from tracker.store.migrate import create
from tracker.store.survey import survey
from tracker.values import Citation, Period, Share

WHOLE = Whole("lab/users", "Lab", "users", "open")
PAGE = Citation("https://example.org/", publisher="Lab", kind="primary")
RIVAL = Citation("https://example.com/rival", "Rival", kind="secondary")


def stored(period: str, share: str, status: str = "A", tellings: tuple[Telling, ...] = ()) -> Stored:
    return Stored(WHOLE, "Alpha", Period.parse(period), Share.parse(share), PAGE, status, 1, tellings)


def series(**shares: str) -> list[Stored]:
    """`series(m01="7", m03="3")`: monthly readings of 2025."""
    return [stored(f"2025-{month[1:]}", share) for month, share in shares.items()]


def told(share: str, how: str = "report", until: str = "") -> Telling:
    return Telling(how, Share.parse(share), RIVAL, until)


def asked(since: str | None, until: str | None, **figures: str) -> Question:
    readers = {"points": Amount.parse, "percent": Amount.parse}
    times = (None if one is None else Period.parse(one) for one in (since, until))
    return Question(*times, **{name: readers.get(name, Share.parse)(text) for name, text in figures.items()})


HEAD = "market,entity,period,share,url,source,counted,whole,role\n"


def made(path, rows):
    create(path)
    load(path, written(path.with_suffix(".csv"), rows))
    return path


def written(file, rows):
    file.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


def load(path, file, reason=None, **policy):
    with writing(path) as session:
        take(session, file, reason, **policy)


def take(session, file, reason=None, **policy):
    table = Table.open(file)
    batch = Batch("import", "0", reason=reason)
    ingest(session, table.name, LongCsv().read(table, Asked()), batch, Policy(**policy))


def looked(session, market, entity, question) -> tuple[Judgement, Survey]:
    judged = judge(question, readings_of(session, market, entity))
    return judged, survey(session, market, entity, judged)
