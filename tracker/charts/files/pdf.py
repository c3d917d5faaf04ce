"""PDF: letters as letters, with their fonts, and words about the picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from matplotlib import rc_context
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from matplotlib.patheffects import Stroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from tracker.charts.files.about import SETTINGS, About
from tracker.charts.files.texts import lifted, measured, written
from tracker.charts.look.direction import MARK
from tracker.charts.look.halo import Halo

_AT = {"left": 0.0, "center": 0.5, "right": 1.0}


def pdf(fig: Figure, about: About) -> bytes:
    """Return a figure as a PDF file of one page.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        It is as before afterwards.
    about : About
        What the file says about itself.
    """
    file, canvas, before = BytesIO(), fig.canvas, fig.dpi
    more = [about.source, f"Licence: {about.licence}" if about.licence else "", about.rebuild]
    said = {
        "Title": about.title,
        "Subject": about.alt,
        "Keywords": "\n".join(text for text in more if text),
        "Creator": "tracker",
        "CreationDate": None,
    }
    try:
        with rc_context(SETTINGS), _selectable(fig):
            fresh: Any = FigureCanvasPdf(fig)
            fresh.print_pdf(file, metadata=said)
    finally:
        fig.dpi = before
        fig.set_canvas(canvas)
    return file.getvalue()


@contextmanager
def _selectable(fig: Figure) -> Iterator[None]:
    """Draw rims for a while as texts beneath the texts, and a text of two directions as several of one.

    A mark of direction has a width in a PDF, so the file does without.
    """
    hidden: list[Text] = []
    added: list[Text] = []
    with lifted(fig) as halos:
        try:
            for text in written(fig):
                parts, halo = _parts(text), halos.get(text)
                if halo is not None:
                    added += [_copy(fig, text, part, before, halo) for part, before in parts]
                if len(parts) > 1 or MARK in text.get_text():
                    added += [_copy(fig, text, part, before) for part, before in parts]
                    hidden.append(text)
                    text.set_visible(False)
            yield
        finally:
            for text in hidden:
                text.set_visible(True)
            for text in added:
                text.remove()


def _parts(text: Text) -> list[tuple[str, float]]:
    """Return the parts of a text that have one direction, and how far right of its place each starts, points."""
    parts = [part for part in text.get_text().split(MARK) if part]
    if text.get_text() == "".join(parts) or text.get_rotation():
        return [(text.get_text(), 0.0)]
    wide = [measured(part, text.get_fontproperties()) for part in parts]
    start = -_AT[text.get_horizontalalignment()] * sum(wide)
    return [(part, start + sum(wide[:i])) for i, part in enumerate(parts)]


def _copy(fig: Figure, text: Text, part: str, before: float, halo: Halo | None = None) -> Text:
    whole = part == text.get_text()
    copy = Text(
        *text.get_unitless_position(),
        part,
        color=text.get_color(),
        fontproperties=text.get_fontproperties(),
        horizontalalignment=text.get_horizontalalignment() if whole else "left",
        verticalalignment=text.get_verticalalignment(),
        rotation=text.get_rotation(),
        transform=text.get_transform() + Affine2D().translate(before, 0.0),
        usetex=False,
        parse_math=False,
        clip_on=False,
        zorder=text.get_zorder() - (1e-6 if halo else 0.0),
    )
    if halo is not None:
        copy.set_path_effects([Stroke(linewidth=halo.wide, foreground=halo.color)])
    (text.axes or fig).add_artist(copy)
    return copy
