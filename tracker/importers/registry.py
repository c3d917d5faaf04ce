"""Which importers there are, and which one a file is for."""

from __future__ import annotations

from tracker.errors import TrackerError, UsageProblem
from tracker.importers.base import Importer
from tracker.importers.long_csv import LongCsv
from tracker.importers.statcounter import StatCounter
from tracker.importers.table import Table
from tracker.values.names import nearest


def importers() -> dict[str, Importer]:
    """Return every importer by its name."""
    known: tuple[Importer, ...] = (LongCsv(), StatCounter())
    return {importer.name: importer for importer in known}


def importer_for(table: Table, name: str | None = None) -> Importer:
    """Return the importer of this name, or the only one that claims the file.

    Raises
    ------
    UsageProblem
        If no importer has this name.
    TrackerError
        If none claims the file, or more than one does.
    """
    known = importers()
    if name is not None:
        if name not in known:
            near = nearest(name, known) or list(known)
            raise UsageProblem(f"there is no importer {name!r}", f"There is: {', '.join(near)}.")
        return known[name]
    claiming = [importer for importer in known.values() if importer.claims(table)]
    if len(claiming) == 1:
        return claiming[0]
    if claiming:
        names = ", ".join(importer.name for importer in claiming)
        raise TrackerError(f"{table.name}: more than one importer reads this: {names}", "Choose one with --importer.")
    shown = table.delimiter.join(table.header[:6]) + (" ..." if len(table.header) > 6 else "")
    raise TrackerError(
        f"{table.name}: no importer knows this table; its first line is {shown!r}",
        "There is: " + "; ".join(f"{importer.name} ({importer.title})" for importer in known.values()) + ".",
    )
