"""Small pieces of prose: names in a list, possessives, and when readings were."""

from __future__ import annotations

from tracker.analysis.readings import Reading
from tracker.charts.words.dates import MONTHS, said, when


def possessive(name: str) -> str:
    """Put a name into the possessive.

    >>> possessive("DeepSeek R1"), possessive("Claude Opus")
    ('DeepSeek R1’s', 'Claude Opus’s')
    """
    return f"{name}’s"


def joined(names: list[str]) -> str:
    """List names in prose.

    >>> joined(["AIbase", "Redcensor", "Rivista.ai"])
    'AIbase, Redcensor and Rivista.ai'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def capital(text: str) -> str:
    """Write the first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def spoken_pair(base: Reading, last: Reading) -> tuple[str, str]:
    """Say when two readings were, the year once where it is the same."""
    same = base.start.year == last.end.year and base.precision not in ("quarter", "half", "year")
    return when(base, year=not same), when(last)


def short_when(reading: Reading, *, year: bool = False) -> str:
    """Say when a reading was, beside its dot: ``Aug 2025``, ``mid-February``; `year` says it of days, too."""
    vague = reading.precision == "approx"
    return said(reading, year=year) if vague else said(reading, year=year or reading.precision != "day", names=MONTHS)
