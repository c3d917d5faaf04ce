from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidValue
from tracker.importers.judgement import dates
from tracker.importers.streaming.forms import check_form
from tracker.importers.streaming.large import Unsuited

days = st.dates(date(2023, 12, 20), date(2024, 2, 10))
texts = st.one_of(
    *(days.map(lambda day, form=form: day.strftime(form)) for form in ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y")),
    *(days.map(lambda day, form=form: day.strftime(form)) for form in ("%b %Y", "%d %b %Y", "%Y/%m/%d")),
    st.sampled_from(["2024-Q1", "Q1 2024", "soon", "12-18 Mar 2020", "2024"]),
)


@given(st.lists(texts, min_size=1, max_size=4), st.lists(texts, max_size=12))
def test_no_other_form_than_that_of_all_dates_is_let_through(head, rest):
    try:
        judged = dates.judge(head)
    except InvalidValue:
        return
    apart = Counter(text for text in [*head, *rest] if text in head or not dates.reads(judged.form, text))
    below = {text for text in rest if text not in apart}
    try:
        check_form(judged, below, apart)
    except Unsuited:
        return
    for copies in (1, 3):
        assert dates.judge([*apart.elements(), *(text for text in below for _ in range(copies))]).form == judged.form


def test_one_wrong_date_among_many_changes_nothing():
    judged = dates.judge(["2024-01-05"])
    check_form(judged, [f"2024-01-{day:02d}" for day in range(1, 32)], Counter(["2024-01-05", "soon", "13/02/2024"]))
    with pytest.raises(Unsuited):
        check_form(judged, ["2024-01-06"], Counter(["2024-01-05", "13/02/2024", "14/02/2024"]))
