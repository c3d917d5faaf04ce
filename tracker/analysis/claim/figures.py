"""One claimed share against the readings of its period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.analysis.claim.question import Figure
from tracker.analysis.claim.spans import span_of, supports
from tracker.analysis.claim.stored import Stored, Telling, by_time, extreme, hull, within
from tracker.analysis.decimals import plain
from tracker.values import Share

SUPPORTED, CONTRADICTED, CANNOT_TELL = "supported", "contradicted", "cannot tell"


@dataclass(frozen=True, slots=True)
class Judged:
    """One claimed figure with its verdict.

    Parameters
    ----------
    figure : Figure
        What was claimed.
    verdict : str
        One of `tracker.values.VERDICTS`.
    because : str
        Why, in a sentence without its full stop.
    reading : Stored or None
        The reading that it was held against; None for a change, and where there is none.
    readings : tuple of Stored
        All readings of its period, in the order of time.
    notes : tuple of str
        What a reader should know beside it.
    hint : str
        What a figure that fails may have been before it was misread; '' where nothing is near.
    """

    figure: Figure
    verdict: str
    because: str
    reading: Stored | None = None
    readings: tuple[Stored, ...] = ()
    notes: tuple[str, ...] = ()
    hint: str = ""


def judge_share(figure: Figure, series: Sequence[Stored], *, as_one: bool = True) -> Judged:
    """Hold one claimed share against a series.

    Parameters
    ----------
    figure : Figure
        A ``before``, an ``after`` or a ``share``.
    series : sequence of Stored
        All readings of the entity in the market.
    as_one : bool
        See `tracker.analysis.claim.stored.within`.

    Returns
    -------
    Judged
        With several readings in the period, a ``before`` is held against the first of them, an ``after``
        against the last, and a ``share`` against every one. It is contradicted only where it lies outside all
        that the readings span: between two of them the share may have passed through it. And it is not
        contradicted where another page, whose report competes with the stored one, says it.
    """
    claimed = figure.claimed
    assert isinstance(claimed, Share)
    found = within(series, figure.periods[0], as_one=as_one)
    if not found:
        return Judged(figure, CANNOT_TELL, _nothing(figure, series))
    bearing = [one for one in found if supports(one.share, claimed)]
    chosen = _chosen(figure, found, bearing)
    verdict = _verdict(figure, found, bearing, chosen)
    judged = Judged(figure, verdict, _because(claimed, chosen, verdict), chosen, tuple(found))
    return _with_rivals(replace(judged, notes=_several(figure, found, bearing, chosen, verdict)), claimed)


def _chosen(figure: Figure, found: list[Stored], bearing: list[Stored]) -> Stored:
    """The reading that decides; for a share of a whole period the one that speaks most clearly against it."""
    if figure.role in ("before", "after"):
        return found[0 if figure.role == "before" else -1]
    return next((one for one in found if one not in bearing), found[-1])


def _verdict(figure: Figure, found: list[Stored], bearing: list[Stored], chosen: Stored) -> str:
    if chosen in bearing:
        return SUPPORTED
    assert isinstance(figure.claimed, Share)
    return CANNOT_TELL if bearing or span_of(figure.claimed).meets(hull(found)) else CONTRADICTED


def _because(claimed: Share, chosen: Stored, verdict: str) -> str:
    unit = chosen.whole.unit
    stored = f"{chosen.share}{unit} is stored for {chosen.period}"
    span = span_of(chosen.share)
    reach = f"{plain(float(span.low))} to {plain(float(span.high))}"
    rounded = str(chosen.share) != reach.replace(" to ", "..") and span.low != span.high
    if verdict == SUPPORTED:
        if chosen.share.agrees(claimed):
            return stored
        about = not span_of(claimed).holds(span)
        return f"{stored}, {'which is no more than about that' if about else f'which lies within {claimed}{unit}'}"
    if verdict == CANNOT_TELL and span_of(claimed).meets(span):
        coarse = span.holds(span_of(claimed))
        why = f": too coarse for {claimed}{unit}" if coarse else f": on both sides of what rounds to {claimed}{unit}"
        return f"{stored}, which can be {reach}{why}"
    return f"{stored}, which can be {reach}" if rounded else stored


def _several(
    figure: Figure, found: list[Stored], bearing: list[Stored], chosen: Stored, verdict: str
) -> tuple[str, ...]:
    """Say how many readings there are, which one was meant, and where else among them the figure stands."""
    if len(found) == 1:
        return ()
    meant = {"before": "the first is held against the claim", "after": "the last is held against the claim"}
    lowest, highest = (pick(found, key=lambda one: one.level) for pick in (min, max))
    every = meant.get(figure.role, "every one is held against the claim")
    notes = [
        f"{len(found)} readings lie in {figure.period}, {found[0].printed} to {found[-1].printed}, from"
        f" {lowest.share} to {highest.share}{chosen.whole.unit}: {every}"
    ]
    if verdict != SUPPORTED and bearing:
        ranked = sorted(bearing, key=lambda one: not extreme(one, found))
        which = extreme(ranked[0], found) or "one"
        notes.append(f"{ranked[0].printed}, {which} of them, would bear it out")
    elif verdict == CANNOT_TELL:
        notes.append(f"between them the share may have been {figure.claimed}{chosen.whole.unit}")
    return tuple(notes)


def _with_rivals(judged: Judged, claimed: Share) -> Judged:
    """Add what else is said of these facts; a page that says what is claimed keeps it from being contradicted."""
    verdict, notes = judged.verdict, list(judged.notes)
    for one in judged.readings:
        rivals = one.others(agreeing=False)
        bearing = tuple(told for told in rivals if supports(told.share, claimed))
        past = _gone(one, claimed, bearing)
        if judged.verdict == SUPPORTED:
            shown, past = (rivals if one is judged.reading else ()), []
        else:
            shown, verdict = bearing, CANNOT_TELL if bearing else verdict
        notes += [f"another page says {told.share}{one.whole.unit} for {one.period}: {told.citation}" for told in shown]
        notes += [_past(one, told) for told in past]
    return replace(judged, verdict=verdict, notes=tuple(dict.fromkeys(notes)))


def _gone(one: Stored, claimed: Share, bearing: Sequence[Telling]) -> list[Telling]:
    """What was printed, or stood here, and says what is claimed; each share of a page once."""
    known = {(told.share, told.citation) for told in bearing}
    past = []
    for told in one.tellings:
        if told.how != "report" and supports(told.share, claimed) and (told.share, told.citation) not in known:
            known.add((told.share, told.citation))
            past.append(told)
    return past


def _past(one: Stored, told: Telling) -> str:
    if told.how == "printed":
        return f"{told.share}{one.whole.unit} is what the source prints for {one.period}; corrected here: {told.until}"
    return f"{told.share}{one.whole.unit} stood here for {one.period} until {told.until}: {told.citation}"


def _nothing(figure: Figure, series: Sequence[Stored]) -> str:
    """Say that there is no reading, and which are nearest in time."""
    period = figure.periods[0]
    if not series:
        return "nothing is stored of this entity in this market"
    covering = [one for one in series if one.period.start <= period.start and period.end <= one.period.end]
    if covering:
        one = min(covering, key=lambda one: one.period.days)
        return f"no reading lies in {period}; {one.printed} covers it, and more than it"
    ordered = by_time(series)
    earlier = [one for one in ordered if one.period.end < period.start][-1:]
    later = [one for one in ordered if one.period.start > period.end][:1]
    near = [*earlier, *later] or ordered[:1]
    return f"no reading lies in {period}; nearest in time: {' and '.join(one.printed for one in near)}"


def between(figure: Figure, series: Sequence[Stored], judged: Judged, whole: Sequence[Stored]) -> tuple[str, ...]:
    """Name the readings between the two times of a claim that say a figure which fails at its own time.

    Parameters
    ----------
    figure : Figure
        The one that fails.
    series : sequence of Stored
        Readings from the first to the last time of the claim, in the order of time.
    judged : Judged
        What was found for it.
    whole : sequence of Stored
        The readings that a peak is a peak among.
    """
    assert isinstance(figure.claimed, Share)
    bearing = [one for one in series if one not in judged.readings and supports(one.share, figure.claimed)]
    ranked = sorted(bearing, key=lambda one: not extreme(one, whole))[:1]
    return tuple(
        f"{one.printed}, {extreme(one, whole) or 'a reading'} between the two, would bear it out" for one in ranked
    )
