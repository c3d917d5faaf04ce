"""Percent signs are read; words are not."""

import re

import pytest

from tracker.analysis.claim import with_words
from tracker.errors import UsageProblem
from tracker.values import Period

FEB, APR = Period.parse("2025-02"), Period.parse("2025-04")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("DeepSeek fell from 7% to 3%", "7% in 2025-02, 3% in 2025-04"),
        ("DeepSeek rose from 7 % to 3 %", "7% in 2025-02, 3% in 2025-04"),
        ("from 7.0 percent to <1 per cent", "7.0% in 2025-02, <1% in 2025-04"),
        ("R1, of 2025, had ~7％, by 4 percentage points more than 3 PERCENT", "~7% in 2025-02, 3% in 2025-04"),
        ("from 7% to 3%, 4 % points or 4 percent-points", "7% in 2025-02, 3% in 2025-04"),
    ],
)
def test_two_are_before_and_after(text, read):
    assert str(with_words(None, text, FEB, APR)) == read


@pytest.mark.parametrize(("since", "until"), [(FEB, None), (None, FEB), (FEB, FEB)])
def test_one_is_the_share_at_one_time(since, until):
    assert str(with_words(None, "R1 has 12.2 % of Poe", since, until)) == "12.2% in 2025-02"


@pytest.mark.parametrize(
    ("text", "since", "until", "said"),
    [
        ("it fell by half", FEB, APR, "no number with a percent sign, and two times are given"),
        ("it fell 57%", FEB, APR, "one number with a percent sign, and two times are given"),
        ("it fell 57% from 7% to 3%", FEB, APR, "3 numbers with a percent sign, and two times"),
        ("from 7% to 3%", FEB, None, "2 numbers with a percent sign, and one time is given"),
        ("7%", None, None, "one number with a percent sign, and no time is given"),
        ("from 7 to 3", FEB, APR, "no number with a percent sign"),
        ("4 percentage points", None, APR, "no number with a percent sign"),
        ("from 12,2% to 3%", FEB, APR, "'12,2' before a percent sign is not read as a share"),
        ("6-7% to 3%", FEB, APR, "'6-7' before a percent sign"),
        ("6/7%", None, APR, "'6/7' before a percent sign"),
        ("-57%", None, APR, "'-57' before a percent sign"),
        ("233%", None, APR, "'233' before a percent sign"),
        ("٧%", None, APR, "'٧' before a percent sign"),
        ("from 1.000.000% to 3%", FEB, APR, "'1.000.000' before a percent sign"),
    ],
)
def test_nothing_is_guessed(text, since, until, said):
    with pytest.raises(UsageProblem, match=re.escape(said)) as caught:
        with_words(None, text, since, until)
    assert caught.value.hint.startswith("Give the figures with --before SHARE --after SHARE, --share SHARE, --points N")


def test_what_is_given_stands_before_the_words():
    given = with_words(None, "7%", None, APR)
    assert with_words(given, "from 50% to 3%", FEB, APR) is given
