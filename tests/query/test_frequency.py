"""Other frequencies: nothing counts twice, no break is lost, and what the source says of a period is taken."""

import pytest

import tracker
from importers.databases import load, made
from tracker.errors import UsageProblem

HEAD = "market,entity,period,share,url,source,counted,whole,status\n"


def shares(folder, *rows, **asked):
    path = made(folder)
    load(path, HEAD + "".join(f"m/x,{row},https://a.org,m,users,open,{status}\n" for row, status in rows))
    with tracker.connect(path) as t:
        return t.shares(market="m/x", **asked)


def plain(*rows):
    return [(row, "") for row in rows]


MONTHS = plain("A,2025-01,54", "A,2025-02,0", "A,2025-03,27")


@pytest.mark.parametrize("how", ["mean", "last"])
def test_the_source_s_own_reading_of_the_period_is_taken_alone(tmp_path, how):
    found = shares(tmp_path, *MONTHS, *plain("A,2025-Q1,50.0"), frequency="Q", how=how)
    assert found[["period", "printed", "share", "lowest", "parts", "readings", "coverage"]].values.tolist() == [
        ["2025-Q1", "50.0", 50.0, 49.95, "2025-Q1 50.0%", 1, 1.0]
    ]


def test_of_two_readings_of_just_the_period_the_exact_one_is_taken(tmp_path):
    found = shares(tmp_path, *plain("A,~2025-Q1,49", "A,2025-Q1,50.0"), frequency="Q")
    assert found["printed"].tolist() == ["50.0"]


def test_in_a_mean_a_reading_that_contains_others_is_left_out_and_that_is_said(tmp_path):
    found = shares(tmp_path, *MONTHS, *plain("A,2025-Q1,50.0", "A,2025-Q2,30"), frequency="H", how="mean")
    (row,) = found.to_dict("records")
    assert row["share"] == pytest.approx((54 * 31 + 27 * 31 + 30 * 91) / 181)
    assert (row["readings"], row["coverage"]) == (4, 1.0)
    assert row["parts"] == (
        "2025-01 54%; 2025-02 0%; 2025-03 27%; 2025-Q2 30%; left out, for it contains others: 2025-Q1 50.0%"
    )


def test_days_that_are_lost_with_the_wider_one_lower_the_coverage(tmp_path):
    found = shares(tmp_path, *plain("A,2025-Q1,50", "A,2025-02,40"), frequency="yearly", how="mean")
    assert (found["share"].tolist(), found["coverage"].tolist()) == ([40.0], [28 / 365])
    assert found["parts"].tolist() == ["2025-02 40%; left out, for it contains others: 2025-Q1 50%"]


def test_readings_that_only_meet_or_cross_all_count(tmp_path):
    found = shares(
        tmp_path, *plain("A,2025-01-01/2025-01-10,10", "A,2025-01-06/2025-01-15,20"), frequency="M", how="mean"
    )
    assert (found["share"].tolist(), found["readings"].tolist()) == ([15.0], [2])


@pytest.mark.parametrize(
    ("breaks", "status"), [("B..", "B"), (".B.", "B"), ("..B", "B"), ("...", "A"), ("P..", "A"), ("..P", "P")]
)
def test_the_last_reading_carries_a_break_within_the_period(tmp_path, breaks, status):
    rows = [(row, mark.strip(".")) for (row, _), mark in zip(MONTHS, breaks, strict=True)]
    assert shares(tmp_path, *rows, frequency="Q")["status"].tolist() == [status]


def test_a_break_after_the_one_that_is_taken_is_none_of_it(tmp_path):
    rows = [("A,2025-W04,10", ""), ("A,2025-W05,20", "B")]
    found = shares(tmp_path, *rows, frequency="M")
    assert found[["period", "parts", "status"]].values.tolist() == [
        ["2025-01", "2025-W04 10%", "A"],
        ["2025-02", "2025-W05 20%", "B"],
    ]


@pytest.mark.parametrize("how", ["mean", "last"])
def test_a_break_in_a_month_breaks_the_quarter_s_own_reading(tmp_path, how):
    rows = [*MONTHS, ("A,2025-Q1,50", "")]
    rows[1] = (rows[1][0], "B")
    assert shares(tmp_path, *rows, frequency="Q", how=how)["status"].tolist() == ["B"]


def test_a_frequency_is_named_by_its_word_its_period_or_its_letter(tmp_path):
    path = made(tmp_path)
    load(path, HEAD + "m/x,A,2025-01,54,https://a.org,m,users,open,\n")
    with tracker.connect(path) as t:
        found = {name: t.shares(frequency=name)["period"].tolist() for name in ("quarterly", "quarter", "Q", "q")}
        assert set(map(tuple, found.values())) == {("2025-Q1",)}
        with pytest.raises(UsageProblem, match="how belongs to a frequency"):
            t.shares(how="mean")
