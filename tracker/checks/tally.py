"""How many shares a period of a market has, and how many of them are zero."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.store.facts import Fact
from tracker.values import Period


@dataclass(slots=True)
class Tally:
    """The shares of one period, counted, and the newest batch among them."""

    parts: int = 0
    zeros: int = 0
    newest: int = 0


def count(facts: list[Fact], tallies: dict[Period, Tally]) -> None:
    """Count the facts of one series into the periods of its market."""
    for period, share, _, batch in facts:
        tally = tallies.get(period)
        if tally is None:
            tally = tallies[period] = Tally()
        tally.parts += 1
        tally.zeros += share.value == 0
        if batch > tally.newest:
            tally.newest = batch
