"""When two names are one, when they merely look alike, and which are nearest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache

_SEPARATORS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")

SHORTEST_TYPO = 4


def clean(name: str) -> str:
    """Give a printed name its one spelling: Unicode NFC, single blanks.

    >>> clean("  Deep   Seek ")
    'Deep Seek'
    """
    return " ".join((name if name.isascii() else unicodedata.normalize("NFC", name)).split())


def fold(name: str) -> str:
    """Fold a name to what aliases are compared by: Unicode NFKC, case folded.

    >>> fold("ＤeepSeek R1")
    'deepseek r1'
    """
    if name.isascii():  # a short way, for what is so already
        return " ".join(name.lower().split())
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def resembles(name: str, other: str) -> bool:
    """Whether two different names are likely one, misspelt.

    They are when they differ only by case, blanks, punctuation and the order of their words, or by one
    typing slip (a letter missing, added, changed or two exchanged) behind the first letter: of a name of four
    letters or more, and where a letter is changed of five or more. Names whose numbers, or words with
    numbers, differ never are: GPT-4 is not GPT-5, nor GPT-4o.

    Parameters
    ----------
    name, other : str
        Names as printed.

    References
    ----------
    F. J. Damerau, "A technique for computer detection and correction of spelling errors",
    Communications of the ACM 7 (1964): four slips of one letter make 80 % of misspellings.

    Examples
    --------
    >>> resembles("Deepseek", "DeepSeek"), resembles("Deep-Seek", "DeepSeek"), resembles("DeepSekk", "DeepSeek")
    (True, True, True)
    >>> resembles("Claude 3.5 Sonnet", "Claude 3.7 Sonnet"), resembles("Zambia", "Gambia")
    (False, False)
    """
    if _digits(name) != _digits(other):
        return False
    if same_letters(name, other) or (_words(name) == _words(other) != []):
        return True
    if _numbered(name) != _numbered(other):
        return False
    first, second = _bare(name), _bare(other)
    shortest = min(len(first), len(second))
    if shortest < SHORTEST_TYPO or first[0] != second[0]:
        return False
    if len(first) == len(second) == SHORTEST_TYPO and sorted(first) != sorted(second):
        return False  # one letter of four changed is another word: Iran, Iraq
    from rapidfuzz.distance import OSA

    return OSA.distance(first, second, score_cutoff=1) <= 1


def same_letters(name: str, other: str) -> bool:
    """Whether two names differ at most by case, blanks and punctuation.

    >>> same_letters("Deep-Seek", "DeepSeek")
    True
    """
    return _bare(name) == _bare(other)


class Spellings:
    """Names, each with what it stands for, among which a new one is looked up: as it is, and by resemblance.

    It answers as if `same_letters` and `resembles` were asked of every name in turn, and asks few.

    Examples
    --------
    >>> known = Spellings({"DeepSeek": "DeepSeek", "GPT-4": "GPT-4"})
    >>> known.twin("Deep-Seek", ()), known.twin("DeepSekk", ()), known.twin("GPT-5", ())
    ('DeepSeek', 'DeepSeek', None)
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self._meant: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self._by_letters: dict[str, str] = {}
        self._by_digits: dict[tuple[str, ...], list[str]] = {}
        for name, meant in known.items():
            self.add(name, meant)

    def add(self, name: str, meant: str) -> None:
        """Add a name behind the others."""
        if name in self._meant:
            return
        self._places[name] = len(self._meant)
        self._meant[name] = meant
        self._by_letters.setdefault(_bare(name), name)
        self._by_digits.setdefault(_digits(name), []).append(name)

    def twin(self, name: str, apart: Container[str]) -> str | None:
        """Return what the first name stands for that is this one, or likely this one misspelt.

        Those that stand for somebody in `apart` are told from it by more than letters: they merely resemble it.
        """
        if name in self._meant:
            return self._meant[name]
        alike = self._by_letters.get(_bare(name))
        end = len(self._places) if alike is None else self._places[alike]
        for other in self._by_digits.get(_digits(name), ()):
            if self._places[other] >= end:
                break
            if self._meant[other] not in apart and resembles(name, other):
                return self._meant[other]
        return None if alike is None else self._meant[alike]


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names that come nearest to a name, best first.

    Parameters
    ----------
    name : str
        What was asked for.
    known : iterable of str
        What there is.
    count : int
        How many at the most.

    Examples
    --------
    >>> nearest("poe/text", ["poe/text-messages", "openrouter/tokens"])
    ['poe/text-messages']
    """
    from rapidfuzz import fuzz, process

    found = process.extract(name, list(known), scorer=fuzz.WRatio, processor=fold, limit=count, score_cutoff=75)
    return [match for match, _, _ in found]


@lru_cache(maxsize=10_000)
def _digits(name: str) -> tuple[str, ...]:
    return tuple(_DIGITS.findall(fold(name)))


def _words(name: str) -> list[str]:
    """The folded words of a name, in the order of the alphabet."""
    return sorted(word for word in _SEPARATORS.split(fold(name)) if word)


def _numbered(name: str) -> list[str]:
    return [word for word in _words(name) if _DIGITS.search(word)]


@lru_cache(maxsize=10_000)
def _bare(name: str) -> str:
    """A folded name without blanks and punctuation; the folded name itself where nothing is left."""
    folded = fold(name)
    return _SEPARATORS.sub("", folded) or folded
