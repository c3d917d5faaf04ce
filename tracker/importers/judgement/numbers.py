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


_OTHER = {".": ",", ",": "."}
"""The decimal mark beside a mark of thousands."""


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
    """Return the decimal mark of shares.

    Parameters
    ----------
    cells : iterable of str
        The shares of the file, as printed.

    Returns
    -------
    str
        ``,`` where more cells have a comma than a point; else ``.``. The few that have the other one are
        refused when they are read.

    Raises
    ------
    InvalidValue
        If each comma stands before three digits: ``12,345`` may be a share, or a count of thousands.

    Examples
    --------
    >>> decimal_mark(["36", "7,5"]), decimal_mark(["36.5", "7"])
    (',', '.')
    >>> decimal_mark(["36,5", "7,5", "8.5"])
    ','
    """
    cells = list(cells)
    commas = [cell for cell in cells if "," in cell and "." not in cell]
    if sum("." in cell for cell in cells) >= max(len(commas), 1):
        return "."
    if commas and all(_GROUPED.fullmatch(cell) and not cell.startswith("0") for cell in map(without_sign, commas)):
        raise InvalidValue(
            f"the comma in {clip(commas[0])!r} may separate decimals or thousands, and no other number decides it",
            "Say which: --decimal , or --thousands ,",
        )
    return "," if commas else "."


def has_decimals(cell: str, mark: str) -> bool:
    """Whether a cell is a share with decimals behind this mark.

    >>> has_decimals("7.5%", "."), has_decimals("7", "."), has_decimals("-7.5", ".")
    (True, False, False)
    """
    return bool(re.fullmatch(rf"[<>~]?\s*\d{{1,3}}{re.escape(mark)}\d+\s*[{SIGNS}]?", cell, re.ASCII))


def counts(cells: Iterable[str], decimal: str | None, thousands: str | None = None) -> Marks:
    """Decide how whole numbers such as sample sizes are written.

    Parameters
    ----------
    cells : iterable of str
        The column, without its nulls.
    decimal : str or None
        Decimal mark of the shares of the same file; None where all of them are whole numbers.
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
        return Marks(decimal or _OTHER.get(thousands, "."), thousands)
    marks = {match[1] for cell in cells if (match := _GROUPED.fullmatch(cell.strip()))}
    if not marks:
        return Marks(decimal or ".")
    if len(marks) > 1:
        raise InvalidValue(f"the column separates thousands by {' and '.join(map(repr, sorted(marks)))}")
    mark = marks.pop()
    if mark == decimal:
        raise InvalidValue(
            f"{mark!r} separates decimals in the shares of this file, and may separate thousands in this column",
            f"Say which: --thousands '{mark}' with --decimal '{',' if mark == '.' else '.'}', or --thousands ''.",
        )
    return Marks(decimal or _OTHER.get(mark, "."), mark)


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
