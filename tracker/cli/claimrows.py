"""Judged claims as rows: one for each claimed figure, with all that was found of it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.analysis.claim import Found, Judged, Stored, sentence
from tracker.analysis.claim.spans import span_of
from tracker.cli.claiming import Checked

COLUMNS = (
    *("claim", "text", "entity", "market", "counted", "among", "whole", "verdict", "kept_as", "read_as"),
    *("figure", "claimed", "period", "figure_verdict", "because", "notes", "hint"),
    *("stored", "printed", "stored_low", "stored_high", "stored_period", "readings"),
    *("source", "publisher", "url", "citation_kind", "status", "agreeing_pages"),
    *("points", "points_low", "points_high", "percent", "percent_low", "percent_high"),
    *("nearest", "pairs", "pair_series", "elsewhere", "elsewhere_series"),
)
"""Points are differences of percentages, percent is relative; shares and their bounds are in percent."""

READ = (
    *("stored", "printed", "stored_low", "stored_high", "stored_period"),
    *("publisher", "url", "citation_kind", "status", "agreeing_pages"),
)


def rows(one: Checked, *, as_text: bool) -> Iterator[list[object]]:
    """Make the rows of a claim.

    Parameters
    ----------
    one : Checked
        The claim with all that was found.
    as_text : bool
        Whether stored figures are sentences; else they are records of their fields.
    """
    for judged, nearest in zip(one.judgement.figures, one.survey.nearest, strict=True):
        single = next((found for found in one.survey.singles if found.claimed == (judged.figure.claimed,)), None)
        fields = _claim(one) | _figure(judged) | _reading(judged.reading) | _change(one)
        fields["nearest"] = _listed([(stored,) for stored in nearest], as_text)
        fields["readings"] = _listed([(stored,) for stored in judged.readings], as_text)
        fields |= _found("pairs", "pair_series", one.survey.pair, as_text)
        fields |= _found("elsewhere", "elsewhere_series", single, as_text)
        yield [fields[name] for name in COLUMNS]


def _claim(one: Checked) -> dict[str, object]:
    claim, whole = one.claim, one.whole
    return {
        "claim": claim.number,
        "text": claim.text,
        "entity": claim.entity,
        "market": whole.market,
        "counted": whole.counted,
        "among": whole.among or None,
        "whole": whole.whole,
        "source": whole.source,
        "verdict": one.judgement.verdict,
        "kept_as": claim.kept_as,
        "read_as": str(one.judgement.question),
    }


def _figure(judged: Judged) -> dict[str, object]:
    figure = judged.figure
    return {
        "figure": figure.role,
        "claimed": str(figure.claimed),
        "period": figure.period,
        "figure_verdict": judged.verdict,
        "because": judged.because,
        "notes": judged.notes,
        "hint": judged.hint or None,
    }


def _reading(stored: Stored | None) -> dict[str, object]:
    """The reading that a share was held against; nothing for a change, and where there is none."""
    if stored is None:
        return dict.fromkeys(READ)
    span, cited = span_of(stored.share), stored.citation
    printed = next((told.share for told in stored.tellings if told.how == "printed"), stored.share)
    values = (
        *(str(stored.share), str(printed), float(span.low), float(span.high), str(stored.period)),
        *(cited.publisher, cited.url, cited.kind, stored.status, len(stored.others(agreeing=True))),
    )
    return dict(zip(READ, values, strict=True))


def _change(one: Checked) -> dict[str, object]:
    names = ("points", "points_low", "points_high", "percent", "percent_low", "percent_high")
    moved = one.judgement.pair.moved if one.judgement.pair else None
    return {name: None if moved is None else getattr(moved, name) for name in names}


def _found(places: str, series: str, found: Found | None, as_text: bool) -> dict[str, object]:
    if found is None:
        return {places: () if as_text else [], series: None}
    return {places: _listed(found.places, as_text), series: found.series}


def _listed(places: object, as_text: bool) -> object:
    """Stored figures as sentences, or as records with their fields; a pair is a list of two."""
    assert isinstance(places, list | tuple)
    if as_text:
        return tuple(sentence(place) for place in places)
    return [[_record(stored) for stored in place] if len(place) > 1 else _record(place[0]) for place in places]


def _record(stored: Stored) -> dict[str, object]:
    return {
        "share": str(stored.share),
        "entity": stored.entity,
        "period": str(stored.period),
        "market": stored.whole.market,
        "counted": stored.whole.counted,
        "source": stored.whole.source,
        "publisher": stored.citation.publisher,
        "url": stored.citation.url,
        "citation_kind": stored.citation.kind,
    }
