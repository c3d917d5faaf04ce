"""What is in a database, in a line and as a small table."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from tracker.store.contents import contents, last_batch, span
from tracker.store.engine import Session
from tracker.store.entities import names


class Contents(NamedTuple):
    """How much there is.

    Attributes
    ----------
    markets, entities, observations : int
        How many.
    first, last : str or None
        First and last day that a share speaks of.
    batch : str or None
        The last batch: its number, when, and what it was.
    """

    markets: int
    entities: int
    observations: int
    first: str | None
    last: str | None
    batch: str | None

    def __str__(self) -> str:
        counts = (
            f"{count:,} {one if count == 1 else many}"
            for count, one, many in (
                (self.markets, "market", "markets"),
                (self.entities, "entity", "entities"),
                (self.observations, "observation", "observations"),
            )
        )
        span = f", {self.span}" if self.first else ""
        return ", ".join(counts) + span + (f"; last {self.batch}" if self.batch else "; nothing was recorded yet")

    @property
    def span(self) -> str:
        """First and last day."""
        return f"{self.first} to {self.last}" if self.first else "no days"


def contents_of(session: Session) -> Contents:
    """Count what a database holds."""
    counts, last = contents(session), last_batch(session)
    batch = None
    if last is not None:
        named = f" {last[3]}" if last[3] else ""
        batch = f"batch {last[0]}, {last[1][:16].replace('T', ' ')} UTC: {last[2]}{named}"
    return Contents(counts["market"], len(names(session)), counts["observation"], *span(session), batch)


def as_html(path: str, found: Contents | None) -> str:
    """Write it as a small table; all that comes from the database is escaped."""
    rows = [("database", path)]
    if found is None:
        rows.append(("state", "closed"))
    else:
        counts = ("markets", "entities", "observations")
        rows += [(name, f"{getattr(found, name):,}") for name in counts]
        rows += [("span", found.span), ("last batch", found.batch or "none")]
    body = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(cell)}</td></tr>' for name, cell in rows)
    return f"<table><caption>Tracker</caption><tbody>{body}</tbody></table>"
