"""`tracker history`: every value that was ever known, when, from which batch, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import PERIOD, chosen, db_option
from tracker.cli.output import emit, format_option, say
from tracker.errors import clip

if TYPE_CHECKING:
    from tracker.store.engine import Session
    from tracker.store.past.history import Known
    from tracker.values import Period

COLUMNS = (
    *("entity", "period", "share", "printed", "role", "status", "known_from", "known_to", "batch", "command", "file"),
    *("because", "closed_by", "closed_command", "closed_because", "publisher", "url"),
)
FILE_WIDTH = 40
SHOWN = ("period", "share", "role", "known_from", "known_to", "batch", "why", "read_in")


@click.command("history")
@click.argument("entity")
@click.option("--market", metavar="SLUG", help="The whole; needed where the entity stands in more than one.")
@click.option("--date", type=PERIOD, metavar="PERIOD", help="Only this period.")
@db_option
@format_option
def command(entity: str, market: str | None, date: Period | None, db: str | None, form: str) -> None:
    """Tell every value that was ever known: when, from which batch, and why it went.

    What stands has no end. Reports of further pages are there, too: each supports what stands, or competes
    with it.

    For example: tracker history 'DeepSeek R1' --market poe/text-messages --date ~2025-04-30
    """
    from tracker.store.engine import reading
    from tracker.store.entities import entity as find
    from tracker.store.identity import merged
    from tracker.store.past.history import history

    with reading(chosen(db).path) as session:
        name = find(session, entity)
        names = [name, *(one.name for one in merged(session) if one.into == name)]
        slug = _market(session, names, market)
        found = history(session, slug, names, date)
    if not found:
        say(f"Nothing was ever known of {name} in {slug}" + (f", {date}." if date else "."))
    if form == "table":
        told = {(one.period, one.batch) for one in found if one.role == "observation"}
        emit(SHOWN, [_shown(one, name, told) for one in found], form)
    else:
        emit(COLUMNS, [_row(one) for one in found], form)


def _market(session: Session, names: list[str], market: str | None) -> str:
    """The market that is asked for, or the only one there ever was.

    Raises
    ------
    MixedMarkets
        If there are several to choose from.
    TrackerError
        If there was never any.
    """
    from tracker.errors import MixedMarkets, TrackerError
    from tracker.store.markets import market as find
    from tracker.store.past.history import markets_known

    if market is not None:
        return find(session, market).slug
    known = markets_known(session, names)
    if not known:
        raise TrackerError(f"no share of {names[0]} was ever recorded", "See what there is: tracker show")
    if len(known) > 1:
        raise MixedMarkets(
            f"{names[0]} stands in {len(known)} markets, each a whole of its own: {', '.join(known)}",
            f"Choose one: --market {known[0]}",
        )
    return known[0]


def _row(one: Known) -> list[object]:
    return [one.entity, one.period, str(one.share), one.printed and str(one.printed), *one[4:]]


def _shown(one: Known, name: str, told: set[tuple[str, int]]) -> list[object]:
    """A row of the table: what happened in words, the page by its publisher."""
    share = f"{one.share}%"
    if one.printed is not None and one.printed != one.share:
        share += f" (printed {one.printed})"
    if one.status not in (None, "A"):
        share += f" (status {one.status})"
    times = (_when(one.known_from), _when(one.known_to))
    return [one.period, share, one.role, *times, one.batch, _why(one, name, told), one.publisher or one.url]


def _when(time: str | None) -> str | None:
    return time and f"{time[:19]}Z".replace("T", " ")


def _why(one: Known, name: str, told: set[tuple[str, int]]) -> str:
    came = _said(one.command, one.because, one.file)
    if one.entity != name:
        came += f" (as {one.entity})"
    if one.closed_by is None:
        return came
    # What a batch put in its place tells the reason on a line of its own.
    gone = "" if (one.period, one.closed_by) in told else f", {_gone(one)}"
    return f"{came}; closed by batch {one.closed_by}{gone}"


def _said(command: str, because: str | None, file: str | None) -> str:
    """What a batch was: an input by its file, an undo by its reason, which says of what."""
    if command == "undo":
        return because or command
    words = f"{command} {clip(file, FILE_WIDTH)}" if file and command in ("init", "import", "refresh") else command
    return f"{words}: {because}" if because else words


def _gone(one: Known) -> str:
    return _said(one.closed_command or "", one.closed_because, None)
