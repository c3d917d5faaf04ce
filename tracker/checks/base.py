"""What a check is, what it is shown, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from shlex import quote
from typing import NamedTuple

from tracker.settings import Place
from tracker.store.engine import Session
from tracker.store.facts import Lines, Series


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that may be wrong.

    Parameters
    ----------
    check : str
        Which check found it.
    market, entity, period : str
        Where; '' for all, or none. The period is in its written form.
    message : str
        What it is, with its numbers.
    remedy : str
        The command that mends or waives it; '' where there is none.
    batch : int
        The newest batch among the rows that it rests on; 0 for none. A waiver from before it does not cover it.
    """

    check: str
    market: str
    entity: str
    period: str
    message: str
    remedy: str = ""
    batch: int = 0


class Scope(NamedTuple):
    """What is checked.

    Attributes
    ----------
    session : Session
        A reading one.
    path : Place
        The file of the database.
    markets : tuple of str
        Slugs of the markets that are wanted; empty for all, and for what belongs to none.
    """

    session: Session
    path: Place
    markets: tuple[str, ...] = ()

    def wants(self, market: str) -> bool:
        """Whether a market is looked at."""
        return not self.markets or market in self.markets


class Watch:
    """A check at work on one market: it is shown one series after the other, and what it keeps is small.

    Parameters
    ----------
    market : Lines
        The market, and who belongs to whom in it.
    """

    def __init__(self, market: Lines) -> None:
        self.market = market

    def see(self, series: Series) -> Iterable[Finding]:
        """Look at one series, its facts in the order of time; what is found in it alone."""
        return ()

    def end(self) -> Iterable[Finding]:
        """Say what is found in the market as a whole, when every series has been seen."""
        return ()


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look for: in each market by a `Watch`, or in the database at once.

    Parameters
    ----------
    name : str
        What it is called by.
    looks_for, why : str
        A sentence each.
    watch : type of Watch or None
        Makes what looks at one market.
    of_database : function or None
        Looks at all that the scope names.
    """

    name: str
    looks_for: str
    why: str
    watch: type[Watch] | None = None
    of_database: Callable[[Scope], Iterable[Finding]] | None = None


def command(*words: str) -> str:
    """Write a command that can be pasted.

    >>> command("tracker", "show", "DeepSeek R1")
    "tracker show 'DeepSeek R1'"
    """
    return " ".join(quote(word) for word in words)


def because(*words: str) -> str:
    """Write a command that wants a reason.

    >>> because("tracker", "retract", "Grok")
    "tracker retract Grok --reason '...'"
    """
    return f"{command(*words)} --reason '...'"


def waive(check: str, market: str = "", entity: str = "", period: str = "") -> str:
    """Write the command that waives a finding.

    >>> waive("sums", "poe/text-messages", period="~2025-02-15")
    "tracker waive sums --market poe/text-messages --period '~2025-02-15' --reason '...'"
    """
    words = ["tracker", "waive", check]
    for option, value in (("--market", market), ("--entity", entity), ("--period", period)):
        words += [option, value] if value else []
    return because(*words)
