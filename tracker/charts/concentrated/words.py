"""What is said around a concentration: how it moved, as far as rounding and the unnamed rest let anybody say."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.analysis.decimals import plain
from tracker.charts.concentrated.numbers import end, ends, number
from tracker.charts.concentrated.points import Point, Points
from tracker.charts.words.corrections import corrections
from tracker.charts.words.dates import when
from tracker.charts.words.prose import possessive, spoken_pair
from tracker.charts.words.remarks import sampling_remark, some, status_remarks, whole_remark
from tracker.charts.words.sources import source_of
from tracker.charts.words.titles import kicker
from tracker.charts.words.wording import Wording

NAMES = {"hhi": "HHI", "effective": "effective number"}

EXPLAINED = {
    "hhi": "HHI: the sum of the squared shares in percent, from near 0 (many small ones) to 10,000 (one has all).",
    "effective": "Effective number: 10,000 by the HHI, the sum of the squared shares in percent; so many equal ones"
    " would be as concentrated.",
}


def wording(points: Points) -> Wording:
    """Return what is said around the chart."""
    picture = points.picture
    return Wording(
        tuple(titles(points)), subtitle(points), tuple(notes(points)), source_of(picture.data), kicker(picture)
    )


def titles(points: Points) -> list[str]:
    """Say how the concentration moved, from the fullest sentence to the shortest; all are true."""
    market, name = points.picture.market, NAMES[points.measure]
    counted = market.get("counted", "the whole")
    whole = f"{possessive(market['source'])} {counted}" if "source" in market else counted
    subject = "Concentration of" if points.measure == "hhi" else "The effective number of holders of"
    tail = f" ({name})" if points.measure == "hhi" else ""
    full, bare = _told(points)
    ahead = _ahead(points)
    long = [f"{subject} {place} {full}{tail}{ahead}" for place in (whole, counted)] if ahead else []
    long += [f"{subject} {place} {told}{tail}" for told in (full, bare) for place in (whole, counted)]
    short = "Concentration" if points.measure == "hhi" else "The effective number"
    return list(dict.fromkeys([*long, f"{short} {full}{tail}", f"{short} {bare}{tail}"]))


def verb(points: Points) -> str:
    """Return ``fell`` or ``rose`` where all values that the first and the last point allow agree, else ``was``.

    Forecasts are no findings, and nobody rises or falls over a break in a series.
    """
    found = points.settled
    first, last = found[0], found[-1]
    if last.forecast:
        return "is forecast at"
    if _is_broken(found):
        return "was"
    return "fell" if last.high < first.low else "rose" if last.low > first.high else "was"


def subtitle(points: Points) -> str:
    """Say what is measured, of what, where and how often."""
    market = points.picture.market
    head = "Herfindahl–Hirschman index" if points.measure == "hhi" else "Effective number of equal holders"
    parts = [f"{head} of shares of {market.get('counted', 'the whole')}"]
    parts += [market.get(name, "") for name in ("population", "region", "platform", "frequency")]
    return ", ".join(part for part in dict.fromkeys(parts) if part and part != "irregular")


def notes(points: Points) -> list[str]:
    """Return the sentences of the note, the most important first."""
    said = [EXPLAINED[points.measure], *_band(points)]
    if points.few and len(points.sure) > 1:
        said.append("The dotted line joins the figures; it is not data.")
    elif not points.few and len(points.runs) > 1:
        broken = " or a series does" if _is_broken(points.all) else ""
        said.append(f"The line breaks where too little was published{broken}; hollow dots mark the ends.")
    if not points.few and any(after.forecast for run in points.runs for after in run[1:]):
        said.append("Dashed: to a forecast.")
    if points.refused:
        reasons = dict.fromkeys(reason for _, reason in points.refused)
        periods = some([period for period, _ in points.refused])
        said.append(f"Left out: {periods} ({'; '.join(reasons)}).")
    picture = points.picture
    chance = sampling_remark(picture.drawn())
    return [*said, *corrections(picture), *status_remarks(picture.drawn()), *whole_remark(picture.market), *chance]


def alt(points: Points, title: str) -> str:
    """Describe the chart for those who do not see it."""
    found = points.all
    if len(found) == 1:
        said = f"One period: {number(points, found[0])} {when(found[0].reading)}."
    else:
        first, last = (f"{number(points, one)} {when(one.reading)}" for one in (found[0], found[-1]))
        said = f"{len(found)} periods: first {first}, last {last}; {_extremes(points)}."
    return f"Line chart: {title}. {subtitle(points)}. {said}"


def _extremes(points: Points) -> str:
    """Say the lowest and the highest number, which are ends where any is an interval."""
    those = [(one, *ends(points, one)) for one in points.all]
    kind = " end" if any(low < high for _, low, high in those) else ""
    (least, low, _), (most, _, high) = min(those, key=lambda one: one[1]), max(those, key=lambda one: one[2])
    lowest = f"lowest{kind} {end(low, points.measure)} {when(least.reading)}"
    return f"{lowest}, highest{kind} {end(high, points.measure)} {when(most.reading)}"


def _told(points: Points) -> tuple[str, str]:
    """Tell first and last with their times, and without."""
    found = points.settled
    first, last = found[0], found[-1]
    now, moved = number(points, last), verb(points)
    if first is last:
        moved = moved if last.forecast else "was"
        return f"{moved} {now} {when(last.reading)}", f"{moved} {now}"
    before = number(points, first)
    early, late = spoken_pair(first.reading, last.reading)
    if moved not in ("fell", "rose"):
        between = ", with a break in the series between them" if _is_broken(found) else ""
        return f"{moved} {before} {early} and {now} {late}{between}", f"{moved} {before} and later {now}"
    return f"{moved} from {before} {early} to {now} {late}", f"{moved} from {before} to {now}"


def _ahead(points: Points) -> str:
    """Say the last forecast, where it goes on from what is settled."""
    last = points.all[-1]
    if not last.forecast or points.settled[-1].forecast:
        return ""
    return f", and is forecast at {number(points, last)} {when(last.reading)}"


def _is_broken(found: Sequence[Point]) -> bool:
    return any(point.broken for point in found[1:])


def _band(points: Points) -> list[str]:
    """Say what the band and the line are, and how much is left open."""
    line = "the dots count" if points.few else "the line counts"
    allow = "rounding allows"
    if points.open:
        rest = max(point.rest for point in points.all)
        allow = f"rounding and the unnamed rest (up to {plain(rest, 0 if rest >= 10 else 1)}%) allow"
    seen = any(_is_seen(points, point.low, point.high) for point in points.all)
    marks = "dots" if points.few else "line"
    said = [f"The band is what {allow}." if seen else f"What {allow} is no wider than the {marks}."]
    if points.open and points.sure:
        named = sorted({point.named for point in points.sure})
        who = "one" if named == [1] else f"{named[0]}" if len(named) == 1 else f"{named[0]} to {named[-1]}"
        said[0] = f"{said[0][:-1]}; {line} the {who} named alone."
    if any(point.rest > 0 and _is_seen(points, *sorted((point.inner, point.value))) for point in points.all):
        said.append("In its darker part nobody unnamed is bigger than the smallest named.")
    vague = [point for point in points.all if point.vague]
    if vague:
        why = "unnamed" if any(point.rest > 0 for point in vague) else "left open by rounding"
        said.append(f"A bar without a dot: too much is {why} to say more.")
    return said


def _is_seen(points: Points, low: float, high: float) -> bool:
    """Whether what the plot shows of an interval is wider than the line on paper, about."""
    return min(high, points.top) - low > 0.015 * points.top
