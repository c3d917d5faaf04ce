"""Reading a database as it was: temporary views stand before the tables, under their names.

A database looks for a name among the temporary views first. So every query of this program, and a person's own SQL,
reads the past without knowing of it: there is one place that says what "as of" means, and it is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from tracker.settings import Place
from tracker.store.amend.carry import OBSERVED
from tracker.store.engine import Session, reading
from tracker.store.past.moments import Moment, moment
from tracker.store.views import SELECTS
from tracker.values.asof import AsOf

_COLUMNS = ", ".join(("series_id", "period_id", *OBSERVED))
_REPORT = "series_id, period_id, citation_id, batch_id, share, low, high, qualifier, decimals, printed_period, note"

RESTATING = ("init", "add", "import", "refresh", "rule")
"""Batches that close a share because another page, or a later edition, says something else: it was published all
the same. What was retracted, corrected, moved or taken back is no statement of its source any more."""


Views = dict[str, str]
"""Name of a table, and the SELECT that stands before it."""


@contextmanager
def reading_as_of(path: Place, as_of: AsOf | None = None, published: date | None = None) -> Iterator[Session]:
    """Open a database for reading, as it was at a moment.

    Parameters
    ----------
    path : Place
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
    with reading(path, past(as_of, published)) as session:
        yield session


def past(as_of: AsOf | None = None, published: date | None = None) -> Callable[[Session], None]:
    """Make what makes the views of a moment, on a connection that still may.

    Parameters
    ----------
    as_of, published : optional
        As `reading_as_of` takes them.

    Returns
    -------
    callable
        Takes the session. It raises `UnknownName` if there is no such batch.
    """

    def prepare(session: Session) -> None:
        views: Views = {}
        if as_of is not None:
            views = _known(session.schema, moment(session, as_of))
        if published is not None:
            known = _Tables(session.schema, views)
            views = views | {
                "observation": _published(known, published),
                "report": _published_reports(known, published),
            }
        if views:
            session.stand_before(views | _shadows(None if published else views.get("observation")))

    return prepare


class _Tables(Views):
    """What to read in the place of each table: its past, where a moment is asked for, else the table itself."""

    def __init__(self, schema: str, views: Views) -> None:
        super().__init__(views)
        self._schema = schema

    def __missing__(self, name: str) -> str:
        return f"SELECT * FROM {self._schema}.{name}"


def _known(schema: str, then: Moment) -> Views:
    """The past of each table. The numbers and times are ours: a view takes no parameters."""
    last, at = int(then.batch), then.at
    open_then = f"CASE WHEN closed_by <= {last} THEN closed_by END AS closed_by"
    known_then = f"CASE WHEN known_to <= '{at}' THEN known_to END AS known_to"
    return {
        "observation": f"SELECT {_COLUMNS} FROM {schema}.observation AS told WHERE told.batch_id <= {last} UNION ALL"
        f" SELECT {_COLUMNS} FROM {schema}.superseded AS told"
        f" WHERE told.batch_id <= {last} AND told.closed_by > {last}",
        "superseded": f"SELECT * FROM {schema}.superseded WHERE closed_by <= {last}",
        "report": f"SELECT {_REPORT}, {open_then} FROM {schema}.report WHERE batch_id <= {last}",
        "batch": f"SELECT * FROM {schema}.batch WHERE id <= {last}",
        "undo": f"SELECT * FROM {schema}.undo WHERE batch_id <= {last}",
        "entity_merge": f"SELECT entity_id, batch_id, into_id, {open_then} FROM {schema}.entity_merge"
        f" WHERE batch_id <= {last}",
        "market_rule": f"SELECT market_id, batch_id, rule, {open_then} FROM {schema}.market_rule"
        f" WHERE batch_id <= {last}",
        "alias": f"SELECT id, entity_id, name, folded, known_from, {known_then}"
        f" FROM {schema}.alias WHERE known_from IS NULL OR known_from <= '{at}'",
        "entity_parent": f"SELECT id, child_id, parent_id, from_date, to_date, known_from, {known_then}"
        f" FROM {schema}.entity_parent WHERE known_from IS NULL OR known_from <= '{at}'",
    }


