"""Figures as they were first stated beside what they are now, and which of them were revised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from tracker.analysis.decimals import difference, exact
from tracker.analysis.readings import Reading, readings
from tracker.charts.picture import Picture, Series, prepare
from tracker.errors import TrackerError
from tracker.frames import check, one_market

MOST = 8
"""Where nobody is asked for, so many of those that were revised have a colour."""

EDITION = ["url", "citation", "published", "known_from"]
"""Columns that tell editions from each other."""

HINT = "Both frames are made by tracker.query.firsts.first_and_now."


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure twice.

    Parameters
    ----------
    first, now : Reading
        As it was first stated, and as it is.
    kind : str
        ``same``; ``revised``; ``closer``, where it is printed in another way that agrees with the first; or
        ``corrected``, where the figure now is one that was corrected here.
    twice : bool
        Whether several editions of it are recorded: of one alone, nobody knows whether it was revised.
    """

    first: Reading
    now: Reading
    kind: str
    twice: bool = True

    @property
    def points(self) -> float | None:
        """Difference of the two, in points; None where one of them is no number."""
        if self.first.value is None or self.now.value is None:
            return None
        return difference(self.now.value, self.first.value)


@dataclass(frozen=True, slots=True)
class Revised:
    """Everything that is drawn.

    Parameters
    ----------
    picture : Picture
        The figures now, in their roles.
    firsts : dict of str to tuple of Reading
        Entity to its first figures, by date.
    pairs : tuple of Pair
        Of every figure that is in both.
    withdrawn, added : int
        How many have no figure now, and how many no first one.
    asked : bool
        Whether somebody said what it is about.
    data : pandas.DataFrame
        The rows of both, with the column release: ``first`` or ``now``.
    """

    picture: Picture
    firsts: dict[str, tuple[Reading, ...]]
    pairs: tuple[Pair, ...]
    withdrawn: int
    added: int
    asked: bool
    data: pd.DataFrame

    def of(self, series: Series) -> list[Pair]:
        """Return the revised pairs of one series, by date."""
        return [pair for pair in self.pairs if pair.kind == "revised" and pair.now.entity == series.name]

    @property
    def named(self) -> list[str]:
        """Entities that have a colour."""
        return [series.name for series in self.picture.series if series.role != "context"]

    @property
    def subject(self) -> list[Pair]:
        """The pairs that the title counts: of those that are asked for, else all."""
        return [pair for pair in self.pairs if not self.asked or pair.now.entity in self.named]

    def first_of(self, pair: Pair) -> pd.Series:
        """Return the row of the first figure of a pair."""
        return self.data.iloc[pair.first.row]

    def retold(self, pair: Pair) -> bool:
        """Whether the first figure was read where others retell the source."""
        return str(self.first_of(pair)["citation_kind"]) == "secondary"


def pair_up(first: pd.DataFrame, now: pd.DataFrame, focus: Sequence[str] | str | None) -> Revised:
    """Pair the figures of two frames of one market.

    Raises
    ------
    MixedMarkets
        If they hold several markets.
    UnknownName
        If an entity of the focus has no row now.
    TrackerError
        If there is nothing to draw, or one frame has two figures of one entity and period.
    """
    for frame in (first, now):
        _refuse_twice(check(frame))
    if len(now):
        one_market(pd.concat([first[["market"]], now[["market"]]]).astype("str"))
    before, stands = _keys(first), set(_keys(now))
    kept = first[pd.Series([key in stands for key in before], index=first.index, dtype=bool)]
    both = pd.concat([kept.assign(release="first"), now.assign(release="now")], ignore_index=True)
    earlier, later = _by_key(kept, 0), _by_key(now, len(kept))
    corrected = both["corrected_from"].notna().tolist()
    pairs = tuple(_pair(earlier[key], reading, both, corrected) for key, reading in later.items() if key in earlier)
    chosen = focus if focus else _most_revised(pairs) or sorted({entity for entity, _ in later})[:1]
    picture = prepare(now, chosen, "linear")
    firsts: dict[str, list[Reading]] = {}
    for (entity, _), reading in earlier.items():
        firsts.setdefault(entity, []).append(reading)
    drawn = {name: tuple(found) for name, found in firsts.items()}
    return Revised(picture, drawn, pairs, len(first) - len(kept), len(now) - len(kept), bool(focus), both)


def _keys(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(frame["entity"].astype(str), frame["period"].astype(str), strict=True))


def _refuse_twice(frame: pd.DataFrame) -> None:
    twice = frame[frame.duplicated(["market", "entity", "period"])]
    if len(twice):
        row = twice.iloc[0]
        raise TrackerError(f"{row['entity']} has two figures of {row['period']} in one frame", HINT)


def _by_key(frame: pd.DataFrame, offset: int) -> dict[tuple[str, str], Reading]:
    """Return readings by entity and period; their row is the one in both frames together."""
    return {
        (name, str(frame["period"].iloc[reading.row])): replace(reading, row=reading.row + offset)
        for name, found in readings(frame).items()
        for reading in found
    }


def _pair(first: Reading, now: Reading, both: pd.DataFrame, corrected: list[bool]) -> Pair:
    kind = _kind(first, now, corrected)
    return Pair(first, now, kind, kind in ("revised", "closer") or _twice(both, first.row, now.row))


def _twice(both: pd.DataFrame, first: int, now: int) -> bool:
    """Whether several editions are recorded; where nobody counted them, whether the rows are of two."""
    if "editions" in both:
        count = both["editions"].iloc[now]
        return bool(pd.notna(count) and count > 1)
    rows = both[EDITION].iloc[[first, now]].astype(object)
    return bool((rows.nunique(dropna=False) > 1).any())


def _kind(first: Reading, now: Reading, corrected: list[bool]) -> str:
    if corrected[first.row] or corrected[now.row]:
        return "corrected"
    same = first.qualifier == now.qualifier and first.value == now.value
    if same and (first.value is not None or (first.lowest, first.highest) == (now.lowest, now.highest)):
        return "same"
    return "closer" if _agree(first, now) else "revised"


def _agree(first: Reading, now: Reading) -> bool:
    """Whether one is the other, printed with fewer decimals, or a bound or range that the other lies within."""
    if first.value is None or now.value is None:
        return bool(exact(first.lowest) < exact(now.highest) and exact(now.lowest) < exact(first.highest))
    if first.qualifier == "~" or now.qualifier == "~":
        return first.value == now.value
    steps = sorted(_decimals(reading) for reading in (first, now))
    half = exact(0.5).scaleb(-steps[0])
    return steps[0] < steps[1] and bool(abs(exact(first.value) - exact(now.value)) <= half)


def _decimals(reading: Reading) -> int:
    return len(reading.printed.lstrip("~<>").partition(".")[2])


def _most_revised(pairs: Sequence[Pair]) -> list[str]:
    """Return who was revised, by the greatest revision of each."""
    greatest: dict[str, float] = {}
    for pair in pairs:
        if pair.kind == "revised":
            name = pair.now.entity
            greatest[name] = max(greatest.get(name, 0.0), abs(pair.points or 0.0))
    return sorted(greatest, key=lambda name: (-greatest[name], name))[:MOST]
