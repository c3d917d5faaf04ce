"""What two samples say of the difference of their shares: the hybrid score interval of Newcombe."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.analysis.decimals import plain, signed
from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence
from tracker.analysis.wilson import CONFIDENCE, refuse_no_sample


@dataclass(frozen=True, slots=True)
class Difference(Sentence):
    """The difference of two proportions, with the interval that sampling leaves.

    Parameters
    ----------
    value : float
        The first proportion less the second, as a part of one: -1 to 1.
    low, high : float
        The interval, as parts of one.
    confidence : float
        Part of one: 0.95.
    """

    value: float
    low: float
    high: float
    confidence: float = CONFIDENCE

    @property
    def sure(self) -> bool:
        """Whether zero lies outside: at this confidence there is a difference."""
        return self.low > 0 or self.high < 0

    def __str__(self) -> str:
        value, low, high = (signed(part * 100, 2) for part in (self.value, self.low, self.high))
        level = plain(round(self.confidence * 100, 9))
        return f"The difference is {value} points ({low} to {high} points, Newcombe {level}%)."

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value; parts of one."""
        return {"value": self.value, "low": self.low, "high": self.high, "confidence": self.confidence}


def newcombe(count: float, size: int, base_count: float, base_size: int, confidence: float = CONFIDENCE) -> Difference:
    """Find the interval of the difference of two independent proportions.

    Parameters
    ----------
    count, size : float, int
        How many of the one sample, and its size.
    base_count, base_size : float, int
        How many of the sample that is taken away from it, and its size.
    confidence : float
        Above 0 and below 1.

    Returns
    -------
    Difference
        ``count / size - base_count / base_size`` with its interval, as parts of one.

    Raises
    ------
    TrackerError
        If these numbers are no samples.

    Notes
    -----
    With [l, u] the Wilson intervals of p and q, the ends are ``p - q - √((p - l₁)² + (u₂ - q)²)`` and
    ``p - q + √((u₁ - p)² + (q - l₂)²)``. Method 10 of Newcombe, R. G. (1998), Interval estimation for the difference
    between independent proportions, Statistics in Medicine 17.

    *Not valid* where `tracker.analysis.wilson.wilson` is not, for two answers of the same people (the samples are
    not independent), nor for two parts of one sample.

    Examples
    --------
    >>> print(newcombe(56, 70, 48, 80))
    The difference is +20.00 points (+5.24 to +33.39 points, Newcombe 95%).
    """
    for part, whole in ((count, size), (base_count, base_size)):
        refuse_no_sample(part, whole, confidence)
    from statsmodels.stats.proportion import confint_proportions_2indep

    low, high = confint_proportions_2indep(
        count, size, base_count, base_size, method="newcomb", compare="diff", alpha=1 - confidence
    )
    return Difference(count / size - base_count / base_size, float(low), float(high), confidence)


def sampled_change(first: Reading, second: Reading, confidence: float = CONFIDENCE) -> Difference | Refused:
    """Find the interval of the change between two readings whose sample sizes are published.

    Parameters
    ----------
    first, second : Reading
        The base, and what it became; shares in percent.
    confidence : float
        Above 0 and below 1.

    Returns
    -------
    Difference or Refused
        The second less the first, as parts of one; wide enough for every share that would be printed so. Refused
        without both sample sizes, or where a share is only a bound.

    Notes
    -----
    *Not valid* where `newcombe` is not; a panel that is asked again and again is not two samples.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2025, 2, 15), date(2025, 2, 15), "day", date(2025, 2, 15), date(2025, 2, 15)
    >>> polls = [Reading("A", *day, text, float(text), float(text) - 0.5, float(text) + 0.5, sample_size=1000)
    ...          for text in ("40", "45")]
    >>> print(sampled_change(*polls))
    The difference is +5.00 points (−0.33 to +10.30 points, Newcombe 95%).
    """
    one, other = first.sample_size, second.sample_size
    if not one or not other or first.value is None or second.value is None:
        needed = "two shares that are numbers" if one and other else "a sample size for both readings"
        sizes = " and ".join("none" if not size else plain(size) for size in (one, other))
        return Refused("sampling error was not assessed", needed, f"sample sizes: {sizes}")

    def moved(share: float, base: float) -> Difference:
        return newcombe(share * other / 100, other, base * one / 100, one, confidence)

    low, high = moved(second.lowest, first.highest).low, moved(second.highest, first.lowest).high
    return Difference(moved(second.value, first.value).value, low, high, confidence)
