"""What is said around a chart of revisions: how many, by how much, since when, and what is none."""

from __future__ import annotations

from tracker.charts.revised.pairs import Pair, Revised
from tracker.charts.revised.titles import CLOCKS, counted, known, origin, titles
from tracker.charts.words.dates import when
from tracker.charts.words.numbers import published, signed
from tracker.charts.words.prose import joined, possessive
from tracker.charts.words.remarks import letter_remark, overlap_remark, some, whole_remark
from tracker.charts.words.sources import source_of
from tracker.charts.words.titles import kicker, subtitle
from tracker.charts.words.wording import Wording

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


def _notes(revised: Revised, clock: str) -> list[str]:
    found = [pair for pair in revised.pairs if pair.kind == "revised"]
    return [
        *_lines(revised, found, clock),
        _once(revised),
        _unsized(revised, found),
        _retold(revised, found),
        _others(revised),
        _closer(revised),
        _corrected(revised),
        _unpaired(revised, clock),
        *_marks(revised),
        *overlap_remark(revised.picture.market),
        *whole_remark(revised.picture.market),
        *letter_remark(series.name for series in revised.picture.series),
    ]


def _lines(revised: Revised, found: list[Pair], clock: str) -> list[str]:
    """Say what the lines are, and what "first" means."""
    if found:
        first = origin([revised.retold(pair) for pair in found], clock)
        return [f"Solid lines are the figures now; hollow dots and thin dashed lines, as {first}.", RELEASED[clock]]
    seen = known(revised.pairs)
    if not seen:
        return ["The lines are the figures of the one edition recorded; import a later one to see what was revised."]
    first = origin([revised.retold(pair) for pair in seen], clock)
    return [f"The lines are the figures now; they are also those {first}.", RELEASED[clock]]


def _once(revised: Revised) -> str:
    """Count what nothing is known of; silent where that is all there is."""
    seen, count = len(known(revised.pairs)), len(revised.pairs)
    once = count - seen
    if not once or not seen:
        return ""
    one = once == 1
    return (
        f"{once} of the {count} figures {'is' if one else 'are'} recorded in one edition only: whether"
        f" {'it was' if one else 'they were'} revised cannot be seen."
    )


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
    rows = [revised.first_of(pair) for pair in found if revised.retold(pair)]
    if not rows:
        return ""
    tellers = [str(row["reported_by"]).split("; ") for row in rows if isinstance(row["reported_by"], str)]
    names = list(dict.fromkeys(name for told in tellers for name in told))
    by = f" ({some(names)})" if names else ""
    if len(rows) == len(found):
        many = "All that differ were" if len(found) > 1 else "What differs was"
    else:
        many = f"{len(rows)} of those that differ {'was' if len(rows) == 1 else 'were'}"
    return f"{many} first read where others retell the source{by}: the difference may be theirs."


def _others(revised: Revised) -> str:
    """Count what was revised of those who are not asked for; silent where nothing is known of them."""
    rest = [pair for pair in counted(revised.pairs) if revised.asked and pair.now.entity not in revised.named]
    found = [pair for pair in rest if pair.kind == "revised"]
    if not known(rest):
        return ""
    told = rest if found else known(rest)
    of = f"Of the {len(told)} figures of the others" if len(told) > 1 else "Of the one figure of the others"
    several = " with several recorded editions" if len(told) < len(rest) else ""
    if any(revised.retold(pair) for pair in found or told):
        verb = "differ from the first" if len(found) > 1 else "differs from the first"
    else:
        verb = "were revised" if len(found) > 1 else "was revised"
    return f"{of}{several}, {len(found) or 'none'} {verb}."


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
    """Name what is corrected here, with what was printed."""
    found = [pair for pair in revised.pairs if pair.kind == "corrected"]
    if not found:
        return ""
    told = some([_as_printed(revised, pair) for pair in found])
    reasons = [revised.data["correction"].iloc[pair.now.row] for pair in found[:NAMED]]
    why = "; ".join(dict.fromkeys(str(one) for one in reasons if isinstance(one, str)))
    return f"Corrected here, which is no revision by the source and is not counted: {told}{f' ({why})' if why else ''}."


def _as_printed(revised: Revised, pair: Pair) -> str:
    rows = [revised.data["corrected_from"].iloc[row] for row in (pair.now.row, pair.first.row)]
    printed = next(str(cell) for cell in rows if isinstance(cell, str))
    unit, now = revised.picture.unit, pair.now
    what = "of another status" if printed == now.printed else f"printed as {printed}{unit}"
    return f"{now.entity} {now.printed}{unit} {when(now)}, {what}"


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
    if any(one.value is not None for series in picture.series for one in series.corrected):
        said.append("Diamonds are corrected figures.")
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
