"""SIGKILL at a few moments; `kill.py` does it at as many as one likes."""

import pytest

from faults.kill import KINDS, kills


@pytest.mark.slow
def test_what_is_killed_is_whole_or_absent():
    ended = list(kills(times=8, rows=1000, seed=3))
    assert [kind for kind, _ in ended] == [*KINDS, *KINDS]
    assert {left for _, left in ended} <= {"absent", "whole", "done"}
