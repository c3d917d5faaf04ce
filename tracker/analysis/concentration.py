"""How concentrated a market is: the Herfindahl-Hirschman index, and how many equal ones that amounts to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.analysis.decimals import exact, plain
from tracker.analysis.refused import Refused
from tracker.analysis.rest import Rest, published, rest, unshared
from tracker.analysis.sentence import Sentence
from tracker.analysis.snapshot import WHOLE, Snapshot
from tracker.analysis.words import between, counted

MOST = 10_000.0


@dataclass(frozen=True, slots=True)
class Concentration(Sentence):
    """The Herfindahl-Hirschman index of one period, 0 to 10,000, with what the unnamed leave open.

    Parameters
    ----------
    period : str
        As it is written.
    named : int
        How many are named.
    rest : float
        Percent that is left for the unnamed.
    hhi_low, hhi_high : float
        The least, the rest being many tiny ones; and the greatest, if none of the rest is bigger than the smallest
        named. Shares as published.
    hhi_most : float
        The greatest without that condition: the rest is one.
    rounding_low, rounding_high : float
        `hhi_low` and `hhi_most` once rounding is counted.
    """

    period: str
    named: int
    rest: float
    hhi_low: float
    hhi_high: float
    hhi_most: float
    rounding_low: float
    rounding_high: float

    @property
    def effective_low(self) -> float:
        """The least effective number, at `hhi_high`."""
        return MOST / self.hhi_high

    @property
    def effective_high(self) -> float:
        """The greatest effective number, at `hhi_low`; infinite where nobody named has a share."""
        return MOST / self.hhi_low if self.hhi_low else float("inf")

    def __str__(self) -> str:
        hhi = between(self.hhi_low, self.hhi_high, 0)
        effective = _numbers(self.effective_low, self.effective_high)
        said = f"{self.period}: HHI {hhi}, an effective number of {effective}"
        rounding = f"with rounding {between(self.rounding_low, self.rounding_high, 0)} at the outside"
        if not self.rest:
            return f"{said}; {rounding}."
        who = f"{counted(self.named, 'entity', 'entities')} named, {plain(self.rest)}% unnamed"
        condition = "if none of the rest is bigger than the smallest named"
        return f"{said} ({who}), {condition}; up to {plain(self.hhi_most, 0)} otherwise; {rounding}."

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value."""
        return {
            "period": self.period,
            "named": self.named,
            "rest": self.rest,
            "hhi_low": self.hhi_low,
            "hhi_high": self.hhi_high,
            "hhi_most": self.hhi_most,
            "effective_low": self.effective_low,
            "effective_high": self.effective_high,
            "rounding_low": self.rounding_low,
            "rounding_high": self.rounding_high,
        }


def concentration(snapshot: Snapshot) -> Concentration | Refused:
    r"""Find the Herfindahl-Hirschman index of one period, and the effective number.

    Parameters
    ----------
    snapshot : Snapshot
        One period of one market.

    Returns
    -------
    Concentration or Refused
        Refused for overlapping shares and for an index, and where the named shares exceed the whole.

    Notes
    -----
    HHI is the sum of the squares of all shares in percent; the effective number is 10,000 / HHI, so many equal ones
    would be as concentrated. The unnamed share R adds nothing at the least. If none of them exceeds the smallest
    named share m, they add ``floor(R / m) m² + (R - floor(R / m) m)²`` at the most, and R² without that condition.
    Rounding is taken at its outside: every share at its least, or every one at its greatest.

    Hirschman, A. O. (1945), National power and the structure of foreign trade; Herfindahl, O. C. (1950),
    Concentration in the steel industry; the effective number: Laakso, M. and Taagepera, R. (1979), "Effective" number
    of parties, Comparative Political Studies 12. The bound for the rest holds because squares favour the unequal.

    *Not valid* for adoption rates and other overlapping shares, for an index, where a lab and its models stand in
    one list, or as a verdict on a market in law.

    Examples
    --------
    >>> from datetime import date
    >>> from tracker.analysis.reading import Reading
    >>> day = date(2025, 2, 15), date(2025, 2, 15), "day", date(2025, 2, 15), date(2025, 2, 15)
    >>> here = tuple(Reading(name, *day, f"{v}", v, v - 0.5, v + 0.5) for name, v in (("A", 40), ("B", 20), ("C", 7)))
    >>> print(str(concentration(Snapshot("2025-02", here))).replace(", ", ",\n").replace("; ", ";\n"))
    2025-02: HHI 2049 to 2270,
    an effective number of 4.41 to 4.88 (3 entities named,
    33% unnamed),
    if none of the rest is bigger than the smallest named;
    up to 3138 otherwise;
    with rounding 1983 to 3307 at the outside.
    """
    refusal = unshared(snapshot)
    if refusal is not None:
        return refusal
    return _of(snapshot, rest(snapshot))


def _of(snapshot: Snapshot, left: Rest) -> Concentration:
    ends = [published(one) for one in snapshot.named]
    low = sum((one * one for one, _ in ends), Decimal(0))
    high = sum((one * one for _, one in ends), Decimal(0))
    widest = sum((exact(one.highest) ** 2 for one in snapshot.named), Decimal(0))
    open_rest = Decimal(0) if snapshot.complete else max(WHOLE - snapshot.low, Decimal(0))
    return Concentration(
        snapshot.period,
        len(snapshot.named),
        float(left.most),
        float(low),
        _capped(high + packed(left.most, left.cap)),
        _capped(high + left.most**2),
        float(sum((exact(one.lowest) ** 2 for one in snapshot.named), Decimal(0))),
        _capped(widest + open_rest**2),
    )


def packed(left: Decimal, cap: Decimal) -> Decimal:
    """Return the greatest sum of squares of parts that add up to `left`, none of them above `cap`.

    >>> packed(Decimal(33), Decimal(7))
    Decimal('221')
    """
    if cap <= 0:
        return Decimal(0)
    whole = left // cap
    return whole * cap**2 + (left - whole * cap) ** 2


def _capped(hhi: Decimal) -> float:
    return min(float(hhi), MOST)


def _numbers(low: float, high: float) -> str:
    return between(low, high, 2) if high != float("inf") else f"{plain(low, 2)} or more"
