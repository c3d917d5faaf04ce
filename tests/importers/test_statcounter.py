import csv
import io

import pytest

from importers.databases import SAMPLES, ask, data, export, load, made, without_times
from tracker.errors import RejectedInput, UsageProblem
from tracker.importers.asked import Asked
from tracker.importers.policy import Policy
from tracker.importers.statcounter import SITE, SOURCE, FileName, StatCounter
from tracker.importers.table import Table
from tracker.store.engine import writing
from tracker.store.markets import add_market
from tracker.store.sources import add_source
from tracker.values import Citation, Market, Share

NAME = "ai_chatbot-ww-monthly-202504-202506.csv"
FILES = sorted((SAMPLES / "statcounter").glob("*-monthly-??????-??????.csv"))


def read(text, name=NAME, market=None):
    return StatCounter().read(Table(name, text.encode()), Asked(market=market))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_sample_becomes_its_committed_export(file, tmp_path):
    path = made(tmp_path)
    load(path, file)
    expected = file.with_suffix(".expected.csv").read_text()
    assert without_times(export(path)) == list(csv.reader(io.StringIO(expected)))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_importing_a_sample_again_changes_nothing(file, tmp_path):
    path = made(tmp_path)
    load(path, file)
    before = path.read_bytes()
    assert load(path, file).batch is None
    assert path.read_bytes() == before


def test_what_was_decided_on_the_way_is_said(tmp_path):
    assert load(made(tmp_path), SAMPLES / "statcounter" / NAME).notes == [
        "every share is kept with 2 decimals: the export leaves trailing zeros out",
        "2 rows of zeros only (2025-02 to 2025-03) are padding, not data, and were left out",
    ]


def test_a_zero_beside_other_numbers_is_a_value():
    entries = read("Date,A,B\n2025-04,100,0\n2025-05,0,0.00\n").entries
    assert [(entry.line, entry.told.entity, entry.told.share) for entry in entries] == [
        (2, "A", Share(100.0, decimals=2)),
        (2, "B", Share(0.0, decimals=2)),
    ]


def test_a_blank_is_no_zero():
    assert [entry.told.entity for entry in read("Date,A,B\n2025-04,100,\n").entries] == ["A"]


def test_the_source_itself_is_cited():
    (entry,) = read("Date,A\n2025-04,100\n").entries
    assert entry.told.citation == Citation(SITE, "StatCounter Global Stats", "StatCounter", kind="primary")


def test_every_bad_cell_is_listed_with_its_line_and_column():
    parsed = read(
        "Date,A,B\n2025-04,101,NaN\n2025-05,-0.5,1e309\n\n2025-06,1\n20250701,1,2\n2025,1,2\n,1,2\n"
        "2025-08,<1,~5\n2025-09,0.12345678901234567890,nothing.but.words\n2025-10,6..7,5%\n2025-11,60.5,39.5\n"
    )
    assert [(problem.line, problem.column, problem.value) for problem in parsed.problems] == [
        (2, "A", "101"),
        (2, "B", "NaN"),
        (3, "A", "-0.5"),
        (3, "B", "1e309"),
        (5, "", ""),
        (6, "Date", "20250701"),
        (7, "Date", "2025"),
        (8, "Date", ""),
        (10, "A", "0.12345678901234567890"),
        (10, "B", "nothing.but.words"),
        (11, "A", "6..7"),
    ]
    assert [str(entry.told.share) for entry in parsed.entries] == ["<1", "~5", "5.0", "60.5", "39.5"]


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        ("Date,A,A", [(2, "A", "stands twice")]),
        ("Date,A,", [(2, "3", "has no name")]),
        ("Date,,", [(2, "2", "has no name"), (2, "3", "has no name")]),
    ],
)
def test_a_bad_header_is_refused(header, problems):
    with pytest.raises(RejectedInput) as refused:
        read(f"\n{header}\n2025-04,1,2\n")
    assert [(one.line, one.column, one.message) for one in refused.value.problems] == problems


def test_a_month_that_stands_twice_is_shown_with_both_lines(tmp_path):
    table = Table(NAME, b"Date,A,B\n2025-04,60,40\n2025-05,50,50\n2025-04,60,39.5\n")
    path = made(tmp_path)
    before = path.read_bytes()
    with pytest.raises(RejectedInput) as refused:
        load(path, table)
    assert str(refused.value) == (
        f"{NAME}: 1 problem, nothing was stored\n"
        "  line 4, column B: '39.5' contradicts line 2, B in statcounter/ai-chatbot-ww, 2025-04:"
        " share 40.0% on line 2, 39.5% is given\n"
        "To keep all: the first of each stands, the others are stored as reports beside it: --repeats keep"
    )
    assert path.read_bytes() == before


def test_a_repeated_month_that_agrees_is_a_duplicate(tmp_path):
    outcome = load(made(tmp_path), Table(NAME, b"Date,A\n2025-04,100\n2025-04,100\n"))
    assert [(one.entry.line, one.before.line) for one in outcome.plan.duplicates] == [(3, 2)]


