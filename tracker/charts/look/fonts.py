"""Fonts: the bundled Lato, DejaVu Sans for letters it lacks, and whatever is installed for the rest.

Nothing here changes what other figures of the process look like: the bundled files are made known
to matplotlib under a name of their own, and an installed Lato is not preferred to them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from matplotlib.font_manager import FontProperties, findfont, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import text_to_path

from tracker.charts.look.direction import left_to_right
from tracker.values.harmless import harmless

FAMILY = "Tracker Lato"
FALLBACK = "DejaVu Sans"
MISSING = "\N{REPLACEMENT CHARACTER}"

_FILES = tuple(Path(__file__).parents[1] / "fonts" / f"Lato-{weight}.ttf" for weight in ("Regular", "Bold"))

# families that hold the letters of East Asia, tried before all other installed ones: first those of China, whose
# forms are right for most names that are written in such letters only
_WIDE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi",
    "Noto Sans CJK",
    "Source Han Sans",
    "Hiragino",
    "Yu Gothic",
    "Malgun Gothic",
    "Arial Unicode",
)

# other forms of the same letters, where a text has letters of one language only
_JAPANESE, _KOREAN = ("\u3041", "\u30ff"), ("\uac00", "\ud7a3")


@lru_cache(maxsize=512)
def font(size: float, bold: bool = False, extra: tuple[str, ...] = ()) -> FontProperties:
    """Return the font of a text.

    Parameters
    ----------
    size : float
        Points.
    bold : bool
        Bold or regular.
    extra : tuple of str
        Installed families for letters that neither Lato nor DejaVu Sans has.
    """
    load()
    return FontProperties(family=[FAMILY, FALLBACK, *extra], size=size, weight="bold" if bold else "normal")


def font_for(text: str, size: float, bold: bool = False) -> FontProperties:
    """Return a font that has the letters of a text, as far as any installed one does."""
    return font(size, bold, _extra(frozenset(_foreign(text))))


@lru_cache(maxsize=4096)
def drawable(text: str) -> str:
    """Return a text with control characters written out, and each letter that no font has replaced by U+FFFD.

    >>> drawable("Алиса → 7%")
    'Алиса → 7%'
    """
    text = harmless(text.replace("\n", " "))
    foreign = _foreign(text)
    if not foreign:
        return text
    files = dict(_installed())
    known = set().union(*(_letters(files[family]) for family in _extra(frozenset(foreign))))
    return "".join(MISSING if letter in foreign and ord(letter) not in known else letter for letter in text)


def shown(text: str) -> str:
    """Return a text as it is drawn: `drawable`, and read from left to right."""
    return left_to_right(drawable(text))


@lru_cache(maxsize=8192)
def width(text: str, size: float, bold: bool = False) -> float:
    """Measure a line of text, in points, without hinting.

    >>> width("MM", 10.0) == 2 * width("M", 10.0) > width("i", 10.0)
    True
    """
    if not text:
        return 0.0
    wide, _, _ = text_to_path.get_text_width_height_descent(shown(text), font_for(text, 100.0, bold), False)
    # hinting for the screen moves letters by up to a percent: not in files of ours, but on axes of others
    return float(wide) * size / 100.0 * 1.01 if len(text) > 2 else float(wide) * size / 100.0


def clip_to(text: str, room: float, size: float, bold: bool = False) -> str:
    """Shorten a text with an ellipsis until it fits into `room` points."""
    if width(text, size, bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "…", size, bold) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip(" ,.;:–-") + "…"


@lru_cache(maxsize=1)
def load() -> None:
    """Make the bundled files known to matplotlib, first in its list and under their own family."""
    for path in _FILES:
        fontManager.addfont(path)
        known = [entry for entry in fontManager.ttflist if entry.fname != str(path)]
        own = next(entry for entry in fontManager.ttflist if entry.fname == str(path))
        fontManager.ttflist[:] = [replace(own, name=FAMILY), *known]


def _path(family: str) -> str:
    load()
    return str(findfont(FontProperties(family=[family])))


@lru_cache(maxsize=64)
def _letters(path: str) -> frozenset[int]:
    return frozenset(FT2Font(path).get_charmap())


def _foreign(text: str) -> set[str]:
    """Letters of a text that neither Lato nor DejaVu Sans has."""
    rare = {letter for letter in text if not letter.isascii()}
    for family in (FAMILY, FALLBACK):
        if not rare:
            break
        known = _letters(_path(family))
        rare = {letter for letter in rare if ord(letter) not in known}
    return rare


@lru_cache(maxsize=128)
def _extra(letters: frozenset[str]) -> tuple[str, ...]:
    """Installed families that hold letters nobody else has; as few as needed, the same every time."""
    wanted, chosen = {ord(letter) for letter in letters}, []
    for family, path in _by_language(letters) if wanted else ():
        held = wanted & _letters(path)
        if held:
            chosen.append(family)
            wanted -= held
        if not wanted:
            break
    return tuple(chosen)


def _by_language(letters: frozenset[str]) -> list[tuple[str, str]]:
    """Installed families, those made for the language of the letters first."""
    for (first, last), ending in ((_JAPANESE, " JP"), (_KOREAN, " KR")):
        if any(first <= letter <= last for letter in letters):
            return sorted(_installed(), key=lambda item: not item[0].endswith(ending))
    return list(_installed())


@lru_cache(maxsize=1)
def _installed() -> tuple[tuple[str, str], ...]:
    """Every installed upright family with its regular file: the wide ones first, those without serifs before others."""
    load()
    skipped = (FAMILY, "Last Resort", "LastResort", "Apple Color Emoji", "Noto Color Emoji")  # boxes, or no outlines
    upright = [entry for entry in fontManager.ttflist if entry.style == "normal" and entry.weight == 400]
    files = {entry.name: entry.fname for entry in upright if not entry.name.startswith(skipped)}
    return tuple(sorted(files.items(), key=lambda item: _rank(item[0])))


def _rank(family: str) -> tuple[int, bool, bool, str]:
    wide = next((i for i, name in enumerate(_WIDE) if family.startswith(name)), len(_WIDE))
    return wide, "Mono" in family or "Serif" in family, "Sans" not in family, family
