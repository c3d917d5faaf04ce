"""What the head of a long file seems to say, and the rest says otherwise: the answer is that of the whole file."""

import pytest

from importers.ways import MARKET, both, long_table, shares
from tracker.importers.streaming import large


def alike(found):
    """Each way: the same words and the same record."""
    one, other = found
    assert other == one
    return one


def test_shares_of_two_markets_that_alternate_stay_with_their_entities(empty, tmp_path, capsys, passing):
    rows = [
        f"bench/{'two' if place % 3 else 'one'},{entity},{day},{share},https://a.example/,things,closed,bench\n"
        for place, (day, entity, share) in enumerate(shares())
    ]
    text = "market,entity,period,share,url,counted,whole,source\n" + "".join(rows)
    one = alike(both(empty, tmp_path, capsys, passing, [(text, ())]))
    assert not passing.gave_up
    assert len(one[1]["shares"]) == 60


def test_rows_that_say_the_same_of_two_markets_stay_apart(empty, tmp_path, capsys, passing):
    words = [
        word
        for name in ("bench/one", "bench/two")
        for word in [f"{name},{day},{entity},{share}\n" for day, entity, share in shares()]
    ]
    made = "market,entity,period,share,url,counted,whole,source\n" + "".join(
        f"bench/{name},A,2023-01-01,5,https://a.example/,things,closed,bench\n" for name in ("one", "two")
    )
    text = "market,date,entity,share\n" + "".join(words[place] for half in range(60) for place in (half, half + 60))
    more = ("--map", "market=market,date=date,entity=entity,share=share", "--unit", "percent")
    one = alike(both(empty, tmp_path, capsys, passing, [(made, ()), (text, more)]))
    assert not passing.gave_up
    assert len(one[1]["shares"]) == 122


def test_a_line_separator_within_quoted_names_ends_no_line(empty, tmp_path, capsys, passing):
    rows = [(day, f'"{entity}\u2028{entity}\x85\x0b, Inc"', share) for day, entity, share in shares()]
    one = alike(both(empty, tmp_path, capsys, passing, [(long_table(rows), ())], *MARKET))
    assert not passing.gave_up
    assert len(one[1]["shares"]) == 60


def test_a_name_that_is_first_met_in_an_unusual_row_stands_there(empty, tmp_path, capsys, passing):
    rows = shares()
    rows[30] = ("2024-01-07", "Zed", "<1")
    rows[35] = ("2024-01-08", "Zed", "5")
    rows[33] = ("2024-01-07", "Yes", "5")
    alike(both(empty, tmp_path, capsys, passing, [(long_table(rows), ())], *MARKET, "--unit", "percent"))
    assert not passing.gave_up


def described(rows):
    return "date,entity,share,n,published\n" + "".join(",".join(row) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("n", "published"),
    [("", "2024-03-05"), ("2.502", ""), ("2,502", ""), ("12 000", "13/02/2024"), ("", "soon")],
)
def test_what_stands_beside_the_shares_only_below_the_head(n, published, empty, tmp_path, capsys, passing):
    n = f'"{n}"' if "," in n else n
    rows = [
        (day, entity, share, n if place > 40 else "", published if place > 40 else "")
        for place, (day, entity, share) in enumerate(shares(decimals=0 if "." in n else 2))
    ]
    mapped = ("--map", "date=date,entity=entity,share=share,sample_size=n,published=published", "--unit", "percent")
    alike(both(empty, tmp_path, capsys, passing, [(described(rows), mapped)], *MARKET))


DATES = {
    "a few wrong ones": [("soon", 3)],
    "most are of another form": [("13/02/2024", 300)],
    "as many": [("13/02/2024", 60)],
    "of two other forms": [("13/02/2024", 20), ("2024/02/14", 20)],
    "with none at all": [("", 20)],
}


