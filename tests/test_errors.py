import pytest

from tracker import errors
from tracker.errors import Problem, RejectedInput, TrackerError, clip


def test_every_error_is_in_one_tree_with_an_exit_code():
    found = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)]
    assert {one.__name__: one.exit_code for one in found} == {
        "TrackerError": 1,
        "InvalidValue": 2,
        "UnknownName": 1,
        "Conflict": 1,
        "MixedMarkets": 1,
        "UsageProblem": 2,
        "DatabaseMissing": 3,
        "SchemaMismatch": 3,
        "RejectedInput": 1,
    }
    assert all(issubclass(one, TrackerError) for one in found)


def test_the_hint_stands_below_the_message():
    assert str(TrackerError("no", "do this")) == "no\ndo this"
    assert str(TrackerError("no")) == "no"


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem(3, "share", "101", "is too much"), "line 3, column share: '101' is too much"),
        (Problem(3, "", "", "has 2 cells"), "line 3: has 2 cells"),
        (Problem(0, "market", "poe/a", "is not recorded"), "column market: 'poe/a' is not recorded"),
        (Problem(0, "", "", "the file is empty"), "the file is empty"),
        (Problem(1, "a", "x" * 99, "m"), f"line 1, column a: '{'x' * 59}…' m"),
    ],
)
def test_a_problem_says_where(problem, text):
    assert str(problem) == text


def test_all_problems_are_listed_up_to_fifty():
    found = [Problem(line, "share", "x", "m") for line in range(1, 53)]
    lines = str(RejectedInput("a.csv", found, "hint")).splitlines()
    assert lines[0] == "a.csv: 52 problems, nothing was stored"
    assert lines[-3:] == ["  line 50, column share: 'x' m", "  ... and 2 more", "hint"]
    assert len(lines) == 53


def test_one_problem_of_the_whole_input_is_one_line():
    assert str(RejectedInput("a.csv", [Problem(0, "", "", "the file is empty")])) == (
        "a.csv: the file is empty; nothing was stored"
    )


def test_a_long_text_is_clipped():
    assert (clip("abc", 3), clip("abcd", 3)) == ("abc", "ab…")
