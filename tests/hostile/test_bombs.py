"""A small file that would be large is refused before it is; none writes anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hostile.bombs import BOMBS

MOST = 400
"""Megabytes; what the bombs unpack to is more."""


LONG = ("attributes",)
"""Bombs that take some time to be known for what they are."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="how much memory a process may map is set on Linux")
@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.slow] * (name in LONG)) for name in BOMBS])
def test_it_is_refused_in_little_room(name, tmp_path):
    script = Path(__file__).with_name("bombs.py")
    done = subprocess.run(
        [sys.executable, script, name, str(MOST)], capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    said, grew = done.stdout.splitlines()[0], int(done.stdout.split()[-1])
    assert said.startswith("refused bomb: ") or said.startswith("refused the sheet")
    assert "MemoryError" not in done.stdout
    assert "realloc" not in done.stdout
    assert grew < MOST
    assert os.listdir(tmp_path) == []
