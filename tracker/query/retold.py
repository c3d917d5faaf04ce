"""Who retells a share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tracker.query.keys import Keys
from tracker.store.engine import Session
from tracker.store.shares import Selection, Told, reports_on
from tracker.values import Share


class Page(NamedTuple):
    """Who tells something: the source itself (``primary``) or somebody else."""

    kind: str | None
    publisher: str | None
    title: str | None


def retold(
    session: Session,
    wanted: Selection,
    known: Keys,
    cited: Callable[[int], Page],
    printed: Callable[[int], Share],
) -> dict[int, str | None]:
    """Return the row of each share that further pages tell, and who retells it.

    Parameters
    ----------
    session : Session
        A reading one.
    wanted : Selection
        Which observations the rows are.
    known : Keys
        Of the rows.
    cited : callable
        Gives the page that a row was read from.
    printed : callable
        Gives the share of a row, as it was printed.
    """
    found = {}
    for row, reports in _by_row(reports_on(session, wanted), known):
        pages = [(report.share, report.citation) for report in reports]
        same = [Page(page.kind, page.publisher, page.title) for share, page in pages if share.agrees(printed(row))]
        if same:
            found[row] = reported_by([cited(row), *same])
    return found


def reported_by(pages: list[Page]) -> str | None:
    """Name those who retell it; nobody does where the source itself is cited."""
    if any(page.kind == "primary" for page in pages):
        return None
    return "; ".join(dict.fromkeys(page.publisher or page.title or "" for page in pages)) or None


def _by_row(reports: list[Told], known: Keys) -> Iterator[tuple[int, list[Told]]]:
    """Sort what further pages tell by the row of the observation; some have none, for it was withdrawn."""
    series = {one[:2]: place for place, one in enumerate(known.series)} if reports else {}
    periods = {cells[0]: place for place, cells in enumerate(known.periods)} if reports else {}
    rows: dict[int, list[Told]] = {}
    for report in reports:
        one, when = series.get((report.market, report.entity)), periods.get(report.period)
        row = None if one is None or when is None else known.at(one, when)
        if row is not None:
            rows.setdefault(row, []).append(report)
    yield from rows.items()
