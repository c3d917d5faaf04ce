"""A refusal: an answer that says why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.analysis.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Refused(Sentence):
    """What cannot be said, and what it would take.

    It is false, so that ``if result:`` is enough; it prints as a sentence and turns into a row, like every result.

    Parameters
    ----------
    reason : str
        Why, as a sentence without its full stop.
    needed : str
        What would be needed.
    have : str
        What there is instead.

    Examples
    --------
    >>> no = Refused("a yearly rate is not taken from a short time", "180 days or more", "64 to 79 days")
    >>> print(no)
    Refused: a yearly rate is not taken from a short time. Needed: 180 days or more. There is: 64 to 79 days.
    >>> bool(no), no.row()["have"]
    (False, '64 to 79 days')
    """

    reason: str
    needed: str
    have: str

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"Refused: {self.reason}. Needed: {self.needed}. There is: {self.have}."

    def row(self) -> dict[str, object]:
        """Return it as a row: column to text."""
        return {"refused": self.reason, "needed": self.needed, "have": self.have}
