"""Which importer reads a table, and with which words: ours, a plug-in's, or a mapping that was saved under a name."""

from __future__ import annotations

from typing import NamedTuple

from tracker.importers.asked import Asked
from tracker.importers.base import Importer
from tracker.importers.registry import importer_for, importers, named
from tracker.importers.table import Table
from tracker.store.engine import Session
from tracker.store.mappings import find_mapping, mappings


class Chosen(NamedTuple):
    """An importer, and what was said of the file, by the person and by a saved mapping."""

    importer: Importer
    asked: Asked


def choose(session: Session, table: Table, name: str | None, asked: Asked) -> Chosen:
    """Find the importer of a name, a saved mapping of that name, or the only importer that claims the table.

    Raises
    ------
    UsageProblem
        If nothing has this name.
    TrackerError
        If no importer claims the table, or more than one does.
    """
    saved = find_mapping(session, name) if name else None
    if saved is not None:
        words = asked.over(Asked.from_json(saved.asked))
        name = saved.importer
        return Chosen(named(name, importers()) if name else importer_for(table, mapped=bool(words.columns)), words)
    if name:
        return Chosen(named(name, importers(), [one.name for one in mappings(session)]), asked)
    return Chosen(importer_for(table, mapped=bool(asked.columns)), asked)
