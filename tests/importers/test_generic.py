import pytest

from importers.databases import data, made
from importers.families import becomes_its_export, parsed, problems, shares, stored
from tracker.errors import InvalidValue, RejectedInput, UsageProblem
from tracker.importers.asked import parse_map

MICROSOFT = "microsoft_ai_diffusion_economies_2025H1-2026Q1.csv"
SEARCHES = "search_engine_share_us_2001-2008.csv"
EPOCH = "epoch_ai_companies_usage_reports.csv"


def read(text, name="t.csv", **asked):
    return parsed(text, name, "table", **{"market": "a/b"} | asked)


def test_the_sample_becomes_its_committed_export(tmp_path):
    said = {"market": "microsoft/diffusion", "counted": "people of working age", "whole": "overlapping"}
    assert becomes_its_export(tmp_path, "generic/diffusion.csv", **said)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Date,A,B\n2024-01,60,40\n2024-02,61,39\n", (2, "a/b", "A", "2024-01", "60")),
        ("Date,Name,Share\n2024-01,A,60\n2024-01,B,40\n", (2, "a/b", "A", "2024-01", "60")),
        ("Name,2024-01,2024-02\nA,60,61\nB,40,39\n", (2, "a/b", "A", "2024-01", "60")),
    ],
)
def test_wide_long_and_transposed(text, first, mark):
    told = read(text.replace(",", mark))
    assert shares(told)[0] == first
    assert not told.problems


JSON = '[\n {"date": "2024-01", "entity": "A", "share": 60.10},\n {"date": "2024-01", "entity": "B", "share": 39.9}\n]'


@pytest.mark.parametrize("text", [JSON, f'{{"meta": {{"as_of": "x"}}, "data": {JSON}}}', JSON[1:-1].replace("},", "}")])
def test_records_of_json_have_their_lines_and_all_their_digits(text):
    assert shares(read(text, "t.json")) == [(2, "a/b", "A", "2024-01", "60.10"), (3, "a/b", "B", "2024-01", "39.9")]


def test_a_map_says_what_columns_are():
    text = "Vendor,When,Until,Pct,From,To,N,Flag,Remark\nA,2024-01-01,2024-01-09,60,58,62,1000,P,x\n"
    roles = "entity=Vendor,date=When,end=Until,share=Pct,low=From,high=To,sample_size=N,status=Flag,note=Remark"
    (entry,) = read(text, columns=parse_map(roles)).entries
    told = entry.told
    assert (told.entity, str(told.period), told.sample_size, told.status, told.note) == (
        "A", "2024-01-01/2024-01-09", 1000, "P", "x",
    )  # fmt: skip
    assert (told.share.low, told.share.value, told.share.high) == (58.0, 60.0, 62.0)


def test_both_bounds_without_a_share_are_an_interval():
    told = read(
        "D,E,S,L,H\n2024-01,A,,5.5,7\n", columns=parse_map("date=D,entity=E,share=S,low=L,high=H"), unit="percent"
    )
    assert [str(entry.told.share) for entry in told.entries] == ["5.5..7.0"]


def test_a_column_of_pages_and_of_markets():
    text = "date,entity,share,link,slug\n2024-01,A,60,https://example.org/a,x/y\n"
    told = read(text, columns=parse_map("date=date,entity=entity,share=share,url=link,market=slug"), market=None)
    assert (told.entries[0].told.citation.url, told.entries[0].told.market) == ("https://example.org/a", "x/y")


def test_rows_of_some_values_only():
    text = "Date,Name,Share,Region\n2024-01,A,60,EU\n2024-01,A,50,US\n2024-01,B,40,EU\n"
    told = read(text, only={"Region": ("EU",)}, columns=parse_map("entity=Name,date=Date,share=Share"))
    assert [entry.line for entry in told.entries] == [2, 4]
    assert "1 rows were left out: only those were read whose Region is EU" in told.notes


def test_a_column_that_is_not_there():
    with pytest.raises(RejectedInput, match="near it: Share"):
        read("Date,Name,Share\n2024-01,A,60\n", columns=parse_map("share=Shares"))


@pytest.mark.parametrize(
    ("asked", "share"),
    [({"unit": "percent"}, "0.50"), ({"unit": "fraction"}, "50"), ({"unit": "permille"}, "0.050")],
)
def test_the_unit_is_asked_for(asked, share):
    text = "Date,A,B\n2024-01,0.50,0.25\n"
    with pytest.raises(RejectedInput, match="--unit percent or --unit fraction"):
        read(text)
    assert shares(read(text, **asked))[0][-1] == share


def test_a_unit_that_is_none():
    with pytest.raises((RejectedInput, InvalidValue), match="percent, fraction, permille"):
        read("Date,A\n2024-01,5\n", unit="percents")


def test_other_options_of_how_a_file_is_written():
    told = read("D;E;S\n01.02.24;A;x\n02.02.24;A;60,5\n", date_format="%d.%m.%y", nulls=("x",), decimal=",")
    assert shares(told) == [(3, "a/b", "A", "2024-02-02", "60.5")]
    with pytest.raises(RejectedInput, match="--decimal , or --thousands ,"):
        read("Date;A;B\n2024-01;12,345;10,123\n")
    assert shares(read("Date;A;B\n2024-01;12,345;10,123\n", decimal=","))[0][-1] == "12.345"


