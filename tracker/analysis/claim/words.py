"""What the percent signs in a sentence say; the words around them are not interpreted."""

from __future__ import annotations

import re

from tracker.analysis.claim.question import GIVE, Question
from tracker.analysis.decimals import MINUS
from tracker.errors import InvalidValue, UsageProblem
from tracker.values import Period, Share

_NUMBER = rf"[<>~]?\s?[+{MINUS}-]?(?:\d[\d.,'/{MINUS}-]*)?\d"
_MARKED = re.compile(rf"(?<![\w.,])({_NUMBER})\s?(?:[%％]|per\s?cent\b)(?!\s*-?\s*points?\b)", re.IGNORECASE)
"""A number behind which a percent sign stands; 4 % points, or 4 percentage points, are none."""


def with_words(asked: Question | None, text: str, since: Period | None, until: Period | None) -> Question:
    """Return the figures that were given, else those that the words of a claim mark with a percent sign.

    Parameters
    ----------
    asked : Question or None
        What was given; None where no figure was.
    text : str
        The claim. Only numbers before ``%``, ``percent`` or ``per cent`` are read, in their order; what the
        words around them mean is not guessed.
    since, until : Period or None
        The times that were given.

    Raises
    ------
    UsageProblem
        Unless there are two for two times, or one for one time, in a form that is understood.

    Examples
    --------
    >>> print(with_words(None, "fell from 7% to 3 percent", Period.parse("2025-02"), Period.parse("2025-04")))
    7% in 2025-02, 3% in 2025-04
    """
    if asked is not None:
        return asked
    found = [_read(match[1]) for match in _MARKED.finditer(text)]
    one_time = (since is None) != (until is None) or (since is not None and since == until)
    if len(found) == 2 and since and until:
        return Question(since, until, before=found[0], after=found[1])
    if len(found) == 1 and one_time:
        return Question(since, until, share=found[0])
    said = {0: "no number with a percent sign", 1: "one number with a percent sign"}
    count = said.get(len(found), f"{len(found)} numbers with a percent sign")
    times = "no time is given" if since is until is None else "one time is given" if one_time else "two times are given"
    raise UsageProblem(
        f"the claim has {count}, and {times}: which is which is not guessed",
        f"Give the figures with {GIVE}, and when with --from PERIOD and --to PERIOD.",
    )


def _read(printed: str) -> Share:
    try:
        return Share.parse(printed)
    except InvalidValue:
        raise UsageProblem(
            f"{printed.strip()!r} before a percent sign is not read as a share: it is not a number from 0 to 100 with a"
            " decimal point, alone",
            f"Give the figures with {GIVE}.",
        ) from None
