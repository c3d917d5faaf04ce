"""`--level` on show, export and chart: models added up to labs, and everything said that a reader must know."""

import csv
import io
import json
import shutil

import pytest

from importers.databases import data

HEAD = "market,entity,period,share,url,source,counted,whole,kind,parents\n"
ROWS = HEAD + "".join(
    f"{market},{entity},{period},{share},https://e.org/{entity.lower()},x,users,{whole},{kind},{parents}\n"
    for market, entity, period, share, whole, kind, parents in (
        ("x/users", "M1", "2025-01", "7", "open", "model", "Lab"),
        ("x/users", "M2", "2025-01", "3.25", "open", "model", "Lab"),
        ("x/users", "M1", "2025-02", "8", "open", "model", "Lab"),
        ("x/users", "M2", "2025-02", "<1", "open", "model", "Lab"),
        ("x/users", "M1", "2025-03", "~5", "open", "model", "Lab"),
        ("x/users", "Rest", "2025-03", "40", "open", "residual", ""),
        ("x/both", "Lab", "2025-01", "10", "open", "lab", ""),
        ("x/both", "M1", "2025-01", "7", "open", "model", "Lab"),
        ("x/adopted", "M1", "2025-01", "60", "overlapping", "model", "Lab"),
        ("x/adopted", "M2", "2025-01", "55", "overlapping", "model", "Lab"),
    )
)
SHOWN = """\
x/users   % of users, open
entity  last  in       peak    when     change in points          0 to 40%
Rest    40%   2025-03  40%     2025-03                              █
Lab     ~5%   2025-03  10.25%  2025-01  −5.25 (−6.255 to −4.245)  ▃ ▁
"""
MISSING = "x/users: missing from Lab, which is the sum of its other parts: M2 (2025-03).\n"


@pytest.fixture
def labs(call, empty, tmp_path):
    (tmp_path / "f.csv").write_text(ROWS)
    done = call("import", "f.csv", "--new-entities")
    assert done.code == 0, done.err
    return empty


def test_show_has_a_row_for_each_lab(call, labs, unchanged):
    with unchanged(labs):
        result = call("show", "--level", "lab", "--market", "x/users")
    assert (result.code, result.out) == (0, SHOWN)
    assert result.err == f"Under no lab: Rest.\n{MISSING}"


def test_show_as_json_says_what_is_missing(call, labs):
    (lab, _) = sorted(
        json.loads(call("show", "--level", "lab", "--market", "x/users", "--format", "json").out),
        key=lambda row: row["entity"],
    )
    assert (lab["entity"], lab["readings"], lab["first"], lab["missing"]) == ("Lab", 3, "10.25", ["2025-03: M2"])
    assert "missing" not in json.loads(call("show", "--format", "json").out)[0]


def test_a_lab_without_shares_of_its_own_is_found(call, labs):
    result = call("show", "Lab", "--level", "lab", "--market", "x/users", "--format", "csv")
    assert [row["entity"] for row in csv.DictReader(io.StringIO(result.out))] == ["Lab"]
    assert result.err == MISSING


def test_a_part_of_a_lab_is_refused_by_name(call, labs):
    for words in (("show", "M1"), ("export", "--entity", "M1"), ("chart", "M1", "--only"), ("chart", "M1")):
        result = call(*words, "--level", "lab", "--market", "x/users")
        assert (result.code, result.out) == (1, "")
        assert result.err.endswith("M1 counts for Lab at the level of labs\nName that one, or leave --level out.\n")


def test_what_would_count_twice_is_refused_unless_it_is_said_what_counts(call, labs, unchanged):
    with unchanged(labs):
        result = call("show", "--level", "lab")
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "this stands in the way of adding shares up to labs:\n"
        "  x/both, 2025-01: Lab (10%) and its part M1 (7%) are both reported\n"
        "Where a whole and its parts are both reported, take what is reported of the whole: --when-both whole; or add"
        " up the parts: --when-both parts.\n"
    )
    for which, share, left in (("whole", "10", "M1"), ("parts", "7", "Lab")):
        result = call("export", "--level", "lab", "--market", "x/both", "--when-both", which)
        assert [row["share"] for row in csv.DictReader(io.StringIO(result.out))] == [share]
        assert result.err == f"x/both: left out, for it would count twice: {left} (2025-01).\n"


