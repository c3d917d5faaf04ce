"""Which mark separates decimals and which thousands, decided from a whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.errors import InvalidValue, clip

SIGNS = "%‰"
_BLANKS = " \u00a0\u202f\u2009"
_PLAIN = re.compile(r"\d+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([.,' \u00a0\u202f\u2009])\d{3})(?:\1\d{3})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Marks:
    """How the numbers of a file are written.

    Parameters
    ----------
    decimal : str
        ``.`` or ``,``.
    thousands : str
        The mark between groups of three digits; empty for none.
    """

    decimal: str = "."
    thousands: str = ""

    def __post_init__(self) -> None:
        if self.decimal not in (".", ","):
            raise InvalidValue(f"{self.decimal!r} is no decimal mark", "It is . or ,")
        if self.decimal == self.thousands:
            raise InvalidValue(f"{self.decimal!r} cannot separate both decimals and thousands")

    def plain(self, cell: str) -> str:
        """Return a number as Python writes it; other texts come back as they are.

        >>> Marks(",", ".").plain("1.234,5"), Marks(",").plain("36,5")
        ('1234.5', '36.5')
        """
        text = cell.strip()
        if self.thousands and self.thousands in text:
            whole, mark, rest = text.partition(self.decimal)
            groups = whole.lstrip("<>~ ").split(self.thousands)
            if not all(len(group) == 3 and group.isdigit() for group in groups[1:]) or not 1 <= len(groups[0]) <= 3:
                raise InvalidValue(f"{clip(cell)!r} has its thousands marks at odd places")
            text = whole.replace(self.thousands, "") + mark + rest
        if self.decimal == ",":
            if "." in text:
                raise InvalidValue(f"{clip(cell)!r} has a point where the other numbers have a decimal comma")
            text = text.replace(",", ".")
        elif "," in text:
            raise InvalidValue(f"{clip(cell)!r} has a comma where the other numbers have a decimal point")
        return text


def decimal_mark(cells: Iterable[str]) -> str:
    """Return the decimal mark of shares, which are never so great that they have thousands.

    Parameters
    ----------
    cells : iterable of str
        The shares of the file, as printed.

    Returns
    -------
    str
        ``,`` where a comma stands in some cell and a point in none; else ``.``

    Notes
    -----
    A share is at most 100, so that ``12,345`` can only be 12.345. *Not valid* for counts.

    Examples
    --------
    >>> decimal_mark(["36", "7,5"]), decimal_mark(["36.5", "7"])
    (',', '.')
    """
    comma = point = False
    for cell in cells:
        comma, point = comma or "," in cell, point or "." in cell
    return "," if comma and not point else "."


def counts(cells: Iterable[str], decimal: str, thousands: str | None = None) -> Marks:
    """Decide how whole numbers such as sample sizes are written.

    Parameters
    ----------
    cells : iterable of str
        The column, without its nulls.
    decimal : str
        Decimal mark of the shares of the same file.
    thousands : str or None
        As declared; None to decide.

    Raises
    ------
    InvalidValue
        If the column has a mark that may be either, and nothing was declared.

    Examples
    --------
    >>> counts(["2.502", "999"], ",")
    Marks(decimal=',', thousands='.')
    """
    if thousands is not None:
        return Marks(decimal, thousands)
    marks = {match[1] for cell in cells if (match := _GROUPED.fullmatch(cell.strip()))}
    if not marks:
        return Marks(decimal)
    if len(marks) > 1:
        raise InvalidValue(f"the column separates thousands by {' and '.join(map(repr, sorted(marks)))}")
    mark = marks.pop()
    if mark == decimal:
        raise InvalidValue(
            f"{mark!r} separates decimals in the shares of this file, and may separate thousands in this column",
            f"Say which: --thousands '{mark}' with --decimal '{',' if mark == '.' else '.'}', or --thousands ''.",
        )
    return Marks(decimal, mark)


def whole_number(cell: str, marks: Marks) -> int:
    """Read a count.

    Raises
    ------
    InvalidValue
        If it is not a whole number.
    """
    text = marks.plain(cell)
    if text.endswith(".0"):
        text = text[:-2]
    if not _PLAIN.fullmatch(text) or len(text) > 18:
        raise InvalidValue(f"{clip(cell)!r} is not a whole number")
    return int(text)


def without_sign(cell: str) -> str:
    """Return a number without its percent sign and the blank before that.

    >>> without_sign("36,5 %")
    '36,5'
    """
    return cell.strip().rstrip(SIGNS).rstrip(_BLANKS)
