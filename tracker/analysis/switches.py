"""When the lead changed hands, as far as it can be told from rounding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.analysis.lead import Lead
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Switch(Sentence):
    """The lead went from one to another.

    Parameters
    ----------
    before, after : Lead
        The last sure lead of the one, and the first sure one of the other.
    """

    before: Lead
    after: Lead

    def __str__(self) -> str:
        one, other = self.before.leader, self.after.leader
        return f"{other.entity} leads by {other.period}, after {one.entity}, which last surely led in {one.period}."

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value."""
        one, other = self.before.leader, self.after.leader
        return {"from": one.entity, "until": one.period, "to": other.entity, "since": other.period}


def switches(leads: Sequence[Lead | Refused]) -> tuple[Switch, ...]:
    """Find where the lead changed hands.

    Parameters
    ----------
    leads : sequence of Lead or Refused
        One a period, in the order of time; see `lead`. A period whose lead was refused is passed over, as one within
        rounding is: it ends no lead, for nobody is known to have taken it over.

    Returns
    -------
    tuple of Switch
        Only between leads that exceed their intervals: within rounding nobody has taken it over.

    Notes
    -----
    *Not valid* as the day of the change: it lies somewhere between the two periods.

    Examples
    --------
    >>> from datetime import date
    >>> from tracker.analysis.lead import lead
    >>> from tracker.analysis.reading import Reading
    >>> from tracker.analysis.snapshot import Snapshot
    >>> def month(number, a, b):
    ...     day = date(2025, number, 1)
    ...     one = Reading("A", day, day, "day", day, day, f"{a}", a, a - 0.5, a + 0.5)
    ...     return Snapshot("", (one, Reading("B", day, day, "day", day, day, f"{b}", b, b - 0.5, b + 0.5)))
    >>> for switch in switches([lead(month(*of)) for of in ((1, 9, 5), (2, 6, 7), (3, 5, 8))]):
    ...     print(switch)
    B leads by 2025-03-01, after A, which last surely led in 2025-01-01.
    """
    sure = [one for one in leads if isinstance(one, Lead) and one.sure]
    pairs = pairwise(sure)
    return tuple(Switch(one, other) for one, other in pairs if one.leader.entity != other.leader.entity)
