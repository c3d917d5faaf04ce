"""What a claim says, in figures and periods."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tracker.analysis.claim.amounts import Amount
from tracker.errors import UsageProblem
from tracker.values import Period, Share

GIVE = "--before SHARE --after SHARE, --share SHARE, --points N or --percent N"

OPTIONS = {"since": "--from", "until": "--to"}

NEEDS = {"before": ("since",), "after": ("until",), "points": ("since", "until"), "percent": ("since", "until")}
"""The times that a figure cannot be judged without."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that is claimed.

    Parameters
    ----------
    role : str
        ``before``, ``after``, ``share``, ``points`` or ``percent``.
    claimed : Share or Amount
        What is claimed of it.
    periods : tuple of Period
        The one that a share is of; the two that a change runs between.
    """

    role: str
    claimed: Share | Amount
    periods: tuple[Period, ...]

    @property
    def period(self) -> str:
        """When, in words."""
        return " to ".join(str(period) for period in self.periods)

    def __str__(self) -> str:
        if isinstance(self.claimed, Share):
            return f"{self.claimed}% in {self.period}"
        unit = " points" if self.role == "points" else "%"
        return f"{self.claimed}{unit} from {self.period}"


@dataclass(frozen=True, slots=True)
class Question:
    """A claim as it can be judged.

    Parameters
    ----------
    since, until : Period or None
        When it starts and when it ends.
    before, after : Share or None
        What it was at the first reading of the one, and at the last reading of the other.
    share : Share or None
        What it was all through the one period that is given.
    points, percent : Amount or None
        The change between the two.

    Raises
    ------
    UsageProblem
        If no figure is given, or a figure without its period; all that is wrong is said.

    Examples
    --------
    >>> print(Question(Period.parse("2025-02"), Period.parse("2025-04"), Share.parse("7"), Share.parse("3")))
    7% in 2025-02, 3% in 2025-04
    """

    since: Period | None = None
    until: Period | None = None
    before: Share | None = None
    after: Share | None = None
    share: Share | None = None
    points: Amount | None = None
    percent: Amount | None = None

    def __post_init__(self) -> None:
        wrong = list(_wrong(self))
        if wrong:
            raise UsageProblem("; ".join(wrong), f"Say when with --from PERIOD and --to PERIOD, and what with {GIVE}.")

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every claimed figure with its periods, in the order of time."""
        when = tuple(period for period in (self.since, self.until) if period)
        asked: list[tuple[str, Share | Amount | None, tuple[Period, ...]]] = [
            ("before", self.before, when[:1]),
            ("share", self.share, when[:1]),
            ("after", self.after, when[-1:]),
            ("points", self.points, when),
            ("percent", self.percent, when),
        ]
        return tuple(Figure(role, claimed, periods) for role, claimed, periods in asked if claimed is not None)

    def __str__(self) -> str:
        return ", ".join(map(str, self.figures))

    def to_json(self) -> str:
        """Write it as JSON, to be kept.

        >>> Question(until=Period.parse("2025-05"), share=Share.parse("12.2")).to_json()
        '{"until": "2025-05", "share": "12.2"}'
        """
        given = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return json.dumps({name: str(value) for name, value in given.items() if value is not None}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Question:
        """Read it back."""
        return cls(**{name: _READERS.get(name, Share.parse)(value) for name, value in json.loads(text).items()})


_READERS: dict[str, Callable[[str], Any]] = {
    "since": Period.parse,
    "until": Period.parse,
    "points": Amount.parse,
    "percent": Amount.parse,
}


def _wrong(asked: Question) -> list[str]:
    """Say all that keeps a question from being judged."""
    given = {name for name in ("before", "after", "share", "points", "percent") if getattr(asked, name) is not None}
    times = {name for name in ("since", "until") if getattr(asked, name) is not None}
    wrong = [] if given else ["no figure is claimed"]
    wrong += [
        f"--{name} needs {' and '.join(OPTIONS[time] for time in NEEDS[name] if time not in times)}"
        for name in NEEDS
        if name in given and not times.issuperset(NEEDS[name])
    ]
    if "share" in given:
        wrong += _wrong_time(asked)
        others = [f"--{name}" for name in NEEDS if name in given]
        wrong += [f"--share is of one time, {' and '.join(others)} of two"] if others else []
    if asked.since and asked.until and asked.until.end < asked.since.start:
        wrong.append(f"--to {asked.until} is before --from {asked.since}")
    return wrong


def _wrong_time(asked: Question) -> list[str]:
    if asked.since is asked.until is None:
        return ["--share needs --from or --to"]
    if asked.since and asked.until and asked.since != asked.until:
        return ["--share is of one time: give --from or --to, or the same twice"]
    return []
