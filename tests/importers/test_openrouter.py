import csv
import io
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.databases import DATA, SAMPLES, ask, data, export, load, made, without_times
from tracker.errors import RejectedInput
from tracker.importers.asked import Asked
from tracker.importers.opening import open_bytes
from tracker.importers.openrouter import OpenRouter, computed
from tracker.importers.registry import claims
from tracker.importers.table import Table
from tracker.values import Citation, Share

FILES = sorted(file for file in (SAMPLES / "openrouter").iterdir() if ".expected" not in file.name)
HEADER = "date,model_permaslug,total_tokens"
RANKED = "date,model_permaslug,rank,total_tokens,share_of_daily_tokens"


def read(*rows, header=HEADER, **asked):
    text = "\n".join([header, *rows, ""])
    return OpenRouter().read(Table("rankings.csv", text.encode()), Asked(**asked))


def told(parsed):
    return [(entry.line, entry.told.entity, str(entry.told.period), entry.told.share.value) for entry in parsed.entries]


def problems(parsed):
    return [(one.line, one.column, one.value, one.message) for one in parsed.problems]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_sample_becomes_its_committed_export(file, tmp_path):
    path = made(tmp_path)
    load(path, file)
    expected = file.with_suffix(".expected.csv").read_text()
    assert without_times(export(path)) == list(csv.reader(io.StringIO(expected)))
    before = path.read_bytes()
    assert load(path, file).batch is None
    assert path.read_bytes() == before


def test_the_csv_and_the_json_of_one_day_agree(tmp_path):
    path = made(tmp_path)
    for file in FILES:
        load(path, file)
    assert ask(path, "SELECT count(*), count(DISTINCT entity) FROM shares") == [(10, 5)]


def test_an_export_is_read_back_the_same(tmp_path):
    path, again = made(tmp_path), made(tmp_path, "again.db")
    load(path, FILES[0])
    load(again, export(path))
    assert without_times(export(again)) == without_times(export(path))
    assert load(path, export(path)).batch is None


def test_shares_are_of_the_tokens_of_their_day():
    parsed = read("2026-05-11,a/b,30", "2026-05-11,other,90", "2026-05-12,a/b,1", "2026-05-12,other,1")
    assert told(parsed) == [
        (2, "a/b", "2026-05-11", 25.0),
        (3, "other", "2026-05-11", 75.0),
        (4, "a/b", "2026-05-12", 50.0),
        (5, "other", "2026-05-12", 50.0),
    ]
    assert parsed.notes == ["shares are computed: the tokens of a model, by the sum of the day's tokens"]
    assert [(one.name, one.kind) for one in parsed.entities] == [("a/b", "model")]


def test_a_printed_share_must_agree_as_far_as_it_is_printed():
    rows = ["2026-05-11,a,1,1,0.3333333333333333", "2026-05-11,b,2,1,0.33", "2026-05-11,other,,1,0.34"]
    parsed = read(*rows, header=RANKED)
    assert told(parsed) == [(2, "a", "2026-05-11", 33.33333333333333), (3, "b", "2026-05-11", 33.33333333333333)]
    wrong = "by its tokens the share is 33.333333333333330% of those of 2026-05-11 in this file"
    assert problems(parsed) == [(4, "share_of_daily_tokens", "0.34", wrong)]
    assert "are rows of that day missing?" in parsed.hint
    assert read("2026-05-11,a,1,5,1.0", header=RANKED).notes[0].endswith("the 1 printed ones agree")


@pytest.mark.parametrize("share", ["101", "-0.5", "NaN", "1e309", "x"])
def test_a_printed_share_that_is_none(share):
    (problem,) = read(f"2026-05-11,a,1,5,{share}", header=RANKED).problems
    assert problem[:3] == (2, "share_of_daily_tokens", share)


@pytest.mark.parametrize("tokens", ["", "-1", "1.5", "5.3E+12", "NaN", "many", "9" * 19])
def test_without_one_row_no_share_of_its_day_is_known(tokens):
    parsed = read("2026-05-11,a,1", f"2026-05-11,b,{tokens}", "2026-05-12,a,1")
    assert told(parsed) == [(4, "a", "2026-05-12", 100.0)]
    ((line, column, value, message),) = problems(parsed)
    assert (line, column, value) == (3, "total_tokens", tokens)
    assert message.endswith("without this row no share of 2026-05-11 is known")


def test_a_row_of_no_day_may_be_of_any():
    parsed = read("2026-05-11,a,1", "soon,b,1", "2026-05-12,a,1")
    assert (told(parsed), [one[:3] for one in parsed.problems]) == ([], [(3, "date", "soon")])
    assert parsed.problems[0].message.endswith("without this row no share of any day is known")


def test_other_rows_that_cannot_be_read():
    parsed = read("2026-05-11,a,1", "2026-05-11,b", "2026-05-12,,3", "2026-05-13,a,0")
    assert [(one.line, one.column) for one in parsed.problems] == [
        (3, ""),
        (4, "model_permaslug"),
        (5, "total_tokens"),
    ]
    assert not parsed.entries


