"""A rim in the background colour, by which a text stands out from the lines beneath it."""

from __future__ import annotations

from matplotlib.patheffects import withStroke


class Halo(withStroke):
    """The rim of a text; a file whose texts can be selected draws it in its own way.

    Parameters
    ----------
    wide : float
        Both sides together, points.
    color : str
        That of the background.
    """

    def __init__(self, wide: float, color: str) -> None:
        super().__init__(linewidth=wide, foreground=color)
        self.wide, self.color = wide, color
