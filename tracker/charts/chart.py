"""A finished chart: the figure, the rows it is made of, and its words."""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pandas as pd
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tracker.charts.page.sheet import Sheet
from tracker.errors import TrackerError

FORMATS = ("png", "svg", "pdf")

# what a file is made with, whatever the person's own settings are: the same input gives the same bytes
_SETTINGS: Any = {"svg.hashsalt": "tracker", "svg.fonttype": "path", "pdf.fonttype": 3, "savefig.bbox": None}


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
    """

    fig: Figure
    axes: tuple[Axes, ...]
    data: pd.DataFrame
    title: str
    subtitle: str
    note: str
    source: str
    alt: str

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

    def save(self, path: str | os.PathLike[str], dpi: float = 200) -> Path:
        """Write the chart to a file; the same chart gives the same bytes.

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
        if target.is_symlink():
            target = target.resolve()  # what a link points to is replaced, not the link
        beside = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with beside.open("wb") as file:
                self._write(file, kind, dpi)
            beside.replace(target)
        except OSError as error:
            reason = error.strerror or str(error)
            raise TrackerError(f"the chart cannot be written to {target}: {reason}", "Choose another place.") from None
        finally:
            beside.unlink(missing_ok=True)
        return target

    def _write(self, file: IO[bytes], kind: str, dpi: float) -> None:
        with rc_context(_SETTINGS):
            self.fig.savefig(
                file,
                format=kind,
                dpi=dpi,
                metadata=self._metadata(kind),
                facecolor=self.fig.get_facecolor(),
                edgecolor="none",
            )

    def _metadata(self, kind: str) -> dict[str, Any]:
        if kind == "png":
            return {"Title": self.title, "Description": self.alt, "Source": self.source}
        if kind == "svg":
            return {"Title": self.title, "Description": self.alt, "Source": self.source, "Date": None}
        return {"Title": self.title, "Subject": self.source, "CreationDate": None}

    def _repr_png_(self) -> bytes:
        buffer = BytesIO()
        self._write(buffer, "png", 200)
        return buffer.getvalue()

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, object], dict[str, object]]:
        """Show the picture in a notebook, with its description."""
        wide, high = self.fig.get_size_inches() * 100
        shown: dict[str, object] = {"image/png": self._repr_png_(), "text/plain": self.alt}
        return shown, {"image/png": {"width": int(wide), "height": int(high), "alt": self.alt}}

    def __repr__(self) -> str:
        return f"<Chart: {self.title}>"
