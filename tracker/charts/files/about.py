"""What a file says about itself, to programs and to those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from tracker.values.harmless import harmless

SETTINGS: Any = {
    "text.hinting": "no_hinting",  # letters stand where they were measured, and at the same place in every format
    "svg.hashsalt": "tracker",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "path.simplify": True,
    "path.simplify_threshold": 1.0 / 9.0,
    "path.snap": True,
    "agg.path.chunksize": 0,
}
"""Files are made with these, whatever the person's own settings are."""

_NOT_IN_XML = {0xFFFE: "\N{REPLACEMENT CHARACTER}", 0xFFFF: "\N{REPLACEMENT CHARACTER}"}


@dataclass(frozen=True, slots=True)
class About:
    r"""Words that travel with a picture; none of them can do anything.

    Parameters
    ----------
    title, alt, source : str
        As in `tracker.charts.chart.Chart`.
    licence : str
        Under which the figures that are drawn may be passed on; empty where none is stated.
    rebuild : str
        The command that makes the picture again; empty where it is not known.

    Examples
    --------
    >>> About("Claude\x1b[31m", "", "", "", "").title
    'Claude\\x1b[31m'
    """

    title: str
    alt: str
    source: str
    licence: str
    rebuild: str

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, plain(getattr(self, field.name)))


def plain(text: str) -> str:
    """Return a text that any format can hold."""
    return harmless(text).translate(_NOT_IN_XML)
