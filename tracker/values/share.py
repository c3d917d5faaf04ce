"""A share: percent of a whole, as it was printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from tracker.errors import InvalidValue, clip

FORMS = "7%, 7, 7.0, <1, >5, 6.5..7.5 or ~7"

MAX_DECIMALS = 18

FACTORS = (Decimal("0.000001"), Decimal("1000000"))
"""The least and the greatest factor by which a share is multiplied."""

_NUMBER = r"\d+(?:\.\d+)?"
_POINT = re.compile(rf"([<>~]?)\s*({_NUMBER})\s*%?", re.ASCII)
_INTERVAL = re.compile(rf"({_NUMBER})\s*%?\s*\.\.\s*({_NUMBER})\s*%?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Share:
    """Percent of a whole, 0 to 100, with what is known of its exactness.

    Parameters
    ----------
    value : float or None
        The printed number in percent; None where only bounds were printed.
    low, high : float or None
        Published bounds in percent: both for an interval, one for ``<`` or ``>``.
    qualifier : {'<', '>', '~'} or None
        ``<`` below `high`; ``>`` above `low`; ``~`` about `value` ("around 85 %").
    decimals : int or None
        Printed decimals, which set the rounding interval. None: not known.

    Raises
    ------
    InvalidValue
        Outside 0 to 100, bounds out of order, or parts that do not fit each other.

    Notes
    -----
    Zero is a value. A share that is absent is no `Share` at all.
    Numbers are read by Python's own ``float`` only: SQLite's parser differs in the last bit for
    about 3 numbers in 10,000, and would make revisions out of nothing.

    Examples
    --------
    >>> Share.parse("7").interval()
    (6.5, 7.5)
    >>> Share.parse("7.0").interval()
    (6.95, 7.05)
    >>> Share.parse("<1").interval()
    (0.0, 1.0)
    >>> str(Share.parse("6.5..7.5"))
    '6.5..7.5'
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    qualifier: str | None = None
    decimals: int | None = None

    def __post_init__(self) -> None:
        for number in (self.value, self.low, self.high):
            if number is not None and not 0 <= number <= 100:
                raise InvalidValue(f"a share is 0 to 100 percent, not {number:.15g}")
        known = [number for number in (self.low, self.value, self.high) if number is not None]
        if known != sorted(known):
            raise InvalidValue(f"the bounds are out of order: {' <= '.join(f'{n:g}' for n in known)} does not hold")
        if self.decimals is not None and not 0 <= self.decimals <= MAX_DECIMALS:
            raise InvalidValue(f"{self.decimals} decimals are not 0 to {MAX_DECIMALS}")
        if (self.qualifier, self.low, self.high) in ((">", 100.0, None), ("<", None, 0.0)):
            raise InvalidValue(f"nothing is {'above 100' if self.qualifier == '>' else 'below 0'} percent")
        if not self._fits():
            raise InvalidValue("a share is a number, a bound or an interval", f"Write {FORMS}.")

    def _fits(self) -> bool:
        """Whether the parts make one of the forms."""
        present = (self.value is not None, self.low is not None, self.high is not None)
        if self.qualifier == "<":
            return present == (False, False, True) and self.high != 0
        if self.qualifier == ">":
            return present == (False, True, False) and self.low != 100
        if self.qualifier not in (None, "~"):
            return False
        return present[0] or (self.qualifier is None and present == (False, True, True))

    @classmethod
    def parse(cls, text: str) -> Share:
        """Read a printed share.

        Parameters
        ----------
        text : str
            ``7%``, ``7``, ``7.0``, ``<1``, ``>5``, ``6.5..7.5`` or ``~7``; a decimal point, no thousands.

        Raises
        ------
        InvalidValue
            If it has another form or lies outside 0 to 100.
        """
        written = text.strip()
        if match := _POINT.fullmatch(written):
            return cls._point(match[1], match[2])
        if match := _INTERVAL.fullmatch(written):
            decimals = max(_decimals(match[1]), _decimals(match[2]))
            return cls(None, float(match[1]), float(match[2]), None, decimals)
        raise InvalidValue(f"{clip(text)!r} is not a share in percent", f"Write {FORMS}.")

    @classmethod
    def _point(cls, mark: str, number: str) -> Share:
        value, decimals = float(number), _decimals(number)
        if mark == "<":
            return cls(None, None, value, "<", decimals)
        if mark == ">":
            return cls(None, value, None, ">", decimals)
        return cls(value, None, None, mark or None, decimals)

    def __str__(self) -> str:
        if self.value is not None:
            return (self.qualifier or "") + self._printed(self.value)
        if self.qualifier == "<":
            return "<" + self._printed(self.high)
        if self.qualifier == ">":
            return ">" + self._printed(self.low)
        return f"{self._printed(self.low)}..{self._printed(self.high)}"

    def _printed(self, number: float | None) -> str:
        assert number is not None
        # Through repr: the binary value of 0.1 shows digits that nobody printed from the 18th decimal on.
        return format(Decimal(repr(number)), "f" if self.decimals is None else f".{self.decimals}f")

    def __repr__(self) -> str:
        return f"Share({str(self)!r})"

    def agrees(self, other: Share) -> bool:
        """Whether both say the same number or bounds, be it with more or fewer decimals.

        >>> Share.parse("7").agrees(Share.parse("7.0")), Share.parse("7").agrees(Share.parse("7.1"))
        (True, False)
        """
        return replace(self, decimals=None) == replace(other, decimals=None)

    def times(self, factor: Decimal) -> Share:
        """Multiply by a factor, with the rounding that was printed.

        A fraction that was printed as percent, ``0.07``, is ``7`` times 100: not more exact than it was.

        Parameters
        ----------
        factor : decimal.Decimal
            Of those that `check_factor` lets pass. A power of ten moves the point; for any other the rounding
            interval becomes a published one.

        Raises
        ------
        InvalidValue
            If the product lies outside 0 to 100, or the factor is none.

        Examples
        --------
        >>> Share.parse("0.07").times(Decimal(100)), Share.parse("7").times(Decimal("0.5"))
        (Share('7'), Share('3.5'))
        >>> Share.parse("7").times(Decimal("0.5")).interval()
        (3.25, 3.75)
        """
        check_factor(factor)
        value, low, high = (
            None if number is None else _product(number, factor) for number in (self.value, self.low, self.high)
        )
        point = -factor.normalize().adjusted() if factor.normalize().as_tuple().digits == (1,) else None
        decimals = None if self.decimals is None or point is None else self.decimals + point
        if decimals is not None and 0 <= decimals <= MAX_DECIMALS:
            return Share(value, low, high, self.qualifier, decimals)
        if value is not None and low is None and high is None and self.decimals is not None:
            low, high = (min(_product(end, factor), 100.0) for end in self.interval())
        # As many decimals as the product has: it is read back as what was written.
        written = (value,) if value is not None else (low, high)
        places = max(_places(number) for number in written if number is not None)
        return Share(value, low, high, self.qualifier, None if self.decimals is None else places)

    def interval(self) -> tuple[float, float]:
        """Range of true values that would be printed like this.

        Returns
        -------
        tuple of float
            Low and high in percent, within 0 to 100. Published bounds where there are any; else
            half a unit of the last printed decimal each way.

        Notes
        -----
        Rounding only. It says nothing of sampling error, and for a ``~`` share it is the least
        that can be meant. With `decimals` unknown it is the number itself.

        Examples
        --------
        >>> Share.parse("0.01").interval()
        (0.005, 0.015)
        >>> Share.parse("100").interval()
        (99.5, 100.0)
        """
        if self.low is not None or self.high is not None:
            return (0.0 if self.low is None else self.low, 100.0 if self.high is None else self.high)
        assert self.value is not None
        if self.decimals is None:
            return self.value, self.value
        half, exact = Decimal(5).scaleb(-self.decimals - 1), Decimal(repr(self.value))
        return float(max(exact - half, Decimal(0))), float(min(exact + half, Decimal(100)))


def check_factor(factor: Decimal) -> Decimal:
    """Return a factor by which a share can be multiplied.

    Raises
    ------
    InvalidValue
        If it is not within `FACTORS`.
    """
    if not (factor.is_finite() and FACTORS[0] <= factor <= FACTORS[1]):
        raise InvalidValue(f"a factor is {FACTORS[0]} to {FACTORS[1]}, not {factor}", "Write 100 or 0.01.")
    return factor


def _product(number: float, factor: Decimal) -> float:
    """Exact, up to the decimals that are kept."""
    return float(round(Decimal(repr(number)) * factor, MAX_DECIMALS))


def _places(number: float) -> int:
    """How many decimals it takes to write a number."""
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def _decimals(number: str) -> int:
    decimals = len(number.partition(".")[2])
    if decimals > MAX_DECIMALS:
        raise InvalidValue(f"{clip(number)} has {decimals} decimals; up to {MAX_DECIMALS} are kept")
    return decimals
