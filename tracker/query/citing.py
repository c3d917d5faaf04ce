"""Credit lines: exactly the sources that a frame was made from, with their licences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from tracker.errors import TrackerError
from tracker.store.engine import Session
from tracker.store.markets import markets
from tracker.store.sources import sources
from tracker.values import Source

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN = "licence not recorded"


@dataclass(frozen=True, slots=True)
class Credits:
    """The credit lines of some sources; prints one a line.

    Parameters
    ----------
    sources : tuple of Source
        Each once, by title.
    """

    sources: tuple[Source, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Credit line and licence of each source."""
        return tuple(f"{one.credit or one.title} ({_licence(one)})" for one in self.sources)

    @property
    def frame(self) -> pd.DataFrame:
        """Return a row for each source: source, credit, licence, licence_url, url."""
        import pandas as pd

        names = ("title", "credit", "licence", "licence_url", "url")
        cells = {name: [getattr(one, name) for one in self.sources] for name in names}
        cells["credit"] = [one.credit or one.title for one in self.sources]
        return pd.DataFrame(cells, dtype="str").rename(columns={"title": "source"})

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.sources)

    def __str__(self) -> str:
        return "\n".join(self.lines)

    def __repr__(self) -> str:
        return str(self) or "Nothing to credit."

    def _repr_html_(self) -> str:
        return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in self.lines) + "</ul>"


def _licence(source: Source) -> str:
    if not source.licence:
        return UNKNOWN
    return f"{source.licence}, {source.licence_url}" if source.licence_url else source.licence


def credits_of(session: Session, of: pd.DataFrame | str) -> Credits:
    """Return the credit lines of exactly the sources in a frame, or of one market.

    Raises
    ------
    TrackerError
        If the frame does not say of which markets it is: a wide one does not.
    """
    if isinstance(of, str):
        slugs = {of}
    elif "market" in of.columns:
        slugs = {str(slug) for slug in of["market"].dropna().unique()}
    else:
        raise TrackerError(
            "this frame has no column market, so that its sources are not known",
            "Cite the long frame that it was made from, or name the market: t.cite('poe/text-messages').",
        )
    known = {market.slug: market.source for market in markets(session)}
    for slug in slugs - set(known):
        raise TrackerError(f"there is no market {slug!r} in this database", "Cite it with the one that it came from.")
    wanted = {known[slug] for slug in slugs}
    found = [source for source in sources(session) if source.slug in wanted]
    return Credits(tuple(sorted(found, key=lambda source: source.title)))
