"""Colours of layers: the hue of each entity, paler where the one beneath would look the same."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.charts.look.style import Style

PALER = 0.38
"""How far every second layer of one hue is mixed with the background."""


def shades(hues: Sequence[str], style: Style) -> list[str]:
    """Return the colour of each layer, from the bottom.

    >>> from tracker.charts.look.style import LIGHT
    >>> shades(["blue", "grey", "grey", "grey"], LIGHT)
    ['#2346b8', '#9aa0a8', '#c0c4c9', '#9aa0a8']
    """
    seen: dict[str, int] = {}
    made = []
    for hue in hues:
        color = style.line(hue)
        count = seen.get(color, 0)
        seen[color] = count + 1
        made.append(mixed(color, style.background, PALER) if count % 2 else color)
    return made


def mixed(color: str, other: str, part: float) -> str:
    """Mix `part` of another colour in.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = [(int(color[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)
