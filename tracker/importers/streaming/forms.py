"""Whether all dates of a long file tell the form that those of its head told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tracker.importers.judgement import dates
from tracker.importers.streaming.large import Unsuited

_ORDER = list(dates.FORM_NAMES)


def check_form(judged: dates.Dates, below: Iterable[str], apart: Counter[str]) -> None:
    """See that no other form reads as many dates: as `tracker.importers.judgement.dates.judge` counts them.

    Parameters
    ----------
    judged : Dates
        What the head told; nobody declared it.
    below : iterable of str
        Distinct dates that were read in this form, each in one row or more.
    apart : Counter of str
        The others, read or not, and in how many rows they stand.

    Raises
    ------
    Unsuited
        If another form may be the one, or nobody could tell.
    """
    read = list(below)
    form = judged.form
    wrong = sum(count for text, count in apart.items() if not dates.reads(form, text.strip()))
    for other in _ORDER:
        if other == form or _misses(other, read, apart, wrong):
            continue
        # Where both read all, the first of them is taken; but which of day and month is first, nobody can tell.
        if wrong or {form, other} == {"dmy", "mdy"} or _ORDER.index(other) < _ORDER.index(form):
            raise Unsuited


def _misses(other: str, read: Iterable[str], apart: Counter[str], wrong: int) -> bool:
    """Whether another form reads fewer dates than the judged one, which misses so many."""
    missed = sum(count for text, count in apart.items() if not dates.reads(other, text.strip()))
    if missed > wrong:
        return True
    for text in read:
        missed += not dates.reads(other, text.strip())
        if missed > wrong:
            return True
    return False
