"""The style files that are shipped hold the look of the charts."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import matplotlib.style
import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont

import tracker.charts.styles
from tracker.charts.look.settings import style_file
from tracker.charts.look.style import STYLES


@pytest.fixture(params=STYLES)
def style(request):
    return STYLES[request.param]


def test_the_file_is_that_of_the_style(style):
    path = Path(tracker.charts.styles.__file__).with_name(f"{style.name}.mplstyle")
    assert path.read_text() == style_file(style), f"write tracker.charts.look.settings.style_file to {path.name}"


def test_a_plot_of_your_own_looks_like_a_chart(style):
    with matplotlib.style.context(f"tracker.charts.styles.{style.name}"):
        fig = Figure()
        ax = fig.add_subplot()
        lines = [ax.plot([0, 1], [i, 2 * i])[0] for i in range(len(style.tones))]
        title = ax.set_title("Own")
        found = findfont(FontProperties(family=matplotlib.rcParams["font.family"], weight="bold"))
        fig.draw_without_rendering()
    assert [f"#{str(line.get_color()).removeprefix('#')}" for line in lines] == list(map(style.line, style.tones))
    assert to_hex(fig.get_facecolor()) == to_hex(ax.get_facecolor()) == style.background
    assert to_hex(title.get_color()) == style.ink
    assert title.get_fontsize() == style.title_size
    assert not any(ax.spines[side].get_visible() for side in ("left", "right", "top"))
    assert ax.spines["bottom"].get_edgecolor() == to_rgba(style.axis)
    assert ax.spines["bottom"].get_linewidth() == style.axis_width
    grid = ax.yaxis.get_gridlines()[0]
    assert (to_hex(grid.get_color()), grid.get_linewidth()) == (style.grid, style.grid_width)
    assert not ax.xaxis.get_gridlines()[0].get_visible()
    assert Path(found).name == "Lato-Bold.ttf"
    assert Path(found).parent.name == "fonts"


def known() -> dict[str, object]:
    # to read the name of the backend is to choose one
    return {name: matplotlib.rcParams[name] for name in matplotlib.rcParams if name != "backend"}


def test_using_a_style_leaves_no_trace(style):
    before = known()
    with matplotlib.style.context(f"tracker.charts.styles.{style.name}"):
        pass
    assert known() == before
