"""What all benchmarks share: whole processes with their time and memory, taking turns, and a table of ratios."""

import argparse
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

TRACKER = str(Path(sys.executable).parent / "tracker")
LAUNCH = Path(__file__).with_name("launch.py")
MB = 1024 * 1024
UNIT = 1 if sys.platform == "darwin" else 1024
"""Of memory as the system tells it, bytes."""

HEAD = "| what | against | that takes | result | spread | bound | met |\n|---|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Run:
    """One process: wall seconds, seconds of the processor, and the most memory it held, bytes."""

    seconds: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Parameters
    ----------
    base : str
        What the other one took, as it is read: 1.71 s.
    value, low, high : float
        The ratio of the medians, and the least and greatest ratio of two that ran one after the other; or, with a
        `unit`, no ratio but so many of it.
    bound : float, optional
        The value is to be at most this.
    """

    what: str
    against: str
    base: str
    value: float
    low: float
    high: float
    bound: float | None = None
    unit: str = ""

    @property
    def met(self) -> bool:
        return self.bound is None or self.value <= self.bound

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        spread = "" if self.low == self.high else f"{number(self.low)} to {number(self.high)}"
        bound, met = ("", "") if self.bound is None else (f"{self.bound:g}{unit}", "yes" if self.met else "**no**")
        said = (self.what, self.against, self.base, f"{number(self.value)}{unit}", spread, bound, met)
        return f"| {' | '.join(said)} |"


@dataclass(frozen=True)
class Asked:
    """How a benchmark is asked to run; `rows` and `runs` are None where its own are meant."""

    quick: bool = False
    runs: int | None = None
    rows: tuple[int, ...] | None = None
    folder: Path | None = None
    seed: int = 7

    @property
    def series(self) -> int:
        """How many models the files of a run have."""
        return 200 if self.quick else 2_000

    def times(self, usual: int) -> int:
        """Return how often to run what is usually run so often."""
        return self.runs or (max(1, usual // 5) if self.quick else usual)

    def observations(self, usual: int) -> int:
        """Return for how many observations, where one number is meant."""
        return self.rows[-1] if self.rows else 20_000 if self.quick else usual

    def place(self) -> tempfile.TemporaryDirectory[str]:
        """Make a folder that is gone afterwards."""
        return tempfile.TemporaryDirectory(dir=self.folder, ignore_cleanup_errors=True)


def number(value: float) -> str:
    """Write a number with two decimals; small ones have three, and large ones one.

    >>> number(1.118), number(0.0312), number(348.24)
    ('1.12', '0.031', '348.2')
    """
    return f"{value:.3f}" if abs(value) < 0.1 else f"{value:.2f}" if abs(value) < 100 else f"{value:.1f}"


def clock(seconds: float) -> str:
    """Write a time.

    >>> clock(0.0021), clock(1.712), clock(81.4)
    ('2.1 ms', '1.71 s', '81 s')
    """
    if seconds < 1:
        return f"{seconds * 1000:.1f} ms" if seconds < 0.01 else f"{seconds * 1000:.0f} ms"
    return f"{seconds:.2f} s" if seconds < 60 else f"{seconds:.0f} s"


def process(command: Sequence[str], folder: Path | str = ".") -> Run:
    """Run a command to its end; what it prints is thrown away, but shown where it fails.

    Of a command that starts others, memory is that of the largest one.
    """
    with tempfile.NamedTemporaryFile() as said:
        launched = [sys.executable, "-I", str(LAUNCH), said.name, *command]
        told = subprocess.run(launched, cwd=folder, stdout=subprocess.PIPE, check=True).stdout.split()
        if code := int(told[3]):
            text = said.read().decode(errors="replace")[-2000:]
            raise SystemExit(f"{' '.join(command)}\nended with {code}:\n{text}")
    return Run(float(told[0]), float(told[1]), int(told[2]) * UNIT)


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def in_turn(calls: Mapping[str, Callable[[], float]], runs: int, warm: int = 1) -> dict[str, list[float]]:
    """Run all, one after the other, so often: all of them meet the same weather.

    The first rounds warm the caches, and do not count.
    """
    found: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(warm + runs):
        for name, call in calls.items():
            taken = call()
            if turn >= warm:
                found[name].append(taken)
    return found


def ratio(what: str, against: str, ours: Sequence[float], base: Sequence[float], bound: float | None = None) -> Line:
    """Compare the times of runs that took turns."""
    ratios = [one / other for one, other in zip(ours, base, strict=True)]
    least = statistics.median(base)
    return Line(what, against, clock(least), statistics.median(ours) / least, min(ratios), max(ratios), bound)


def machine() -> str:
    """Name the machine, and the versions of what is compared."""
    parts = [f"{processor()}, {os.cpu_count()} cores", platform.platform()]
    parts += [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}", shell()]
    for name in ("pandas", "matplotlib", "SQLAlchemy", "sqlite-utils", "duckdb"):
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"no {name}")
    return ", ".join(parts)


def shell() -> str:
    """Name the version of the sqlite3 shell."""
    if not shutil.which("sqlite3"):
        return "no sqlite3 shell"
    said = subprocess.run(["sqlite3", "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return f"sqlite3 shell {said.stdout.split()[0]}"


def processor() -> str:
    """Return the name of the processor, as the system gives it."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        told = []
    named = (line.partition(":")[2].strip() for line in told if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def table(lines: Iterable[Line]) -> str:
    """Return lines as Markdown."""
    return "\n".join([HEAD, *map(str, lines)])


def options(about: str) -> argparse.ArgumentParser:
    """Return what every benchmark can be asked."""
    asked = argparse.ArgumentParser(description=about.splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="few rows and runs, no bounds: does it work?")
    asked.add_argument("--runs", type=int, help="how often each is run")
    asked.add_argument("--rows", type=int, nargs="+", help="observations, multiples of 2,000; of 200 if quick")
    asked.add_argument("--folder", type=Path, help="where to work; else where temporary files are")
    asked.add_argument("--seed", type=int, default=7, help="of the numbers that are imported; else 7")
    asked.add_argument("--json", action="store_true", help="print the lines as JSON")
    return asked


def asked_for(said: argparse.Namespace) -> Asked:
    return Asked(said.quick, said.runs, tuple(said.rows) if said.rows else None, said.folder, said.seed)


def main(lines: Callable[[Asked], Iterable[Line]], about: str) -> int:
    """Run a benchmark as a command, see `options`; 1 where a bound is not met."""
    said = options(about).parse_args()
    if not said.json:
        print(f"{machine()}\n\n{HEAD}", flush=True)
    found = []
    for line in lines(asked_for(said)):
        line = replace(line, bound=None) if said.quick else line  # bounds speak of the usual sizes
        found.append(line)
        if not said.json:
            print(line, flush=True)
    if said.json:
        print(json.dumps([asdict(line) for line in found]))
    return 0 if all(line.met for line in found) else 1
