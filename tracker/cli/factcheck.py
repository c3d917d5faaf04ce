"""Printing judged claims: each as a short text to read, or a row for every figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from tracker.analysis.claim import SUPPORTED, Found, Judged, Stored, page, sentence
from tracker.cli.claiming import Checked
from tracker.cli.output import emit, one_line


def show(found: Sequence[Checked], form: str) -> None:
    """Print claims on stdout."""
    if form != "table":
        from tracker.cli.claimrows import COLUMNS, rows

        emit(COLUMNS, [row for one in found for row in rows(one, as_text=form == "csv")], form)
        return
    for place, one in enumerate(found):
        if place:
            click.echo()
        for line in _text(one):
            click.echo(one_line(line).rstrip())


def _text(one: Checked) -> Iterable[str]:
    claim, judged = one.claim, one.judgement
    yield f"{judged.verdict.upper()}: {claim.text}"
    if claim.number is not None:
        same = "as when it was kept" if claim.kept_as == judged.verdict else f"it was {claim.kept_as} when it was kept"
        yield f"claim {claim.number}, {same}"
    yield f"read as: {judged.question}"
    yield f"{claim.entity} in {one.whole}"
    yield ""
    yield from _figures(one)
    if judged.pair is not None:
        yield f"Recomputed: {judged.pair.moved}."
    yield from _stored(judged.stored)
    yield from _around(one)


def _figures(one: Checked) -> Iterable[str]:
    figures = one.judgement.figures
    claimed = [_claimed(judged, one.whole.unit) for judged in figures]
    wide = max(len(text) for text in claimed)
    for text, judged in zip(claimed, figures, strict=True):
        yield f"{judged.figure.role:7}  {text:{wide}}  {judged.verdict}: {judged.because}."
        yield from (f"{'':{wide + 11}}{note}." for note in (*judged.notes, judged.hint) if note)


def _claimed(judged: Judged, unit: str) -> str:
    """A claimed figure with its unit."""
    figure = judged.figure
    return f"{figure.claimed}{ {'points': ' points', 'percent': '%'}.get(figure.role, unit) }"


def _stored(stored: Sequence[Stored]) -> Iterable[str]:
    """What is stored, with its pages."""
    if not stored:
        return
    yield "Stored:"
    shares = [f"{one.share}{one.whole.unit}" for one in stored]
    periods = [str(one.period) for one in stored]
    for one, share, period in zip(stored, shares, periods, strict=True):
        start = f"  {share:>{max(map(len, shares))}}  {period:{max(map(len, periods))}}  "
        status = "" if one.status == "A" else f" (status {one.status})"
        yield f"{start}{page(one.citation)}{status}: {one.citation.url or one.citation.title}"
        for told in one.tellings:
            if told.how == "printed":
                yield f"{'':{len(start)}}corrected here; the source prints {told.share}{one.whole.unit}: {told.until}"
        for told in one.others(agreeing=True):
            yield f"{'':{len(start)}}so does {page(told.citation)}: {told.citation.url or told.citation.title}"


def _around(one: Checked) -> Iterable[str]:
    """What stands near a figure that fails, and where it does stand."""
    around, unit = one.survey, one.whole.unit
    for judged, nearest in zip(one.judgement.figures, around.nearest, strict=True):
        if judged.verdict != SUPPORTED and nearest:
            yield f"Nearest to {judged.figure.claimed}{unit} in {one.whole.market}:"
            yield from (f"  {stored.share}{unit}, {stored.entity}, {stored.period}" for stored in nearest)
    for found in (around.pair, *around.singles):
        if found is not None:
            yield from _found(found)


def _found(found: Found) -> Iterable[str]:
    what = " to ".join(map(str, found.claimed))
    if not found.places:
        pair = len(found.claimed) > 1
        yield f"No series goes from {what}." if pair else f"{what} stands nowhere else in this database."
        return
    yield f"Where {what} does stand:"
    yield from (f"  {sentence(place)}" for place in found.places)
    if found.more:
        yield f"  and in {found.more} more series"
