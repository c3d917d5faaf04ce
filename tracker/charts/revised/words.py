"""What is said around a chart of revisions: how many, by how much, since when, and what is none."""

from __future__ import annotations

from tracker.charts.picture import Picture
from tracker.charts.revised.pairs import Pair, Revised
from tracker.charts.words.dates import when
from tracker.charts.words.numbers import plain, published, signed
from tracker.charts.words.prose import joined, possessive
from tracker.charts.words.sources import source_of
from tracker.charts.words.titles import kicker, subtitle
from tracker.charts.words.wording import Wording

CLOCKS = {"published": "first published", "recorded": "first recorded here"}
"""What "first" means, and how it is said."""

RELEASED = {
    "published": "That is the earliest figure recorded here, by the date of its page, else by the day of recording.",
    "recorded": "That is the figure entered here first, whenever it was published.",
}

STATUS = {"F": "forecast", "P": "provisional", "E": "estimated", "B": "a break in the series"}

NAMED = 3


def wording(revised: Revised, clock: str) -> Wording:
    """Return what is said around the chart."""
    notes = [sentence for sentence in _notes(revised, clock) if sentence]
    picture = revised.picture
    return Wording(
        tuple(titles(revised, clock)), subtitle(picture), tuple(notes), source_of(revised.data), kicker(picture)
    )


def titles(revised: Revised, clock: str) -> list[str]:
    """Say how many figures were revised, from the fullest sentence to the shortest; all are true."""
    pairs = revised.subject
    found = [pair for pair in pairs if pair.kind == "revised"]
    count, size = len(pairs), _size(found, revised.picture)
    names = revised.named if revised.asked else []
    whose = [f"{possessive(names[0])} "] if len(names) == 1 else []
    since = f"since {'they were' if len(found) > 1 else 'it was'} {CLOCKS[clock]}"
    said = []
    for owner in [*whose, ""]:
        clause = _counted(len(found), count, owner)
        said += [f"{clause} {since}{size}", *([f"{clause}{size}"] if size else []), f"{clause} {since}", clause]
    return list(dict.fromkeys(said))


def alt(revised: Revised, title: str) -> str:
    """Describe the chart for those who do not see it."""
    unit = revised.picture.unit
    said = [f"Line chart of figures as first stated and as they are now: {title}.", f"{subtitle(revised.picture)}."]
    shown = sorted((p for p in revised.subject if p.kind == "revised"), key=lambda p: -abs(p.points or 0.0))
    for pair in shown[:12]:
        said.append(
            f"{pair.now.entity} {when(pair.now)}: {published(pair.first, unit)}, now {published(pair.now, unit)}."
        )
    if len(shown) > 12:
        said.append(f"{len(shown) - 12} smaller revisions are not read out.")
    last = [f"{one.name} {published(one.last, unit)} {when(one.last)}" for one in revised.picture.series[:NAMED]]
    return " ".join([*said, f"The last readings now: {'; '.join(last)}."])


def change_text(pair: Pair, unit: str) -> str:
    """Say how much a figure was revised: ``+0.04 points``, never percent."""
    assert pair.points is not None
    if not unit:
        return signed(pair.points)
    return f"{signed(pair.points)} point{'' if abs(pair.points) == 1 else 's'}"


def _counted(found: int, count: int, owner: str) -> str:
    if count == 1:
        return f"{f'{owner}one figure' if owner else 'The one figure'} was {'' if found else 'not '}revised"
    figures = f"{owner}{count} figures"
    if not found:
        return f"None of {figures} was revised"
    if found == count:
        return f"All {f'of {figures}' if owner else figures} were revised"
    return f"{found} of {figures} {'were' if found > 1 else 'was'} revised"


def _size(found: list[Pair], picture: Picture) -> str:
    """Say by how much at most; silent where one of them cannot be measured."""
    sizes = {abs(pair.points) for pair in found if pair.points is not None}
    if not found or not sizes or any(pair.points is None for pair in found):
        return ""
    most = max(sizes)
    unit = "" if not picture.unit else " point" if most == 1 else " points"
    text = f"{plain(most)}{unit}"
    return f", by {'up to ' if len(sizes) > 1 else ''}{text}{' each' if len(sizes) == 1 < len(found) else ''}"


def _notes(revised: Revised, clock: str) -> list[str]:
    found = [pair for pair in revised.pairs if pair.kind == "revised"]
    marks = f"Solid lines are the figures now; hollow dots and thin dashed lines, as {CLOCKS[clock]}."
    return [
        marks if found else f"The lines are the figures now; they are also those {CLOCKS[clock]}.",
        RELEASED[clock],
        _unsized(revised, found),
        _retold(revised, found),
        _others(revised),
        _closer(revised),
        _corrected(revised),
        _unpaired(revised, clock),
        *_marks(revised),
        _own(revised.picture),
    ]


