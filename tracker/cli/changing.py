"""What the commands share that change recorded observations: which ones, and what is expected of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.cli.options import PERIOD, SHARE, interval_options
from tracker.cli.output import say
from tracker.cli.selecting import selection

if TYPE_CHECKING:
    from tracker.store.amend.chosen import Chosen
    from tracker.store.engine import Session
    from tracker.values import Period, Share

F = TypeVar("F", bound=Callable[..., Any])

LISTED = 20


def choosing_options(command: F) -> F:
    """Give a command the options that say which observations are meant."""
    market = click.option("--market", required=True, metavar="SLUG", help="The whole that they are shares of.")
    dates = click.option("--date", "dates", type=PERIOD, multiple=True, metavar="PERIOD", help="May be repeated.")
    return market(dates(interval_options(command)))


def guard_options(command: F) -> F:
    """Give a command ``--expect`` and ``--expect-rows``, of which it needs one."""
    share = click.option("--expect", type=SHARE, metavar="SHARE", help="What each says now; else nothing is changed.")
    rows = click.option("--expect-rows", type=click.IntRange(1), metavar="N", help="How many they are, if several.")
    return share(rows(command))


def facts(
    session: Session,
    entities: Sequence[str],
    market: str,
    dates: Sequence[Period],
    since: Period | None,
    until: Period | None,
) -> list[Chosen]:
    """Find the observations that are meant.

    Raises
    ------
    TrackerError
        If there are none.
    UsageProblem
        If nobody said of when.
    """
    from tracker.errors import UsageProblem
    from tracker.store.amend.chosen import chosen

    if not (dates or since or until):
        raise UsageProblem(
            "nobody said of when",
            f"Say it with --date, or with --from and --to; look first: {_looking(entities, market)}",
        )
    return chosen(session, selection(session, entities, [market], since, until), tuple(dates))


def _looking(entities: Sequence[str], market: str) -> str:
    from shlex import quote

    names = " ".join(map(quote, entities))
    return (
        f"tracker {'history' if len(entities) == 1 else 'show'} {names}{' ' if names else ''}--market {quote(market)}"
    )


def guarded(found: list[Chosen], expect: Share | None, rows: int | None) -> None:
    """Hold what was found against what is expected."""
    from tracker.store.amend.chosen import Guard, check

    check(Guard(expect, rows), found)


def tell(found: Sequence[object], verbs: tuple[str, str], batch: int, *, dry_run: bool) -> None:
    """Say what was done, fact by fact, as in `verbs`: what would be done, and what was."""
    for fact in found[:LISTED]:
        say(f"{f'Would {verbs[0]}' if dry_run else verbs[1]} {fact}")
    if len(found) > LISTED:
        say(f"... and {len(found) - LISTED} more")
    if dry_run:
        say("This was a dry run: nothing was changed.")
    else:
        say(f"Recorded as batch {batch}; to take it back: tracker undo {batch}")
