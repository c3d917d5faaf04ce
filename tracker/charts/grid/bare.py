"""Axes without lines, ticks and numbers."""

from __future__ import annotations

from matplotlib.axes import Axes

from tracker.charts.look.style import Style
from tracker.charts.page.artists import straight


def bare(ax: Axes, style: Style) -> None:
    """Take everything from axes that is no content; a title of theirs stays."""
    ax.set_facecolor(style.background)
    ax.grid(False)
    for spine in ax.spines.values():
        spine.set_visible(False)
    straight(ax)
    ax.set_xticks([])
    ax.set_yticks([])
