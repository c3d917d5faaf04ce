"""What a sample says of a share: the score interval of Wilson."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.analysis.decimals import plain
from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence
from tracker.analysis.words import told
from tracker.errors import TrackerError

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Proportion(Sentence):
    """A part of a sample, with the interval that sampling leaves.

    Parameters
    ----------
    count : float
        How many of the sample.
    size : int
        How many there are in the sample.
    low, high : float
        The interval, as parts of one: 0 to 1.
    confidence : float
        Part of one: 0.95.
    """

    count: float
    size: int
    low: float
    high: float
    confidence: float = CONFIDENCE

    @property
    def value(self) -> float:
        """The part itself, 0 to 1."""
        return self.count / self.size

    def __str__(self) -> str:
        share, low, high = (plain(part * 100, 2) for part in (self.value, self.low, self.high))
        level = plain(round(self.confidence * 100, 9))
        return f"{plain(round(self.count, 6))} of {self.size} are {share}% ({low} to {high}%, Wilson {level}%)."

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value; parts of one."""
        return {
            "count": self.count,
            "sample_size": self.size,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "confidence": self.confidence,
        }


def wilson(count: float, size: int, confidence: float = CONFIDENCE) -> Proportion:
    """Find the interval of a proportion.

    Parameters
    ----------
    count : float
        How many of the sample, 0 to `size`.
    size : int
        How many there are in the sample.
    confidence : float
        Above 0 and below 1.

    Returns
    -------
    Proportion
        With the interval as parts of one.

    Raises
    ------
    TrackerError
        If these numbers are no sample.

    Notes
    -----
    With p the proportion, n the size and z the normal quantile, the ends are
    ``(2np + z² ± z √(z² + 4np(1 - p))) / (2(n + z²))``. It keeps within 0 and 1, and is no point at 0 of n.
    Wilson, E. B. (1927), Probable inference, JASA 22; method 3 of Newcombe, R. G. (1998), Two-sided confidence
    intervals for the single proportion, Statistics in Medicine 17.

    *Not valid* for a sample that was not drawn at random, for weighted or clustered answers (the true interval is
    wider), nor for traffic and tokens, which are counted and not sampled.

    Examples
    --------
    >>> print(wilson(81, 263))
    81 of 263 are 30.80% (25.53 to 36.62%, Wilson 95%).
    >>> round(wilson(0, 20).high, 4)
    0.1611
    """
    refuse_no_sample(count, size, confidence)
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(count, size, alpha=1 - confidence, method="wilson")
    return Proportion(count, size, float(low), float(high), confidence)


def sampled(reading: Reading, confidence: float = CONFIDENCE) -> Proportion | Refused:
    """Find the interval of a reading whose sample size is published.

    Parameters
    ----------
    reading : Reading
        Its share in percent.
    confidence : float
        Above 0 and below 1.

    Returns
    -------
    Proportion or Refused
        Widened by rounding: from the low end of the least share that would be printed so to the high end of the
        greatest. Refused without a sample size or without a number.

    Notes
    -----
    *Not valid* where `wilson` is not.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2025, 2, 15)
    >>> print(sampled(Reading("A", day, day, "day", day, day, "31", 31.0, 30.5, 31.5)))
    Refused: sampling error was not assessed. Needed: a sample size. There is: 31% (2025-02-15) without one.
    """
    size = reading.sample_size
    if not size or reading.value is None:
        have = told(reading)
        needed = "a sample size" if not size else "a share that is a number"
        return Refused("sampling error was not assessed", needed, have if size else f"{have} without one")
    least, own, most = (share * size / 100 for share in (reading.lowest, reading.value, reading.highest))
    low, high = wilson(least, size, confidence).low, wilson(most, size, confidence).high
    return Proportion(own, size, low, high, confidence)


def refuse_no_sample(count: float, size: int, confidence: float) -> None:
    """Refuse numbers that are no sample.

    Raises
    ------
    TrackerError
        If the count is not within 0 and the size, or the confidence not between 0 and 1.
    """
    if not 0 <= count <= size or size < 1:
        raise TrackerError(f"{count:g} of {size:g} is no part of a sample", "Give a count from 0 to a size above 0.")
    if not 0 < confidence < 1:
        raise TrackerError(f"{confidence:g} is no confidence", "Give a part of one: 0.95.")
