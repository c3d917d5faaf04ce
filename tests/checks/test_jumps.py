import pytest

from checks.watching import checked, look, months, places, series
from importers.databases import data, made
from importers.families import stored
from tracker.checks.registry import check_named
from tracker.errors import UnknownName

CALM = ["20.1", "20.4", "19.8", "20.2", "20.5", "20.0", "19.9", "20.3", "20.1", "20.2", "20.4"]


def test_a_jump_asks_for_a_break_mark():
    (found,) = look("jumps", series("DeepSeek R1", months(*CALM, "5.1", "5.2"), batch=3))
    assert (found.entity, found.period, found.batch) == ("DeepSeek R1", "2025-12", 3)
    assert found.message.startswith("5.1% after 20.4% in 2025-11, ")
    assert "it may be a change of method; mark the break if so" in found.message
    assert found.remedy == (
        "tracker correct flag B --market x/m --entity 'DeepSeek R1' --date 2025-12 --expect 5.1 --reason '...'"
    )


def test_a_break_is_not_reported_again():
    shown = series("A", months(*CALM, "5.1", "5.2"), status={"2025-12": "B"})
    assert look("jumps", shown) == []


def test_ten_changes_are_needed():
    assert look("jumps", series("A", months(*CALM[:9], "5.1"))) == []
    assert len(look("jumps", series("A", months(*CALM[:10], "5.1")))) == 1


def test_what_rounding_allows_is_no_jump():
    tiny = ["0.01", "0.01", "0.02", "0.01"] * 4
    assert look("jumps", series("A", months(*tiny))) == []
    assert len(look("jumps", series("A", months(*tiny, "0.20")))) == 1


def test_a_steady_rise_is_none():
    assert look("jumps", series("A", months(*(f"{2 * 1.3**step:.2f}" for step in range(14))))) == []


def test_a_change_over_a_long_gap_is_spread_over_it():
    shares = months(*CALM) | {"2027-12": "60.0"}
    assert look("jumps", series("A", shares)) == []


def test_zeros_at_the_ends_and_indexes_are_left_to_others():
    assert look("jumps", series("A", months("0.0", "0.0", *CALM, "0.0"))) == []
    assert len(look("jumps", series("A", months(*CALM[:6], "0.0", *CALM)))) == 2
    assert look("jumps", series("A", months(*CALM, "5.1")), whole="index") == []


def test_bounds_have_a_change_too():
    assert look("jumps", series("A", months(*["<1"] * 12, "1"))) == []
    assert len(look("jumps", series("A", months(*["<1"] * 12, "30")))) == 1


def test_deepseek_on_statcounter(tmp_path):
    path = made(tmp_path)
    stored(path, data("statcounter_ai_chatbot-ww-monthly-202301-202609.csv"))
    assert ("Deepseek", "2025-09") in places(checked(path, "jumps"))


def test_an_unknown_check_is_refused_with_the_nearest():
    with pytest.raises(UnknownName, match="near it: jumps"):
        check_named("jump")
