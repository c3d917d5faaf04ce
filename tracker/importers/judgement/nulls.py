"""Which cells say that there is no number. Absent is not zero."""

from __future__ import annotations

from collections.abc import Iterable

TOKENS = frozenset({"", "-", "–", "—", "−", "?", "n/a", "not available", ":"})
"""Compared without case and without blanks around. `NA` is not among them: it may be Namibia."""

_LIKELY = frozenset({"na", "nan", "null", "none", "nil", "..", "...", "*", "#n/a", "n.a.", "k.a.", "x", "tbd"})


def is_null(cell: str, further: Iterable[str] = ()) -> bool:
    """Whether a cell says that nothing was reported.

    Parameters
    ----------
    cell : str
        As printed.
    further : iterable of str
        More tokens, as the person gave them.

    Examples
    --------
    >>> is_null(" – "), is_null("0"), is_null("NA"), is_null("NA", ["NA"])
    (True, False, False, True)
    """
    text = cell.strip()
    return text.casefold() in TOKENS or text in further


def likely_null(cell: str) -> bool:
    """Whether a cell that is no number may well say that nothing was reported; the person must say so.

    >>> likely_null("NA"), likely_null("12")
    (True, False)
    """
    return cell.strip().casefold() in _LIKELY
