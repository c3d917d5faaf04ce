"""Two readings of a series side by side: everything that can be said of the change between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.annual import Annual, annual
from tracker.analysis.change import Change, change
from tracker.analysis.decimals import plain, signed
from tracker.analysis.logodds import LogOdds, log_odds
from tracker.analysis.newcombe import Difference, sampled_change
from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence
from tracker.analysis.words import between, counted, percent_said, points_said, told


@dataclass(frozen=True, slots=True)
class Comparison(Sentence):
    """A change, told in full.

    Parameters
    ----------
    first, second : Reading
        The base, and what it became; shares in percent.
    change : Change
        In points, in percent, and in days, with their ranges.
    log_odds : LogOdds or Refused
        The same in log-odds.
    annual : Annual or Refused
        Per year, where the time is long enough.
    sampling : Difference or Refused
        What sampling leaves of it, where both sample sizes are published.
    breaks : tuple of str
        Periods after the first up to the second in which the source changed its method (status ``B``).
    market : str or None
        Of which whole these are shares.
    """

    first: Reading
    second: Reading
    change: Change
    log_odds: LogOdds | Refused
    annual: Annual | Refused
    sampling: Difference | Refused
    breaks: tuple[str, ...] = ()
    market: str | None = None

    def __str__(self) -> str:
        moved = self.change
        where = f" in {self.market}" if self.market else ""
        facts = [
            points_said(moved.points, moved.points_low, moved.points_high, (self.first, self.second)),
            percent_said(moved.percent, moved.percent_low, moved.percent_high),
            str(self.log_odds) if self.log_odds else None,
            _days(moved),
        ]
        pair = f"{told(self.first)} to {told(self.second)}"
        sentences = [f"{self.first.entity}{where}: {pair}: {', '.join(fact for fact in facts if fact)}."]
        if self.annual:
            sentences.append(f"That is {self.annual}.")
        return " ".join([*sentences, self._sampling_said(), *self._breaks_said()])

    def _sampling_said(self) -> str:
        if isinstance(self.sampling, Refused):
            needed = self.sampling.needed
            return f"Sampling error was not assessed: {needed} {'is' if needed.startswith('a ') else 'are'} needed."
        low, high = (signed(part * 100, 1) for part in (self.sampling.low, self.sampling.high))
        level = plain(round(self.sampling.confidence * 100, 9))
        return f"With sampling error {low} to {high} points (Newcombe, {level}%)."

    def _breaks_said(self) -> list[str]:
        if not self.breaks:
            return []
        return [f"Not comparable without care: the source changed its method in {', '.join(self.breaks)}."]

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value; points, percent and days as their names say."""
        sampling = self.sampling if isinstance(self.sampling, Difference) else None
        odds, yearly = self.log_odds, self.annual
        return {
            "entity": self.first.entity,
            "market": self.market,
            "first": self.first.printed,
            "first_period": self.first.period,
            "last": self.second.printed,
            "last_period": self.second.period,
            **self.change.row(),
            "log_odds": odds.value if isinstance(odds, LogOdds) else None,
            "log_odds_low": odds.low if isinstance(odds, LogOdds) else None,
            "log_odds_high": odds.high if isinstance(odds, LogOdds) else None,
            "percent_a_year": yearly.percent if isinstance(yearly, Annual) else None,
            "percent_a_year_low": yearly.percent_low if isinstance(yearly, Annual) else None,
            "percent_a_year_high": yearly.percent_high if isinstance(yearly, Annual) else None,
            "sampling_low": round(sampling.low * 100, 12) if sampling else None,
            "sampling_high": round(sampling.high * 100, 12) if sampling else None,
            "breaks": "; ".join(self.breaks) or None,
        }


def compare(
    series: Sequence[Reading],
    *,
    start: Reading | None = None,
    end: Reading | None = None,
    market: str | None = None,
) -> Comparison | Refused:
    r"""Compare two readings of one series.

    Parameters
    ----------
    series : sequence of Reading
        In the order of time; shares in percent. Values of an index have no log-odds, no sample, and no yearly rate.
    start, end : Reading, optional
        Two of them; else the first and the last.
    market : str, optional
        Of which whole these are shares; only said.

    Returns
    -------
    Comparison or Refused
        Refused where there are no two readings, or the end is not after the start.

    Notes
    -----
    The formulas are those of `change`, `log_odds`, `annual` and `sampled_change`; each says when it is *not valid*.
    A change of method between the two is said, for the difference may be that of the methods.

    Examples
    --------
    >>> from datetime import date
    >>> mid, end = date(2025, 2, 15), date(2025, 4, 30)
    >>> fall = [Reading("R1", mid, mid, "day", mid, mid, "7", 7.0, 6.5, 7.5),
    ...         Reading("R1", end, end, "day", end, end, "3", 3.0, 2.5, 3.5)]
    >>> print(str(compare(fall)).replace(": ", ":\n").replace("). ", ").\n").replace("apart. ", "apart.\n"))
    R1:
    7% (2025-02-15) to 3% (2025-04-30):
    −4 points (−5 to −3), −57.1 percent (−66.7 to −46.2), log-odds −0.89 (−1.15 to −0.65), 74 days apart.
    Sampling error was not assessed:
    a sample size for both readings is needed.
    """
    if len(series) < 2:
        have = counted(len(series), "reading") + "".join(f", {told(one)}" for one in series)
        return Refused("a change is between two readings", "two readings", have)
    first, second = start or series[0], end or series[-1]
    if first == second:
        return Refused("a change is between two readings", "two readings", f"one, {told(first)}")
    places = {id(one): place for place, one in enumerate(series)}
    before, after = (places.get(id(one), -1) for one in (first, second))
    if before < 0 or after < 0 or after < before:
        have = f"{told(first)} and {told(second)}"
        return Refused("the end is not after the start", "a later reading of the same series", have)
    breaks = tuple(dict.fromkeys(one.period for one in series[before + 1 : after + 1] if one.status == "B"))
    index = not first.unit
    no_share = Refused("an index is no share", "shares", "values of an index")
    return Comparison(
        first,
        second,
        change(first, second),
        no_share if index else log_odds(first, second),
        annual(first, second),
        no_share if index else sampled_change(first, second),
        breaks,
        market,
    )


def _days(moved: Change) -> str:
    low, high = moved.days_low, moved.days_high
    if high < 0:
        low, high = -high, -low
    return f"{between(max(low, 0), high)} day{'' if low == high == 1 else 's'} apart"
