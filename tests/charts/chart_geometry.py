"""What a drawn figure says about itself: where its texts are, and which of its lines are data."""

from __future__ import annotations

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from tracker.charts.axis.plane import day_number
from tracker.charts.chart import Chart


def texts(fig: Figure) -> list[tuple[str, Bbox]]:
    """Every visible text with its extent, pixels at 100 dpi."""
    renderer = FigureCanvasAgg(fig).get_renderer()
    found = [text for text in fig.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in found]


def overlaps(fig: Figure, slack: float = 1.0) -> list[tuple[str, str]]:
    """Pairs of texts that cover each other by more than `slack` pixels both ways."""
    pairs = []
    for (one, a), (other, b) in combinations(texts(fig), 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        up = min(a.y1, b.y1) - max(a.y0, b.y0)
        if across > slack and up > slack:
            pairs.append((one, other))
    return pairs


def outside(fig: Figure, slack: float = 0.5) -> list[str]:
    """Texts that leave the figure."""
    wide, high = fig.get_size_inches() * fig.dpi
    return [
        text
        for text, box in texts(fig)
        if box.x0 < -slack or box.y0 < -slack or box.x1 > wide + slack or box.y1 > high + slack
    ]


def data_lines(chart: Chart) -> list[Line2D]:
    """Lines that join readings."""
    return [line for line in chart.ax.lines if not str(line.get_label()).startswith(("_mark", "_link"))]


def places(chart: Chart, *, centred: bool) -> set[tuple[float, float]]:
    """Where the rows of the data stand on the two axes."""
    found = set()
    for row in chart.data.itertuples():
        days = day_number(row.earliest.date()), day_number(row.latest.date())
        found.add((sum(days) / 2 if centred else days[0], float(row.share)))
    return found
