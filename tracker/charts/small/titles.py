"""Title, subtitle and kicker of small multiples: how many rose and fell, or how far the wholes are apart."""

from __future__ import annotations

from dataclasses import replace

from tracker.analysis.change import Change, change
from tracker.analysis.readings import Reading
from tracker.charts.axis.scales import NAMES
from tracker.charts.small.choice import Choice, Panel
from tracker.charts.words import titles as alone
from tracker.charts.words.dates import when
from tracker.charts.words.finding import FORECAST, finding
from tracker.charts.words.numbers import published
from tracker.charts.words.prose import joined, possessive, spoken_pair

LENGTHS = ("over ", "around ")
"""So periods of several days start when they are said."""


def moved(panel: Panel) -> Change | None:
    """Return the change from the first settled reading to the last, where it is more than rounding and no break."""
    whole = _change(panel)
    return whole if whole and whole.direction in ("fell", "rose") else None


def titles(choice: Choice) -> list[str]:
    """Say the finding, from the fullest sentence to the shortest; all are true."""
    if len(choice.panels) == 1 and len(choice.markets) < 2:
        picture = choice.panels[0].picture
        main = replace(picture.series[0], role="main")
        return alone.titles(replace(picture, series=(main, *picture.series[1:])))
    return _of_entities(choice) if choice.by == "entity" else _of_markets(choice)


def subtitle(choice: Choice) -> str:
    """Say what is counted and in which unit, and what may be compared."""
    first, several = choice.panels[0], len(choice.panels) > 1
    if choice.by == "entity" or not several:
        grey = "Each panel repeats the others in grey, on one scale" if several else ""
        if len(choice.markets) > 1:
            said = alone.subtitle(first.picture)
            said = f"share of {said.removeprefix('Share of ')}" if said.startswith("Share of ") else said
            return f"One of {len(choice.markets)} markets is drawn: {said}"
        grey = grey or ("The others are grey" if len(first.picture.series) > 1 else "")
        return ". ".join(text for text in (alone.subtitle(first.picture), grey) if text)
    units = {panel.unit for panel in choice.panels}
    what = "An interest index in each panel" if units == {""} else "Share of another whole in each panel, %"
    mixed = ", or an index" if len(units) > 1 else ""
    bent = "".join(f", {NAMES[scale]}" for scale in choice.scales)
    return f"{what}{mixed}{bent}: heights are not to be compared between panels"


def kicker(choice: Choice) -> str:
    """Warn of figures in colour that are not settled."""
    series = tuple(panel.series for panel in choice.panels)
    return alone.kicker(replace(choice.panels[0].picture, series=series))


def _of_entities(choice: Choice) -> list[str]:
    counts, times = _counted(choice), _times(choice)
    whole = _whole(choice)
    most = _mover(choice) if times else ""
    cut = any(panel.forecast for panel in choice.panels)
    ends = times or f" from the first figure to the last{' settled one' if cut else ''}"
    pair = [_both(choice)] if len(choice.panels) == 2 else []
    lead = [f"{whole}: {text}" for text in pair if whole] + pair
    full = [f"{whole}: {counts[0].lower()}{counts[1:]}{ends}"] if whole else []
    return [*lead, *([f"{counts}{ends}{most}"] if most else []), *full, f"{counts}{ends}", counts]


def _whole(choice: Choice) -> str:
    market = choice.panels[0].picture.market
    return f"{possessive(market['source'])} {market['counted']}" if {"source", "counted"} <= set(market) else ""


def _counted(choice: Choice) -> str:
    """Count who rose and who fell; the rest did neither beyond rounding."""
    verbs = [change_.direction for panel in choice.panels if (change_ := moved(panel))]
    rose, fell, count = verbs.count("rose"), verbs.count("fell"), len(choice.panels)
    for number, verb in ((rose, "rose"), (fell, "fell")):
        if number == count:
            return f"All {count} named {verb}"
    told = joined([f"{number} {verb}" for number, verb in ((rose, "rose"), (fell, "fell")) if number])
    return f"Of {count} named, {told or 'none clearly rose or fell'}"


def _times(choice: Choice) -> str:
    """Say the two ends where all panels have the same, else nothing."""
    ends = {(panel.settled[0].period, panel.settled[-1].period) for panel in choice.panels}
    first, last = choice.panels[0].settled[0], choice.panels[0].settled[-1]
    if len(ends) > 1 or first.period == last.period:
        return ""
    early, late = spoken_pair(first, last)
    if early.startswith("in ") and late.startswith("in "):
        return f" between {early[3:]} and {late[3:]}"
    if any(text.startswith(LENGTHS) for text in (early, late)):
        return f" between the first and the last figure ({_bare(early)} to {_bare(late)})"
    return f" from {_bare(early)} to {_bare(late)}"


