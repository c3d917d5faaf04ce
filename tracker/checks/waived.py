"""Which findings are waived, and which were until something changed under them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tracker.checks.base import Finding
from tracker.store.waivers import Waiver


def standing(found: Iterable[Finding], waivers: Iterable[Waiver]) -> list[Finding]:
    """Leave out the findings that a waiver covers.

    A finding that rests on a batch later than its waiver is shown again, with what the waiver said.

    Examples
    --------
    >>> waiver = Waiver(1, "sums", "x/m", "", "", "a top list in truth", 4, "")
    >>> old, new = Finding("sums", "x/m", "", "2025", "90", batch=4), Finding("sums", "x/m", "", "2026", "91", batch=5)
    >>> [finding.message for finding in standing([old, new], [waiver])]
    ['91; waived before batch 5 changed it: a top list in truth']
    """
    said = list(waivers)
    told = []
    for finding in found:
        fitting = [waiver for waiver in said if covers(waiver, finding)]
        if not fitting:
            told.append(finding)
        elif all(waiver.batch < finding.batch for waiver in fitting):
            last = max(fitting, key=lambda waiver: (waiver.batch, waiver.number))
            again = f"{finding.message}; waived before batch {finding.batch} changed it: {last.reason}"
            told.append(replace(finding, message=again))
    return told


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether a finding lies within what a waiver names, whenever it was made."""
    return waiver.check == finding.check and all(
        not wanted or wanted == there
        for wanted, there in (
            (waiver.market, finding.market),
            (waiver.entity, finding.entity),
            (waiver.period, finding.period),
        )
    )