def _unsized(revised: Revised, found: list[Pair]) -> str:
    bare = [pair for pair in found if pair.points is None]
    unit = revised.picture.unit
    told = [
        f"{pair.now.entity} {when(pair.now)}, from {published(pair.first, unit)} to {published(pair.now, unit)}"
        for pair in bare[:NAMED]
    ]
    more = [f"{len(bare) - NAMED} more"] if len(bare) > NAMED else []
    return f"Revised, but not to be measured in points: {'; '.join([*told, *more])}." if bare else ""


def _retold(revised: Revised, found: list[Pair]) -> str:
    """Warn where the first figure was only retold: what differs may be the reteller's."""
    rows = [revised.first_of(pair) for pair in found]
    retold = [row for row in rows if str(row["citation_kind"]) == "secondary"]
    if not retold:
        return ""
    names = list(
        dict.fromkeys(
            n for row in retold if isinstance(row["reported_by"], str) for n in row["reported_by"].split("; ")
        )
    )
    by = (
        f" ({joined(names if len(names) <= NAMED + 1 else [*names[:NAMED], f'{len(names) - NAMED} more'])})"
        if names
        else ""
    )
    many = "All the revised figures were" if len(retold) == len(found) > 1 else f"{len(retold)} of the revised figures "
    if not many.endswith("were"):
        many += "was" if len(retold) == 1 else "were"
    if len(found) == 1:
        many = "The revised figure was"
    return f"{many} first read where others retell the source{by}: the difference may be theirs."


def _others(revised: Revised) -> str:
    if not revised.asked:
        return ""
    rest = [pair for pair in revised.pairs if pair.now.entity not in revised.named]
    found = sum(pair.kind == "revised" for pair in rest)
    if not rest:
        return ""
    return f"Of the {len(rest)} figures of the others, {found or 'none'} {'were' if found > 1 else 'was'} revised."


def _closer(revised: Revised) -> str:
    """Name what is printed in another way now, but says nothing else."""
    found = [pair for pair in revised.pairs if pair.kind == "closer"]
    if not found:
        return ""
    unit, one = revised.picture.unit, found[0]
    if len(found) == 1:
        return (
            f"{possessive(one.now.entity)} {published(one.first, unit)} {when(one.now)} is now printed as"
            f" {published(one.now, unit)}, which agrees with it and is not counted."
        )
    return f"{len(found)} figures are now printed in another way that agrees with the first; they are not counted."


def _corrected(revised: Revised) -> str:
    found = [pair for pair in revised.pairs if pair.kind == "corrected"]
    if not found:
        return ""
    told = [f"{pair.now.entity} {when(pair.now)}" for pair in found[:NAMED]]
    more = [f"{len(found) - NAMED} more"] if len(found) > NAMED else []
    return f"Corrected here, which is no revision by the source and is not counted: {joined([*told, *more])}."


def _unpaired(revised: Revised, clock: str) -> str:
    gone, added = revised.withdrawn, revised.added
    said = (
        [f"{gone} figure{'s' * (gone != 1)} {CLOCKS[clock]} {'have' if gone != 1 else 'has'} no successor"]
        if gone
        else []
    )
    said += (
        [f"{added} figure{'s' * (added != 1)} of now {'have' if added != 1 else 'has'} no first one"] if added else []
    )
    return f"{joined(said)}; not counted." if said else ""


def _marks(revised: Revised) -> list[str]:
    picture = revised.picture
    drawn = picture.drawn()
    firsts = [pair.first for pair in revised.pairs if pair.kind == "revised"]
    bare = [reading for reading in [*drawn, *firsts] if reading.value is None]
    said = ["Carets and bars are published bounds."] if bare else []
    if any(series.few and sum(one.value is not None for one in series.readings) > 1 for series in picture.series):
        said.append("Dotted lines join figures; they are not data.")
    if any(series.ends and not series.few for series in picture.series):
        said.append("Lines break where figures are missing.")
    for mark, word in STATUS.items():
        marked = [reading for reading in drawn if reading.status == mark]
        if marked:
            shown = [f"{reading.entity} {when(reading)}" for reading in marked[:NAMED]]
            more = [f"{len(marked) - NAMED} more"] if len(marked) > NAMED else []
            said.append(f"Marked as {word}: {joined([*shown, *more])}.")
    return said


def _own(picture: Picture) -> str:
    own = str(picture.market.get("market_note") or "").strip().rstrip(".")
    return f"{own[0].upper()}{own[1:]}." if own else ""
