"""The scales of the value axis, and the ticks of the logit one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.charts.axis.plane import Plane
from tracker.charts.axis.scales import bent, from_logits, straight, to_logits
from tracker.charts.axis.ticks import MOST_LOGIT, logit_ticks

INSIDE = st.floats(1e-6, 99.9999)


@given(INSIDE, st.sampled_from(["linear", "log", "logit"]))
def test_there_and_back(value, scale):
    assert straight(bent(value, scale), scale) == pytest.approx(value, rel=1e-9)


@given(INSIDE)
def test_arrays_and_numbers_agree(value):
    assert to_logits(np.array([value]))[0] == pytest.approx(bent(value, "logit"), abs=1e-9)
    assert from_logits(to_logits(np.array([value])))[0] == pytest.approx(value, rel=1e-9)


def test_0_and_100_have_no_place_and_raise_no_warning():
    assert list(to_logits(np.array([0.0, 100.0]))) == [-np.inf, np.inf]


def test_equal_odds_are_equal_steps():
    plane = Plane(100.0, 100.0, 0.0, 1.0, 1.0, 99.0, "logit")
    assert plane.y(50.0) == pytest.approx(50.0)
    assert plane.y(90.0) - plane.y(50.0) == pytest.approx(plane.y(50.0) - plane.y(10.0))
    assert (plane.y(0.0), plane.y(100.0)) == (0.0, 100.0)
    assert plane.value(plane.y(20.0)) == pytest.approx(20.0)


@given(INSIDE, INSIDE, st.floats(0.03, 0.3))
def test_logit_ticks_hold_the_data_and_keep_their_distance(one, other, apart):
    low, high = sorted((one, other))
    ticks, bottom, top = logit_ticks(low, high, apart)
    assert 0 < bottom <= low
    assert high <= top * 1.000001
    assert top < 100
    assert ticks == sorted(set(ticks))
    assert 1 <= len(ticks) <= MOST_LOGIT
    assert bottom <= ticks[0]
    assert ticks[-1] <= top
    places = [bent(tick, "logit") for tick in ticks]
    least = apart * (bent(top, "logit") - bent(bottom, "logit"))
    assert all(b - a >= least * 0.999 for a, b in pairwise(places))
