"""`tracker show`: a table a market, with a scale of its own."""

import csv
import io
import json

import pytest

HEAD = (
    "market,entity,readings,first,first_period,last,last_period,peak,peak_period,points,points_low,points_high,"
    "corrected\n"
)

R1 = """\
poe/reasoning-messages   % of reasoning messages (Poe (Quora) platform, reasoning models), open
entity       last   in           peak   when         change in points  0 to 12.2%
DeepSeek R1  12.2%  ~2025-05-15  12.2%  ~2025-05-15                    █

poe/text-messages   % of text messages (Poe (Quora) platform), open
entity       last  in           peak  when         change in points  0 to 7%
DeepSeek R1  3%    ~2025-04-30  7%    ~2025-02-15  −4 (−5 to −3)     █▄
"""


@pytest.fixture
def gaps(call, empty, tmp_path):
    """Six months with one missing, and an entity of which only bounds are published."""
    months = [("01", "8"), ("02", "4"), ("03", "2"), ("05", "6.0"), ("06", "0")]
    rows = [f"lab/users,Alpha,2025-{month},{share},https://e.org,lab,users,open" for month, share in months]
    rows += [f"lab/users,Beta,2025-{month},<1,https://e.org,lab,users,open" for month in ("01", "06")]
    (tmp_path / "f.csv").write_text("market,entity,period,share,url,source,counted,whole\n" + "\n".join(rows))
    assert call("import", "f.csv").code == 0
    return empty


def test_one_entity_in_two_markets(call, starter, unchanged):
    with unchanged(starter):
        result = call("show", "DeepSeek R1")
    assert (result.code, result.out, result.err) == (0, R1, "")


def test_names_are_found_by_alias_and_counted_once(call, starter):
    assert call("show", "deepseek").out == call("show", "DeepSeek", "Deepseek").out


def test_gaps_are_gaps_and_bounds_are_no_points(call, gaps):
    assert call("show").out == (
        "lab/users   % of users, open\n"
        "entity  last  in       peak  when     change in points  0 to 8%\n"
        "Beta    <1%   2025-06                 (−1 to +1)\n"
        "Alpha   0%    2025-06  8%    2025-01  −8 (−8.5 to −7)   █▄▂ ▆▁\n"
    )


def test_no_scale_where_nothing_is_a_point(call, gaps):
    out = call("show", "Beta").out
    assert "nan" not in out.lower()
    assert "0 to 0%" not in out


def test_market_and_interval(call, starter):
    assert call("show", "DeepSeek R1", "--market", "poe/text-messages").out == R1[R1.index("poe/text") :]
    only = call("show", "DeepSeek R1", "--market", "poe/text-messages", "--from", "2025-04", "--to", "2025-04")
    assert only.out == (
        "poe/text-messages   % of text messages (Poe (Quora) platform), open\n"
        "entity       last  in           peak  when         change in points  0 to 3%\n"
        "DeepSeek R1  3%    ~2025-04-30  3%    ~2025-04-30                    █\n"
    )
    both = call("show", "DeepSeek R1", "--market", "poe/text-messages", "--market", "poe/reasoning-messages")
    assert both.out == R1


def test_csv(call, starter):
    assert call("show", "DeepSeek R1", "--format", "csv").out == (
        f"{HEAD}poe/reasoning-messages,DeepSeek R1,1,12.2,~2025-05-15,12.2,~2025-05-15,12.2,~2025-05-15,,,,\n"
        "poe/text-messages,DeepSeek R1,2,7,~2025-02-15,3,~2025-04-30,7,~2025-02-15,-4.0,-5.0,-3.0,\n"
    )


def test_json_has_null_where_there_is_nothing(call, starter, gaps):
    found = json.loads(call("show", "--market", "lab/users", "--format", "json").out)
    beta = next(row for row in found if row["entity"] == "Beta")
    assert (beta["last"], beta["peak"], beta["peak_period"], beta["points"]) == ("<1", None, None, None)
    assert beta["readings"] == 2


def test_csv_and_json_of_everything_tell_the_same(call, starter):
    table = list(csv.DictReader(io.StringIO(call("show", "--format", "csv").out)))
    records = json.loads(call("show", "--format", "json").out)
    assert len(table) > 80
    assert {tuple(row.pop("corrected")) for row in records} == {()}
    assert {row.pop("corrected") for row in table} == {""}
    assert table == [{key: "" if value is None else str(value) for key, value in row.items()} for row in records]
    assert "NaN" not in call("show", "--format", "json").out


def test_nothing_fits(call, starter):
    result = call("show", "DeepSeek R1", "--from", "2026")
    assert (result.code, result.out, result.err) == (
        0,
        "",
        "No observation fits; see what there is: tracker market list\n",
    )
    assert call("show", "DeepSeek R1", "--from", "2026", "--format", "csv").out == HEAD
    assert call("show", "DeepSeek R1", "--from", "2026", "--format", "json").out == "[]\n"


def test_an_empty_database(call, empty):
    result = call("show")
    assert (result.code, result.out) == (0, "")


def test_an_index_has_no_percent(call, empty, tmp_path):
    call("source", "add", "trends", "--title", "Trends")
    call("market", "add", "trends/interest", "--source", "trends", "--counted", "searches", "--whole", "index")
    call("add", "A", "50", "--market", "trends/interest", "--date", "2025-01", "--url", "https://e.org")
    assert call("show").out == (
        "trends/interest   index, peak = 100, index\n"
        "entity  last  in       peak  when     change in points  0 to 50\n"
        "A       50    2025-01  50    2025-01                    █\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("Nobody",), 1, "there is no entity 'Nobody'\nSee them all: tracker entity list\n"),
        (("DeepSek",), 1, "there is no entity 'DeepSek'; near it: DeepSeek"),
        (("--market", "poe"), 1, "there is no market 'poe'; near it: poe/"),
        (("--from", "2025-05", "--to", "2025-04"), 2, "--to 2025-04 is before --from 2025-05\nExchange the two.\n"),
        (("--from", "May"), 2, "Usage: tracker show [OPTIONS] [ENTITY]...\nInvalid value for '--from': 'May' is not"),
        (("--format", "xml"), 2, "Usage: tracker show [OPTIONS] [ENTITY]...\nInvalid value for '--format'"),
    ],
)
def test_what_is_refused(words, code, said, call, starter):
    result = call("show", *words)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(said)
