"""What an import may do without asking."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.store.plan import OnChange


@dataclass(frozen=True)
class Policy:
    """What may be done without asking.

    Parameters
    ----------
    on_change : {'refuse', 'revise', 'skip', 'compete'}
        What becomes of a share that differs from the recorded one.
    new_entities : bool
        Whether a name that resembles a recorded one may become an entity of its own.
    primary_prevails : bool
        Whether the source's own figure replaces one that was only retold.
    skip_bad : bool
        Whether bad lines are left out, rather than refuse the input.
    to_revise, to_compete : str
        What to type to revise, and to keep both, for the hint of a refusal.
    restated : set of str
        Markets whose sources restate their past: their shares may be revised, whatever `on_change` says.
    """

    on_change: OnChange = "refuse"
    new_entities: bool = False
    primary_prevails: bool = False
    skip_bad: bool = False
    to_revise: str = "--on-change revise --reason 'the reason'"
    to_compete: str = "--on-change compete"
    restated: frozenset[str] = frozenset()
