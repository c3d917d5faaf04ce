"""What is said around a stack: who has how much of the whole, and what is in nobody's layer."""

from __future__ import annotations

from dataclasses import replace

from tracker.analysis.decimals import plain
from tracker.analysis.readings import Reading
from tracker.analysis.totals import total
from tracker.charts.picture import UNSETTLED, Picture
from tracker.charts.stacked.layers import Layers
from tracker.charts.stacked.refusals import printed_sum
from tracker.charts.words.corrections import corrections
from tracker.charts.words.dates import when
from tracker.charts.words.numbers import label_value, published, short
from tracker.charts.words.prose import capital, joined, possessive
from tracker.charts.words.remarks import letter_remark, sampling_remark, some, status_remarks, whole_remark
from tracker.charts.words.signs import STATUS
from tracker.charts.words.sources import source_of
from tracker.charts.words.sums import sums
from tracker.charts.words.titles import kicker, subtitle, titles
from tracker.charts.words.wording import Wording
from tracker.values import Share

LEADERS = 3
"""So many at most are named together in a title."""


def wording(layers: Layers) -> Wording:
    """Return what is said around a stack."""
    picture = layers.picture
    told = [*_leaders(layers), *titles(_asked_for(layers))]
    return Wording(tuple(told), subtitle(picture), tuple(notes(layers)), source_of(picture.data), kicker(picture))


def notes(layers: Layers) -> list[str]:
    """Return the sentences of the note, the most important first."""
    picture = layers.picture
    return [
        *_pale(layers),
        *_whole(layers),
        *_bare(layers),
        *_steps(layers),
        *(["Blank: no figure was published."] if layers.gaps else []),
        *_labels(layers),
        *corrections(picture),
        *sums(_asked_for(layers)),
        *status_remarks(picture.drawn()),
        *whole_remark(picture.market),
        *sampling_remark(picture.drawn()),
        *letter_remark(layers.order),
    ]


def alt(layers: Layers, title: str) -> str:
    """Describe a stack for those who do not see it."""
    drawn = layers.picture.drawn()
    first, last = min(drawn, key=lambda one: one.middle), max(drawn, key=lambda one: one.middle)
    shares = joined([f"{name} {published(one)}" for name, one in layers.last.items()])
    count = len({one.period for one in drawn})
    span = f"{count} periods, the first {when(first)}, the last {when(last)}."
    return f"Stacked area chart: {title}. {subtitle(layers.picture)}. {capital(span)} Last shares: {shares}."


def _leaders(layers: Layers) -> list[str]:
    """Say of the greatest two or three that together they have more than half; nothing where one alone has."""
    ranked = sorted(layers.last.values(), key=lambda one: -one.level)
    named = [one for one in ranked if one.entity not in layers.residual]
    if layers.focus:
        return []
    for count in range(1, min(LEADERS, len(named)) + 1):
        those = named[:count]
        if sum(one.lowest for one in those) > 50:
            return [] if count == 1 else _together(layers, those)
    return []


def _together(layers: Layers, those: list[Reading]) -> list[str]:
    share = total([Share.parse(one.printed) for one in those])
    if share is None or share.value is None or any(one.status == "F" for one in those):
        return []
    names, value = joined([one.entity for one in those]), f"{share}%"
    value = f"about {value[1:]}" if value.startswith("~") else value
    market = layers.picture.market
    counted = market.get("counted", "the whole")
    whole = f"{possessive(market['source'])} {counted}" if "source" in market else counted
    brief = f"{names} together had {value}"
    return [
        f"{brief} of {whole} {when(those[0])}",
        f"{brief} of {counted} {when(those[0])}",
        f"{brief} {when(those[0])}",
    ]


def _pale(layers: Layers) -> list[str]:
    """Say early which figures are not settled: a pale layer would be taken for a matter of style."""
    marks = {one.status for one in layers.picture.drawn()}
    words = [STATUS[mark] for mark in UNSETTLED if mark in marks]
    return [f"Pale: {joined(words)} figures."] if words else []


def _whole(layers: Layers) -> list[str]:
    """Say how the shares make up the whole: what is missing, and what rounding adds."""
    over = layers.top
    more = f"Rounding brings the sum to {plain(over)} at the most. " if over > 100 else ""
    if not all(layers.full):
        who = "unpublished" if layers.residual & set(layers.order) else "others and unpublished"
        return [f"Hatched: what is missing to 100, {who}. {more}No share is scaled."]
    found = sorted(printed_sum(those) for those in layers.periods)
    if found[0] == found[-1] == 100:
        return []
    low, high = plain(found[0]), plain(found[-1])
    return [f"Shares add up to {low if low == high else f'{low} to {high}'} by rounding; none is scaled."]


def _bare(layers: Layers) -> list[str]:
    """Name what has a figure and no layer."""
    bounds = [one for one in layers.bare if one.value is None]
    alone = [one for one in layers.bare if one.value is not None]
    said = []
    if bounds:
        told = some([f"{one.entity} {label_value(one)} {when(one)}" for one in bounds])
        said.append(f"In the rest, for want of a number: {told}.")
    if alone:
        told = some([f"{one.entity} {short(one)}% {when(one)}" for one in alone])
        said.append(f"In the rest, for want of a neighbour in time: {told}.")
    return said


def _steps(layers: Layers) -> list[str]:
    """Say where layers start and end, and who is missing in between."""
    cuts = sum(one.days[-1] == other.days[0] for one, other in zip(layers.blocks, layers.blocks[1:], strict=False))
    if not cuts:
        return []
    return ["A layer starts and ends with its figures: where one is missing it is in the rest, and those above step."]


def _labels(layers: Layers) -> list[str]:
    rounded = any(short(one) != label_value(one, "") for name, one in layers.last.items() if name not in layers.focus)
    said = ["Labels are rounded."] if rounded else []
    gone = [name for name in layers.order if name not in layers.last]
    return [*said, f"Without a label, for want of a last figure: {some(gone, 6)}."] if gone else said


def _asked_for(layers: Layers) -> Picture:
    """Return the picture with the focus alone in colour, or the lowest layer: to tell of all would fill the page."""
    first, *others = layers.picture.series
    series = (first, *(one if one.name in layers.focus else replace(one, role="context") for one in others))
    return replace(layers.picture, series=series)
