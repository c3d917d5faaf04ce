"""Everything that is measured here, as one table: time, memory and size, beside peers that run in turn with it.

Run it in an environment where tracker is installed with its extra `benchmarks`, beside the sqlite3 shell:
python benchmarks/all.py [--quick]. It ends with 1 where a bound is not met.
"""

import json
import os
import subprocess
import sys
import time
from argparse import Namespace
from pathlib import Path

from measure import HEAD, Line, asked_for, clock, machine, options

PARTS = ("start_up", "importing", "size", "ledger", "reading", "drawing")
SERVER = ("postgres",)
"""Parts that need a server: asked for by name, or run where TRACKER_TEST_POSTGRES says which."""


def words(part: str, said: Namespace) -> list[str]:
    """Return what a part is told; `--rows` is about importing, the others have sizes of their own."""
    told = ["--json", *(["--quick"] if said.quick else []), *(["--runs", str(said.runs)] if said.runs else [])]
    told += ["--seed", str(said.seed)]
    if said.rows and part == "importing":
        told += ["--rows", *map(str, said.rows)]
    return [*told, *(["--folder", str(said.folder)] if said.folder else [])]


def measured(part: str, said: Namespace) -> list[Line] | None:
    """Run a part as a process of its own; None where it fails."""
    command = [sys.executable, str(Path(__file__).with_name(f"{part}.py")), *words(part, said)]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    try:
        return [Line(**each) for each in json.loads(ended.stdout)]
    except json.JSONDecodeError:
        return None


def main() -> int:
    asked = options(__doc__)
    asked.add_argument("--only", choices=PARTS + SERVER, nargs="+", help="these parts")
    said = asked.parse_args()
    found: dict[str, list[Line] | None] = {}
    for part in said.only or (PARTS + SERVER if os.environ.get("TRACKER_TEST_POSTGRES") else PARTS):
        start = time.perf_counter()
        found[part] = measured(part, said)
        print(f"{part}: {clock(time.perf_counter() - start)}", file=sys.stderr, flush=True)
    lines = {part: told or [] for part, told in found.items()}
    if said.json:
        print(json.dumps({part: [vars(line) for line in told] for part, told in lines.items()}))
    else:
        show(lines, asked_for(said).quick)
    failed = [part for part, told in found.items() if told is None]
    missed = [line.what for told in lines.values() for line in told if not line.met]
    for part in failed:
        print(f"{part} failed; what it printed stands above. Alone: python benchmarks/{part}.py", file=sys.stderr)
    if missed:
        print(f"bounds that are not met: {'; '.join(missed)}", file=sys.stderr)
    return 1 if failed or missed else 0


def show(lines: dict[str, list[Line]], quick: bool) -> None:
    """Print one table, the machine above it."""
    first, rule, *_ = HEAD.splitlines()
    print(machine())
    if quick:
        print("\nThis was a quick run: it shows that the benchmarks work, not how fast anything is.")
    print(f"\n| part {first}\n|---{rule}")
    for part, told in lines.items():
        for line in told:
            print(f"| {part} {line}")


if __name__ == "__main__":
    raise SystemExit(main())
