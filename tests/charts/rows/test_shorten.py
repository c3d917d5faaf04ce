"""Far digits give way one by one, and digits before the point never do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.charts.look.fonts import width
from tracker.charts.rows.shorten import shorten


def test_every_number_of_a_text_gives_way():
    assert shorten("+97.999972495 to +98", 1.0, 8.0) == "+97.9… to +98"
    assert shorten("0.123456–7.654321", 1.0, 8.0) == "0.1…–7.6…"


@given(st.decimals(0, 100, places=6), st.floats(1.0, 80.0))
def test_what_is_left_are_the_first_digits(number, room):
    text = f"{number}%"
    cut = shorten(text, room, 8.0)
    start = cut.split("…")[0].removesuffix("%")
    assert text.startswith(start)
    assert "." in start
    assert width(cut, 8.0) <= room or len(start.partition(".")[2]) == 1
