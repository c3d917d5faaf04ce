"""Whether shares are printed as percent, as fractions of 1, or per thousand. Undecided is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from tracker.errors import InvalidValue, clip
from tracker.values import Share
from tracker.values.checks import check_choice
from tracker.values.share import MAX_DECIMALS

UNITS = {"percent": 0, "fraction": 2, "permille": -1}
"""By how many places the decimal point moves to give percent."""

_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentage\b|\bperc\b|\bpct\b|\bprozent\b", re.IGNORECASE)
_PERMILLE = re.compile(r"‰|\bper ?mille\b|\bpromille\b", re.IGNORECASE)
_FRACTION = re.compile(r"\bfraction\b|\bproportion\b|\bratio\b|0 ?(?:-|–|to) ?1\b", re.IGNORECASE)

TOLERANCE = 0.02
"""Sums of rounded parts may miss the whole by this part of it."""

ABOVE_ONE = "some are above 1"
CHOICE = "Say which: --unit percent or --unit fraction."


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, and why it is that.

    Parameters
    ----------
    name : str
        One of `UNITS`.
    why : str
        What decided it, for the person who imports.
    """

    name: str
    why: str

    def share(self, text: str) -> Share:
        """Read a share that is printed in this unit; its decimals move with the point.

        >>> Unit("fraction", "declared").share("0.0707")
        Share('7.07')
        """
        if UNITS[self.name] == 0:
            return Share.parse(text)
        mark, number = ("", text) if text[:1] not in ("<", ">", "~") else (text[0], text[1:].strip())
        return Share.parse(mark + shifted(number, UNITS[self.name]))


def shifted(number: str, places: int) -> str:
    """Move the decimal point of a printed number, which keeps every printed digit.

    >>> shifted("0.21870872876777964", 2), shifted("0.5", 2), shifted("7", -1)
    ('21.870872876777964', '50', '0.7')
    """
    try:
        moved = Decimal(number).scaleb(places)
    except ArithmeticError as error:
        raise InvalidValue(f"{clip(number)!r} is not a number") from error
    if not moved.is_finite() or abs(moved.adjusted()) > 30:
        raise InvalidValue(f"{clip(number)!r} is not a share")
    text = format(moved, "f")
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest[:MAX_DECIMALS]}" if rest else whole


def judge(
    headers: Iterable[str], cells: Sequence[str], sums: Sequence[float], values: Sequence[float], declared: str | None
) -> Unit:
    """Decide the unit of the shares of a file.

    Parameters
    ----------
    headers : iterable of str
        Names of the columns that hold shares, and the title of the table.
    cells : sequence of str
        The shares as printed.
    sums : sequence of float
        What the parts of each period sum to, for periods with at least three parts.
    values : sequence of float
        The shares as numbers.
    declared : str or None
        What the person said.

    Raises
    ------
    InvalidValue
        If nothing decides it, or the numbers are no shares at all.

    Notes
    -----
    In this order: what was declared; a sign in the cells; sums near 100 or 1; a word in the headers, unless the
    numbers contradict it; any number above 1, for a fraction never is.

    Examples
    --------
    >>> judge(["Chrome"], ["0.5", "68.7"], [], [0.5, 68.7], None)
    Unit(name='percent', why='some are above 1')
    """
    if declared is not None:
        check_choice(declared, tuple(UNITS), "unit")
        return Unit(declared, "declared")
    for sign, unit in (("‰", "permille"), ("%", "percent")):
        if any(sign in cell for cell in cells):
            return Unit(unit, f"{sign} stands in the cells")
    if values and sum(value > 100.5 for value in values) > len(values) / 2:
        raise InvalidValue(
            f"the numbers are up to {max(values):.15g}, most of them above 100: they are no shares",
            "If they are per mille: --unit permille. If another column holds the shares: --map share=COLUMN.",
        )
    found = _by_sums(sums)
    named = _by_name(headers)
    if found and named and found.name != named.name and "permille" not in (found.name, named.name):
        raise InvalidValue(f"{named.why}, but {found.why}: one of the two is wrong", CHOICE)
    below_one = all(value <= 1 for value in values)
    if named and named.name == "fraction" and not below_one:
        named = None
    decided = named or found
    if decided:
        return decided
    if not below_one:
        return Unit("percent", ABOVE_ONE)
    raise InvalidValue("all numbers are at most 1: they may be percent or fractions of 1", CHOICE)


def _by_sums(sums: Sequence[float]) -> Unit | None:
    if sums and abs(median(sums) - 100) <= 100 * TOLERANCE:
        return Unit("percent", "they sum to 100")
    if sums and abs(median(sums) - 1) <= TOLERANCE:
        return Unit("fraction", "they sum to 1")
    return None


def _by_name(headers: Iterable[str]) -> Unit | None:
    named = " ".join(headers)
    for unit, pattern in (("permille", _PERMILLE), ("percent", _PERCENT), ("fraction", _FRACTION)):
        if match := pattern.search(named):
            return Unit(unit, f"{match[0]!r} stands in the header")
    return None
