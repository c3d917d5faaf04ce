"""Every error a person can meet, in one tree.

Each says what happened, carries a hint that says what to do next, and knows the
exit code of a command that ends with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class TrackerError(Exception):
    """Something was refused.

    Parameters
    ----------
    message : str
        What happened, and where.
    hint : str, optional
        What to do next; a command to type where there is one.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class InvalidValue(TrackerError, ValueError):
    """A text is not a period, a share, a slug ... of a form that is understood."""

    exit_code = 2


class UnknownName(TrackerError):
    """No source, market or entity has this name; the hint shows the nearest."""


class Conflict(TrackerError):
    """Something else is already recorded under this key."""


class MixedMarkets(TrackerError):
    """Shares of different wholes were about to be put on one line."""


class UsageProblem(TrackerError):
    """The words of the call cannot be used together, or one is missing."""

    exit_code = 2


class DatabaseMissing(TrackerError):
    """There is no database at this place."""

    exit_code = 3


class SchemaMismatch(TrackerError):
    """The database is not ours, or of an older or newer schema than this program."""

    exit_code = 3


class Problem(NamedTuple):
    """One thing wrong with one place of an input."""

    line: int
    """Line of the file where the record starts, from 1; 0 for the input as a whole."""
    column: str
    """Name of the column, or '' for the whole line."""
    value: str
    """The text that was read there."""
    message: str
    """What is wrong with it, and what would be right."""

    def __str__(self) -> str:
        place = ", ".join(
            part for part in (f"line {self.line}" if self.line else "", self.column and f"column {self.column}") if part
        )
        value = repr(clip(self.value))
        shown = f" {value}" if self.value and not self.message.startswith(value) else ""
        return f"{place}:{shown} {self.message}" if place else f"{shown.strip()} {self.message}".strip()


class RejectedInput(TrackerError):
    """An input has rows that cannot be stored; all of them are listed.

    Parameters
    ----------
    name : str
        The file, as the person gave it.
    problems : sequence of Problem
        Every bad place found.
    hint : str, optional
        What to do next.
    """

    SHOWN = 50

    def __init__(self, name: str, problems: Sequence[Problem], hint: str = "") -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        if count == 1 and not self.problems[0].line:
            lines = [f"{name}: {self.problems[0]}; nothing was stored"]
        else:
            lines = [f"{name}: {count} problem{'s' if count != 1 else ''}, nothing was stored"]
            lines += [f"  {problem}" for problem in self.problems[: self.SHOWN]]
        if count > self.SHOWN:
            lines.append(f"  ... and {count - self.SHOWN} more")
        super().__init__("\n".join(lines), hint)


def clip(text: str, width: int = 60) -> str:
    """Shorten a text for a message.

    >>> clip("a" * 100, 8)
    'aaaaaaa…'
    """
    return text if len(text) <= width else text[: width - 1] + "…"
