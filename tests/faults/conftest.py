"""Disks that are small, and disks that cannot be written."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tracker.cli.boundary import run


@pytest.fixture(scope="session")
def starters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("faults") / "tracker.db"
    assert run(["init", "--db", str(path)]) == 0
    return path


@pytest.fixture
def database(starters: Path, tmp_path: Path) -> Path:
    """A database with the starter data, alone in a folder."""
    folder = tmp_path / "db"
    folder.mkdir()
    return Path(shutil.copy(starters, folder / "tracker.db"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    _mount(folder, "size=4m")
    yield folder
    os.chdir(tmp_path)
    subprocess.run(["umount", "--lazy", folder], check=True)


def _mount(folder: Path, options: str) -> None:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a disk of its own")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")


@pytest.fixture
def lock_disk() -> Callable[[Path], None]:
    """Let a disk be read only from now on."""
    return lambda folder: subprocess.run(["mount", "-o", "remount,ro", folder], check=True) and None