@pytest.mark.parametrize(
    ("stem", "parsed", "slug", "region"),
    [
        ("ai_chatbot-ww-monthly-202504-202609", ("ai_chatbot", "ww", None), "ai-chatbot-ww", "worldwide"),
        ("statcounter_browser-ww-monthly-201910-202110", ("browser", "ww", None), "browser-ww", "worldwide"),
        ("desktop-browser-DE-monthly-202001-202002 (1)", ("browser", "DE", "desktop"), "desktop-browser-de", "Germany"),
        ("desktop+mobile-os_combined-NA-monthly-202001-202002", ("os_combined", "NA", "desktop+mobile"),
         "desktop-mobile-os-combined-na", "Namibia"),
        ("browser-na-monthly-202001-202002", ("browser", "na", None), "browser-north-america", "North America"),
    ],
)  # fmt: skip
def test_the_name_of_an_export_says_which_market_it_is(stem, parsed, slug, region):
    name = FileName.parse(stem)
    assert name == FileName(*parsed)
    assert name.market().slug == f"statcounter/{slug}"
    assert name.market().region == region


@pytest.mark.parametrize(
    "stem", ["data", "browser-ww-yearly-201901-202112", "browser-ww-201910-202110", "x-ww-monthly-2019-2021"]
)
def test_other_names_say_nothing(stem):
    assert FileName.parse(stem) is None


def test_a_renamed_file_needs_its_market(tmp_path):
    text = "Date,A\n2025-04,100\n"
    with pytest.raises(UsageProblem, match="--market SLUG"):
        read(text, "renamed.csv")
    path = made(tmp_path)
    with pytest.raises(RejectedInput, match="tracker market add statcounter/mine"):
        load(path, Table("renamed.csv", text.encode()), market="statcounter/mine")
    with writing(path) as session:
        add_source(session, SOURCE)
        add_market(session, Market("statcounter/mine", "statcounter", "page views", "closed"))
    load(path, Table("renamed.csv", text.encode()), market="statcounter/mine")
    assert ask(path, "SELECT market, entity, share FROM shares") == [("statcounter/mine", "A", 100.0)]


def test_a_source_that_restates_its_past_is_revised_only_when_told_to(tmp_path):
    path = made(tmp_path)
    load(path, Table(NAME, b"Date,A,B\n2025-04,60,40\n"))
    again = Table(NAME, b"Date,A,B\n2025-04,61,39\n")
    with pytest.raises(RejectedInput, match="--on-change revise") as refused:
        load(path, again, Policy(primary_prevails=True))
    assert [(problem.line, problem.value) for problem in refused.value.problems] == [(2, "61"), (2, "39")]
    assert len(load(path, again, Policy("skip")).plan.skipped) == 2
    assert len(load(path, again, Policy("revise")).plan.revised) == 2
    assert ask(path, "SELECT share FROM share_history ORDER BY entity, batch") == [(60.0,), (61.0,), (40.0,), (39.0,)]


CHATBOTS = "statcounter_ai_chatbot-ww-monthly-202301-202609.csv"
BROWSERS = "statcounter_browser-ww-monthly-201910-202110.csv"


@pytest.mark.parametrize(
    ("file", "count", "series", "checks"),
    [
        (CHATBOTS, 126, 7, {
            ("ChatGPT", "2025-04"): 84.21, ("Google Gemini", "2026-09"): 10.94, ("Deepseek", "2025-08"): 2.7,
            ("Deepseek", "2025-09"): 0.18, ("Microsoft Copilot", "2025-04"): 0.23,
            ("Microsoft Copilot", "2025-05"): 5.18,
            ("Other", "2026-06"): 0.01, ("Other", "2026-07"): 0.01, ("Other", "2025-04"): 0.0,
        }),
        (BROWSERS, 525, 21, {
            ("Chrome", "2020-01"): 68.78, ("Edge", "2020-01"): 0.02, ("Edge", "2020-02"): 0.28,
            ("Edge", "2021-10"): 9.14,
        }),
    ],
)  # fmt: skip
def test_a_real_file(file, count, series, checks, tmp_path):
    path = made(tmp_path)
    real = data(file)
    assert len(load(path, real).plan.added) == count
    found = {(entity, period): share for entity, period, share in ask(path, "SELECT entity, period, share FROM shares")}
    assert (len(found), len({entity for entity, _ in found})) == (count, series)
    assert {key: found[key] for key in checks} == checks
    sums = ask(path, "SELECT sum(share) FROM shares GROUP BY period")
    assert all(99.9 < total < 100.1 for (total,) in sums)
    before = path.read_bytes()
    assert load(path, real).batch is None
    assert path.read_bytes() == before


def test_the_order_of_columns_does_not_matter(tmp_path):
    path = made(tmp_path)
    load(path, Table(NAME, b"Date,A,B\n2025-04,60.5,39.5\n"))
    assert load(path, Table(NAME, b"Date,B,A\n2025-04,39.5,60.5\n")).batch is None