def _shadows(arms: str | None) -> Views:
    """Our own views again, over what then stands before the tables."""
    return SELECTS if arms is None else SELECTS | {"shares": _by_arms(SELECTS["shares"], arms)}


def _by_arms(body: str, arms: str) -> str:
    """Join each arm of the past by itself: SQLite plans two whole SELECTs better than one over both tables."""
    return " UNION ALL ".join(
        body.replace("FROM observation AS told", f"FROM {arm.partition(' FROM ')[2].partition(' WHERE ')[0]}", 1)
        + f" WHERE {arm.partition(' WHERE ')[2]}"
        for arm in arms.split(" UNION ALL ")
    )


def _published(known: _Tables, day: date) -> str:
    """Let the source's own publication date be the clock.

    Of every fact that is current, the statement is taken that the rule of its market prefers among those
    published by this day. A page without a date is taken to be of the day on which it was first recorded:
    it cannot be younger.
    """
    commands = ", ".join(f"'{command}'" for command in RESTATING)
    reported = _COLUMNS.replace("status, sample_size", "'A' AS status, NULL AS sample_size")
    stated = (
        f"SELECT {_COLUMNS}, 0 AS further FROM ({known['observation']}) AS held"
        f" UNION ALL SELECT {_COLUMNS}, 0 AS further FROM ({known['superseded']}) AS gone"
        f" WHERE closed_by IN (SELECT id FROM ({known['batch']}) AS input WHERE command IN ({commands}))"
        f" AND batch_id NOT IN (SELECT undoes FROM ({known['undo']}) AS undone)"
        f" UNION ALL SELECT {reported}, 1 AS further FROM ({known['report']}) AS beside WHERE closed_by IS NULL"
    )
    dated = (
        "SELECT told.*, citation.kind AS kind, citation.published AS published, coalesce(rule, 'primary') AS rule,"
        " coalesce(citation.published, substr(batch.recorded_at, 1, 10)) AS day"
        f" FROM ({stated}) AS told JOIN citation ON citation.id = told.citation_id"
        " LEFT JOIN carried ON carried.series_id = told.series_id AND carried.period_id = told.period_id"
        " AND carried.batch_id = told.batch_id"
        f" JOIN ({known['batch']}) AS batch ON batch.id = coalesce(carried.origin_id, told.batch_id)"
        " JOIN series ON series.id = told.series_id"
        f" LEFT JOIN ({known['market_rule']}) AS market_rule ON market_rule.market_id = series.market_id"
        " AND market_rule.closed_by IS NULL"
        f" WHERE EXISTS (SELECT 1 FROM ({known['observation']}) AS current"
        " WHERE current.series_id = told.series_id AND current.period_id = told.period_id)"
    )
    return (
        f"SELECT {_COLUMNS} FROM (SELECT *, row_number() OVER (PARTITION BY series_id, period_id ORDER BY"
        " CASE WHEN rule = 'first' THEN batch_id END,"
        " CASE WHEN rule = 'primary' AND kind = 'primary' THEN 0 ELSE 1 END, published IS NULL, day DESC,"
        " batch_id DESC, further, citation_id) AS place"
        f" FROM ({dated}) AS dated WHERE day <= '{day.isoformat()}') AS placed WHERE place = 1"
    )


def _published_reports(known: _Tables, day: date) -> str:
    """Leave out the further pages that were published later; and the one that is the observation now."""
    return (
        f"SELECT told.* FROM ({known['report']}) AS told JOIN citation ON citation.id = told.citation_id"
        f" JOIN ({known['batch']}) AS batch ON batch.id = told.batch_id"
        f" WHERE coalesce(citation.published, substr(batch.recorded_at, 1, 10)) <= '{day.isoformat()}'"
        " AND EXISTS (SELECT 1 FROM observation WHERE observation.series_id = told.series_id"
        " AND observation.period_id = told.period_id AND observation.citation_id <> told.citation_id)"
    )
