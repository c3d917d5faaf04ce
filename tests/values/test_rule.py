from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.values import RULES, Citation
from tracker.values.rule import MEANINGS, Page, prevailing, same_page

days = st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 5))
citations = st.builds(
    Citation,
    st.sampled_from(["https://a.org", "https://b.org"]),
    published=days,
    kind=st.sampled_from([None, "primary"]),
)
pages = st.lists(st.builds(Page, citations, st.integers(1, 3)), min_size=1, max_size=5)


def test_every_rule_has_a_meaning():
    assert tuple(MEANINGS) == RULES


@given(st.sampled_from(RULES), pages)
def test_no_page_goes_before_the_one_that_prevails(rule, pages):
    place = prevailing(rule, pages)
    found = pages[place]

    def beats(page):
        if rule == "first":
            return page.recorded < found.recorded
        kinds = [one.citation.kind == "primary" and rule == "primary" for one in (page, found)]
        if kinds[0] != kinds[1]:
            return kinds[0]
        other, mine = page.citation.published, found.citation.published
        return other is not None and (mine is None or other > mine)

    assert not any(beats(page) for page in pages)
    assert all(page != found for page in pages[:place]), "of equal ones the first stays"


@given(st.sampled_from(RULES), pages, st.data())
def test_a_second_decision_changes_nothing(rule, pages, data):
    found = pages[prevailing(rule, pages)]
    others = data.draw(st.permutations([page for page in pages if page is not found]))
    assert prevailing(rule, [found, *others]) == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Citation("https://a.org"), Citation("https://a.org", place="table 2"), True),
        (Citation("https://a.org"), Citation("https://a.org/2"), False),
        (Citation(title="Trends"), Citation("https://a.org", "Trends"), True),
        (Citation(title="Trends"), Citation("https://a.org"), False),
        (Citation(title="Trends"), Citation(title="Charts"), False),
    ],
)
def test_pages_are_one_by_their_url_or_else_by_their_title(one, other, same):
    assert same_page(one, other) == same_page(other, one) == same
