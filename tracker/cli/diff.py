"""`tracker diff`: what changed between two moments, or two databases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, format_option, say
from tracker.errors import UnknownName, clip
from tracker.settings import Place, database

if TYPE_CHECKING:
    from tracker.store.engine import Session
    from tracker.store.past.diff import Changed
    from tracker.store.past.moments import Moment

CHANGED = ("change", "market", "entity", "period", "before", "after", "points", "percent", "beside", "batch", "reason")
WIDTH = 44


@click.command("diff")
@click.argument("one", metavar="A")
@click.argument("other", metavar="[B]", default="now")
@click.option("--market", "markets", multiple=True, metavar="SLUG", help="Only this market; may be repeated.")
@db_option
@format_option
def command(one: str, other: str, markets: tuple[str, ...], db: str | None, form: str) -> None:
    """Say what changed from A to B: two moments, two batches, or two database files.

    A moment is a day, a time, the number of a batch, or `now`, which is also what B is where it is left out.
    Changes have their size: points are differences of percentages, percent is relative.

    For example: tracker diff 1 2, tracker diff 2025-07-31, tracker diff old.db new.db
    """
    files = ["://" in word or Path(word).is_file() for word in (one, other)]
    if all(files):
        found = _of_files(_place(one), _place(other), markets)
    elif any(files):
        missing = other if files[0] else one
        if missing.endswith((".db", ".sqlite", ".sqlite3")) or "/" in missing:
            from tracker.errors import DatabaseMissing

            hint = "Look at the name; a moment is a day, a time or a batch."
            raise DatabaseMissing(f"there is no database at {missing}", hint)
        raise click.UsageError(
            f"{missing!r} is no file; A and B are two moments, or two database files.", click.get_current_context()
        )
    else:
        found = _of_moments(chosen(db).path, one, other, markets)
    emit_changes(found, form)
    counts = Counter(change.change for change in found)
    kinds = ("added", "changed", "withdrawn", "moved")
    say(", ".join(f"{counts[kind]} {kind}" for kind in kinds if counts[kind]) or "Nothing changed.")


def emit_changes(changes: list[Changed], form: str, brief: tuple[str, ...] = CHANGED) -> None:
    """Print changes; a table has the columns `brief`, and only names what differs beside the share."""
    columns = brief if form == "table" else CHANGED
    emit(columns, [_row(change, form == "table")[: len(columns)] for change in changes], form)


def _row(change: Changed, brief: bool) -> list[object]:
    before, after = (None if share is None else str(share) for share in (change.before, change.after))
    beside = "; ".join(f"{name} {was} → {now}" for name, was, now in change.beside)
    if brief:
        beside = ", ".join(name for name, _, _ in change.beside)
    reason = clip(change.reason, WIDTH) if brief and change.reason else change.reason
    moved = f"to {change.to}" if change.to else ""
    sizes = (change.points, _rounded(change.percent))
    return [*change[:4], before, after, *sizes, moved or beside or None, change.batch, reason]


def _rounded(percent: float | None) -> float | None:
    return None if percent is None else round(percent, 2)


def _of_moments(path: Place, one: str, other: str, markets: tuple[str, ...]) -> list[Changed]:
    from tracker.store.engine import reading
    from tracker.store.past.diff import between

    with reading(path) as session:
        known = _markets([session], markets)
        found = between(session, _moment(session, one), _moment(session, other))
    return [change for change in found if not known or change.market in known]


def _place(word: str) -> Place:
    return database(word).path if "://" in word else Path(word)


def _of_files(one: Place, other: Place, markets: tuple[str, ...]) -> list[Changed]:
    from tracker.store.engine import reading
    from tracker.store.past.diff import across

    with reading(one) as first, reading(other) as second:
        try:
            known = _markets([first, second], markets)
        except UnknownName as error:
            raise UnknownName(error.message, f"See them all: tracker market list --db {quote(str(other))}") from error
        found = across(first, second)
    return [change for change in found if not known or change.market in known]


def _markets(sessions: list[Session], slugs: tuple[str, ...]) -> set[str]:
    """The named markets, each of which some database has."""
    from tracker.store.markets import market, markets

    known = {one.slug for session in sessions for one in markets(session)}
    return {slug if slug in known else market(sessions[-1], slug).slug for slug in slugs}


def _moment(session: Session, word: str) -> Moment:
    """The state that a word means; what cannot be understood is a usage error."""
    from tracker.errors import InvalidValue
    from tracker.store.past.moments import LONG_AFTER, moment
    from tracker.values.asof import AsOf

    try:
        asked = AsOf(None, LONG_AFTER, word) if word.lower() == "now" else AsOf.parse(word)
    except InvalidValue as error:
        said = f"{word!r} is no moment, and no file. {error.hint} Or: now."
        raise click.UsageError(said, click.get_current_context()) from error
    return moment(session, asked)
