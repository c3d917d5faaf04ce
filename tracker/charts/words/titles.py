"""Title, subtitle and kicker of the line chart: the finding, what is counted, and warnings."""

from __future__ import annotations

from tracker.charts.picture import Picture
from tracker.charts.words.dates import when
from tracker.charts.words.finding import Finding, finding
from tracker.charts.words.numbers import published
from tracker.charts.words.prose import capital, possessive, spoken_pair

KICKERS = {"F": "INCLUDES FORECASTS", "P": "PROVISIONAL FIGURES", "E": "INCLUDES ESTIMATES"}


def titles(picture: Picture) -> list[str]:
    """Say the finding, from the fullest sentence to the shortest; all are true."""
    found = finding(picture.main)
    subject, short = _subject(picture), possessive(picture.main.name)
    short_subject = f"{short} {'index' if _is_index(picture) else 'share'}"
    full, brief, bare = _told(picture, found)
    several = [f"{subject} {bare}{other}" for other in _others(picture, found)]
    return list(
        dict.fromkeys([*several, f"{subject} {full}", f"{subject} {brief}", f"{short_subject} {full}"])
        | dict.fromkeys([f"{short_subject} {brief}", f"{short_subject} {bare}", f"{picture.main.name} {bare}"])
    )


def subtitle(picture: Picture) -> str:
    """Say what is counted, among whom, where, how often, and in which unit."""
    market = picture.market
    counted = market.get("counted", "")
    head = f"{capital(counted)}, interest index, peak = 100" if _is_index(picture) else f"Share of {counted}"
    parts = [head, *(market.get(name, "") for name in ("population", "region", "platform", "frequency"))]
    known = [part for part in dict.fromkeys(parts) if part and part != "irregular"]
    return ", ".join([*known, *([] if _is_index(picture) else ["%"]), *(["log scale"] if picture.log else [])])


def kicker(picture: Picture) -> str:
    """Warn of figures of the named series that are not settled; mostly there is nothing to warn of."""
    marks = {reading.status for series in picture.series if series.role != "context" for reading in series.readings}
    return " · ".join(text for mark, text in KICKERS.items() if mark in marks)


def _is_index(picture: Picture) -> bool:
    return picture.market.get("whole") == "index"


def _subject(picture: Picture) -> str:
    market, name = picture.market, possessive(picture.main.name)
    if _is_index(picture):
        return f"{name} interest index"
    counted = market.get("counted", "the whole")
    whole = f"{possessive(market['source'])} {counted}" if "source" in market else counted
    return f"{name} share of {whole}"


def _told(picture: Picture, found: Finding) -> tuple[str, str, str]:
    """Tell the finding with both times, with less of them, and with none."""
    first, last = published(found.base, picture.unit), published(found.last, picture.unit)
    early, late = spoken_pair(found.base, found.last)
    if found.change is None:
        full = f"was {last} {late}"
        return full, full, f"was {last}"
    if found.verb == "peaked":
        few = picture.main.few
        full = f"peaked at {first} {early if few else when(found.base)}, then fell to {last}{f' {late}' if few else ''}"
        bare = f"peaked at {first}, then fell to {last}"
        return full, f"peaked at {first} {when(found.base)}, then fell to {last}", bare
    if found.verb == "was":
        bare = f"was {first} and later {last}"
        return f"was {first} {early} and {last} {late}", bare, bare
    bare = f"{found.verb} from {first} to {last}"
    return f"{found.verb} from {first} {early} to {last} {late}", bare, bare


def _others(picture: Picture, found: Finding) -> list[str]:
    """Go on with the second named series, where both have a plain verb."""
    named = [series for series in picture.series if series.role == "named"]
    if len(named) != 1 or found.verb not in ("fell", "rose"):
        return []
    other = finding(named[0])
    if other.moved is None:
        return []
    first = named[0].readings[0]
    verb = other.moved.direction if other.base is first else ""
    if not verb:
        return []
    again = "" if verb == found.verb else f" {verb}"
    values = f"from {published(first, picture.unit)} to {published(other.last, picture.unit)}"
    return [f", {'and' if not again else 'while'} {possessive(named[0].name)}{again} {values}"]
