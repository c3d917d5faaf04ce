"""Everything that is said around a plot, before it is set on paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts around a plot.

    Parameters
    ----------
    titles : tuple of str
        The finding, from the fullest sentence to the shortest; all are true. At least one.
    subtitle : str
        What is counted, among whom, where, how often, and the unit.
    notes : tuple of str
        Sentences of the note, the most important first.
    source : str
        Who published the figures, and their licence.
    kicker : str
        A warning about the figures, or nothing.
    """

    titles: tuple[str, ...]
    subtitle: str
    notes: tuple[str, ...]
    source: str
    kicker: str = ""

    def titled(self, title: str | None) -> Wording:
        """Return the same with a title of one's own; None or blank keeps the finding."""
        own = " ".join((title or "").split())
        return Wording((own,), self.subtitle, self.notes, self.source, self.kicker) if own else self
