"""What the tests of the command line share: a way to call it, and databases to call it on."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tracker.cli.boundary import run

FACT = ("DeepSeek R1", "3%", "--market", "poe/text-messages", "--date", "~2025-04-30")
"""A share that the starter data has."""


@dataclass(frozen=True)
class Result:
    """How a call ended; the folder of the test is written HERE, and a moment of recording MOMENT."""

    code: int
    out: str
    err: str


class Caller:
    """Calls the program in this process, and on request in one of its own."""

    def __init__(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.here = here
        self._capsys = capsys

    def __call__(self, *words: object) -> Result:
        self._capsys.readouterr()
        code = run([str(word) for word in words])
        out, err = self._capsys.readouterr()
        return Result(code, self._plain(out), self._plain(err))

    def spawn(self, *words: object, environ: dict[str, str] | None = None, python: tuple[str, ...] = ()) -> Result:
        """Call the program in a process of its own."""
        done = subprocess.run(
            [sys.executable, *python, "-m", "tracker", *map(str, words)],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            env=os.environ | (environ or {}),
            timeout=60,
            check=False,
        )
        return Result(done.returncode, self._plain(done.stdout), self._plain(done.stderr))

    def _plain(self, text: str) -> str:
        text = text.replace(str(self.here), "HERE")
        return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", "MOMENT", text)


@pytest.fixture(autouse=True)
def _away_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_DB", raising=False)
    monkeypatch.delenv("TRACKER_TRACEBACK", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(tmp_path, capsys)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One database with the starter data, and one without, made once."""
    folder = tmp_path_factory.mktemp("templates")
    made = {"starter": folder / "starter.db", "empty": folder / "empty.db"}
    assert run(["init", "--db", str(made["starter"])]) == 0
    assert run(["init", "--empty", "--db", str(made["empty"])]) == 0
    return made


@pytest.fixture
def starter(templates: dict[str, Path], tmp_path: Path) -> Path:
    """A database with the starter data, at the place where it is looked for."""
    return Path(shutil.copy(templates["starter"], tmp_path / "tracker.db"))


@pytest.fixture
def empty(templates: dict[str, Path], tmp_path: Path) -> Path:
    """A database with nothing in it, at the place where it is looked for."""
    return Path(shutil.copy(templates["empty"], tmp_path / "tracker.db"))


@pytest.fixture
def fact() -> tuple[str, ...]:
    return FACT


@pytest.fixture
def unchanged() -> Callable[[Path], "Unchanged"]:
    """`with unchanged(path):` holds a file byte for byte against itself, and its folder against new files."""
    return Unchanged


class Unchanged:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.before = self._look()

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            assert self._look() == self.before

    def _look(self) -> tuple[bytes, list[str]]:
        return self.path.read_bytes(), sorted(os.listdir(self.path.parent))
