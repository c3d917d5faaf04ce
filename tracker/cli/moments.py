"""Options that ask for what was known at a moment, and opening a database as it was then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.cli.options import PERIOD, parsed
from tracker.cli.output import say
from tracker.settings import Place

if TYPE_CHECKING:
    from tracker.store.engine import Session
    from tracker.values import Period
    from tracker.values.asof import AsOf

F = TypeVar("F", bound=Callable[..., Any])


class AsOfType(click.ParamType["AsOf"]):
    """A moment in one of its written forms."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> AsOf:
        """Parse the text, or fail with the forms there are."""
        from tracker.values.asof import AsOf

        return parsed(self, AsOf.parse, value, param, ctx)


AS_OF = AsOfType()


def moment_options(command: F) -> F:
    """Give a reading command ``--as-of`` and ``--as-published``."""
    known = click.option(
        "--as-of", type=AS_OF, metavar="MOMENT", help="As this database knew it: a day, a time, or after a batch."
    )
    published = click.option(
        "--as-published", type=PERIOD, metavar="DAY", help="Only what the sources had published by this day."
    )
    return known(published(command))


@contextmanager
def reading_then(place: Place, as_of: AsOf | None, as_published: Period | None) -> Iterator[Session]:
    """Open a database as it was at a moment, or as it is; say what a reader must know of that.

    Raises
    ------
    UnknownName
        If there is no such batch.
    """
    from tracker.store.engine import reading

    if as_of is None and as_published is None:
        with reading(place) as session:
            yield session
        return
    from tracker.store.past.asof import reading_as_of

    if as_published is not None and as_published.precision != "day":
        raise click.UsageError("--as-published is a day: 2025-05-13.", click.get_current_context())
    with reading_as_of(place, as_of, as_published.start if as_published else None) as session:
        _say_what_was(session, as_of, as_published)
        yield session


def _say_what_was(session: Session, as_of: AsOf | None, as_published: Period | None) -> None:
    """Warn of a moment before the first batch, and of pages whose date nobody knows."""
    from tracker.store.past.moments import is_before_all, undated

    if as_of is not None and is_before_all(session):
        say(f"Nothing was recorded by {as_of}; see when: tracker log")
    if as_published is None:
        return
    read, there = undated(session)
    if there:
        say(
            f"Shares from pages of unknown date: {there}; {read} of them count as published, for the day on which they"
            " were recorded stands for it."
        )
