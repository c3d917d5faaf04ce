"""Title, subtitle and kicker of the line chart: the finding, what is counted, and warnings."""

from __future__ import annotations

from tracker.charts.axis.scales import NAMES
from tracker.charts.picture import Picture
from tracker.charts.words.dates import when
from tracker.charts.words.finding import FORECAST, Finding, finding
from tracker.charts.words.numbers import published
from tracker.charts.words.prose import capital, joined, possessive, spoken_pair
from tracker.charts.words.signs import STATUS
from tracker.charts.words.subject import is_index, subject_of, whole_of

KICKERS = {"F": "INCLUDES FORECASTS", "P": "PROVISIONAL FIGURES", "E": "INCLUDES ESTIMATES"}

LONG = 28
"""Names longer than this are shortened in the last of the titles, letters."""


def titles(picture: Picture) -> list[str]:
    """Say the finding, from the fullest sentence to the shortest; all are true."""
    found, name = finding(picture.main), picture.main.name
    subject = subject_of(name, picture.market)
    short = f"{possessive(name)} {'index' if is_index(picture.market) else 'share'}"
    full, brief, bare = _told(picture, found)
    others = [f"{bare}{other}" for other in _others(picture, found)]
    said = [f"{start} {text}" for start in (subject, short) for text in others]
    said += [f"{subject} {full}", f"{subject} {brief}", f"{short} {full}", f"{short} {brief}", f"{short} {bare}"]
    said.append(f"{name} {bare}")
    if len(name) > LONG:
        said.append(f"{name[: LONG - 2].rstrip()}… {bare}")
    return list(dict.fromkeys(said))


def subtitle(picture: Picture) -> str:
    """Say what is counted, among whom, where, how often, and in which unit."""
    market = picture.market
    counted = market.get("counted", "")
    index = is_index(market)
    head = f"{capital(counted)}, interest index, peak = 100" if index else f"Share of {whole_of(counted)}"
    parts = [head, *(market.get(name, "") for name in ("population", "region", "platform", "frequency"))]
    known = [part for part in dict.fromkeys(parts) if part and part != "irregular"]
    scale = [NAMES[picture.scale]] if picture.scale in NAMES else []
    return ", ".join([*known, *([] if index else ["%"]), *scale])


def kicker(picture: Picture) -> str:
    """Warn of figures of the named series that are not settled; mostly there is nothing to warn of."""
    marks = {reading.status for series in picture.series if series.role != "context" for reading in series.readings}
    found = [mark for mark in KICKERS if mark in marks]
    if len(found) < 2:
        return "".join(KICKERS[mark] for mark in found)
    return f"{joined([STATUS[mark] for mark in found])} figures".upper()


def _told(picture: Picture, found: Finding) -> tuple[str, str, str]:
    """Tell the finding with both times, with less of them, and with none."""
    first, last = published(found.base, picture.unit), published(found.last, picture.unit)
    early, late = spoken_pair(found.base, found.last)
    is_, bare = ("is forecast at" if found.last.status == FORECAST else "was"), _bare(found, picture.unit)
    if found.change is None:
        return f"{is_} {last} {late}", f"{is_} {last} {late}", f"{is_} {last}"
    if found.verb == "peaked":
        few = picture.main.few
        fell = f"then fell to {last}{f' {late}' if few or found.sooner else ''}"
        full = f"peaked at {first} {early if few else when(found.base)}, {fell}"
        return full, f"peaked at {first} {when(found.base)}, {bare.split(', ', 1)[1]}", bare
    if found.last.status == FORECAST:
        return f"is forecast at {first} {early} and {last} {late}", bare, bare
    if found.verb == "was":
        again = "again" if first == last else last
        return f"was {first} {early} and {again} {late}", bare, bare
    return f"{found.verb} from {first} {early} to {last} {late}", bare, bare


def _bare(found: Finding, unit: str) -> str:
    """Tell a finding without its times, unless these are not the ends of the series."""
    first, last = published(found.base, unit), published(found.last, unit)
    if found.later and found.verb != "peaked" and found.change is not None:
        first = f"{first} {when(found.base)}"
    if found.sooner or (found.later and found.change is None):
        last = f"{last} {when(found.last)}"
    if found.last.status == FORECAST:
        return f"is forecast at {last}"
    if found.change is None:
        return f"was {last}"
    if found.verb == "peaked":
        return f"peaked at {first}, then fell to {last}"
    if found.verb != "was":
        return f"{found.verb} from {first} to {last}"
    return f"was {first} first and last" if first == last else f"was {first} and later {last}"


def _others(picture: Picture, found: Finding) -> list[str]:
    """Go on with the other named series: with all of them, and with the first of them only."""
    told = [(series, finding(series)) for series in picture.series if series.role == "named"]
    if not told:
        return []
    series, other = told[0]
    owned, rest = possessive(series.name), _bare(other, picture.unit)
    if other.moved is not None and other.verb == found.verb and found.verb in ("fell", "rose"):
        one = f", and {owned} {rest.removeprefix(f'{other.verb} ')}"
    else:
        one = f", while {owned} {rest}"
    if len(told) == 1:
        return [one]
    clauses = [f"{possessive(series.name)} {_bare(other, picture.unit)}" for series, other in told]
    return [f"; {'; '.join(clauses[:-1])}; and {clauses[-1]}", one]
