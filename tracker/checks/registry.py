"""The checks that there are, in the order in which they are run and listed."""

from __future__ import annotations

from tracker.checks import (
    claims,
    conflicts,
    duplicates,
    gaps,
    integrity,
    jumps,
    names,
    orphans,
    overlap,
    precision,
    retellings,
    stale,
    sums,
    zeros,
)
from tracker.checks.base import Check
from tracker.errors import UnknownName
from tracker.values.names import nearest

CHECKS: tuple[Check, ...] = (
    sums.CHECK,
    precision.CHECK,
    duplicates.CHECK,
    gaps.CHECK,
    stale.CHECK,
    jumps.CHECK,
    zeros.CHECK,
    names.CHECK,
    retellings.CHECK,
    conflicts.CHECK,
    orphans.CHECK,
    overlap.CHECK,
    integrity.CHECK,
    claims.CHECK,
)


def check_named(name: str) -> Check:
    """Return one check.

    Raises
    ------
    UnknownName
        If there is none of this name; the nearest is shown.
    """
    known = {check.name: check for check in CHECKS}
    if name not in known:
        near = nearest(name, known, 1)
        raise UnknownName(
            f"there is no check {name!r}" + (f"; near it: {near[0]}" if near else ""),
            "See them all: tracker check --list",
        )
    return known[name]
