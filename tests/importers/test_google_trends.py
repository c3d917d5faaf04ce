import csv
import io
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from importers.databases import DATA, SAMPLES, ask, data, export, load, made, without_times
from tracker.errors import RejectedInput, TrackerError, UsageProblem
from tracker.importers.asked import Asked
from tracker.importers.google_trends import SOURCE, GoogleTrends, Term
from tracker.importers.opening import open_bytes
from tracker.importers.registry import claims, importer_for
from tracker.importers.table import Table
from tracker.values import Market

FILES = sorted(file for file in (SAMPLES / "google_trends").iterdir() if ".expected" not in file.name)
WEEKS = "Week,a: (Worldwide)\n2025-01-05,<1\n2025-01-12,100\n2025-01-19,0\n"


def table(text):
    return Table("multiTimeline.csv", text.encode())


def read(text, **asked):
    return GoogleTrends().read(table(text), Asked(**asked))


def refused(text, **asked):
    with pytest.raises(RejectedInput) as error:
        read(text, **asked)
    return [(one.line, one.column, one.value) for one in error.value.problems], str(error.value)


def periods(parsed):
    return [str(entry.told.period) for entry in parsed.entries]


def shares(parsed):
    return [(entry.told.entity, str(entry.told.share)) for entry in parsed.entries]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_sample_becomes_its_committed_export(file, tmp_path):
    assert importer_for(open_bytes(file.name, file.read_bytes())).name == "google-trends"
    path = made(tmp_path)
    load(path, file)
    expected = file.with_suffix(".expected.csv").read_text()
    assert without_times(export(path)) == list(csv.reader(io.StringIO(expected)))
    before = path.read_bytes()
    assert load(path, file).batch is None
    assert path.read_bytes() == before


def test_weeks_are_seven_days_of_an_index():
    parsed = read(WEEKS)
    slug = "google-trends/a-worldwide-20250105-20250125"
    assert periods(parsed) == ["2025-01-05/2025-01-11", "2025-01-12/2025-01-18", "2025-01-19/2025-01-25"]
    assert shares(parsed) == [("a", "<1"), ("a", "100"), ("a", "0")]
    said = ("searches (relative interest)", "index")
    assert parsed.markets == [Market(slug, "google-trends", *said, region="worldwide", frequency="weekly")]
    assert (parsed.sources, parsed.of_source) == ([SOURCE], "google-trends")
    assert parsed.notes == [
        "each date is the first day of its week: 2025-01-05 is 2025-01-05/2025-01-11",
        f"100 is the peak of this export, so that it is an index of its own, and no share: {slug}",
    ]


def test_zeros_without_any_below_one_are_doubted():
    (said,) = [note for note in read(WEEKS.replace("<1", "0")).notes if "zeros" in note]
    assert said == "zeros are kept as they are (2), though a spreadsheet may have made them of <1"


@pytest.mark.parametrize(
    ("header", "name", "region"),
    [
        ("deepseek: (Worldwide)", "deepseek", "worldwide"),
        ("deepseek: (Dans tous les pays)", "deepseek", "worldwide"),
        ("BTS: (대한민국)", "BTS", "대한민국"),
        ("深度求索：（全球）", "深度求索", "worldwide"),
        ('"a ""b"": (Austria)"', '"a ""b"": (Austria)"', None),
        ("C: (1): (Congo (Kinshasa))", "C: (1)", "Congo (Kinshasa)"),
        (" deepseek ", "deepseek", None),
    ],
)
def test_a_column_names_a_term_and_a_region(header, name, region):
    assert Term.parse(1, header) == Term(1, name, region)


def test_the_same_terms_of_another_span_are_another_index():
    later = WEEKS + "2025-01-26,7\n"
    assert read(WEEKS).markets[0].slug != read(later).markets[0].slug
    assert read(later, market="google-trends/mine").markets[0].slug == "google-trends/mine"


def test_many_terms_are_cut_and_still_told_apart():
    header = ",".join(f"a very long term with number {n}: (Worldwide)" for n in range(5))
    one = read(f"Day,{header}\n2025-01-05,1,2,3,4,100\n").markets[0].slug
    other = read(f"Day,{header.replace('number 4', 'number 5')}\n2025-01-05,1,2,3,4,100\n").markets[0].slug
    assert one != other
    assert len(one) < 120


def test_each_region_is_an_index_of_its_own():
    text = "Month,a: (US),a: (Österreich)\n2025-01,3,100\n2025-02,4,5\n"
    parsed = read(text)
    assert [(one.slug, one.region) for one in parsed.markets] == [
        ("google-trends/a-us-20250101-20250228", "US"),
        ("google-trends/a-osterreich-20250101-20250228", "Österreich"),
    ]
    assert [(entry.line, entry.told.share.value) for entry in parsed.entries] == [(2, 3), (2, 100), (3, 4), (3, 5)]
    assert [one.slug for one in read(text, market="google-trends/mine").markets] == [
        "google-trends/mine-us",
        "google-trends/mine-osterreich",
    ]


