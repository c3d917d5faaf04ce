"""A corpus as small as it can be: of many inputs those that reach steps of ours which no smaller one reaches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import tracker

OURS = str(Path(tracker.__file__).parent)

Step = tuple[str, int, int]
"""From one line of a file of ours to the next."""


def smaller(target: Callable[[bytes], None], kept: Iterable[bytes], found: Iterable[bytes]) -> list[bytes]:
    """Return of what was found, the smallest first, that which goes ways that nothing before it goes."""
    seen: set[Step] = set()
    for one in kept:
        seen |= steps(target, one)
    chosen = []
    for one in sorted(found, key=lambda data: (len(data), data)):
        new = steps(target, one) - seen
        if new:
            seen |= new
            chosen.append(one)
    return chosen


def steps(target: Callable[[bytes], None], data: bytes) -> set[Step]:
    """Return the steps from line to line of our package that a target takes over some bytes."""
    taken: set[Step] = set()

    def enter(frame: FrameType, event: str, argument: object) -> Callable[..., Any] | None:
        file = frame.f_code.co_filename
        if not file.startswith(OURS):
            return None
        before = 0

        def move(frame: FrameType, event: str, argument: object) -> Callable[..., Any]:
            nonlocal before
            if event == "line":
                taken.add((file, before, frame.f_lineno))
                before = frame.f_lineno
            return move

        return move

    sys.settrace(enter)
    try:
        with suppress(Exception):  # of a fault too, the way there is worth keeping
            target(data)
    finally:
        sys.settrace(None)
    return taken