def test_a_model_twice_on_a_day():
    parsed = read("2026-05-11,a,1", "2026-05-11,b,1", "2026-05-11,a,1", "2026-05-12,a,1", "2026-05-12,a,2")
    assert told(parsed) == [
        (2, "a", "2026-05-11", 50.0),
        (3, "b", "2026-05-11", 50.0),
        (4, "a", "2026-05-11", 50.0),
    ]
    assert [(one.line, one.value, one.message.partition(";")[0]) for one in parsed.problems] == [
        (6, "2", "contradicts line 5: 1 for a there")
    ]


def test_days_without_the_rest_are_named():
    (_, note) = read("2026-05-11,a,1", "2026-05-11,Other,1", *(f"2026-05-{day},a,1" for day in range(12, 19))).notes
    assert note == (
        "without a row 'other', so that the models listed are taken for all:"
        " 2026-05-12, 2026-05-13, 2026-05-14, 2026-05-15, 2026-05-16 and 2 more"
    )


def test_when_the_api_counted_is_cited():
    rows = [{"date": "2026-05-11", "modelPermaslug": "a", "totalTokens": "5"}]
    content = json.dumps({"data": rows, "meta": {"asOf": "2026-05-12T02:00:00Z"}}).encode()
    (entry,) = OpenRouter().read(open_bytes("r.json", content), Asked()).entries
    assert str(entry.told.citation.published) == "2026-05-12"
    (entry,) = OpenRouter().read(open_bytes("r.json", json.dumps(rows).encode()), Asked(url="https://x.org/r")).entries
    page = Citation("https://x.org/r", "OpenRouter rankings-daily", "OpenRouter", kind="primary")
    assert (entry.told.citation, entry.told.share) == (page, Share(100.0, decimals=15))


def test_what_the_person_says_goes_first():
    parsed = read("11/05/2026,a,1.000", "11/05/2026,b,3.000", market="me/tokens", date_format="dmy", thousands=".",
                  decimal=",", region="Europe", only={"model_permaslug": ("b",)})  # fmt: skip
    assert told(parsed) == [(3, "b", "2026-05-11", 75.0)]
    assert [(one.slug, one.region, one.counted) for one in parsed.markets] == [("me/tokens", "Europe", "tokens")]


def test_a_table_of_other_columns_is_refused():
    for text in ("date,model,tokens\n2026-05-11,a,1\n", "date,model_permaslug\n2026-05-11,a\n"):
        assert OpenRouter().claims(Table("t.csv", text.encode())) == ""
        with pytest.raises(RejectedInput, match="has no columns date, model_permaslug and total_tokens"):
            OpenRouter().read(Table("t.csv", text.encode()), Asked())
    with pytest.raises(RejectedInput, match="--date-format"):
        read("1/2/2026,a,5")


@given(st.lists(st.integers(0, 10**15), min_size=1, max_size=60).filter(any))
def test_the_shares_of_a_day_sum_to_100_and_are_read_back_the_same(tokens):
    shares = [
        entry.told.share for entry in read(*(f"2026-05-11,m{n},{count}" for n, count in enumerate(tokens))).entries
    ]
    assert sum(share.value for share in shares) == pytest.approx(100, abs=1e-9)
    assert [Share.parse(str(share)) for share in shares] == shares


def test_a_computed_share_is_one_number_however_it_is_reached():
    assert computed(0.1) == Share(10.0, decimals=15)
    assert computed(1e-9).value == 1e-7


def test_the_real_file(tmp_path):
    path, real = made(tmp_path), data("openrouter_rankings-daily_sample.csv")
    outcome = load(path, real)
    assert len(outcome.plan.added) == 153
    assert outcome.notes == [
        "shares are computed: the tokens of a model, by the sum of the day's tokens; the 153 printed ones agree"
    ]
    days = ["2026-09-30", "2026-10-01", "2026-10-07"]
    assert ask(path, "SELECT period, count(*), round(sum(share), 9) FROM shares GROUP BY period") == [
        (day, 51, 100.0) for day in days
    ]
    deepseek = "SELECT round(sum(share), 4) FROM shares WHERE entity LIKE 'deepseek/%' GROUP BY period ORDER BY period"
    assert ask(path, deepseek) == [(21.3424,), (22.3808,), (35.8379,)]
    bunny = "SELECT period, share FROM shares WHERE entity = 'stealth/space-bunny-alpha'"
    assert [row for row in ask(path, bunny) if row[0] != "2026-10-01"] == [("2026-09-30", 21.870872876777964)]
    kinds = "SELECT kind, count(*) FROM entity GROUP BY kind"
    assert ask(path, kinds) == [("model", 54), ("residual", 1)]
    before = path.read_bytes()
    assert load(path, real).batch is None
    assert path.read_bytes() == before


@pytest.mark.parametrize("folder", [SAMPLES, DATA], ids=["samples", "shared"])
def test_files_of_others_are_not_claimed(folder):
    others = [
        file for file in folder.rglob("*.*") if file.is_file() and "openrouter" not in str(file.relative_to(folder))
    ]
    for file in others:
        with suppress(RejectedInput):
            table = open_bytes(file.name, file.read_bytes(), "mac-roman" if file.name.startswith("microsoft") else None)
            assert claims(table, {"openrouter": OpenRouter()}) == {}, file.name
