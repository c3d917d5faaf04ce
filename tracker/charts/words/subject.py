"""Whose share of what: the subject of a title."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.charts.words.prose import possessive

SHARE_OF = "share of "


def subject_of(name: str, market: Mapping[str, str]) -> str:
    """Name a share: whose it is, and of what.

    Parameters
    ----------
    name : str
        The entity.
    market : mapping of str to str
        What is known of its market: ``counted``, ``source``, ``whole``.

    Examples
    --------
    >>> subject_of("R1", {"counted": "text messages", "source": "Poe"})
    'R1’s share of Poe’s text messages'
    >>> subject_of("Norway", {"counted": "Share of new cars", "source": "Our World in Data"})
    'Norway’s share of new cars'
    """
    what = "interest index" if is_index(market) else f"share of {parts_of(market)}"
    return f"{possessive(name)} {what}"


def parts_of(market: Mapping[str, str]) -> str:
    """Say what shares are parts of, with its owner; a source without a proper name is left to the source line.

    >>> parts_of({"counted": "tokens", "source": "OpenRouter"}), parts_of({"counted": "Share of cars"})
    ('OpenRouter’s tokens', 'cars')
    """
    counted, owner = market.get("counted", "the whole"), market.get("source", "")
    if whole_of(counted) != counted:
        return whole_of(counted)
    return f"{possessive(owner)} {counted}" if is_name(owner) else counted


def is_index(market: Mapping[str, str]) -> bool:
    """Whether numbers are those of an index, no shares."""
    return market.get("whole") == "index"


def whole_of(counted: str) -> str:
    """Return what shares are parts of, where the source already says "share of" it."""
    return counted[len(SHARE_OF) :] if counted.lower().startswith(SHARE_OF) else counted


def is_name(text: str) -> bool:
    """Whether a title of a source can own something in a sentence: a few words, the first one a proper name.

    >>> [is_name(text) for text in ("Poe", "StatCounter Global Stats", "W3Schools", "survey of developers", "eBay")]
    [True, True, True, False, True]
    >>> is_name("Rankings: tokens by model"), is_name("The State of AI in Business, a yearly report")
    (False, False)
    """
    words = text.split()
    proper = any(letter.isupper() for letter in words[0][:2]) or not words[0][0].isascii() if words else False
    return proper and len(words) <= 4 and not any(mark in text for mark in ":;,()[]/|")
