"""What a figure that fails may have been."""

import pytest

from claiming import asked, stored
from tracker.analysis.claim import judge

FALL = [stored("~2025-02-15", "7"), stored("~2025-04-30", "3")]
PERCENT = "percent fall (−57.1%, rounding allows −66.7% to −46.2%)"
POINTS = "fall in points (−4, rounding allows −5 to −3)"


@pytest.mark.parametrize(
    ("figures", "hints"),
    [
        ({"before": "50", "after": "3"}, [f"50 may be the {PERCENT} misread as a share", ""]),
        ({"before": "7", "after": "57"}, ["", f"57 may be the {PERCENT} misread as a share"]),
        ({"before": "7", "after": "4"}, ["", f"4 may be the {POINTS} misread as a share"]),
        ({"before": "90", "after": "3"}, ["", ""]),
        ({"points": "-57"}, [f"57 may be the {PERCENT} misread as a number of points"]),
        ({"points": "-3"}, [""]),
        ({"percent": "-4"}, [f"4 may be the {POINTS} misread as a percentage"]),
        ({"percent": "-90"}, [""]),
    ],
)
def test_a_change_taken_for_something_else(figures, hints):
    assert [one.hint for one in judge(asked("2025-02", "2025-04", **figures), FALL).figures] == hints


def test_a_rise():
    rise = [stored("2025-02", "3"), stored("2025-04", "7")]
    assert judge(asked("2025-02", "2025-04", points="133"), rise).figures[0].hint == (
        "133 may be the percent rise (+133.3%, rounding allows +85.7% to +200.0%) misread as a number of points"
    )


def test_no_hint_where_it_may_be_no_change_at_all():
    level = [stored("2025-02", "7"), stored("2025-04", "7")]
    assert judge(asked("2025-02", "2025-04", before="0", after="7"), level).figures[0].hint == ""
