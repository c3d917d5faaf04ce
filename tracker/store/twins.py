"""Markets of one source that hold the same readings."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from tracker.store.engine import Session

FEWEST = 3
"""Readings: one or two may agree by chance."""

_TOLD = (
    "SELECT entity_id, period_id, share, low, high, qualifier FROM observation"
    " JOIN series ON series.id = series_id WHERE market_id = "
)


def twins(session: Session) -> list[tuple[str, str, int, int]]:
    """Find markets of one source with the same entities, periods and shares, throughout.

    Returns
    -------
    list of tuple
        The slugs of the first and the second recorded one, how many readings each has, and the newest batch.
    """
    alike: dict[tuple[int, int], list[tuple[int, str, int]]] = defaultdict(list)
    for key, slug, source, count, batch in session.rows(
        "SELECT market.id, slug, source_id, count(*), max(batch_id) FROM market JOIN series ON market_id = market.id"
        " JOIN observation ON series_id = series.id GROUP BY market.id HAVING count(*) >= :fewest ORDER BY market.id",
        fewest=FEWEST,
    ):
        alike[source, count].append((key, slug, batch))
    return [
        (first[1], second[1], count, max(first[2], second[2]))
        for (_, count), group in alike.items()
        for first, second in combinations(group, 2)
        if _same(session, first[0], second[0])
    ]


def _same(session: Session, first: int, second: int) -> bool:
    sql = f"SELECT 1 FROM ({_TOLD}:first EXCEPT {_TOLD}:second) AS told LIMIT 1"
    return session.value(sql, first=first, second=second) is None
