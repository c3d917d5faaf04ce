"""Months by their names."""

from __future__ import annotations

_ENGLISH = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)


def month_number(name: str) -> int | None:
    """Return 1 to 12 for an English month, whole or cut to three letters or more; None for another word.

    >>> month_number("Sept"), month_number("Marchen")
    (9, None)
    """
    word = name.lower()
    for number, month in enumerate(_ENGLISH, 1):
        if len(word) >= 3 and month.startswith(word):
            return number
    return None
