"""What importing costs: whole processes, tracker and its peers in turn, time and memory.

Run it in an environment where tracker is installed with its extra `benchmarks`, beside the sqlite3 shell:
python benchmarks/importing.py [--rows 100000 1000000 10000000]
"""

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from contenders import SHELL, Ground, peers
from measure import MB, Asked, Line, Run, main, ratio

SIZES = (100_000, 1_000_000, 10_000_000)
QUICK = (20_000,)

RUNS = {100_000: 7, 1_000_000: 5, 10_000_000: 3}
FIRST = {100_000: 2.5, 1_000_000: 1.25, 10_000_000: 1.1}
"""Bounds of a first import against the shell, by size."""

LARGE = 1_000_000
"""From here on an import that changes nothing, or little, has a bound: below, starting up is much of it."""

AGAIN, REVISED = 0.1, 1.0
GROWTH, MOST = 1.6, 350.0
"""Bounds of the peak at the largest size: against a tenth of it, and in MB."""

Runs = dict[str, list[Run]]


def lines(asked: Asked) -> Iterator[Line]:
    """Measure every size, and yield the lines as they are known."""
    sizes = asked.rows or (QUICK if asked.quick else SIZES)
    peaks: dict[int, list[Run]] = {}
    with asked.place() as folder:
        for rows in sizes:
            ground = Ground(Path(folder) / str(rows), rows, asked.series, asked.seed)
            warm = 0 if asked.quick or rows > LARGE else 1
            found = measured(ground, asked.times(RUNS.get(rows, 5)), warm, beside=rows == _middle(sizes))
            peaks[rows] = found["first"]
            yield from _told(rows, found)
    yield from _memory(peaks)


def _middle(sizes: tuple[int, ...]) -> int:
    """Return the size at which slow peers, and other layouts, are measured, too."""
    return max((size for size in sizes if size <= LARGE), default=min(sizes))


def measured(ground: Ground, runs: int, warm: int, beside: bool) -> Runs:
    """Run everything in turn, so often, after rounds that warm the caches: none where the rows are very many."""
    calls: dict[str, Callable[[], Run]] = {
        "first": ground.first,
        SHELL: partial(ground.peer, SHELL),
        "again": ground.again,
        **({"reordered": ground.reordered} if beside else {}),
        "revised": ground.revised,
    }
    if beside:
        calls |= {layout: partial(ground.first, layout) for layout in ("shuffled", "wide", "own")}
        calls |= {"shell shuffled": partial(ground.peer, SHELL, "shuffled")}
        calls |= {name: partial(ground.peer, name) for name in peers() if name != SHELL}
    found: Runs = defaultdict(list)
    for turn in range(warm + runs):
        for name, call in calls.items():
            run = call()
            if turn >= warm:
                found[name].append(run)
    return found


def _told(rows: int, found: Runs) -> Iterator[Line]:
    """Say what one size came to."""
    size, late = f"{rows:,} rows", rows >= LARGE
    first = _seconds(found["first"])
    yield ratio(f"import, {size}", SHELL, first, _seconds(found[SHELL]), FIRST.get(rows))
    yield ratio(f"the same, time of the processor, {size}", SHELL, _cpu(found["first"]), _cpu(found[SHELL]))
    yield ratio(
        f"the same file again, {size}", "the first time", _seconds(found["again"]), first, AGAIN if late else None
    )
    revised = _seconds(found["revised"])
    yield ratio(f"with 1 % of it revised, {size}", "the first time", revised, first, REVISED if late else None)
    if "wide" in found:
        yield from _beside(size, found)


def _beside(size: str, found: Runs) -> Iterator[Line]:
    first = _seconds(found["first"])
    for name in peers():
        if name != SHELL:
            yield ratio(f"import, {size}", name, first, _seconds(found[name]))
    yield ratio(f"the same rows in another order, {size}", "the first time", _seconds(found["reordered"]), first)
    shuffled = _seconds(found["shell shuffled"])
    yield ratio(f"import shuffled, {size}", "the shell, shuffled, too", _seconds(found["shuffled"]), shuffled)
    for layout, what in (("wide", "wide"), ("own", "our own format")):
        against = "the shell's import of the long one"
        yield ratio(f"import {what}, {size}", against, _seconds(found[layout]), _seconds(found[SHELL]))


def _memory(peaks: dict[int, list[Run]]) -> Iterator[Line]:
    """Say how much memory the largest first import held, and how that grew."""
    for rows, runs in peaks.items():
        held = [run.peak / MB for run in runs]
        bound = MOST if rows == max(peaks) and rows > LARGE else None
        yield Line(f"peak memory, {rows:,} rows", "", "", statistics.median(held), min(held), max(held), bound, "MB")
    if LARGE in peaks and 10 * LARGE in peaks:
        small, large = ([run.peak for run in peaks[rows]] for rows in (LARGE, 10 * LARGE))
        value, base = statistics.median(large) / statistics.median(small), statistics.median(small) / MB
        least, most = min(large) / max(small), max(large) / min(small)
        yield Line("peak memory, ten times the rows", "1,000,000 rows", f"{base:.0f} MB", value, least, most, GROWTH)


def _seconds(runs: list[Run]) -> list[float]:
    return [run.seconds for run in runs]


def _cpu(runs: list[Run]) -> list[float]:
    return [run.cpu for run in runs]


if __name__ == "__main__":
    raise SystemExit(main(lines, __doc__))