@pytest.mark.parametrize(
    ("dates", "read_as"),
    [
        (["1/26/2025", "2/2/2025"], ["2025-01-26/2025-02-01", "2025-02-02/2025-02-08"]),
        (["26.01.2025", "19.01.2025"], ["2025-01-26/2025-02-01", "2025-01-19/2025-01-25"]),
        (["2025-01-20", "2025-02-03", "2025-01-27"], ["2025-W04", "2025-W06", "2025-W05"]),
        (["12/31/2024", "1/1/2025"], ["2024-12-31", "2025-01-01"]),
        (["2025-01-01", "2025-02-01", "2025-03-01"], ["2025-01", "2025-02", "2025-03"]),
        (["2025-01", "2025-02"], ["2025-01", "2025-02"]),
    ],
)  # fmt: skip
def test_dates_in_every_form(dates, read_as):
    rows = "".join(f"{day},100\n" for day in dates)
    assert periods(read(f"Time,a: (Worldwide)\n{rows}")) == read_as


def test_one_week_is_known_by_its_header():
    assert periods(read("Week,a: (Worldwide)\n2025-01-05,100\n")) == ["2025-01-05/2025-01-11"]
    assert periods(read("Day,a: (Worldwide)\n2025-01-05,100\n")) == ["2025-01-05"]


def test_dates_that_two_forms_read_are_refused():
    text = "Day,a: (Worldwide)\n01-02-2025,100\n02-02-2025,5\n"
    assert "--date-format dmy or --date-format mdy" in refused(text)[1]
    assert periods(read(text, date_format="dmy")) == ["2025-02-01", "2025-02-02"]
    weeks = "Week,a: (Worldwide)\n05-01-2025,100\n12-01-2025,5\n"
    assert periods(read(weeks, date_format="dmy")) == ["2025-01-05/2025-01-11", "2025-01-12/2025-01-18"]


def test_a_day_that_is_out_of_step_is_refused():
    problems, said = refused(WEEKS.replace("01-12", "01-13"))
    assert (problems, "not the first day of a week" in said) == ([(3, "Week", "2025-01-13")], True)
    months = "Month,a: (US)\n2025-01-01,1\n2025-02-01,1\n2025-03-02,1\n2025-04-01,100\n"
    assert refused(months)[0] == [(4, "Month", "2025-03-02")]


@pytest.mark.parametrize("region", ["Region", "Country", "Stadt"])
def test_a_table_by_region_is_no_series(region):
    text = f"Category: All categories\n\n{region},a: (1/1/25 - 1/1/26)\nGermany,100\nFrance,\n"
    assert "google-trends" in claims(table(text))
    problems, said = refused(text)
    assert problems == [(4, region, "Germany")]
    assert "is no date: this is a table by region, or of queries\nExport the chart 'Interest over time'" in said


@pytest.mark.parametrize("hour", ["2025-09-20T14", "2025-09-20 14:00:00", "9/20/2025 02:00 PM"])
def test_hours_are_refused(hour):
    problems, said = refused(f"Time,a: (Worldwide)\n2025-09-20T00,3\n{hour},100\n")
    assert (problems, "is an hour" in said) == ([(3, "Time", hour)], True)


@pytest.mark.parametrize("asked", [{"whole": "closed"}, {"whole": "open"}, {"unit": "percent"}])
def test_it_never_is_a_share(asked):
    with pytest.raises(UsageProblem, match="an index, 100 for its own peak, and never shares"):
        read(WEEKS, **asked)
    assert read(WEEKS, whole="index").markets[0].whole == "index"


def test_every_bad_cell_is_listed_with_its_line_and_column():
    good = "".join(f"2025-03-{day:02d},3\n" for day in (2, 9, 16, 23, 30))
    parsed = read(f"{WEEKS}2025-01-26,101\n2025-02-02,x\n2025-02-09,-0.5\n2025-02-16,1e309\n2025-02-23\nsoon,3\n{good}")
    assert [(one.line, one.column, one.value) for one in parsed.problems] == [
        (5, "a: (Worldwide)", "101"),
        (6, "a: (Worldwide)", "x"),
        (7, "a: (Worldwide)", "-0.5"),
        (8, "a: (Worldwide)", "1e309"),
        (9, "", ""),
        (10, "Week", "soon"),
    ]


def test_a_period_that_is_still_running_is_provisional():
    parsed = read("date,a,isPartial\n2025-01-05,12,False\n2025-01-12,100,True\n")
    assert [(entry.told.entity, entry.told.status) for entry in parsed.entries] == [("a", None), ("a", "P")]
    assert parsed.notes[-1] == "periods that were still running (1) are kept as provisional"


