"""A claimed change: a number with a sign."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tracker.analysis.claim.spans import Span, around
from tracker.analysis.decimals import MINUS, signed
from tracker.errors import InvalidValue, clip

_AMOUNT = re.compile(rf"([+{MINUS}-]?)\s*(\d{{1,9}}(?:\.\d{{1,18}})?)\s*%?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Amount:
    """A claimed change: a number with its sign and its printed decimals, in points or in percent."""

    value: float
    decimals: int

    @classmethod
    def parse(cls, text: str) -> Amount:
        """Read ``-4``, ``+4``, ``4`` or ``-57.1``; a number without a sign is a rise.

        Raises
        ------
        InvalidValue
            If it has another form.

        Examples
        --------
        >>> print(Amount.parse("-57.10"), Amount.parse("4"))
        −57.10 +4
        """
        match = _AMOUNT.fullmatch(text.strip())
        if match is None:
            raise InvalidValue(f"{clip(text)!r} is no change", "Write -4 or +4.5: a fall has a minus.")
        sign = -1 if match[1] in ("-", MINUS) else 1
        return cls(sign * float(match[2]), len(match[2].partition(".")[2]))

    def span(self) -> Span:
        """Return what its printed decimals allow."""
        return around(self.value, self.decimals)

    def __str__(self) -> str:
        return signed(self.value, self.decimals)


def opposite(amount: Amount) -> Amount:
    """Return the same change the other way.

    >>> print(opposite(Amount(4.0, 0)))
    −4
    """
    return replace(amount, value=-amount.value)
