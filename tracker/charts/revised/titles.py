"""The title of a chart of revisions: how many figures were revised, by how much, and whether that can be known."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.charts.picture import Picture
from tracker.charts.revised.pairs import Pair, Revised
from tracker.charts.words.numbers import plain
from tracker.charts.words.prose import possessive

CLOCKS = {"published": "first published", "recorded": "first recorded here"}
"""What "first" means, and how it is said."""

RETOLD = {"published": "first retold", "recorded": "first recorded here, as others retold it"}
MIXED = {"published": "first published or retold", "recorded": "first recorded here, some of it retold"}
"""The same where a first figure was read where others retell the source: what differs was not revised by it."""


def known(pairs: Sequence[Pair]) -> list[Pair]:
    """Return those of which several editions are recorded: only these can be seen to be revised, or not."""
    return [pair for pair in pairs if pair.twice]


def counted(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs that a sentence counts: what is corrected here says nothing of what its source did."""
    return [pair for pair in pairs if pair.kind != "corrected"]


def origin(retold: Sequence[bool], clock: str) -> str:
    """Say what the first figures are: published, retold, or some of each."""
    said = RETOLD if all(retold) else MIXED if any(retold) else CLOCKS
    return said[clock]


def titles(revised: Revised, clock: str) -> list[str]:
    """Say how many figures were revised, from the fullest sentence to the shortest; all are true."""
    names = revised.named if revised.asked else []
    whose = [f"{possessive(names[0])} "] if len(names) == 1 else []
    clauses = _findings if known(counted(revised.subject)) else _nothing_known
    return list(dict.fromkeys(text for owner in [*whose, ""] for text in clauses(revised, clock, owner)))


def _nothing_known(revised: Revised, clock: str, owner: str) -> list[str]:
    subject = revised.subject
    pairs = counted(subject) if known(subject) else subject
    if not subject:
        return ["No first figures are recorded, so revisions cannot be seen"]
    if not pairs:
        figures = f"{owner}figures" if owner else "these figures"
        return [f"All of {figures} with several editions are corrected here, so revisions are not counted"]
    if len(pairs) == 1:
        figures = f"{owner}one figure" if owner else "this figure"
        figures += " that is not corrected here" if len(subject) > 1 else ""
    else:
        figures = f"{owner or 'these '}{len(pairs)} figures"
        figures = figures if _of_one_edition(revised) else f"each of {figures}"
    clause = f"Only one edition of {figures} is recorded"
    return [f"{clause}, so revisions cannot be seen", clause]


def _of_one_edition(revised: Revised) -> bool:
    rows = revised.data.iloc[[pair.first.row for pair in revised.subject]]
    return bool((rows[["published", "known_from"]].astype(object).nunique(dropna=False) == 1).all())


def _findings(revised: Revised, clock: str, owner: str) -> list[str]:
    found = [pair for pair in revised.subject if pair.kind == "revised"]
    whole = counted(revised.subject)
    pairs = whole if found else known(whole)
    retold = [revised.retold(pair) for pair in found or pairs]
    several = "" if len(pairs) == len(whole) else " with several recorded editions"
    if len(whole) == 1 < len(revised.subject):
        several = " that is not corrected here"
    size = _size(found, revised.picture)
    if any(retold):
        clause = f"{_tally(len(found), len(pairs), owner, several, DIFFER)} from what was {origin(retold, clock)}"
        return [f"{clause}{size}", clause]
    clause = _tally(len(found), len(pairs), owner, several, REVISED)
    since = f"since {'they were' if len(found) > 1 else 'it was'} {origin(retold, clock)}"
    return [f"{clause} {since}{size}", *([f"{clause}{size}"] if size else []), f"{clause} {since}", clause]


REVISED = ("was revised", "were revised", "was not revised")
DIFFER = ("differs", "differ", "does not differ")
"""What one figure did, what several did, and what one did not."""


def _tally(found: int, count: int, owner: str, several: str, verbs: tuple[str, str, str]) -> str:
    one, many, not_one = verbs
    if count == 1:
        return f"{f'{owner}one' if owner else 'The one'} figure{several} {one if found else not_one}"
    figures = f"{owner}{count} figures{several}"
    if not found:
        return f"None of {figures} {one}"
    if found == count:
        return f"All {f'of {figures}' if owner else figures} {many}"
    return f"{found} of {figures} {many if found > 1 else one}"


def _size(found: list[Pair], picture: Picture) -> str:
    """Say by how much at most; silent where one of them cannot be measured."""
    sizes = {abs(pair.points) for pair in found if pair.points is not None}
    if not found or not sizes or any(pair.points is None for pair in found):
        return ""
    most = max(sizes)
    unit = "" if not picture.unit else " point" if most == 1 else " points"
    text = f"{plain(most)}{unit}"
    return f", by {'up to ' if len(sizes) > 1 else ''}{text}{' each' if len(sizes) == 1 < len(found) else ''}"