def test_shares_that_overlap_are_left_out_or_refused(call, labs):
    every = call("export", "--level", "lab", "--when-both", "whole")
    assert {row["market"] for row in csv.DictReader(io.StringIO(every.out))} == {"x/users", "x/both"}
    assert "Left out, for overlapping shares and indices are never added up: x/adopted.\n" in every.err
    asked = call("show", "--level", "lab", "--market", "x/adopted")
    assert (asked.code, asked.out) == (1, "")
    assert "x/adopted: its shares are not added up to labs, for one may be counted for several" in asked.err


EXPORT = """\
market,entity,kind,period,share,low,high,decimals,status,level,parts,missing,citation,url,known_from
x/users,Lab,lab,2025-01,10.25,9.745,10.755,2,A,lab,M1 7%; M2 3.25%,,,https://e.org/m1; https://e.org/m2,MOMENT
x/users,Lab,lab,2025-02,7.5..9.5,7.5,9.5,1,A,lab,M1 8%; M2 <1%,,,https://e.org/m1; https://e.org/m2,MOMENT
x/users,Lab,lab,2025-03,~5,4.5,5.5,0,A,lab,M1 ~5%,M2,,https://e.org/m1,MOMENT
x/users,Rest,residual,2025-03,40,39.5,40.5,0,A,lab,Rest 40%,,,https://e.org/rest,MOMENT
"""


def test_export_lists_the_parts_of_each_sum(call, labs, tmp_path):
    words = ("export", "--level", "lab", "--market", "x/users")
    assert call(*words).out == EXPORT
    first, second, *_ = json.loads(call(*words, "--format", "json").out)
    assert (first["share"], first["printed"], first["low"], first["parts"]) == (
        10.25,
        "10.25",
        9.745,
        [{"entity": "M1", "share": "7", "printed": None}, {"entity": "M2", "share": "3.25", "printed": None}],
    )
    assert (second["share"], second["printed"], second["url"]) == (
        None,
        "7.5..9.5",
        ["https://e.org/m1", "https://e.org/m2"],
    )
    assert call(*words, "--format", "table").out.splitlines()[1].split() == (
        ["x/users", "Lab", "2025-01", "10.25", "9.745", "10.755", "M1", "7%;", "M2", "3.25%"]
    )
    assert call(*words, "-o", "sums.csv").err.endswith("Wrote 4 rows to sums.csv\n")
    assert (tmp_path / "sums.csv").read_text().startswith(EXPORT.splitlines()[0])


def test_sums_are_no_facts_and_cannot_be_imported(call, labs, unchanged):
    call("export", "--level", "lab", "--market", "x/users", "-o", "sums.csv")
    with unchanged(labs):
        result = call("import", "sums.csv")
    assert result.code == 1
    assert "column parts: is no column of this format" in result.err


def test_a_chart_of_a_lab_says_what_it_is_made_of(call, labs, tmp_path):
    result = call("chart", "Lab", "--level", "lab", "--market", "x/users", "-o", "lab.svg")
    assert (result.code, result.out) == (
        0,
        "Lab’s share of users fell from 10.25% in January to about 5% in March 2025\n",
    )
    assert result.err == f"Under no lab: Rest.\n{MISSING}Wrote lab.svg\n"


