"""What once ended an importer with something else than a refusal, or with one that named no place; fuzzers found it."""

from contextlib import suppress

import pytest

from importers.families import parsed, problems
from tracker.errors import InvalidValue, RejectedInput, TrackerError
from tracker.importers.answers import is_web_page
from tracker.importers.asked import Asked
from tracker.importers.cube import cube_of
from tracker.importers.opening import open_bytes
from tracker.importers.registry import importers
from tracker.importers.statcounter import FileName
from tracker.importers.table import Table

WORDS = {"market": "x", "counted": "votes", "whole": "open"}
WIDE = "Month,A,B\n2025-01,60,40\n"

FOUND = [
    ("sdmx", " ,inf,<1,Sept 2026,OBS_STATUS\n\n", Asked()),
    ("google-trends", "99\n101\n2025-03\n8.69\nnan", Asked()),
    ("google-trends", ";;;;\n;;;\n", Asked()),
    (
        "polls",
        "Pollster,Fieldwork Start,Fieldwork End,Sample Size,Union,SPD\nUnion,2025-01-01,2025-01-02,9,0.5,0.4\n",
        Asked(market="x", thousands="."),
    ),
    ("polls", "Pollster,Day,A,B\nUnion,2025-01-01,‰,15‰\n", Asked(market="x")),
    ("table", WIDE, Asked(market="x", date_format="%d%d")),
    ("openrouter", "date,model_permaslug,total_tokens,share_of_daily_tokens\n2026-09-30,a,1,1\n", Asked(unit="part")),
]


@pytest.mark.parametrize(("name", "text", "asked"), FOUND, ids=[name for name, _, _ in FOUND])
def test_it_is_read_or_refused(name, text, asked):
    table = open_bytes("f.csv", text.encode())
    with suppress(TrackerError):
        importers()[name].read(table, asked)


@pytest.mark.parametrize("name", importers())
def test_a_table_of_blanks_is_empty(name):
    with pytest.raises(RejectedInput, match=r"f\.csv: the file is empty: no cell of it holds anything"):
        importers()[name].read(open_bytes("f.csv", b";;;;\n ;;;\n"), Asked(market="x"))


@pytest.mark.parametrize("form", ["%d%d", "%Q", "%d.%m.%", "%"])
def test_a_format_of_dates_that_is_none_is_told_as_such(form):
    with pytest.raises(TrackerError, match=f"'{form}' is no form of dates: "):
        parsed(WIDE, date_format=form, **WORDS)


def test_a_unit_that_is_none():
    with pytest.raises(InvalidValue, match="'part' is no unit"):
        parsed("date,model_permaslug,total_tokens\n2026-09-30,a,1\n", unit="part")


@pytest.mark.parametrize("encoding", ["idna", "punycode", "undefined", "unicode_escape", "UTF-7", "hex", "klingon"])
def test_encodings_that_no_file_has(encoding):
    with pytest.raises(InvalidValue, match=f"'{encoding}' is no encoding of files"):
        Table("f.csv", b'a,"b\n+2AA-,1\n', encoding).text  # noqa: B018


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (r'[{"day": "2025", "A\ud800": "\udc00x"}]', [(0, r"A\ud800", r"A\ud800"), (1, r"A\ud800", r"\udc00x")]),
        ('{"day": "2025"}\n{"day": "\\ud83d\\ud83d\\ude00"}', [(2, "day", "\\ud83d\\U0001f600")]),
    ],
)
def test_half_a_character(text, places):
    with pytest.raises(RejectedInput, match="half a character") as refused:
        open_bytes("f.json", text.encode())
    assert problems(refused.value) == places


def test_a_whole_character_of_two_halves():
    assert open_bytes("f.json", rb'[{"a": "\ud83d\ude00"}]').listed[1] == (1, ["😀"])


def test_the_name_of_a_file_that_ends_in_marks():
    assert FileName.parse("desktop+tablet-os_-DE-monthly-202001-202002").slug == "statcounter/desktop-tablet-os-de"


