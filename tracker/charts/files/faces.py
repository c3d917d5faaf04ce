"""Fonts within an SVG: of each font that is really used, the letters that are really used."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font

from tracker.charts.look.fonts import FAMILY

GENERIC = "sans-serif"

_RESTRICTED = 0x0002 | 0x0100
"""Flags of a font whose maker does not want it within documents, or not in part."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font within a file.

    Parameters
    ----------
    family : str
        As matplotlib knows it.
    bold : bool
        The weight it stands for.
    data : bytes
        A TrueType or OpenType file.
    """

    family: str
    bold: bool
    data: bytes

    @property
    def name(self) -> str:
        """What the file calls it: no other file on the same page calls another font so."""
        return f"tracker-{sha256(self.data).hexdigest()[:10]}"

    def rule(self) -> str:
        """Return the rule that makes it known."""
        kind = "otf" if self.data[:4] == b"OTTO" else "ttf"
        return (
            f"@font-face{{font-family:{self.name};font-weight:{700 if self.bold else 400};"
            f"src:url(data:font/{kind};base64,{b64encode(self.data).decode()})}}"
        )


def faces(texts: Iterable[tuple[str, FontProperties]]) -> list[Face]:
    """Return the fonts of texts; one that may not be embedded is left out.

    Parameters
    ----------
    texts : iterable of (str, matplotlib.font_manager.FontProperties)
        What is written, and with which families.
    """
    used: defaultdict[tuple[str, bool], set[str]] = defaultdict(set)
    for text, properties in texts:
        for family, letters in _shared_out(text, properties).items():
            used[family, is_bold(properties)] |= letters
    found = [(family, bold, _part(_file(family, bold), "".join(sorted(used[family, bold])))) for family, bold in used]
    return sorted((Face(*one) for one in found if one[2]), key=lambda face: (face.family != FAMILY, face.name))


def families(properties: FontProperties, known: Sequence[Face]) -> str:
    """Return the families of a text as a style sheet names them: those within the file, then installed ones."""
    bold = is_bold(properties)
    wanted = properties.get_family()
    inside = [face.name for family in wanted for face in known if (face.family, face.bold) == (family, bold)]
    named = ["Lato" if family == FAMILY else family for family in wanted]
    return ", ".join([*inside, *(f"'{name}'" for name in named if "'" not in name), GENERIC])


def is_bold(properties: FontProperties) -> bool:
    """Say whether a text is bold."""
    return properties.get_weight() in ("bold", 700)


def _shared_out(text: str, properties: FontProperties) -> Mapping[str, set[str]]:
    """Say which letters come from which family: the first that has them."""
    left, bold = set(text), is_bold(properties)
    shares: dict[str, set[str]] = {}
    for family in properties.get_family():
        charmap = _charmap(_file(family, bold))
        held = {letter for letter in left if ord(letter) in charmap}
        if held:
            shares[family] = held
        left -= held
    return shares


@lru_cache(maxsize=64)
def _file(family: str, bold: bool) -> str:
    return findfont(FontProperties(family=[family], weight="bold" if bold else "normal"))


@lru_cache(maxsize=64)
def _charmap(path: str) -> frozenset[int]:
    return frozenset(FT2Font(path).get_charmap())


@lru_cache(maxsize=64)
def _part(path: str, letters: str) -> bytes:
    """Cut the letters out of a font, with what joins and kerns them; empty where that may or can not be done."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, TTLibError

    options = Options(hinting=False, name_IDs=[0, 1, 2, 13, 14], notdef_outline=True, recalc_timestamp=False)
    file = BytesIO()
    try:
        with TTFont(path, fontNumber=getattr(path, "face_index", 0), recalcTimestamp=False, lazy=True) as whole:
            if whole["OS/2"].fsType & _RESTRICTED:
                return b""
            cutter = Subsetter(options)
            cutter.populate(text=letters)
            cutter.subset(whole)
            whole.save(file, reorderTables=True)
    except (TTLibError, OSError, KeyError):
        return b""
    return file.getvalue()
