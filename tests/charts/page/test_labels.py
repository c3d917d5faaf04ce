"""Labels at the right: no overlap, order kept, inside, and moved as little as can be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.charts.page.labels import GAP, keep, place

STACKS = st.lists(st.tuples(st.floats(0, 300), st.floats(8, 16), st.sampled_from([1.0, 4.0])), min_size=1, max_size=12)


def placed(stack, low=-7.0, high=307.0):
    wanted, heights, weights = (list(column) for column in zip(*stack, strict=True))
    return place(wanted, heights, weights, low, high)


@given(STACKS)
def test_no_two_overlap_and_their_order_is_that_of_the_values(stack):
    centres = placed(stack)
    order = sorted(range(len(stack)), key=lambda i: (stack[i][0], i))
    for below, above in pairwise(order):
        assert centres[above] - centres[below] >= (stack[below][1] + stack[above][1]) / 2 + GAP - 1e-6


@given(STACKS)
def test_they_stay_inside(stack):
    for centre, (_, height, _) in zip(placed(stack), stack, strict=True):
        assert centre - height / 2 >= -7.0 - 1e-6
        assert centre + height / 2 <= 307.0 + 1e-6


@given(STACKS)
def test_the_same_input_gives_the_same_places(stack):
    assert placed(stack) == placed(stack)


@given(st.floats(10, 290), st.floats(8, 16))
def test_a_single_label_is_on_its_line(wanted, height):
    assert place([wanted], [height], [1.0], -7.0, 307.0) == [wanted]


@given(STACKS, st.floats(20, 200))
def test_the_focus_is_never_dropped(stack, room):
    heights = [height for _, height, _ in stack]
    importance = [float("inf"), *range(len(stack) - 1)]
    kept = keep(heights, importance, room)
    assert 0 in kept
    assert kept == sorted(kept)
    assert kept == [0] or sum(heights[i] for i in kept) + GAP * (len(kept) - 1) <= room


def test_the_least_important_goes_first():
    assert keep([10, 10, 10], [3, 1, 2], 23) == [0, 2]


def test_the_focus_is_moved_less():
    focus, other = place([50.0, 50.0], [10.0, 10.0], [4.0, 1.0], 0, 100)
    assert focus == pytest.approx(47.6)
    assert other == pytest.approx(59.6)
