"""What can be asked, and what is kept of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claiming import asked
from strategies import shares, simple_periods
from tracker.analysis.claim import Question
from tracker.analysis.claim.amounts import Amount
from tracker.errors import UsageProblem


def test_said_back():
    both = asked("2025-02", "2025-04", before="7%", after="3", points="-4", percent="-57.1")
    assert str(both) == (
        "7% in 2025-02, 3% in 2025-04, −4 points from 2025-02 to 2025-04, −57.1% from 2025-02 to 2025-04"
    )
    assert str(asked(None, "2025", share="~85")) == "~85% in 2025"
    assert str(asked("2025", "2025", share="<1")) == "<1% in 2025"


@pytest.mark.parametrize(
    ("since", "until", "figures", "said"),
    [
        ("2025", "2026", {}, ["no figure is claimed"]),
        (None, "2025", {"before": "7"}, ["--before needs --from"]),
        ("2025", None, {"after": "7"}, ["--after needs --to"]),
        (None, None, {"points": "7", "percent": "3"}, ["--points needs --from and --to", "--percent needs"]),
        ("2025", None, {"points": "7", "after": "3"}, ["--points needs --to", "--after needs --to"]),
        ("2025", "2026", {"share": "7"}, ["--share is of one time: give --from or --to, or the same twice"]),
        (None, None, {"share": "7"}, ["--share needs --from or --to"]),
        ("2025", "2025", {"share": "7", "points": "2"}, ["--share is of one time, --points of two"]),
        ("2025", "2024", {"before": "7"}, ["--to 2024 is before --from 2025"]),
    ],
)
def test_what_cannot_be_judged(since, until, figures, said):
    with pytest.raises(UsageProblem) as caught:
        asked(since, until, **figures)
    assert all(part in caught.value.message for part in said)
    assert "--before SHARE --after SHARE, --share SHARE" in caught.value.hint
    assert caught.value.exit_code == 2


@given(simple_periods, shares(), shares(), st.integers(-999, 999))
def test_what_is_kept_is_read_again(period, before, after, units):
    asked = Question(period, period, before=before, after=after, points=Amount(units / 10, 1))
    assert Question.from_json(asked.to_json()) == asked
