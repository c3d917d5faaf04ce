"""Entities as `tracker check` compares them: with what they belong to, and where they have a share."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from tracker.store.engine import Session
from tracker.store.facts import by_child, climb


class Known(NamedTuple):
    """One entity that was not merged into another.

    Attributes
    ----------
    name, kind : str
        As recorded.
    observations : int
        Current ones.
    markets : tuple of str
        Slugs of the markets in which it has any.
    lineage : tuple of str
        What it belongs to, over any number of steps, at any time.
    batch : int
        The newest batch among its observations; 0 without any.
    """

    name: str
    kind: str
    observations: int = 0
    markets: tuple[str, ...] = ()
    lineage: tuple[str, ...] = ()
    batch: int = 0


def known_entities(session: Session) -> list[Known]:
    """Return every entity that was not merged into another, by name."""
    counts: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for key, *counted in session.rows(
        "SELECT entity_id, market.slug, count(*), max(batch_id) FROM series JOIN market ON market.id = market_id"
        " JOIN observation ON series_id = series.id GROUP BY series.id, entity_id, market.slug ORDER BY market.slug"
    ):
        counts[key].append((counted[0], counted[1], counted[2]))
    known = by_child(session)
    return [
        Known(
            name,
            kind,
            sum(count for _, count, _ in counts[key]),
            tuple(slug for slug, _, _ in counts[key]),
            tuple(line.parent for line in climb(name, known)),
            max((batch for _, _, batch in counts[key]), default=0),
        )
        for key, name, kind in session.rows(
            "SELECT id, name, kind FROM entity WHERE id NOT IN"
            " (SELECT entity_id FROM entity_merge WHERE closed_by IS NULL) ORDER BY name"
        )
    ]
