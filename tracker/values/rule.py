"""The rule of a market: which of several conflicting reports of one fact stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.values.records import Citation

DEFAULT = "primary"
"""The rule of a market that nobody gave one."""

MEANINGS = {
    "primary": "the source's own page stands before a retelling, and then what was published last",
    "latest": "what was published last stands",
    "first": "what was recorded first stands",
}
"""What each of `RULES` means, in words."""


class Page(NamedTuple):
    """A page that reports on a fact.

    Attributes
    ----------
    citation : Citation
        Where that is.
    recorded : int
        The batch that recorded it first; a lower number is earlier.
    """

    citation: Citation
    recorded: int


def prevailing(rule: str, pages: Sequence[Page]) -> int:
    """Find which page stands by a rule.

    Parameters
    ----------
    rule : str
        One of `RULES`.
    pages : sequence of Page
        At least one; what stands now comes first, and stays where others only come up to it.

    Returns
    -------
    int
        Its place among the pages.

    Notes
    -----
    A page whose day of publication is not known loses to one whose day is.

    Examples
    --------
    >>> itself = Citation("https://poe.com", published=date(2025, 5, 1), kind="primary")
    >>> press = Citation("https://press.org", published=date(2025, 6, 1), kind="secondary")
    >>> pages = [Page(press, 1), Page(itself, 2)]
    >>> [prevailing(rule, pages) for rule in ("primary", "latest", "first")]
    [1, 0, 0]
    """
    ranks = [_rank(rule, page) for page in pages]
    return ranks.index(max(ranks))


def _rank(rule: str, page: Page) -> tuple[bool, date, int]:
    if rule == "first":
        return False, date.min, -page.recorded
    return rule == "primary" and page.citation.kind == "primary", page.citation.published or date.min, 0


def same_page(one: Citation, other: Citation) -> bool:
    """Whether two citations are of one page: of one url or, where one has none, of one title.

    What a page says otherwise than before is no competing report: it was revised.

    >>> same_page(Citation("https://a.org", "Trends"), Citation("https://a.org", "Trends, updated"))
    True
    >>> same_page(Citation("https://a.org", "Trends"), Citation("https://b.org", "Trends"))
    False
    """
    if one.url and other.url:
        return one.url == other.url
    return one.title is not None and one.title == other.title
