#!/usr/bin/env python3
"""Fuzz one target, or all of them one after another: python tests/fuzz/run.py TARGET|all [--seconds 600] [--keep]."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS, WORDS, FOUND = HERE / "corpus", HERE / "words", HERE / "found"

LONGEST = {"period": 64, "share": 128, "excel": 4096}
"""Bytes of an input; of a table, `USUAL`."""

USUAL = 2048
SLOWEST, LARGEST = 25, 2048
"""Seconds for one input, and megabytes for the process, above which it is a fault."""


def main() -> int:
    """Run what was asked for; 0 where nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=[*_names(), "all"], help="a target of targets.py, or all")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--keep", action="store_true", help="put what adds coverage into the corpus, minimised")
    parser.add_argument("--inside", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside is not None:
        _inside(asked.target, asked.inside)
    if find_spec("atheris") is None:
        parser.error("atheris is not installed here: pip install --editable '.[fuzz]'")
    names = _names() if asked.target == "all" else [asked.target]
    return max([_fuzz(name, asked.seconds, keep=asked.keep) for name in names])


def _names() -> list[str]:
    return sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir())


def _fuzz(name: str, seconds: int, *, keep: bool) -> int:
    """Fuzz one target in a process of its own, from a copy of its corpus; return the fuzzer's exit code."""
    FOUND.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        grown = Path(shutil.copytree(CORPUS / name, Path(folder) / "grown"))
        words = WORDS / f"{name}.dict"
        limits = [
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST.get(name, USUAL)}",
            f"-timeout={SLOWEST}",
            f"-rss_limit_mb={LARGEST}",
            f"-artifact_prefix={FOUND}/{name}-",
            "-print_final_stats=1",
        ]
        code = _process(name, [*limits, *([f"-dict={words}"] if words.exists() else []), str(grown)])
        if code == 0 and keep:
            code = _kept(name, grown)
    found = "nothing was found" if code == 0 else f"the input that did it is {FOUND}/{name}-*"
    print(f"{name}: {found} (exit code {code})", flush=True)
    return code


def _kept(name: str, grown: Path) -> int:
    """Replace what an earlier run found by what goes the same ways in the fewest bytes; seeds with names stay."""
    sys.path.insert(0, str(HERE.parent))
    from fuzz.smaller import smaller
    from fuzz.targets import TARGETS

    before = list((CORPUS / name).glob("found-*"))
    seeds = [file.read_bytes() for file in (CORPUS / name).iterdir() if file not in before]
    chosen = smaller(TARGETS[name], seeds, [file.read_bytes() for file in grown.iterdir()])
    for file in before:
        file.unlink()
    for one in chosen:
        (CORPUS / name / f"found-{sha256(one).hexdigest()[:12]}").write_bytes(one)
    print(f"{name}: {len(chosen)} files found, {sum(map(len, chosen)):,} bytes, are kept beside {len(seeds)} seeds")
    return 0


def _process(name: str, words: list[str]) -> int:
    return subprocess.run([sys.executable, __file__, name, "--inside", *words], check=False).returncode


def _inside(name: str, words: list[str]) -> None:
    """Never returns: the fuzzer ends the process."""
    import atheris

    sys.path.insert(0, str(HERE.parent))
    with atheris.instrument_imports(include=["tracker"]):
        from fuzz.targets import TARGETS
    atheris.Setup([sys.argv[0], *words], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
