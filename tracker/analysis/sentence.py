"""How a result shows itself in a notebook: as its sentence."""

from __future__ import annotations

from html import escape
from typing import Protocol


class _Printer(Protocol):
    """What IPython hands over to print to."""

    def text(self, text: str) -> None:
        """Add a text."""


class Sentence:
    """A result that is shown as ``str()`` says it; its ``repr`` still tells its fields.

    Examples
    --------
    >>> from tracker.analysis.refused import Refused
    >>> Refused("no", "more", "<1%")._repr_html_()
    '<p>Refused: no. Needed: more. There is: &lt;1%.</p>'
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        # IPython takes the first of `_repr_pretty_` and `__repr__` along the classes, and a dataclass has the latter.
        cls._repr_pretty_ = Sentence._repr_pretty_  # type: ignore[method-assign]

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self))}</p>"

    def _repr_pretty_(self, printer: _Printer, cycle: bool) -> None:
        printer.text(str(self))