@pytest.mark.parametrize("how", DATES)
def test_dates_that_the_head_did_not_show(how, empty, tmp_path, capsys, passing):
    more = [(day, f"F{one}", "0.5") for day, count in DATES[how] for one in range(count)]
    alike(both(empty, tmp_path, capsys, passing, [(long_table([*shares(), *more]), ())], *MARKET, "--unit", "percent"))


SIGNED = {
    "a sign in the head": (2, "5%"),
    "a sign below": (40, "5%"),
    "no number in the head": (2, "nan"),
    "a comma in the head": (2, '"5,5"'),
    "above the whole": (40, "150"),
    "per mille in the head": (2, "5\u2030"),
}


@pytest.mark.parametrize("how", SIGNED)
@pytest.mark.parametrize("unit", [(), ("--unit", "percent")], ids=["judged", "said"])
def test_an_unusual_share_wherever_it_stands(how, unit, empty, tmp_path, capsys, passing):
    place, cell = SIGNED[how]
    rows = shares()
    rows[place] = (*rows[place][:2], cell)
    alike(both(empty, tmp_path, capsys, passing, [(long_table(rows), unit)], *MARKET))


def test_a_table_that_google_trends_may_have_written(empty, tmp_path, capsys, passing):
    rows = [f"2024-01-{day:02d},{day},{day + 3}" for day in range(1, 32)]
    rows[-1] = "2024-01-31,100,<1"
    alike(both(empty, tmp_path, capsys, passing, [("\n".join(["Day,a,b", *rows, ""]), ())], *MARKET))
    text = "\n".join(["Week,a: (Worldwide),b: (Worldwide)", *(f"{row[:10]},1.5,2.5" for row in rows[:20]), *rows, ""])
    alike(both(empty, tmp_path, capsys, passing, [(text, ())], *MARKET, "--unit", "percent"))


def test_a_wide_table_that_numbers_its_rows(empty, tmp_path, capsys, passing, monkeypatch):
    monkeypatch.setattr(large, "HEAD_CELLS", 1)
    rows = [f"2024-01-{day + 1:02d},{day},0.1,0.2" for day in range(20)]
    one = alike(
        both(
            empty,
            tmp_path,
            capsys,
            passing,
            [("\n".join(["Date,Row,a,b", *rows, ""]), ())],
            *MARKET,
            "--unit",
            "percent",
        )
    )
    assert "columns that are not read: Row" in one[0][0][2]


def test_columns_that_hold_something_else_below_the_head(empty, tmp_path, capsys, passing):
    words = [(f"day {one}", f"E{one}", "5") for one in range(40)]
    alike(both(empty, tmp_path, capsys, passing, [(long_table([*shares(), *words]), ())], *MARKET))


@pytest.mark.parametrize("bound", ["<6", ">4", "~7", "7.123456789012"])
def test_parts_that_are_more_than_the_whole_with_a_bound_among_them(bound, empty, tmp_path, capsys, passing):
    rows = [*shares(), ("2024-01-05", "F1", bound), ("2024-01-06", "F1", "9"), ("2024-01-07", "F1", "<0.001")]
    one = alike(both(empty, tmp_path, capsys, passing, [(long_table(rows), ())], *MARKET, "--unit", "percent"))
    assert "sum to more than the whole in" in one[0][0][2]


def test_a_bound_that_fits_into_the_whole_is_read_in_passing(empty, tmp_path, capsys, passing):
    rows = [*shares(), *((f"2024-01-{day:02d}", "F1", "<1") for day in range(1, 13))]
    one = alike(both(empty, tmp_path, capsys, passing, [(long_table(rows), ())], *MARKET, "--unit", "percent"))
    assert not passing.gave_up
    assert "more than the whole" not in one[0][0][2]


def spans(rows):
    return "start,end,entity,share\n" + "".join(
        f"2024-01-{day:02d},2024-01-{day + 6:02d},{name},{share}\n" for day, name, share in rows
    )


