"""Options that add models up to products and labs, and what is said of the sums."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.cli.output import say

if TYPE_CHECKING:
    import pandas as pd

    from tracker.analysis.rollup import WhenBoth
    from tracker.query import Rolled
    from tracker.store.engine import Session
    from tracker.store.shares import Selection

F = TypeVar("F", bound=Callable[..., Any])

COLUMNS = (
    *("market", "entity", "kind", "period", "share", "low", "high", "decimals", "status"),
    *("level", "parts", "missing", "citation", "url", "known_from"),
)
"""Columns of an export of sums."""

SHOWN = ("market", "entity", "period", "share", "low", "high", "parts", "missing")
"""Columns of its table."""


def level_options(command: F) -> F:
    """Give a reading command ``--level`` and ``--when-both``."""
    level = click.option(
        "--level",
        type=click.Choice(["lab", "product", "model"]),
        help="Add shares up to these, within one market and one period.",
    )
    both = click.option(
        "--when-both",
        type=click.Choice(["whole", "parts"]),
        help="With --level: where a whole and parts of it are both reported, which of them counts.",
    )
    return level(both(command))


def check_options(level: str | None, when_both: str | None) -> None:
    """Refuse ``--when-both`` without ``--level``.

    Raises
    ------
    click.UsageError
        If so.
    """
    if when_both and not level:
        raise click.UsageError("--when-both belongs to --level lab|product|model.", click.get_current_context())


def frame_of(session: Session, wanted: Selection, level: str | None, when_both: WhenBoth | None) -> pd.DataFrame:
    """Return shares as a frame, added up where a level is given; say what a reader must know of the sums."""
    from tracker.query import shares, sums

    if level is None:
        return shares(session, wanted)
    rolled = rolled_aloud(session, wanted, level, when_both)
    return sums(session, rolled)


def rolled_aloud(session: Session, wanted: Selection, level: str, when_both: WhenBoth | None) -> Rolled:
    """Add shares up, and say what a reader must know of the sums."""
    from tracker.analysis.rollup_words import notes
    from tracker.query import rolled_up

    rolled = rolled_up(session, wanted, level, when_both)
    for note in notes(rolled.made):
        say(note)
    return rolled


def rows_of(session: Session, wanted: Selection, level: str, when_both: WhenBoth | None) -> list[dict[str, object]]:
    """Return sums for an export, and say what a reader must know of them."""
    return _rows(rolled_aloud(session, wanted, level, when_both))


def as_csv(rows: list[dict[str, object]], *, safe: bool = False) -> str:
    """Write sums as CSV, columns `COLUMNS`; lists are joined by semicolons. `safe` is for a spreadsheet."""
    from tracker.cli import output

    return output.as_csv(COLUMNS, [list(row.values()) for row in rows], safe=safe)


def as_json(rows: list[dict[str, object]]) -> str:
    """Write sums as a JSON list: the share as a number, and as it would be printed; lists as lists."""
    import json

    from tracker.values.harmless import harmless_json

    told = [
        row
        | {"share": row["share"].value, "printed": str(row["share"])}  # type: ignore[attr-defined]
        | {"parts": [part._asdict() for part in row["parts"]]}  # type: ignore[attr-defined]
        for row in rows
    ]
    return harmless_json(json.dumps(told, ensure_ascii=False, indent=1)) + "\n"


def _rows(rolled: Rolled) -> list[dict[str, object]]:
    from tracker.query import named

    rows = []
    for made in rolled.made.rows:
        told = rolled.parts(made)
        low, high = made.share.interval()
        rows.append(
            {
                "market": made.market,
                "entity": made.entity,
                "kind": made.kind,
                "period": str(made.period),
                "share": made.share,
                "low": low,
                "high": high,
                "decimals": made.share.decimals,
                "status": made.status,
                "level": rolled.made.level,
                "parts": tuple(named(one) for one in told),
                "missing": made.missing,
                "citation": tuple(dict.fromkeys(one.citation.title for one in told if one.citation.title)),
                "url": tuple(dict.fromkeys(one.citation.url for one in told if one.citation.url)),
                "known_from": max(one.known_from for one in told),
            }
        )
    return rows
