"""The change of a share in log-odds, a scale on which 1 to 2 % is more than 50 to 51 %."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import log

from tracker.analysis.decimals import signed
from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence


@dataclass(frozen=True, slots=True)
class LogOdds(Sentence):
    """How far a share moved, in natural logarithms of the odds.

    Parameters
    ----------
    value : float
        Difference of the log-odds of the printed shares.
    low, high : float or None
        Least and greatest that rounding allows; None where it sets no limit, for a share may be 0 or 100 %.
    """

    value: float
    low: float | None
    high: float | None

    def __str__(self) -> str:
        if self.low is not None and self.high is not None:
            span = f" ({signed(self.low, 2)} to {signed(self.high, 2)})"
        elif self.high is not None:
            span = f" ({signed(self.high, 2)} at most)"
        else:
            span = "" if self.low is None else f" ({signed(self.low, 2)} at least)"
        return f"log-odds {signed(self.value, 2)}{span}"

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value."""
        return {f"log_odds_{name}" if name != "value" else "log_odds": cell for name, cell in asdict(self).items()}


def log_odds(first: Reading, second: Reading) -> LogOdds | Refused:
    """Compare two readings by their log-odds.

    Parameters
    ----------
    first, second : Reading
        The base, and what it became; shares in percent.

    Returns
    -------
    LogOdds or Refused
        Refused where a share is 0 or 100 %, or only a bound.

    Notes
    -----
    With p and q the two shares as parts of one, ``ln(q / (1 - q)) - ln(p / (1 - p))``. A steady spread from few
    to many is a straight line on this scale, which makes changes of small and of great shares comparable.
    Berkson, J. (1944), Application of the logistic function to bio-assay, JASA 39.

    *Not valid* for an index, nor between two markets.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2025, 2, 15), date(2025, 2, 15), "day", date(2025, 2, 15), date(2025, 2, 15)
    >>> print(log_odds(Reading("R1", *day, "7", 7.0, 6.5, 7.5), Reading("R1", *day, "3", 3.0, 2.5, 3.5)))
    log-odds −0.89 (−1.15 to −0.65)
    """
    for one in (first, second):
        if one.value is None or not 0 < one.value < 100:
            return Refused(
                "log-odds are of a share between 0 and 100%", "two such shares", f"{first.printed} and {second.printed}"
            )
    least, greatest = (_logit(second.lowest), _logit(first.highest)), (_logit(second.highest), _logit(first.lowest))
    value = _less(_logit(second.value), _logit(first.value))
    return LogOdds(value if value is not None else 0.0, _less(*least), _less(*greatest))


def _logit(share: float | None) -> float | None:
    return log(share / (100 - share)) if share is not None and 0 < share < 100 else None


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else round(one - other, 12)