def test_a_chart_finds_the_only_market_of_the_parts(call, starter):
    result = call("chart", "Google", "--level", "lab", "--market", "poe/video", "-o", "x.svg")
    assert (result.code, result.err) == (0, "Wrote x.svg\n")
    call("entity", "add", "Studio", "--kind", "lab")
    call("entity", "parent", "Veo 2", "Google", "--remove")
    call("entity", "parent", "Veo 2", "Studio")
    result = call("chart", "Studio", "--level", "lab", "-o", "x.svg")
    assert (result.code, result.err) == (0, "Wrote x.svg\n")
    assert result.out.startswith("Studio’s share of Poe’s video generation was 40% ")


@pytest.mark.parametrize("command", [("show",), ("export",), ("chart", "Lab")])
def test_what_counts_belongs_to_a_level(command, call, labs):
    result = call(*command, "--when-both", "whole")
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("--when-both belongs to --level lab|product|model.\n")


def test_what_was_known_of_parents_at_a_moment(call, labs):
    fact = ("--market", "x/users", "--date", "2025-02", "--url", "https://e.org")
    assert call("add", "Rest", "41", *fact).code == 0
    assert call("entity", "parent", "M1", "Lab", "--remove").code == 0
    words = ("export", "--level", "lab", "--market", "x/users", "--to", "2025-01")
    names = [row["entity"] for row in csv.DictReader(io.StringIO(call(*words).out))]
    then = [row["entity"] for row in csv.DictReader(io.StringIO(call(*words, "--as-of", "1").out))]
    assert (names, then) == (["Lab", "M1"], ["Lab"])


def test_a_corrected_share_is_added_as_corrected_with_what_was_printed_beside_it(call, labs):
    words = ("--market", "x/users", "--entity", "M1", "--date", "2025-01", "--reason", "a slip")
    assert call("correct", "override", "0.7", "--expect", "7", *words).code == 0
    (row, *_) = csv.DictReader(io.StringIO(call("export", "--level", "lab", "--market", "x/users").out))
    assert (row["share"], row["parts"]) == ("3.95", "M1 0.7% (printed 7%); M2 3.25%")
    assert call("chart", "Lab", "--level", "lab", "--market", "x/users", "-o", "x.svg").code == 0


def test_nothing_to_add(call, empty):
    assert call("show", "--level", "lab").err == "No observation fits; see what there is: tracker market list\n"
    assert call("export", "--level", "lab").out == EXPORT.splitlines()[0] + "\n"
    assert call("export", "--level", "lab", "--format", "json").out == "[]\n"


def test_the_starter_data(call, starter):
    result = call("export", "--level", "lab", "--market", "poe/text-messages", "--entity", "OpenAI")
    (row,) = csv.DictReader(io.StringIO(result.out))
    assert (row["share"], row["low"], row["high"], row["parts"]) == (
        "45.2",
        "45.1",
        "45.3",
        "GPT-4.1 family 9.4%; GPT-4o 35.8%",
    )
    assert call("export", "--level", "lab").code == 0


def test_the_models_of_openrouter(call, starter, tmp_path):
    shutil.copy(data("openrouter_rankings-daily_sample.csv"), tmp_path / "ranks.csv")
    assert call("import", "ranks.csv").code == 0
    sql = "select distinct entity from shares where entity like 'deepseek/%'"
    models = call("query", sql, "--format", "csv").out.splitlines()[1:]
    assert call("entity", "parent", *models, "DeepSeek").code == 0
    words = ("--level", "lab", "--market", "openrouter/tokens-by-model")
    result = call("export", *words, "--entity", "DeepSeek", "--format", "json")
    rows = json.loads(result.out)
    assert [round(row["share"], 4) for row in rows] == [21.3424, 22.3808, 35.8379]
    assert [len(row["parts"]) for row in rows] == [6, 6, 5]
    assert result.err == (
        "openrouter/tokens-by-model: missing from DeepSeek, which is the sum of its other parts:"
        " deepseek/deepseek-v3.2-20251201 (2026-10-07).\n"
    )
    every = csv.DictReader(io.StringIO(call("export", *words).out))
    assert round(sum(float(row["share"]) for row in every if row["period"] == "2026-10-07"), 9) == 100