def test_na_is_a_name_and_no_number():
    text = "Date,Country,Share\n2024-01,NA,60\n2024-02,DE,NA\n2024-03,NA,50\n"
    told = read(text)
    assert [entry.told.entity for entry in told.entries] == ["NA", "NA"]
    assert problems(told) == [(3, "Share", "NA")]
    assert "--null 'NA'" in told.hint
    assert [entry.line for entry in read(text, nulls=("NA",)).entries] == [2, 4]


@pytest.mark.parametrize("null", ["", "-", "–", "?", "n/a", "Not Available", ":", " N/A "])
def test_nulls_are_absent_and_not_zero(null):
    told = read(f"Date,A,B\n2024-01,60,{null}\n2024-02,61,0\n")
    assert [entry.told.entity for entry in told.entries] == ["A", "A", "B"]
    assert any(note.startswith("1 empty cells") for note in told.notes)


@pytest.mark.parametrize(
    ("header", "found"),
    [("Date,A,A", [(1, "A", "")]), ("Date,A,", [(1, "3", "")]), ("Date,,A", [(1, "2", "")])],
)
def test_a_column_without_a_name_or_with_that_of_another(header, found):
    with pytest.raises(RejectedInput) as refused:
        read(f"{header}\n2024-01,60,40\n")
    assert problems(refused.value) == found


def test_a_first_line_that_names_nothing():
    with pytest.raises(RejectedInput, match="Put a line with the names"):
        read("2024-01,60,40\n2024-02,61,39\n")


def test_columns_that_number_or_sum_the_rows_are_no_entities():
    told = read(",Date,A,B,Total\n0,2024-01,60,40,100\n1,2024-02,61,39,100\n2,2024-03,62,38,100\n")
    assert {entry.told.entity for entry in told.entries} == {"A", "B"}
    assert "columns that are not read: (no name), Total" in told.notes


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Date,A,B\n2024-01,60,40\n2024-02;61;39\n", [(3, "")]),
        ("Date,A,B\n2024-01,60,40\n2024-02,1e309,NaN\n", [(3, "A"), (3, "B")]),
        ("Date,A,B\n2024-01,60,40\n2024-02,101,-0.5\n", [(3, "A"), (3, "B")]),
        ("Date,A,B\n2024-01,60,40\n2024-02,60..70,40\n", [(3, "A")]),
        ("Date,A,B\n2024-01,60,40\n2024-13,60,40\n2024-03,60,40\n" + "2024-04,60,40\n" * 9, [(3, "Date")]),
        ("Date,A,B\n2024-01,60,40\n2024-02,60\n", [(3, "")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_shown_with_line_and_column(text, places):
    assert [(one.line, one.column) for one in read(text).problems] == places


def test_a_fraction_that_cannot_be_one():
    told = read("Date,A,B,C\n2024-01,0.2,0.1,0.7\n2024-02,0.3,0.2,0.5\n2024-03,101,0.2,0.5\n")
    assert problems(told) == [(4, "A", "101")]


def test_a_market_is_needed():
    with pytest.raises(UsageProblem, match="--market SLUG"):
        read("Date,A\n2024-01,60\n", market=None)


def test_repeats_are_kept_in_any_table(tmp_path):
    said = {"market": "a/b", "counted": "visits", "whole": "open", "importer": "table"}
    text = "Date,A\n2024-01,60\n2024-01,61\n"
    path = made(tmp_path)
    with pytest.raises(RejectedInput, match="--repeats keep"):
        stored(path, text, **said)
    assert len(stored(path, text, **said, keep_repeats=True).plan.reported) == 1


class TestRealFiles:
    def test_economies_across_periods(self):
        with pytest.raises(RejectedInput, match="Türkiye with --encoding mac-roman"):
            parsed(data(MICROSOFT), market="microsoft/diffusion")
        told = parsed(data(MICROSOFT), encoding="mac-roman", market="microsoft/diffusion")
        found = [(period, share) for _, _, entity, period, share in shares(told) if entity == "Türkiye"]
        assert found == [("2025-H1", "13.40"), ("2025-H2", "14.60"), ("2026-Q1", "17.40")]
        assert len(told.entries) == 441

    def test_browsers(self):
        told = parsed(data("w3schools_browser_stats.csv"), market="w3schools/browsers")
        found = {(entity, period): share for _, _, entity, period, share in shares(told)}
        assert (len(found), found["Chrome", "2016-05"], found["Chrome", "2008-01"]) == (798, "71.4", "0")

    def test_search_engines(self):
        with pytest.raises(RejectedInput, match="source=Source,region=Country"):
            parsed(data(SEARCHES), market="searches")
        told = parsed(data(SEARCHES), market="searches", counted="searches", whole="closed",
                      columns=parse_map("source=Source,region=Country"))  # fmt: skip
        assert len(told.entries) == 412
        assert {market.slug for market in told.markets} == {
            "netapplications/searches-us", "sew-websidestory/searches-us", "sew-websitestory/searches-us",
        }  # fmt: skip

    def test_numbers_of_users_are_no_shares(self):
        with pytest.raises(RejectedInput, match="not clear which column is what"):
            parsed(data(EPOCH), market="epoch/users")
        with pytest.raises(RejectedInput, match="they are no shares"):
            parsed(data(EPOCH), market="epoch/users", columns=parse_map("entity=Company,date=Date,share=Active users"))

    def test_facts(self):
        roles = "entity=entity,date=period_start,end=period_end,share=share_percent,low=share_low,high=share_high"
        told = parsed(data("ai_usage_facts.csv"), market="facts/all", columns=parse_map(f"{roles},url=source_url"))
        assert len(told.entries) == 159
        assert ("DeepSeek R1", "2025-04-30", "3") in [(one[2], one[3], one[4]) for one in shares(told)]
