"""A finished chart: the figure, the rows it is made of, and its words."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tracker.beside import refusal, whole
from tracker.charts.files.about import About
from tracker.charts.files.png import png
from tracker.charts.look.sizes import DPI
from tracker.charts.page.sheet import Sheet
from tracker.errors import TrackerError

FORMATS = ("png", "svg", "pdf")


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with everything that is said in it.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        The figure; it belongs to no window and to no pyplot.
    axes : tuple of matplotlib.axes.Axes
        The plot, or all plots of small multiples.
    data : pandas.DataFrame
        Exactly the rows that are drawn.
    title, subtitle, note, source : str
        What stands around the plot. A small figure shows the first sentences of the note.
    alt : str
        Description for those who do not see it.
    rebuild : str
        The command that makes the chart again, for the files; empty where there is none.
    """

    fig: Figure
    axes: tuple[Axes, ...]
    data: pd.DataFrame
    title: str
    subtitle: str
    note: str
    source: str
    alt: str
    rebuild: str = ""

    @classmethod
    def of(cls, sheet: Sheet[Any], fig: Figure, axes: tuple[Axes, ...], data: pd.DataFrame, alt: str) -> Chart:
        """Make a chart of a sheet that was laid out, and of the figure that was drawn on it."""
        return cls(fig, axes, data, sheet.title, sheet.subtitle, sheet.note, sheet.source, alt)

    @property
    def ax(self) -> Axes:
        """The plot; of small multiples the first."""
        return self.axes[0]

    @property
    def caption(self) -> str:
        """Everything that is said around the plot, as one text."""
        note = f"Note: {self.note}" if self.note else ""
        return "\n".join(text for text in (self.title, self.subtitle, note, self.source) if text)

    @property
    def description(self) -> str:
        """What a file says of itself: the description, and the whole note, of which a small figure shows a part."""
        return f"{self.alt} Note: {self.note}" if self.note else self.alt

    @property
    def licence(self) -> str:
        """Under which the figures that are drawn may be passed on; empty where none is stated."""
        stated = self.data["licence"].dropna().astype(str) if "licence" in self.data else ()
        return "; ".join(dict.fromkeys(text for text in stated if text))

    def save(self, path: str | os.PathLike[str], dpi: float = DPI) -> Path:
        """Write the chart to a file; the same chart gives the same bytes.

        Letters are letters in all of them: they can be selected and searched for in an SVG and a PDF, which
        hold their fonts, and they stand at the same places.

        Parameters
        ----------
        path : path
            Ends with ``.png``, ``.svg`` or ``.pdf``. An existing file is replaced, but only by a whole one.
        dpi : float
            Dots per inch of a PNG.

        Returns
        -------
        pathlib.Path
            The file.

        Raises
        ------
        TrackerError
            If the name has another ending, or the file cannot be written.
        """
        target = Path(path)
        kind = target.suffix.lower().removeprefix(".")
        if kind not in FORMATS:
            raise TrackerError(
                f"{target.name!r} ends with no format of a chart", "End the name with .png, .svg or .pdf."
            )
        content = self.content(kind, dpi)
        try:
            if target.is_symlink():
                target = target.resolve()  # what a link points to is replaced, not the link
            with whole(target) as file:
                file.write(content)
        except (OSError, RuntimeError) as error:
            raise refusal(f"the chart cannot be written to {target}", error) from None
        return target

    def content(self, kind: str = "png", dpi: float = DPI) -> bytes:
        """Return the chart as the content of a file.

        Parameters
        ----------
        kind : {'png', 'svg', 'pdf'}
            The format.
        dpi : float
            Dots per inch of a PNG.

        Raises
        ------
        TrackerError
            If there is no such format, or the picture would be too large.
        """
        about = About(self.title, self.description, self.source, self.licence, self.rebuild)
        if kind == "png":
            return png(self.fig, dpi, about)
        if kind == "svg":
            from tracker.charts.files.svg import svg

            return svg(self.fig, about)
        if kind == "pdf":
            from tracker.charts.files.pdf import pdf

            return pdf(self.fig, about)
        raise TrackerError(f"{kind!r} is no format of a chart", f"Choose {', '.join(FORMATS)}.")

    def _repr_png_(self) -> bytes:
        return self.content("png")

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, object], dict[str, object]]:
        """Show the picture in a notebook, half as large as its pixels, with its description.

        A notebook turned into a page shows the description in place of the picture where that is not seen.
        There is no HTML: it would be shown instead of the picture, and lost where a notebook becomes a PDF.
        """
        wide, high = self.fig.get_size_inches() * DPI / 2
        shown: dict[str, object] = {"image/png": self._repr_png_(), "text/plain": self.alt}
        return shown, {"image/png": {"width": int(wide), "height": int(high), "alt": self.alt}}

    def __repr__(self) -> str:
        return f"<Chart: {self.title}>"
