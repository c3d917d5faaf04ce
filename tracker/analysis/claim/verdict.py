"""The whole claim: every figure judged, the change worked out anew, and one verdict over all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.analysis.claim.changes import Pair, judge_change, pair
from tracker.analysis.claim.figures import CANNOT_TELL, CONTRADICTED, SUPPORTED, Judged, between, judge_share
from tracker.analysis.claim.misread import misread
from tracker.analysis.claim.question import Question
from tracker.analysis.claim.stored import Stored, by_time, within
from tracker.values import Period


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the stored shares say of a claim.

    Parameters
    ----------
    question : Question
        The claim in figures and periods.
    verdict : str
        ``contradicted`` if any figure is, ``supported`` if all are, else ``cannot tell``.
    figures : tuple of Judged
        Each figure with its own verdict.
    pair : Pair or None
        The two readings that the change is worked out from; None for one time, or where one is missing.
    """

    question: Question
    verdict: str
    figures: tuple[Judged, ...]
    pair: Pair | None

    @property
    def stored(self) -> tuple[Stored, ...]:
        """The readings that decided, each once, in the order of time."""
        found = [one.reading for one in self.figures if one.reading]
        if self.pair is not None:
            found += [self.pair.first, self.pair.last]
        return tuple(by_time(dict.fromkeys(found)))

    @property
    def failed(self) -> tuple[Judged, ...]:
        """The figures that are not supported."""
        return tuple(one for one in self.figures if one.verdict != SUPPORTED)


def judge(question: Question, series: Sequence[Stored]) -> Judgement:
    """Hold a claim against a series.

    Parameters
    ----------
    question : Question
        What is claimed.
    series : sequence of Stored
        All stored readings of one entity in one market.

    Notes
    -----
    *Not valid* for readings of several markets: each is a part of its own whole.
    """
    found = _pair(question, series)
    # A year's own average cannot be both ends of what happened within the year.
    as_one = question.since != question.until or question.share is not None
    breaks = _breaks(found, series)
    figures = []
    for figure in question.figures:
        if figure.role in ("points", "percent"):
            figures.append(judge_change(figure, found, breaks))
        else:
            figures.append(_in_context(judge_share(figure, series, as_one=as_one), question, series))
    moved = found.moved if found else None
    hinted = tuple(replace(one, hint=misread(one, moved)) for one in _not_both(figures))
    return Judgement(question, overall([one.verdict for one in hinted]), hinted, found)


def overall(verdicts: Sequence[str]) -> str:
    """Sum up verdicts.

    >>> overall(["supported", "cannot tell"]), overall(["supported", "contradicted", "cannot tell"])
    ('cannot tell', 'contradicted')
    """
    if CONTRADICTED in verdicts:
        return CONTRADICTED
    return CANNOT_TELL if CANNOT_TELL in verdicts else SUPPORTED


def _ends(question: Question) -> tuple[Period, Period] | None:
    if question.since is None or question.until is None or question.share is not None:
        return None
    return question.since, question.until


def _pair(question: Question, series: Sequence[Stored]) -> Pair | None:
    """The first reading of the one time and the last of the other, unless that is one and the same."""
    ends = _ends(question)
    if ends is None:
        return None
    first, last = (within(series, period, as_one=ends[0] != ends[1]) for period in ends)
    if not first or not last or first[0] == last[-1]:
        return None
    return pair(first[0], last[-1])


def _breaks(found: Pair | None, series: Sequence[Stored]) -> list[Stored]:
    if found is None:
        return []
    ordered = by_time(series)
    span = ordered[ordered.index(found.first) + 1 : ordered.index(found.last) + 1]
    return [one for one in span if one.status == "B"]


def _in_context(judged: Judged, question: Question, series: Sequence[Stored]) -> Judged:
    """Add the peak or trough between the two times, where a figure that fails is right for that."""
    ends = _ends(question)
    if ends is None or judged.verdict == SUPPORTED:
        return judged
    first, last = ends[0].reach()[0], ends[1].reach()[1]
    span = [one for one in by_time(series) if first <= one.period.start and one.period.end <= last]
    return replace(judged, notes=(*judged.notes, *between(judged.figure, span, judged, span)))


def _not_both(figures: list[Judged]) -> list[Judged]:
    """Where one single reading would have to be both what it was before and what it was after, nobody can tell."""
    ends = [one for one in figures if one.figure.role in ("before", "after")]
    if len(ends) < 2 or ends[0].reading is None or ends[0].reading != ends[1].reading:
        return figures
    why = f"{ends[0].reading.printed} is the only reading, and cannot be both the first and the last"
    return [replace(one, verdict=CANNOT_TELL, because=why) if one in ends else one for one in figures]
