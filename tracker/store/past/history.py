"""Every value that was ever known of a fact: when, from which batch, and why it went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from tracker.store.amend.carry import OBSERVED, PRINTED, SHARE
from tracker.store.amend.retract import WITHDRAWING
from tracker.store.engine import Session
from tracker.store.past.diff import INPUTS
from tracker.store.shares import Selection
from tracker.values import Period, Share


class Known(NamedTuple):
    """One value, for as long as it was known.

    Attributes
    ----------
    entity : str
        Under whom it was recorded: after a merge that may be another one.
    period : str
        What it speaks of.
    share : Share
        What was known.
    printed : Share or None
        What the source printed, where `share` is corrected.
    role : str
        ``observation``; of a further page whether it ``supports`` or ``competes`` with what is current.
    status : str or None
        SDMX status of an observation.
    known_from, known_to : str
        UTC; None where it is known still.
    batch, command, file : int, str, str
        Which batch brought it, by what, and from which file or url.
    because : str or None
        Why that batch wrote it; of a correction, its reason.
    closed_by, closed_command, closed_because : int, str, str
        Which batch closed it, by what, and why.
    publisher, url : str
        Where it was read.
    """

    entity: str
    period: str
    share: Share
    printed: Share | None
    role: str
    status: str | None
    known_from: str
    known_to: str | None
    batch: int
    command: str
    file: str | None
    because: str | None
    closed_by: int | None
    closed_command: str | None
    closed_because: str | None
    publisher: str | None
    url: str | None


_OBSERVED = ", ".join(("series_id", "period_id", *OBSERVED))
_TOLD = (
    f"(SELECT {_OBSERVED}, NULL AS closed_by FROM observation UNION ALL SELECT {_OBSERVED}, closed_by FROM superseded)"
)
_SHARE = ", ".join(f"told.{name}" for name in SHARE)
_PRINTED = ", ".join(f"carried.{name}" for name in PRINTED[:-1])
_WHEN = (
    "batch.recorded_at, closing.recorded_at, told.batch_id, batch.command, coalesce(origin.url, origin.file),"
    " batch.reason, told.closed_by, closing.command, closing.reason,"
    " coalesce(citation.publisher, citation.title), citation.url"
)
_FROM = """
    JOIN series ON series.id = told.series_id
    JOIN market ON market.id = series.market_id
    JOIN entity ON entity.id = series.entity_id
    JOIN period ON period.id = told.period_id
    JOIN citation ON citation.id = told.citation_id
    JOIN batch ON batch.id = told.batch_id
    LEFT JOIN batch AS closing ON closing.id = told.closed_by"""
_CARRIED = """
    LEFT JOIN carried ON carried.series_id = told.series_id AND carried.period_id = told.period_id
        AND carried.batch_id = told.batch_id
    JOIN batch AS origin ON origin.id = coalesce(carried.origin_id, told.batch_id)"""
_SELF = " JOIN batch AS origin ON origin.id = told.batch_id"


def history(session: Session, market: str, entities: Sequence[str], period: Period | None = None) -> list[Known]:
    """Return every value that was ever known of some entities in a market, by period and by when it was known.

    Parameters
    ----------
    session : Session
        A reading one.
    market : str
        Slug.
    entities : sequence of str
        An entity, and those that were merged into it.
    period : Period or None
        Only this one.
    """
    condition, values = Selection([market], entities).where()
    if period is not None:
        condition += " AND period.label = :label"
        values["label"] = str(period.named())
    found = [
        Known(entity, when, Share(*cells[:5]), _printed(cells[5:10]), "observation", *cells[10:])
        for entity, when, _, *cells in session.rows(
            f"SELECT entity.name, period.label, period.start_date, {_SHARE}, {_PRINTED}, told.status, {_WHEN}"
            f" FROM {_TOLD} AS told{_FROM}{_CARRIED} WHERE {condition}",
            **values,
        )
    ]
    starts: dict[str, str] = dict(session.rows("SELECT label, start_date FROM period"))
    found += _reported(session, condition, values, found)
    # Of what came at one time, the observation is told before its reports.
    found.sort(
        key=lambda one: (
            *(starts[one.period], one.period, one.known_from, one.role != "observation", one.role),
            *(one.batch, one.url or ""),
        )
    )
    return _without_foreign_reasons(found)


def markets_known(session: Session, entities: Sequence[str]) -> list[str]:
    """Return the markets in which any of these entities ever had a share."""
    condition, values = Selection(entities=entities).where()
    found = session.rows(
        "SELECT DISTINCT market.slug FROM series JOIN market ON market.id = series.market_id"
        f" JOIN entity ON entity.id = series.entity_id WHERE {condition} ORDER BY market.slug",
        **values,
    )
    return [slug for (slug,) in found]


def _without_foreign_reasons(found: list[Known]) -> list[Known]:
    """Leave out the reason of an input where it revised nothing, and brought nothing back: it is not of this fact."""
    revised = {(one.entity, one.period, one.closed_by) for one in found}
    told: list[Known] = []
    before: dict[tuple[str, str], str | None] = {}
    for one in found:
        fact = one.entity, one.period
        reasoned = one.command not in INPUTS or (*fact, one.batch) in revised or before.get(fact) in WITHDRAWING
        told.append(one if reasoned else one._replace(because=None))
        if one.role == "observation":
            before[fact] = one.closed_command
    return told


def _reported(session: Session, condition: str, values: dict[str, object], observed: list[Known]) -> list[Known]:
    """What further pages say: each supports what stood when it was last heard of, or competes with it."""
    of_fact: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for one in observed:
        of_fact[one.entity, one.period].append(one)
    found = []
    for entity, when, *cells in session.rows(
        f"SELECT entity.name, period.label, {_SHARE}, NULL, {_WHEN} FROM report AS told{_FROM}{_SELF}"
        f" WHERE {condition}",
        **values,
    ):
        report = Known(entity, when, Share(*cells[:5]), None, "competes", *cells[5:])
        stood = [one for one in of_fact[entity, when] if _at_its_end(report, one)]
        supports = any((one.printed or one.share).agrees(report.share) for one in stood)
        found.append(report._replace(role="supports") if supports else report)
    return found


def _at_its_end(report: Known, one: Known) -> bool:
    """Whether an observation stood just before a report was closed; or stands, where the report is open."""
    if report.known_to is None:
        return one.known_to is None
    return one.known_from < report.known_to and (one.known_to is None or one.known_to >= report.known_to)


def _printed(cells: Sequence[object]) -> Share | None:
    return None if all(cell is None for cell in cells) else Share(*cells)  # type: ignore[arg-type]
