"""Which importers there are, ours and other people's, and which one a file is for."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from tracker.errors import TrackerError, UsageProblem, clip
from tracker.importers.base import Importer
from tracker.importers.plugins import Broken, plugins
from tracker.importers.table import Table
from tracker.values.names import nearest

OURS = (
    "long_csv:LongCsv",
    "statcounter:StatCounter",
    "openrouter:OpenRouter",
    "owid:Owid",
    "google_trends:GoogleTrends",
    "polls:Polls",
    "sdmx:Sdmx",
    "generic:Generic",
)

FALLBACK = "table"
"""The importer for tables of no known family; it claims nothing while another one does."""


def importers() -> dict[str, Importer]:
    """Return every importer by its name; ours go before plug-ins of the same name."""
    found = dict(plugins()[0])
    for path in OURS:
        module, _, name = path.partition(":")
        importer: Importer = getattr(import_module(f"tracker.importers.{module}"), name)()
        found[importer.name] = importer
    return found


def broken() -> list[Broken]:
    """Return the plug-ins that could not be loaded; they stop nothing."""
    return plugins()[1]


def importer_for(table: Table, name: str | None = None, *, mapped: bool = False) -> Importer:
    """Return the importer of this name, or the only one that claims the file.

    A table that none claims, but of whose columns the person has said what they are (`mapped`), is read as any.

    Raises
    ------
    UsageProblem
        If no importer has this name.
    TrackerError
        If none claims the file, or more than one does.
    """
    known = importers()
    if name is not None:
        return named(name, known)
    claiming = claims(table, known)
    if len(claiming) == 1:
        return known[next(iter(claiming))]
    if claiming:
        said = "; ".join(f"{importer} ({why})" for importer, why in claiming.items())
        raise TrackerError(f"{table.name}: more than one importer reads this: {said}", "Choose one with --importer.")
    if mapped:
        return known[FALLBACK]
    shown = clip(table.delimiter.join(table.header[:6]) if type(table) is Table else ", ".join(table.header[:6]))
    raise TrackerError(
        f"{table.name}: no importer knows this table; its first line is {shown!r}",
        "There is: "
        + "; ".join(f"{importer.name} ({importer.title})" for importer in known.values())
        + ".\nIf it holds shares, say which column is what: --map entity=COLUMN,date=COLUMN,share=COLUMN",
    )


def named(name: str, known: dict[str, Importer], saved: Iterable[str] = ()) -> Importer:
    """Return the importer of this name.

    Raises
    ------
    UsageProblem
        If there is none; the nearest are shown, and why a broken one is not there.
    """
    if name in known:
        return known[name]
    for plugin in broken():
        if plugin.name == name:
            raise UsageProblem(f"the importer {name!r} is broken: {plugin.why}", "Mend or remove its package.")
    there = [*known, *saved]
    near = nearest(name, there) or there
    raise UsageProblem(f"there is no importer {name!r}", f"There is: {', '.join(near)}.")


def claims(table: Table, known: dict[str, Importer] | None = None) -> dict[str, str]:
    """Return who claims a table, and what shows it."""
    known = importers() if known is None else known
    found = {name: why for name, one in known.items() if name != FALLBACK and (why := _claim(one, table))}
    if not found and FALLBACK in known and (why := _claim(known[FALLBACK], table)):
        return {FALLBACK: why}
    return found


def _claim(importer: Importer, table: Table) -> str:
    """An importer's claim; a plug-in that fails over a table claims nothing."""
    try:
        return importer.claims(table)
    except TrackerError:
        raise
    except Exception:
        if type(importer).__module__.startswith("tracker."):
            raise
        return ""
