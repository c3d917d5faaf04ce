from checks.watching import checked, look, months, places, series
from importers.databases import data, made
from importers.families import stored


def shown(*rows):
    """Series out of rows of shares, a row a month."""
    return [
        series(f"part {number}", months(*column), batch=number) for number, column in enumerate(zip(*rows, strict=True))
    ]


def test_a_period_that_repeats_the_one_before():
    (found,) = look("stale", *shown(("50", "30", "20"), ("50", "30", "20"), ("51", "29", "20")))
    assert (found.entity, found.period, found.batch) == ("", "2025-02", 2)
    assert found.message == "all 3 shares are those of 2025-01: carried over, not measured?"
    assert found.remedy == "tracker waive stale --market x/m --period 2025-02 --reason '...'"


def test_one_part_that_moved_is_enough():
    assert look("stale", *shown(("50", "30", "20"), ("50", "30.1", "20"))) == []


def test_two_parts_may_stand_still():
    assert look("stale", *shown(("70", "30"), ("70", "30"))) == []


def test_parts_that_come_or_go_are_a_change():
    assert look("stale", *shown(("50", "30", "20", None), ("50", "30", "20", "1"))) == []
    assert look("stale", *shown(("50", "30", "20", "1"), ("50", "30", "20", None))) == []


def test_zeros_are_the_business_of_another_check():
    assert look("stale", *shown(("0", "0", "0"), ("0", "0", "0"))) == []


def test_days_that_overlap_repeat_each_other_rightly():
    both = {"2025-02": "50", "~2025-02": "50"}
    assert look("stale", *(series(name, both) for name in "abc")) == []


def test_where_shares_repeat_by_chance_a_repetition_is_no_sign():
    rows = [("50", "30" if number % 5 else "31", "20" if number % 7 else "19") for number in range(40)]
    assert look("stale", *shown(*rows)) == []


def test_the_search_engines_of_spring_2008(tmp_path):
    path, file = made(tmp_path), data("search_engine_share_us_2001-2008.csv")
    columns = {"date": ("Date",), "source": ("Source",), "region": ("Country",)}
    stored(path, file, market="search", counted="searches", whole="open", columns=columns)
    assert places(checked(path, "stale")) == [("", "2008-03-01"), ("", "2008-04-01")]
    # Its zeros at the end are left out: a 6 among these is 6.00.
    assert checked(path, "precision") == []


def test_polls_in_whole_percent_are_not_stale(tmp_path):
    path = made(tmp_path)
    stored(path, data("german_polls_2012-2020_semicolon.csv"), market="de", keep_repeats=True)
    assert checked(path, "stale", "precision") == []
