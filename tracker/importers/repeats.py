"""Several shares for one entity, market and period in one file: the first stands, the others compete with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from tracker.store.plan import Entry, Standing, differences
from tracker.values import Observation
from tracker.values.names import fold

Key = tuple[str, str, str]


def first_stands(entries: Iterable[Entry]) -> tuple[list[Entry], list[str]]:
    """Turn each later share that differs from the first of its key into a report of its own.

    Nothing is merged or lost: a report has its line for a place, so that it is a citation of its own, and keeps
    a sample size that differs in its note. A repeated share that is the same in all stays as it is.

    Parameters
    ----------
    entries : iterable of Entry
        In the order of the file, entities as printed.

    Returns
    -------
    list of Entry
        As many, in the same order.
    list of str
        What was done, in a sentence for each two lines.
    """
    first: dict[Key, Standing] = {}
    kept: list[Entry] = []
    competing: Counter[tuple[str, str, int, int]] = Counter()
    for entry in entries:
        told = entry.told
        key = told.market, fold(told.entity), str(told.period)
        standing = first.get(key)
        if entry.is_report or standing is None:
            first.setdefault(key, _standing(entry))
        elif differences(told, standing):
            competing[told.market, key[2], entry.line, standing.line] += 1
            entry = _competing(entry, standing)
        kept.append(entry)
    return kept, [_said(*where, count) for where, count in competing.items()]


def _competing(entry: Entry, standing: Standing) -> Entry:
    told = entry.told
    place = "; ".join(part for part in (told.citation.place, f"line {entry.line}") if part)
    return entry._replace(
        told=replace(told, citation=replace(told.citation, place=place), note=_note(told, standing)), is_report=True
    )


def _note(told: Observation, standing: Standing) -> str | None:
    """What a report has no field of its own for."""
    size = told.sample_size if told.sample_size != standing.sample_size else None
    return "; ".join(part for part in (told.note, f"sample size {size}" if size else "") if part) or None


def _standing(entry: Entry) -> Standing:
    told = entry.told
    return Standing(told.share, told.status or "A", told.sample_size, told.note, told.citation, entry.line)


def _said(market: str, period: str, line: int, first: int, count: int) -> str:
    shares = "1 share" if count == 1 else f"{count} shares"
    return f"{market}, {period}: line {line} competes with line {first}; its {shares} that differ are kept as reports"
