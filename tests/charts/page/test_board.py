"""The free places of a plot."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.charts.page.board import SAMPLE, Board, Box

POINTS = st.lists(st.tuples(st.floats(0, 60), st.floats(0, 60)), min_size=0, max_size=6)
PLAIN = st.floats(0, 60)


def covered(lines, box):
    """Count bits the slow way."""
    total = 0.0
    for points, weight in lines:
        for (x, y), (x2, y2) in pairwise(points):
            steps = max(1, ceil(hypot(x2 - x, y2 - y) / SAMPLE))
            bits = [(x + (x2 - x) * (i / steps), y + (y2 - y) * (i / steps)) for i in range(steps + 1)]
            total += weight * sum(box.holds(bit) for bit in bits)
    return total


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(POINTS, st.sampled_from([1.0, 6.0, 10.0])), max_size=4), PLAIN, PLAIN, PLAIN, PLAIN)
def test_a_place_costs_what_it_covers(lines, x, y, wide, high):
    board, box = Board(Box(-200, -200, 200, 200)), Box(x, y, x + wide, y + high)
    for points, weight in lines:
        assert board.score(box) >= 0, "asked in between"
        board.line(points, weight)
    assert board.score(box) == pytest.approx(covered(lines, box))


def test_texts_are_forbidden_ground_and_the_least_covered_place_wins():
    board = Board(Box(0, 0, 100, 100))
    board.area(Box(0, 0, 10, 10))
    board.line([(0, 50), (100, 50)], 1.0)
    assert board.best([Box(5, 5, 15, 15), Box(20, 45, 40, 55), Box(20, 60, 40, 70)]) == (2, Box(20, 60, 40, 70))
    assert board.best([Box(5, 5, 15, 15), Box(95, 0, 105, 5)]) is None
