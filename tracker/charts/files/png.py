"""PNG: the pixels of a figure without a transparency that nobody sees, and words about it."""

from __future__ import annotations

from io import BytesIO
from math import isfinite
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tracker.charts.files.about import SETTINGS, About
from tracker.errors import TrackerError

MOST = 200_000_000
"""More pixels than this are not drawn."""

LEVEL = 3
"""Of packing: one more costs more time than it saves room."""


def png(fig: Figure, dpi: float, about: About) -> bytes:
    """Return a figure as a PNG file.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        It is as before afterwards.
    dpi : float
        Dots per inch.
    about : About
        What the file says about itself.

    Raises
    ------
    TrackerError
        If it would have no pixel, or too many.
    """
    wide, high = (float(side) * dpi for side in fig.get_size_inches())
    if not isfinite(wide * high) or min(wide, high) < 1 or wide * high > MOST:
        raise TrackerError(
            f"a picture of {wide:.0f} by {high:.0f} pixels cannot be drawn",
            "Choose another number of dots per inch: 200 for paper, 100 for a screen.",
        )
    shown = pixels(fig, dpi)
    deep = 3 if shown[..., 3].min() == 255 else 4
    packed = BytesIO()
    image = Image.fromarray(np.ascontiguousarray(shown[..., :deep]))
    image.save(packed, "png", compress_level=LEVEL, dpi=(dpi, dpi), pnginfo=_words(about))
    return packed.getvalue()


def pixels(fig: Figure, dpi: float) -> NDArray[np.uint8]:
    """Return rows of pixels: red, green, blue and opacity."""
    canvas, before = fig.canvas, fig.dpi
    try:
        with rc_context(SETTINGS):
            fresh: Any = FigureCanvasAgg(fig)  # what an older one remembers was measured with other settings
            fig.dpi = dpi
            fresh.draw()
            return np.asarray(fresh.buffer_rgba())
    finally:
        fig.dpi = before
        fig.set_canvas(canvas)


def _words(about: About) -> PngInfo:
    """Return what the file says: as every program reads it where a text is plain, else as UTF-8."""
    said = {
        "Title": about.title,
        "Description": about.alt,
        "Source": about.source,
        "Copyright": about.licence,
        "Comment": about.rebuild,
        "Software": "tracker",
    }
    info = PngInfo()
    for name, text in said.items():
        if text:
            (info.add_text if text.isascii() else info.add_itxt)(name, text)
    return info
