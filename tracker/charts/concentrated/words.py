"""What is said around a concentration: how it moved, as far as rounding and the unnamed rest let anybody say."""

from __future__ import annotations

from math import ceil, floor, log10

from tracker.analysis.decimals import plain
from tracker.charts.concentrated.points import Point, Points
from tracker.charts.words.corrections import corrections
from tracker.charts.words.dates import when
from tracker.charts.words.prose import possessive, spoken_pair
from tracker.charts.words.remarks import some, status_remarks, whole_remark
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
    long = [f"{subject} {place} {told}{tail}" for told in (full, bare) for place in (whole, counted)]
    short = "Concentration" if points.measure == "hhi" else "The effective number"
    return list(dict.fromkeys([*long, f"{short} {full}{tail}", f"{short} {bare}{tail}"]))


def verb(points: Points) -> str:
    """Return ``fell`` or ``rose`` where all values that the first and the last point allow agree, else ``was``."""
    first, last = points.all[0], points.all[-1]
    return "fell" if last.high < first.low else "rose" if last.low > first.high else "was"


def number(points: Points, point: Point) -> str:
    """Write a value no finer than its interval is wide; where there is a rest, the interval itself.

    Without a rest the number is that of the published shares; the interval stands in the band.
    """
    unit = 10.0 ** floor(log10(max(point.high - point.low, 1e-9)))
    finest = 1.0 if points.measure == "hhi" else 0.01
    if point.rest <= 0:
        return figure(round(point.value / max(unit, finest)) * max(unit, finest), points.measure)
    unit = max(unit / 10, finest)
    low, high = floor(point.low / unit) * unit, ceil(point.high / unit) * unit
    return f"{figure(low, points.measure)}–{figure(high, points.measure)}"


def figure(value: float, measure: str) -> str:
    """Write a number of the measure: thousands apart, hundredths for an effective number.

    >>> figure(7093.2, "hhi"), figure(1.3, "effective")
    ('7,093', '1.3')
    """
    return f"{round(value):,}" if measure == "hhi" else plain(float(f"{value:.2f}"))


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
        said.append("The line breaks where too little was published; hollow dots mark the ends.")
    if points.refused:
        reasons = dict.fromkeys(reason for _, reason in points.refused)
        periods = some([period for period, _ in points.refused])
        said.append(f"Left out: {periods} ({'; '.join(reasons)}).")
    picture = points.picture
    return [*said, *corrections(picture), *status_remarks(picture.drawn()), *whole_remark(picture.market)]


def alt(points: Points, title: str) -> str:
    """Describe the chart for those who do not see it."""
    found = points.all
    if len(found) == 1:
        said = f"One period: {number(points, found[0])} {when(found[0].reading)}."
    else:
        least, most = min(found, key=lambda one: one.value), max(found, key=lambda one: one.value)
        ends = [f"{number(points, one)} {when(one.reading)}" for one in (found[0], found[-1], least, most)]
        said = f"{len(found)} periods: first {ends[0]}, last {ends[1]}; lowest {ends[2]}, highest {ends[3]}."
    return f"Line chart: {title}. {subtitle(points)}. {said}"


def _told(points: Points) -> tuple[str, str]:
    """Tell first and last with their times, and without."""
    first, last = points.all[0], points.all[-1]
    now = number(points, last)
    if first is last:
        return f"was {now} {when(last.reading)}", f"was {now}"
    before, moved = number(points, first), verb(points)
    early, late = spoken_pair(first.reading, last.reading)
    if moved == "was":
        same = f"was {before} {early} and {now} {late}"
        return same, f"was {before} and later {now}"
    return f"{moved} from {before} {early} to {now} {late}", f"{moved} from {before} to {now}"


def _band(points: Points) -> list[str]:
    """Say what the band and the line are, and how much is left open."""
    line = "the dots count" if points.few else "the line counts"
    allow = "rounding allows"
    if points.open:
        rest = max(point.rest for point in points.all)
        allow = f"rounding and the unnamed rest (up to {plain(rest, 0 if rest >= 10 else 1)}%) allow"
    seen = any(_is_seen(points, point.high - point.low) for point in points.all)
    marks = "dots" if points.few else "line"
    said = [f"The band is what {allow}." if seen else f"What {allow} is no wider than the {marks}."]
    if points.open and points.sure:
        named = sorted({point.named for point in points.sure})
        who = "one" if named == [1] else f"{named[0]}" if len(named) == 1 else f"{named[0]} to {named[-1]}"
        said[0] = f"{said[0][:-1]}; {line} the {who} named alone."
    if any(_is_seen(points, abs(point.inner - point.value)) for point in points.all):
        said.append("In its darker part nobody unnamed is bigger than the smallest named.")
    if any(point.vague for point in points.all):
        said.append("A bar without a dot: too much is unnamed to say more.")
    return said


def _is_seen(points: Points, width: float) -> bool:
    """Whether an interval is wider than the line on paper, about."""
    return width > 0.015 * max(point.high for point in points.all)
