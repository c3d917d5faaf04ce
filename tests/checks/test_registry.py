"""The list of checks, and what of their findings is waived."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.checks.base import Finding
from tracker.checks.registry import CHECKS, check_named
from tracker.checks.waived import standing
from tracker.store.waivers import Waiver


def test_every_check_has_a_name_of_its_own_and_something_to_do():
    assert [check.name for check in CHECKS[:4]] == ["sums", "precision", "duplicates", "gaps"]
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(check.watch or check.of_database for check in CHECKS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_what_it_looks_for_reads_as_a_sentence(check):
    assert check_named(check.name) is check
    for words in (check.looks_for, check.why):
        assert words
        assert not words.endswith((".", " "))
        assert words[0].islower() or words.startswith("PRAGMA")


names = st.sampled_from(["", "x", "y"])
findings = st.builds(
    Finding, st.sampled_from(["sums", "gaps"]), names, names, names, st.just("m"), st.just(""), st.integers(0, 4)
)
waivers = st.builds(
    Waiver,
    st.integers(1, 9),
    st.sampled_from(["sums", "gaps"]),
    names,
    names,
    names,
    st.just("r"),
    st.integers(0, 4),
    st.just(""),
)


@given(st.lists(findings, max_size=6), st.lists(waivers, max_size=4))
def test_a_waiver_covers_what_it_names_and_what_it_knew(found, waived):
    def says(waiver, finding):
        named = zip(waiver[1:5], (finding.check, finding.market, finding.entity, finding.period), strict=True)
        return all(wanted in ("", there) for wanted, there in named)

    left = [one for one in found if not any(says(waiver, one) and waiver.batch >= one.batch for waiver in waived)]
    shown = standing(found, waived)
    assert [(one.market, one.entity, one.period) for one in shown] == [
        (one.market, one.entity, one.period) for one in left
    ]
    again = [any(says(waiver, one) for waiver in waived) for one in left]
    assert ["waived before" in one.message for one in shown] == again
