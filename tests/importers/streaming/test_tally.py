import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.rounding import Total
from tracker.importers.streaming.large import Unsuited
from tracker.importers.streaming.tally import Tally
from tracker.values import Share

printed = st.one_of(
    st.decimals(0, 60, places=2).map(str),
    st.decimals(0, 60, places=1).map(str),
    st.integers(0, 60).map(str),
    st.sampled_from(["0", "0.00", "0.004", "<1", ">2", "~7", "6.5..7.5"]),
)
told = st.lists(st.tuples(st.integers(0, 3), printed), min_size=1, max_size=30)


def tallied(rows, watches=False):
    tally = Tally(watches=watches)
    tally.room(len(rows), 4)
    for number, (period, text) in enumerate(rows):
        tally.one("m", number, period, Share.parse(text))
    return tally


@given(told)
def test_what_exceeds_the_whole_is_what_exact_sums_say(rows):
    totals = {}
    for period, text in rows:
        totals.setdefault(period, Total()).add(Share.parse(text))
    try:
        found = dict(tallied(rows).over("m", 100.0))
    except Unsuited:
        vague = {period for period, text in rows if not text.replace(".", "", 1).isdigit()}
        assert any(total.over for period, total in totals.items() if period in vague)
        return
    assert set(found) == {period for period, total in totals.items() if total.over}
    assert all(f"{found[period]:.2f}" == f"{float(totals[period].printed):.2f}" for period in found)


@given(told)
def test_many_at_once_are_counted_as_one_by_one(rows):
    plain = [(period, text) for period, text in rows if text.replace(".", "", 1).isdigit()]
    if not plain:
        return
    one, many = tallied(plain), Tally(watches=True)
    many.room(len(plain), 4)
    periods, texts = zip(*plain, strict=True)
    decimals = [len(text.partition(".")[2]) for text in texts]
    many.add("m", range(len(plain)), periods, list(map(float, texts)), decimals)
    assert (many.count, many.above_one, many.with_point, many.most, many.finest) == (
        one.count,
        one.above_one,
        one.with_point,
        one.most,
        one.finest,
    )
    assert many.sums_of(1) == pytest.approx(one.sums_of(1))
    assert dict(many.over("m", 100.0)).keys() == dict(one.over("m", 100.0)).keys()


def test_a_fact_that_stands_twice_is_noticed_where_that_is_watched():
    rows = [(1, "5"), (2, "5")]
    tally = tallied(rows, watches=True)
    with pytest.raises(Unsuited):
        tally.one("m", 0, 1, Share.parse("6"))
    tallied(rows).one("m", 0, 1, Share.parse("6"))


def test_sums_that_only_exact_numbers_can_tell_are_left_to_them():
    with pytest.raises(Unsuited):
        list(tallied([(0, "60.0000000001"), (0, "60")]).over("m", 100.0))


def test_room_for_more_periods_keeps_what_is_there():
    tally = tallied([(3, "60"), (3, "55")])
    tally.room(2, 5_000)
    tally.one("m", 0, 4_999, Share.parse("7"))
    assert sorted(tally.sums_of(1)) == [7, 115]
    assert dict(tally.over("m", 100.0)) == {3: 115}


def test_more_series_and_periods_than_a_table_holds():
    tally = Tally(watches=True)
    with pytest.raises(Unsuited):
        tally.room(70_000, 5_000)
    Tally(watches=False).room(70_000, 5_000)
