"""The scales of the value axis: how a percentage becomes a height, and back."""

from __future__ import annotations

from math import exp, inf, log, log10
from typing import Any

SCALES = ("auto", "linear", "log", "logit")

NAMES = {"log": "log scale", "logit": "logit scale"}


def bent(value: float, scale: str) -> float:
    """Return where a percentage stands, before the axis is fitted to the paper.

    Parameters
    ----------
    value : float
        Percent.
    scale : {'linear', 'log', 'logit'}
        Equal steps are equal points, equal ratios, or equal ratios of the odds.

    Notes
    -----
    *Not valid* as a number to print: it is a place. A value that the scale has no place for is infinite.

    Examples
    --------
    >>> bent(10.0, "linear"), bent(10.0, "log"), bent(50.0, "logit"), bent(0.0, "logit"), bent(100.0, "logit")
    (10.0, 1.0, 0.0, -inf, inf)
    """
    if scale == "linear":
        return value
    if value <= 0:
        return -inf
    if scale == "log":
        return log10(value)
    return log(value / (100.0 - value)) if value < 100 else inf


def straight(place: float, scale: str) -> float:
    """Return the percentage of a place, see `bent`.

    >>> straight(1.0, "log"), straight(0.0, "logit")
    (10.0, 50.0)
    """
    if scale == "linear":
        return place
    return float(10.0**place) if scale == "log" else 100.0 / (1.0 + exp(-place))


def has_place(value: float, scale: str) -> bool:
    """Whether a scale has a place for a percentage.

    >>> has_place(0.0, "linear"), has_place(0.0, "log"), has_place(100.0, "log"), has_place(100.0, "logit")
    (True, False, True, False)
    """
    return scale == "linear" or (value > 0 and (scale == "log" or value < 100))


def to_logits(percent: Any) -> Any:
    """Return the logarithms of the odds of an array of percentages; what has no place is infinite."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(percent / (100.0 - np.asarray(percent, dtype=float)))


def from_logits(places: Any) -> Any:
    """Return the percentages of an array of log-odds."""
    import numpy as np

    with np.errstate(over="ignore"):
        return 100.0 / (1.0 + np.exp(-np.asarray(places, dtype=float)))
