"""Names that are cut where there is no room, so that no two of them look the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tracker.charts.look.fonts import clip_to, width

Name = tuple[str, float, bool]
"""A name, its room in points, and whether it is bold."""


def distinct(names: Sequence[Name], size: float) -> list[str]:
    """Shorten names with an ellipsis until they fit, and cut those that would look the same where they differ.

    Parameters
    ----------
    names : sequence of (str, float, bool)
        Names, the room of each in points, and whether it is bold.
    size : float
        Of the font, points.

    Returns
    -------
    list of str
        In the order of `names`; the same name has the same cut where it has the same room.

    Examples
    --------
    >>> distinct([("Entity number 07", 45.0, False), ("Entity number 08", 45.0, False)], 10.0)
    ['Ent…r 07', 'Ent…r 08']
    """
    cut = [clip_to(name, room, size, bold) for name, room, bold in names]
    short = min((len(text) - 1 for text, name in zip(cut, names, strict=True) if text != name[0]), default=0)
    alike = defaultdict(list)
    for at, (text, name) in enumerate(zip(cut, names, strict=True)):
        if text != name[0]:
            alike[text[:short].rstrip("…")].append(at)
    for group in alike.values():
        if len({names[at][0] for at in group}) > 1:
            for at, text in zip(group, _apart([names[at] for at in group], size), strict=True):
                cut[at] = text
    return cut


def _apart(names: list[Name], size: float) -> list[str]:
    """Cut names in the middle so that the end shows; where the ends are alike, show where the names first differ."""
    ended = [clip_middle(name, room, size, bold) for name, room, bold in names]
    ends = [text.rpartition("…")[2] for text in ended]
    short = min(len(end) for end in ends)
    if short and len({end[-short:] for end in ends}) == len({name for name, _, _ in names}):
        return ended
    differ = _same([name for name, _, _ in names])
    first = names[0][0].rfind(" ", 0, differ) + 1
    found = [_from(name, first, differ, room, size, bold) for name, room, bold in names]
    again = defaultdict(list)
    for at, text in enumerate(found):
        again[text].append(at)
    for group in again.values():  # those that first differ further on than their cut reaches
        if len({names[at][0] for at in group}) > 1 and len(group) < len(names):
            for at, text in zip(group, _apart([names[at] for at in group], size), strict=True):
                found[at] = text
    return found


def _same(names: Sequence[str]) -> int:
    """Return with how many letters all names start alike."""
    least, most = min(names), max(names)
    return next((at for at, pair in enumerate(zip(least, most, strict=False)) if pair[0] != pair[1]), len(least))


def clip_middle(text: str, room: float, size: float, bold: bool = False) -> str:
    """Shorten a text with an ellipsis in its middle until it fits into `room` points.

    >>> clip_middle("Entity number 07", 45.0, 10.0)
    'Ent…r 07'
    """
    if width(text, size, bold) <= room:
        return text
    for kept in range(len(text) - 1, 1, -1):
        head = (kept - 1) // 2
        shorter = f"{text[:head].rstrip()}…{text[len(text) - kept + head :].lstrip()}"
        if width(shorter, size, bold) <= room:
            return shorter
    return clip_to(text, room, size, bold)


def _from(text: str, first: int, differ: int, room: float, size: float, bold: bool) -> str:
    """Shorten a text to a few letters of its start and what stands from `first` on, at least up to where it differs."""
    for head, at in ((4, first), (3, first), (2, first), (0, first), (0, max(first, differ - 1))):
        start = f"{text[:head].rstrip()}…" if at > head else ""
        left = room - width(start, size, bold)
        rest = clip_to(text[at:], left * 0.98, size, bold)
        if len(rest) > differ + 1 - at and width(start + rest, size, bold) <= room:
            return start + rest
    return clip_to(text, room, size, bold)
