"""Options that several commands share, and the types of their values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.errors import InvalidValue

if TYPE_CHECKING:
    from tracker.settings import Database
    from tracker.values import Period, Share

F = TypeVar("F", bound=Callable[..., Any])


class PeriodType(click.ParamType["Period"]):
    """A period in one of its written forms."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Parse the text, or fail with the forms there are."""
        from tracker.values.period import Period

        return parsed(self, Period.parse, value, param, ctx)


class ShareType(click.ParamType["Share"]):
    """A share as printed."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Share:
        """Parse the text, or fail with the forms there are."""
        from tracker.values.share import Share

        return parsed(self, Share.parse, value, param, ctx)


class UrlType(click.ParamType[str]):
    """A url that will be stored."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse one with a password in it, without saying it."""
        if "@" in value:
            from tracker.importers.addresses import has_user

            if has_user(value):
                self.fail("The url names a user or a password, and it would be stored: leave that out.", param, ctx)
        return str(value)


T = TypeVar("T")


def parsed(
    kind: click.ParamType[T],
    parse: Callable[[str], T],
    value: Any,
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> T:
    """Parse a value of the command line; what it refuses is a usage error."""
    if not isinstance(value, str):
        known: T = value
        return known
    try:
        return parse(value)
    except InvalidValue as error:
        kind.fail(str(error).replace("\n", ". "), param, ctx)


PERIOD, SHARE, URL = PeriodType(), ShareType(), UrlType()


def db_option(command: F) -> F:
    """Give a command its ``--db``; it may stand before the command, too."""
    return click.option("--db", metavar="PATH", help="Database file or URL; else $TRACKER_DB, else ./tracker.db.")(
        command
    )


def chosen(db: str | None) -> Database:
    """Find the database that a command means."""
    from tracker.settings import database

    return database(db if db is not None else click.get_current_context().find_root().obj)


def interval_options(command: F) -> F:
    """Give a command ``--from`` and ``--to``."""
    last = click.option("--to", "until", type=PERIOD, metavar="PERIOD", help="Only periods that end by its last day.")
    first = click.option(
        "--from", "since", type=PERIOD, metavar="PERIOD", help="Only periods that start on or after its first day."
    )
    return first(last(command))


def at_terminal() -> bool:
    """Whether a person sits at both ends, and can be asked."""
    import sys

    return sys.stdin.isatty() and sys.stderr.isatty()
