"""Reading a database as it was: temporary views stand before the tables, under their names.

SQLite looks for a name among the temporary views first. So every query of this program, and a person's own SQL,
reads the past without knowing of it: there is one place that says what "as of" means, and it is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tracker.store.amend.carry import OBSERVED
from tracker.store.engine import Session, reading
from tracker.store.past.moments import Moment, moment
from tracker.values.asof import AsOf

_COLUMNS = ", ".join(("series_id", "period_id", *OBSERVED))
_REPORT = "series_id, period_id, citation_id, batch_id, share, low, high, qualifier, decimals, printed_period, note"

RESTATING = ("init", "add", "import", "refresh", "rule")
"""Batches that close a share because another page, or a later edition, says something else: it was published all
the same. What was retracted, corrected, moved or taken back is no statement of its source any more."""


Views = dict[str, str]
"""Name of a table, and the SELECT that stands before it."""


@contextmanager
def reading_as_of(path: Path, as_of: AsOf | None = None, published: date | None = None) -> Iterator[Session]:
    """Open a database for reading, as it was at a moment.

    Parameters
    ----------
    path : pathlib.Path
        The database.
    as_of : AsOf or None
        What this database knew then; None for now.
    published : datetime.date or None
        Of that, what the sources had published by this day.

    Raises
    ------
    UnknownName
        If there is no such batch.
    """

    def prepare(session: Session) -> None:
        views: Views = {}
        if as_of is not None:
            views = _known(moment(session, as_of))
        if published is not None:
            known = views | {}
            views["observation"] = _published(known, published)
            views["report"] = _published_reports(known, published)
        for name, select in views.items():
            session.run(f"CREATE TEMP VIEW {name} AS {select}")
        if views:
            _shadow_views(session, None if published else views.get("observation"))

    with reading(path, prepare) as session:
        yield session


def _known(then: Moment) -> Views:
    """The past of each table. The numbers and times are ours: a view takes no parameters."""
    last, at = int(then.batch), then.at
    open_then = f"CASE WHEN closed_by <= {last} THEN closed_by END AS closed_by"
    known_then = f"CASE WHEN known_to <= '{at}' THEN known_to END AS known_to"
    return {
        "observation": f"SELECT {_COLUMNS} FROM main.observation AS told WHERE told.batch_id <= {last} UNION ALL"
        f" SELECT {_COLUMNS} FROM main.superseded AS told WHERE told.batch_id <= {last} AND told.closed_by > {last}",
        "superseded": f"SELECT * FROM main.superseded WHERE closed_by <= {last}",
        "report": f"SELECT {_REPORT}, {open_then} FROM main.report WHERE batch_id <= {last}",
        "batch": f"SELECT * FROM main.batch WHERE id <= {last}",
        "undo": f"SELECT * FROM main.undo WHERE batch_id <= {last}",
        "entity_merge": f"SELECT entity_id, batch_id, into_id, {open_then} FROM main.entity_merge"
        f" WHERE batch_id <= {last}",
        "market_rule": f"SELECT market_id, batch_id, rule, {open_then} FROM main.market_rule WHERE batch_id <= {last}",
        "alias": f"SELECT id, entity_id, name, folded, known_from, {known_then}"
        f" FROM main.alias WHERE known_from IS NULL OR known_from <= '{at}'",
        "entity_parent": f"SELECT id, child_id, parent_id, from_date, to_date, known_from, {known_then}"
        f" FROM main.entity_parent WHERE known_from IS NULL OR known_from <= '{at}'",
    }


def _shadow_views(session: Session, arms: str | None) -> None:
    """Make our own views again, over what now stands before the tables."""
    for name, sql in session.rows("SELECT name, sql FROM main.sqlite_master WHERE type = 'view'"):
        body = sql.partition(" AS ")[2]
        if name == "shares" and arms is not None:
            body = _by_arms(body, arms)
        session.run(f"CREATE TEMP VIEW {name} AS {body}")


def _by_arms(body: str, arms: str) -> str:
    """Join each arm of the past by itself: SQLite plans two whole SELECTs better than one over both tables."""
    return " UNION ALL ".join(
        body.replace("FROM observation AS told", f"FROM {arm.partition(' FROM ')[2].partition(' WHERE ')[0]}", 1)
        + f" WHERE {arm.partition(' WHERE ')[2]}"
        for arm in arms.split(" UNION ALL ")
    )


def _published(views: Views, day: date) -> str:
    """Let the source's own publication date be the clock.

    Of every fact that is current, the statement is taken that the rule of its market prefers among those
    published by this day. A page without a date is taken to be of the day on which it was first recorded:
    it cannot be younger.
    """
    known = {name: views.get(name, f"SELECT * FROM main.{name}") for name in ("observation", "superseded", "report")}
    batches, rules, undone = (
        views.get(name, f"SELECT * FROM main.{name}") for name in ("batch", "market_rule", "undo")
    )
    commands = ", ".join(f"'{command}'" for command in RESTATING)
    reported = _COLUMNS.replace("status, sample_size", "'A' AS status, NULL AS sample_size")
    stated = (
        f"SELECT {_COLUMNS} FROM ({known['observation']}) UNION ALL SELECT {_COLUMNS} FROM ({known['superseded']})"
        f" WHERE closed_by IN (SELECT id FROM main.batch WHERE command IN ({commands}))"
        f" AND batch_id NOT IN (SELECT undoes FROM ({undone}))"
        f" UNION ALL SELECT {reported} FROM ({known['report']}) WHERE closed_by IS NULL"
    )
    dated = (
        "SELECT told.*, citation.kind AS kind, citation.published AS published, coalesce(rule, 'primary') AS rule,"
        " coalesce(citation.published, substr(batch.recorded_at, 1, 10)) AS day"
        f" FROM ({stated}) AS told JOIN citation ON citation.id = told.citation_id"
        " LEFT JOIN carried ON carried.series_id = told.series_id AND carried.period_id = told.period_id"
        " AND carried.batch_id = told.batch_id"
        f" JOIN ({batches}) AS batch ON batch.id = coalesce(carried.origin_id, told.batch_id)"
        " JOIN series ON series.id = told.series_id"
        f" LEFT JOIN ({rules}) AS market_rule ON market_rule.market_id = series.market_id"
        " AND market_rule.closed_by IS NULL"
        f" WHERE EXISTS (SELECT 1 FROM ({known['observation']}) AS current"
        " WHERE current.series_id = told.series_id AND current.period_id = told.period_id)"
    )
    return (
        f"SELECT {_COLUMNS} FROM (SELECT *, row_number() OVER (PARTITION BY series_id, period_id ORDER BY"
        " CASE WHEN rule = 'first' THEN batch_id END,"
        " CASE WHEN rule = 'primary' AND kind = 'primary' THEN 0 ELSE 1 END, published IS NULL, day DESC,"
        " batch_id DESC) AS place"
        f" FROM ({dated}) WHERE day <= '{day.isoformat()}') WHERE place = 1"
    )


def _published_reports(views: Views, day: date) -> str:
    """Leave out the further pages that were published later; and the one that is the observation now."""
    known = views.get("report", "SELECT * FROM main.report")
    batches = views.get("batch", "SELECT * FROM main.batch")
    return (
        f"SELECT told.* FROM ({known}) AS told JOIN citation ON citation.id = told.citation_id"
        f" JOIN ({batches}) AS batch ON batch.id = told.batch_id"
        f" WHERE coalesce(citation.published, substr(batch.recorded_at, 1, 10)) <= '{day.isoformat()}'"
        " AND EXISTS (SELECT 1 FROM observation WHERE observation.series_id = told.series_id"
        " AND observation.period_id = told.period_id AND observation.citation_id <> told.citation_id)"
    )