def test_what_the_person_says_goes_first():
    parsed = read(WEEKS, region="Mars", counted="queries", url="https://x.org", only={"Week": ("2025-01-12",)})
    assert [(one.slug, one.region, one.counted) for one in parsed.markets] == [
        ("google-trends/a-mars-20250112-20250118", "Mars", "queries")
    ]
    assert parsed.entries[0].told.citation.url == "https://x.org"


@pytest.mark.parametrize(
    "text",
    [
        "date,deepseek\n2025-01-05,12\n2025-01-12,100\n",
        "date,deepseek\n2025-01-05,12.5\n2025-01-12,100\n2025-01-19,<1\n",
        "date,deepseek\n2025-01-05,<1\n2025-01-12,99\n",
        "Time,A,B\n2025-01,60,40\n2025-02,0,100\n",
        "Time,CPU\n2025-01,60.5\n2025-02,100\n",
        "Source: nobody\n\nDay,deepseek\n2025-01-05,12\n2025-01-12,99\n",
        "Day,share: (%)\n2025-01-05,12\n2025-01-12,99\n",
        "Day,share: (US)\n2025-01-05,12.5\n2025-01-12,99.1\n",
        "Day,share: (US)\n2025-01-05,\n",
        "Day\n2025-01-05\n",
        "date,isPartial\n2025-01-05,False\n",
    ],
)
def test_what_shows_too_little_is_not_claimed(text):
    assert GoogleTrends().claims(table(text)) == ""


@example("1000-01")
@given(st.text(max_size=200) | st.lists(st.text("0123456789,/-<:()T a\n%", max_size=20)).map("\n".join))
def test_any_text_is_read_or_refused(text):
    try:
        if GoogleTrends().claims(table(text)):
            read(text)
        read(f"Week,a: (US)\n{text}")
    except TrackerError:
        pass


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(2, 60), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y"]))
def test_weeks_follow_each_other_without_a_gap(first, count, form):
    days = [first + timedelta(days=7 * number) for number in range(count)]
    rows = "".join(f"{day:{form}},100\n" if day.year > 999 else "" for day in days)
    found = [entry.told.period for entry in read(f"Week,a: (US)\n{rows}").entries]
    assert [one.start for one in found] == days
    assert all(after.start - before.end == timedelta(days=1) for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("file", "count", "span", "checks"),
    [
        ("google_trends_deepseek_daily_dmy.csv", 123, ("2024-12-01", "2025-04-02"), {
            ("deepseek", "2025-01-28"): 100, ("deepseek", "2025-02-16"): 10, ("deepseek", "2025-04-02"): 10,
            ("deepseek", "2024-12-26"): None,
        }),
        ("google_trends_ozempic_glp1_us_weekly.csv", 106, ("2024-09-15", "2025-09-20"), {
            ("ozempic", "2025-08-17/2025-08-23"): 100, ("glp-1", "2025-08-17/2025-08-23"): 36,
        }),
        ("google_trends_ai_chatbots_ww_weekly_mdy.csv", 423, ("2023-01-01", "2025-09-13"), {
            ("ChatGPT", "2025-03-30/2025-04-05"): 98, ("ChatGPT", "2025-09-07/2025-09-13"): 100,
            ("Gemini", "2025-09-07/2025-09-13"): 60, ("Microsoft Copilot", "2025-09-07/2025-09-13"): 5,
        }),
    ],
)  # fmt: skip
def test_a_real_file(file, count, span, checks, tmp_path):
    path, real = made(tmp_path), data(file)
    assert len(load(path, real).plan.added) == count
    found = {(entity, period): share for entity, period, share in ask(path, "SELECT entity, period, share FROM shares")}
    assert len(found) == count
    assert {key: found[key] for key in checks} == checks
    assert ask(path, "SELECT min(period_start), max(period_end) FROM shares") == [span]
    assert ask(path, "SELECT DISTINCT whole FROM market") == [("index",)]
    below = {"google_trends_deepseek_daily_dmy.csv": 26}.get(file, 0)
    assert ask(path, "SELECT count(*) FROM shares WHERE qualifier = '<' AND high = 1") == [(below,)]
    before = path.read_bytes()
    assert load(path, real).batch is None
    assert path.read_bytes() == before


@pytest.mark.parametrize("folder", [SAMPLES, DATA], ids=["samples", "shared"])
def test_files_of_others_are_not_claimed(folder):
    others = [
        file for file in folder.rglob("*.*") if file.is_file() and "google_trends" not in str(file.relative_to(folder))
    ]
    for file in others:
        with suppress(RejectedInput):
            table = open_bytes(file.name, file.read_bytes(), "mac-roman" if file.name.startswith("microsoft") else None)
            assert claims(table, {"google-trends": GoogleTrends()}) == {}, file.name
