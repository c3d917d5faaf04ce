"""The source line: who published the figures that are drawn, under which licence, and who retold them."""

from __future__ import annotations

import pandas as pd

from tracker.charts.words.prose import joined

_CITED = ["source", "credit", "licence", "citation", "citation_kind", "reported_by"]


def source_of(frame: pd.DataFrame) -> str:
    """Say who published the figures of a frame, and who retold them.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of any number of markets: exactly the rows that are drawn.

    Returns
    -------
    str
        ``Source: Poe, as reported by AIbase and Redcensor.``; the licence in brackets where there is one.
        Several sources are told apart by semicolons, each with its own licence and its own retellers.

    Notes
    -----
    *Not valid* for a frame with more rows than are drawn: it would credit those that are not.

    Examples
    --------
    >>> cells = ["Poe", None, None, "A page", "secondary", "AIbase; Redcensor"]
    >>> rows = pd.DataFrame([cells], columns=_CITED)
    >>> source_of(rows), source_of(rows.assign(citation_kind=None)), source_of(rows[:0])
    ('Source: Poe, as reported by AIbase and Redcensor.', 'Source: Poe, taken from AIbase and Redcensor.', \
'Source: not recorded.')
    """
    told: dict[str, list[dict[str, str]]] = {}
    for row in frame[_CITED].drop_duplicates().itertuples(index=False):
        cells = {name: _text(cell) for name, cell in zip(_CITED, row, strict=True)}
        told.setdefault(cells["credit"] or cells["source"] or "not recorded", []).append(cells)
    said = [_told(credit, rows) for credit, rows in told.items()] or ["not recorded"]
    return f"Source{'s' if len(said) > 1 else ''}: {'; '.join(said).rstrip('.')}."


def _told(credit: str, rows: list[dict[str, str]]) -> str:
    """Say one source: its credit, its licences, and where its figures were read if not with itself."""
    named = credit.removeprefix("Source:").strip().rstrip(".")
    licence = joined([text for text in _distinct([row["licence"] for row in rows]) if text not in credit])
    parts = [f"{named} ({licence})" if licence else named]
    known = {credit, *(row["source"] for row in rows)}
    for retold, how in ((True, "as reported by"), (False, "taken from")):
        pages = [page for row in rows for page in _pages(row, retold) if page[0] not in known]
        known.update(name for name, _ in pages)
        if pages:
            parts.append(f"{how} {joined(_distinct([text for _, text in pages]))}")
    return ", ".join(parts[:2]) + "".join(f"; some {part}" for part in parts[2:])


def _pages(row: dict[str, str], retold: bool) -> list[tuple[str, str]]:
    """Return the names of those who retell a row, or of pages of which nobody knows whose they are.

    A page without a publisher is named by its title: a title reports nothing, figures are taken from it.
    """
    found = []
    names = row["reported_by"].split("; ") if row["citation_kind"] != "primary" else []
    for name in _distinct(names):
        is_title = name in row["citation"].split("; ")
        if retold == (row["citation_kind"] == "secondary" and not is_title):
            found.append((name, f"“{name}”" if is_title else name))
    return found


def _distinct(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""
