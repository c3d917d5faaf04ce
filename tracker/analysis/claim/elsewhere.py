"""Where figures stand that do not stand where a claim puts them, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.claim.stored import Stored, possessive
from tracker.values import Share


@dataclass(frozen=True, slots=True)
class Found:
    """Where one claimed figure, or a pair of them, does stand.

    Parameters
    ----------
    claimed : tuple of Share
        One figure, or the two in their order.
    places : tuple of tuple of Stored
        The best places, as many readings in each as figures: one per series.
    series : int
        In how many series they stand in all.
    """

    claimed: tuple[Share, ...]
    places: tuple[tuple[Stored, ...], ...]
    series: int

    @property
    def more(self) -> int:
        """How many series are not shown."""
        return self.series - len(self.places)


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands around a claim.

    Parameters
    ----------
    nearest : tuple of tuple of Stored
        For each figure of the claim the stored shares of the market that come nearest to it: one per series.
    pair : Found or None
        Where both figures stand in their order; None where there are no two, or they stand where claimed.
    singles : tuple of Found
        Where each figure stands that does not stand where it is claimed.
    """

    nearest: tuple[tuple[Stored, ...], ...]
    pair: Found | None = None
    singles: tuple[Found, ...] = ()


def sentence(place: Sequence[Stored]) -> str:
    """Say of what stored figures are figures.

    Parameters
    ----------
    place : sequence of Stored
        One reading, or two of one series in the order of time.

    Examples
    --------
    >>> from tracker.analysis.claim.stored import Whole
    >>> from tracker.values import Citation, Period
    >>> whole = Whole("poe/reasoning-messages", "Poe", "reasoning messages", "open")
    >>> page = Citation("https://example.org/")
    >>> print(sentence([Stored(whole, "DeepSeek R1", Period.parse("~2025-05-15"), Share.parse("12.2"), page)]))
    12.2 is DeepSeek R1's share of Poe's reasoning messages (poe/reasoning-messages, ~2025-05-15)
    """
    first, last = place[0], place[-1]
    figures = " to ".join(str(one.share) for one in place)
    when = " to ".join(str(one.period) for one in (first, last)[: len(place)])
    return f"{figures} is {possessive(first.entity)} {first.whole.measure} ({first.whole.market}, {when})"
