"""Importers of other people: classes that their packages name with an entry point."""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from tracker.importers.base import Importer

GROUP = "tracker.importers"
"""Entry points of this group name classes that are importers."""


class Broken(NamedTuple):
    """A plug-in that could not be loaded, and why."""

    name: str
    why: str


def plugins() -> tuple[dict[str, Importer], list[Broken]]:
    """Return the importers of other packages by name, and those that could not be loaded; they stop nothing."""
    found: dict[str, Importer] = {}
    failed: list[Broken] = []
    for point in points():
        try:
            found[point.name] = _loaded(point)
        except Exception as error:
            failed.append(Broken(point.name, f"{type(error).__name__}: {error}"))
    return found, failed


def points() -> list[EntryPoint]:
    """Return the entry points of the group, by name."""
    # To look whether any package speaks of us takes a tenth of what it takes to load the module that knows them all.
    if not any(map(_may_name, sys.path)) and not _found_elsewhere():
        return []
    from importlib.metadata import entry_points

    return sorted(entry_points(group=GROUP), key=lambda point: point.name)


def _may_name(place: str) -> bool:
    """Whether a package in a place of `sys.path` may have an entry point of the group."""
    path = Path(place or ".")
    if not path.is_dir():
        return path.exists()  # a zip file, say, into which only the library looks
    with os.scandir(path) as entries:
        return any(
            GROUP.encode() in _content(Path(entry.path) / "entry_points.txt")
            for entry in entries
            if entry.name.endswith((".dist-info", ".egg-info"))
        )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _found_elsewhere() -> bool:
    """Whether anything but `sys.path` is searched for packages."""
    return any(hasattr(finder, "find_distributions") and finder is not PathFinder for finder in sys.meta_path)


def _loaded(point: EntryPoint) -> Importer:
    importer: Importer = point.load()()
    missing = [name for name in ("name", "title", "example", "claims", "read") if not hasattr(importer, name)]
    if missing:
        raise TypeError(f"it has no {', '.join(missing)}")
    return importer