def _bare(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first in ("in", "on", "at", "over") else text


def _mover(choice: Choice) -> str:
    """Name who moved most, where that holds whatever was rounded away."""
    found = [(panel, change_) for panel in choice.panels if (change_ := moved(panel))]
    if len(found) < 2 or len(choice.panels) < 3:
        return ""
    panel, most = max(found, key=lambda pair: _reach(pair[1])[0])
    others = [other for p in choice.panels if p is not panel and (other := _change(p))]
    if any(_reach(other)[1] >= _reach(most)[0] for other in others):
        return ""
    first, last = panel.settled[0], panel.settled[-1]
    values = f"from {published(first, panel.unit)} to {published(last, panel.unit)}"
    return f", {panel.series.name} the most: {values}"


def _change(panel: Panel) -> Change | None:
    """Return the change between the ends that may be compared: settled ones, without a break in between."""
    found = panel.settled
    if len(found) < 2 or panel.broken or found[-1].status == FORECAST:
        return None
    return change(found[0], found[-1])


def _reach(one: Change) -> tuple[float, float]:
    """Least and greatest distance that rounding allows, points."""
    ends = abs(one.points_low), abs(one.points_high)
    return (0.0 if one.points_low <= 0 <= one.points_high else min(ends)), max(ends)


def _both(choice: Choice) -> str:
    return ", ".join(_said(panel) for panel in choice.panels)


def _said(panel: Panel) -> str:
    name, found, unit = panel.series.name, panel.settled, panel.unit
    last = published(found[-1], unit)
    if found[-1].status == FORECAST:
        return f"{name} is forecast at {last}"
    if len(found) == 1 or panel.broken:
        return f"{name} was {last}"
    told = moved(panel)
    first = published(found[0], unit)
    if told:
        return f"{name} {told.direction} from {first} to {last}"
    return f"{name} was {last} at both ends" if first == last else f"{name} was {first} and later {last}"


def _of_markets(choice: Choice) -> list[str]:
    """Say between which values the last shares of all markets lie, with a panel or without; an index is none."""
    names = list(dict.fromkeys(panel.series.name for panel in choice.markets))
    who = possessive(names[0]) if len(names) == 1 else f"{possessive(joined(names))}" if len(names) == 2 else "The"
    count = len(choice.markets)
    plain = [f"{joined(names[:2]) if len(names) < 3 else 'Shares'} in {count} markets, each a whole of its own"]
    lasts = [panel.settled[-1] for panel in choice.markets if panel.unit and panel.settled[-1].status != FORECAST]
    if not lasts:
        return plain
    low, high = min(lasts, key=lambda r: r.level), max(lasts, key=lambda r: r.level)
    if low.value is None or high.value is None or low.highest >= high.lowest:
        return plain
    many = len(names) > 1
    span = f"{published(low)} to {published(high)}"
    wholes = f" in {len(lasts)} markets" if len(lasts) > 2 else ""
    why = _why(choice)
    same = {reading.period for reading in lasts}
    if len(same) == 1 and len(lasts) == count:
        head = f"{who} share{'s' if many else ''}{wholes} {'were' if many else 'was'} {span}"
        return [f"{head} {when(lasts[0])}, depending on {why}", f"{head}, depending on {why}", *plain]
    head = f"{who} last published share{'s were' if many else ' was'} {span}{wholes}"
    short = [f"{joined(names)}: last {span}{wholes}"] if len(names) < 3 else []
    return [f"{head}, depending on {why}", head, *short, *plain]


def _why(choice: Choice) -> str:
    markets = [panel.picture.market for panel in choice.markets if panel.unit]
    for name, why in (("counted", "what is counted"), ("source", "who counts"), ("population", "who is counted")):
        if len({market.get(name, "") for market in markets}) > 1:
            return why
    for name, why in (("region", "where it is counted"), ("platform", "the platform")):
        if len({market.get(name, "") for market in markets}) > 1:
            return why
    return "the market"


def told(panel: Panel) -> str:
    """Say the readings of a panel in a sentence, for those who do not see it."""
    found, unit, ahead = panel.settled, panel.unit, panel.forecast
    last = f"{published(found[-1], unit)} {when(found[-1])}"
    then = f", then forecast at {published(ahead, unit)} {when(ahead)}" if ahead else ""
    if len(found) == 1:
        return f"one reading, {last}{then}"
    top: Reading | None = finding(panel.series).peak
    over = f" over a peak of {published(top, unit)} {when(top)}" if top and top is not found[0] else ""
    over = " over a break in the series" if panel.broken else over
    start = f"from {published(found[0], unit)} {when(found[0])}"
    return f"{len(panel.readings)} readings, {start}{over} to {last}{then}"
