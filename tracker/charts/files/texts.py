"""Texts of files in which they can be selected: an effect turns letters into outlines, so rims are taken off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from tracker.charts.look.halo import Halo


def written(fig: Figure) -> list[Text]:
    """Return the texts of a figure that are seen."""
    found = [text for text in fig.findobj(Text) if isinstance(text, Text)]
    return [text for text in found if text.get_visible() and text.get_text()]


def measured(text: str, properties: FontProperties) -> float:
    """Return how long a line of text is, points, kerned and without hinting."""
    return float(text_to_path.get_text_width_height_descent(text, properties, False)[0])


@contextmanager
def lifted(fig: Figure) -> Iterator[dict[Text, Halo]]:
    """Take the rims off for a while, and say what they were."""
    kept = {text: text.get_path_effects() for text in written(fig) if text.get_path_effects()}
    try:
        for text in kept:
            text.set_path_effects([])
        yield {text: effect for text, effects in kept.items() for effect in effects if isinstance(effect, Halo)}
    finally:
        for text, effects in kept.items():
            text.set_path_effects(effects)