def test_spans_are_named_and_summed_as_in_a_short_file(empty, tmp_path, capsys, passing):
    rows = [(day, f"E{one}", share) for day in (1, 2, 8, 15, 22) for one, share in enumerate(("60", "30", "20"))]
    mapped = ("--map", "date=start,end=end,entity=entity,share=share")
    changed = spans([*rows[:-1], (22, "E2", "21")])
    texts = [(spans(rows), mapped), (changed, mapped), (changed, (*mapped, "--on-change", "revise", "--dry-run"))]
    one = alike(both(empty, tmp_path, capsys, passing, texts, *MARKET, "--unit", "percent"))
    assert "in 2024-W01: 110" in one[0][0][2]
    assert "E2 in bench/share, 2024-W04: share 20% is recorded" in one[0][1][2]


def test_blanks_before_a_cell_are_left_out(empty, tmp_path, capsys, passing):
    rows = [
        (day, f" {entity}", " x" if place == 40 else f" {share}") for place, (day, entity, share) in enumerate(shares())
    ]
    one = alike(both(empty, tmp_path, capsys, passing, [(long_table(rows), ())], *MARKET, "--unit", "percent"))
    assert not passing.gave_up
    assert "column share: 'x'" in one[0][0][2]


def test_a_dry_run_counts_no_share_of_an_unknown_market(empty, tmp_path, capsys, passing):
    text = "market,date,entity,share\n" + "".join(
        f"no/where,{day},{entity},{share}\n" for day, entity, share in shares()
    )
    more = ("--map", "market=market,date=date,entity=entity,share=share", "--unit", "percent", "--dry-run")
    alike(both(empty, tmp_path, capsys, passing, [(text, more)]))


def test_percent_signs_everywhere_are_read_in_passing(empty, tmp_path, capsys, passing):
    rows = [(day, entity, f"{share} %") for day, entity, share in shares()]
    one = alike(both(empty, tmp_path, capsys, passing, [(long_table(rows), ())], *MARKET))
    assert not passing.gave_up
    assert "% stands in the cells" in one[0][0][2]


def test_bad_rows_are_left_out_in_passing(empty, tmp_path, capsys, passing):
    rows = shares()
    bad = [("soon", "F1", "3"), ("2024-01-04", "F2", "many"), ("2024-01-04", "", "3"), ("2024-01-04", "F3", "3,3")]
    text = long_table([*rows[:40], *bad, *rows[40:]])
    one, other = both(empty, tmp_path, capsys, passing, [(text, ("--skip-bad",))], *MARKET, "--unit", "percent")
    assert not passing.gave_up
    assert [(code, out, err.replace("rejected-2", "rejected")) for code, out, err in other[0]] == one[0]
    assert other[1] == one[1]
    kept = [(tmp_path / name).read_text() for name in ("t.rejected.csv", "t.rejected-2.csv")]
    assert kept[0] == kept[1]
    assert len(kept[0].splitlines()) == 5
    assert "F1" not in {name for name, *_ in one[1]["entities"]}


def test_with_bad_rows_left_out_a_conflict_is_another_matter(empty, tmp_path, capsys, passing):
    rows = shares()
    other = [*rows[:30], ("2024-01-07", "E1", "1.5"), ("2024-01-07", "F1", "many"), *rows[35:]]
    texts = [(long_table(rows), ()), (long_table(other), ("--skip-bad",))]
    found = both(empty, tmp_path, capsys, passing, texts, *MARKET, "--unit", "percent")
    assert found[0][1] == found[1][1]
    assert [code for code, *_ in found[0][0]] == [code for code, *_ in found[1][0]]


def test_a_row_of_our_own_that_is_bad_by_what_it_describes_is_left_out(empty, tmp_path, capsys, passing):
    rows = [
        f"bench/one,{entity},{day},{share},https://a.example/,things,closed,bench,{'nope' if place == 44 else ''}\n"
        for place, (day, entity, share) in enumerate(shares())
    ]
    text = "market,entity,period,share,url,counted,whole,source,kind\n" + "".join(rows)
    one, other = both(empty, tmp_path, capsys, passing, [(text, ("--skip-bad",))])
    assert other[1] == one[1]
    assert len(one[1]["shares"]) == 59
