"""The note of small multiples, and the description for those who do not see them."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.analysis.readings import Reading
from tracker.charts.picture import Picture
from tracker.charts.small.choice import Choice
from tracker.charts.small.heads import BROKEN
from tracker.charts.small.scene import spans
from tracker.charts.small.titles import subtitle, told
from tracker.charts.words.corrections import corrections
from tracker.charts.words.numbers import half_unit, published
from tracker.charts.words.prose import capital, joined
from tracker.charts.words.remarks import (
    letter_remark,
    overlap_remark,
    sampling_remark,
    some,
    status_remarks,
    whole_remark,
)
from tracker.charts.words.sums import sums

NAMED = 12
"""So many are named that have no panel; more are counted."""

FEW_NAMED = 3
"""So many where there is room for one panel or two: a long list would find none itself."""


def notes(choice: Choice, asked: bool) -> list[str]:
    """Return the sentences of the note, the most important first."""
    pictures = [panel.picture for panel in choice.panels] if choice.whole is None else [choice.whole]
    drawn = [reading for picture in pictures for reading in picture.drawn()]
    coloured = [reading for panel in choice.panels for reading in panel.readings]
    statuses = coloured if choice.by == "entity" and len(choice.panels) > 1 else drawn
    said = [*_panels(choice), *_marks(choice, pictures), *status_remarks(statuses), *_rounding(choice)]
    for picture in pictures:
        own = [*corrections(picture), *sums(picture), *whole_remark(picture.market)]
        lead = f"{capital(picture.market.get('counted', ''))}: " if choice.by == "market" and own else ""
        said += [f"{lead}{text}" for text in own]
    if choice.by == "entity" and not asked and len(choice.panels) > 1:
        said.append(_order(choice))
    said += [text for picture in pictures for text in overlap_remark(picture.market)]
    said += sampling_remark(coloured)
    return list(dict.fromkeys([*said, *letter_remark(reading.entity for reading in drawn)]))


def _order(choice: Choice) -> str:
    """Say in which order the panels are: by highest share, but for the one that was named."""
    highest = [max(reading.level for reading in panel.readings) for panel in choice.panels]
    if highest[0] >= max(highest):
        return "Panels are in the order of their highest shares."
    return f"After {choice.panels[0].series.name}, panels are in the order of their highest shares."


def _panels(choice: Choice) -> list[str]:
    """Say what has no panel, and what the panels have in common."""
    said = []
    if choice.left_out and choice.by == "market":
        most = NAMED if len(choice.panels) > 2 else FEW_NAMED
        said.append(f"No room for a panel: {some(choice.left_out, most)}.")
    grey = [one.name for one in choice.whole.series if one.role == "context"] if choice.whole else []
    if grey:
        said.append(f"In grey, without a panel: {some(grey, NAMED)}.")
    if choice.by == "market" and len(choice.panels) > 1:
        said.append("Each panel is a whole of its own: heights are not comparable.")
    if choice.off_scale:
        said.append(f"Off this scale and not drawn: {some(choice.off_scale, NAMED)}.")
    if choice.whole is not None and choice.whole.absent:
        said.append(f"Reported as 0 throughout, and not drawn: {some(choice.whole.absent, NAMED)}.")
    if choice.absent:
        said.append(f"No figure of {joined(choice.names)} in {some(choice.absent, NAMED)}.")
    if len(set(spans(choice))) > 1:
        said.append("Panels whose dates lie apart have date axes of their own.")
    return said


def _marks(choice: Choice, pictures: list[Picture]) -> list[str]:
    """Explain the marks that are there."""
    series = [one for picture in pictures for one in picture.series]
    own = [panel.series for panel in choice.panels]
    said = []
    if any(one.ends for one in series if not one.few):
        said.append("A line breaks where no figure was published; hollow dots mark the ends.")
    if any(panel.broken for panel in choice.panels):
        said.append(f"{BROKEN} stands for a break in the series: figures before and after it cannot be compared.")
    if any(one.few and sum(reading.value is not None for reading in one.readings) > 1 for one in series):
        said.append("Dotted lines join figures; they are not data.")
    boxed = [r for one in own if one.few for r in one.readings if r.qualifier not in ("<", ">")]
    if any(half_unit(r) > 0 or r.earliest != r.latest for r in boxed):
        said.append("Boxes show what a figure can mean: its rounding, and the spread of its date.")
    zeros = [one.name for one in series if one.zeros]
    if zeros:
        said.append(f"Triangles on the axis: reported as 0 ({some(list(dict.fromkeys(zeros)), NAMED)}).")
    if any(one.wholes for one in series):
        said.append("Triangles at the top: reported as 100.")
    bare = [reading for one in series for reading in one.readings if reading.value is None]
    if any(reading.qualifier in ("<", ">") for reading in bare):
        said.append("Carets are published bounds.")
    if any(reading.qualifier not in ("<", ">") for reading in bare):
        said.append("Bars are published ranges.")
    return said


def _rounding(choice: Choice) -> list[str]:
    """Say what the bands are, where they are wide enough to be seen."""
    for panel in choice.panels:
        picture = panel.picture if choice.whole is None else choice.whole
        if not panel.series.few and picture.scale == "linear" and _seen(panel.readings, picture.drawn()):
            return ["Bands: rounding of the last printed digit."]
    return []


def _seen(own: Iterable[Reading], drawn: list[Reading]) -> bool:
    top = max(reading.level for reading in drawn)
    return any(half_unit(reading) >= 0.01 * top > 0 for reading in own)


def alt(choice: Choice, title: str) -> str:
    """Describe the panels for those who do not see them."""
    count = len(choice.panels)
    said = [f"Small multiples, {count} panel{'s' if count > 1 else ''}: {title}.", f"{subtitle(choice)}."]
    for panel in choice.panels:
        name = panel.series.name
        where = f"{name}, {panel.heading}" if choice.by == "market" else name
        said.append(f"{where}: {told(panel)}.")
    if choice.whole is not None:
        coloured = set(choice.names)
        rest = [one for one in choice.whole.series if one.name not in coloured]
        listed = [f"{one.name} {published(one.last, choice.whole.unit)}" for one in rest]
        said += [f"In grey only, with their last readings: {some(listed, NAMED)}."] if listed else []
    return " ".join(said)