def test_a_bad_url_has_a_line():
    table = "Month,A,where\n2025-01,60%,https://a.org\n2025-02,61%,nowhere\n"
    told = parsed(table, columns={"date": ("Month",), "share": ("A",), "url": ("where",)}, **WORDS)
    assert (problems(told), len(told.entries)) == ([(3, "where", "nowhere")], 1)


def test_a_bad_url_of_an_event_has_a_line():
    told = parsed(
        "market,entity,period,share,role,title,url\n,A,2025-01,,event,Start,nowhere\n,A,2025-02,,event,End,\n"
    )
    assert (problems(told), [event.label for event in told.events]) == ([(2, "url", "nowhere")], ["End"])


def test_many_comments_before_what_is_no_page():
    """Each comment more once doubled the time: this many took longer than the world is old."""
    assert not is_web_page(b"<!-- -->" * 200 + b"Date,A\n2025,7\n")
    assert is_web_page(b"<!-- a --> <!-- <p> -->\n<html>")


def test_many_pages_in_the_name_of_a_file():
    """As with comments."""
    packed = b"unit,geo\\TIME_PERIOD\t2023\nPC,DE\t7\n"
    assert cube_of(Table(f"estat_a{'_page' * 200}!.tsv", packed)).dataset.startswith("estat_a_page")
    names = ("estat_nrg_ind_ren_filtered_page_1_en", "estat_nrg_ind_ren_page2_linear", "estat_nrg_ind_ren_pages")
    assert {cube_of(Table(f"{name}.tsv", packed)).dataset for name in names} == {"nrg_ind_ren"}


def test_an_indicator_without_a_name():
    with pytest.raises(RejectedInput, match="has no name") as refused:
        parsed("Entity,Code,Year,\nNorway,NOR,2022,60\n", importer="owid", unit="percent")
    assert problems(refused.value) == [(1, "4", "")]


@pytest.mark.parametrize("names", ["Share of a,Share of a", "Share of a,Share-of-A"])
def test_indicators_that_would_be_one_market(names):
    with pytest.raises(RejectedInput, match="is named like another column: Share of a"):
        parsed(f"Entity,Code,Year,{names}\nNorway,NOR,2022,60,40\n", importer="owid")


def test_regions_that_would_be_one_market():
    text = "Week,a: (Türkiye),a: (Turkiye)\n2025-01-05,<1,41\n2025-01-12,100,45\n"
    with pytest.raises(RejectedInput, match="Write one region the same everywhere") as refused:
        parsed(text)
    assert problems(refused.value) == [(1, "a: (Turkiye)", "")]


def test_a_data_set_of_no_name():
    text = "REF_AREA,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE\nDE,PC,2022,7\n"
    assert parsed(text, name=".csv", importer="sdmx").entries[0].told.citation.title
    assert parsed(text, name=".", importer="sdmx").entries[0].told.citation.title == "X-E3B0C442"


@pytest.mark.parametrize(
    ("text", "unit", "printed"),
    [
        ("Date;A;B\n2025-04;84,21;15,79\n2025-05;84;16\n", None, ["84.21", "15.79", "84.00", "16.00"]),
        ("Date,A,B\n2025-04,842.1,157.9\n2025-05,840,160\n", "permille", ["84.21", "15.79", "84.00", "16.00"]),
        ("Date,A,B\n2025-04,0.8421,0.1579\n2025-05,0.84,0.16\n", "fraction", ["84.21", "15.79", "84.00", "16.00"]),
        ("Date,A,B\n2025-04,84.21%,15.79%\n2025-05,84%,16%\n", None, ["84.21", "15.79", "84.00", "16.00"]),
    ],
    ids=["comma", "permille", "fraction", "sign"],
)
def test_no_digit_of_a_share_is_lost_where_trailing_zeros_are(text, unit, printed):
    told = parsed(text, name="ai_chatbot-ww-monthly-202504-202505.csv", importer="statcounter", unit=unit)
    assert [str(entry.told.share) for entry in told.entries] == printed
