"""The kinds of chart there are, what each is for, and what each can be told; nothing is imported before it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.charts.chart import Chart

KINDS = {
    "line": "shares over time: one entity in colour, the others in grey",
    "panels": "small multiples: an entity each, or a market each",
    "area": "the parts of a whole over time, stacked to 100 %",
    "slope": "the first and the last period, joined",
    "rank": "places over time, with the shares beside the names",
    "table": "printed values, period by period",
    "bars": "one period, with intervals",
    "dumbbell": "the first and the last period, a row each",
    "revisions": "first published against now",
    "concentration": "Herfindahl-Hirschman index, or effective number, over time",
}
"""Name of each kind, and what it shows. Each is a function of the module of its name."""

WHOLE = ("area", "concentration", "rank")
"""Kinds that need everybody of a market: drawn of some, they would say something else."""


def drawing(kind: str) -> Callable[..., Chart]:
    """Return the function that draws a kind.

    >>> drawing("line").__name__
    'line'
    """
    function: Callable[..., Chart] = getattr(import_module(f"tracker.charts.{kind}"), kind)
    return function


def options(kind: str) -> frozenset[str]:
    """Return the names of what a kind can be told, beside its frame.

    >>> {"scale", "events"} <= options("line")
    True
    """
    return frozenset(name for name, one in signature(drawing(kind)).parameters.items() if one.kind is one.KEYWORD_ONLY)
