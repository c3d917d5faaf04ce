"""`tracker claim`: a sentence with figures against what is stored."""

import csv
import io
import json

import pytest

R1 = ("--entity", "DeepSeek R1", "--market", "poe/text-messages")
FALL = (*R1, "--from", "2025-02", "--to", "2025-04")
SENTENCE = "DeepSeek fell from 7% to 3%"

STORED = """\
Stored:
  7%  ~2025-02-15  AIbase, retold: https://www.aibase.com/fr/news/www.aibase.com/ja/news/18165
                   so does Rivista.ai, retold: https://www.rivista.ai/tag/kling-ai
                   so does Redcensor, retold: https://redcensor.com/deepseek-faces-security-vulnerabilities-with-high-costs-usage-plummets
  3%  ~2025-04-30  AIbase, retold: https://www.aibase.com/fr/news/www.aibase.com/ja/news/18165
                   so does Rivista.ai, retold: https://www.rivista.ai/tag/kling-ai
                   so does Redcensor, retold: https://redcensor.com/deepseek-faces-security-vulnerabilities-with-high-costs-usage-plummets
"""

MOVED = (
    "Recomputed: −4 points as published (−5 to −3 once rounding is counted), −57.1% (−66.7% to −46.2%),"
    " 64 to 79 days apart.\n"
)

SUPPORTED = f"""\
SUPPORTED: DeepSeek fell from 7% to 3%
read as: 7% in 2025-02, 3% in 2025-04
DeepSeek R1 in poe/text-messages: % of text messages (Poe (Quora) platform), open, as Poe has it

before   7%  supported: 7% is stored for ~2025-02-15.
after    3%  supported: 3% is stored for ~2025-04-30.
{MOVED}{STORED}"""

FIFTY = f"""\
CONTRADICTED: DeepSeek fell from 50% to 3%
read as: 50% in 2025-02, 3% in 2025-04
DeepSeek R1 in poe/text-messages: % of text messages (Poe (Quora) platform), open, as Poe has it

before   50%  contradicted: 7% is stored for ~2025-02-15, which can be 6.5 to 7.5.
              50 may be the percent fall (−57.1%, rounding allows −66.7% to −46.2%) misread as a share.
after    3%   supported: 3% is stored for ~2025-04-30.
{MOVED}{STORED}Nearest to 50% in poe/text-messages:
  35.8%, GPT-4o, 2025-01-01/2025-05-31
  12%, Claude 3.5 Sonnet, 2025-01-01/2025-05-31
  9.4%, GPT-4.1 family, 2025-01-01/2025-05-31
No series goes from 50 to 3.
50 stands nowhere else in this database.
"""

ELSEWHERE = """\
CANNOT TELL: R1 has 12.2 % of Poe
read as: 12.2% in 2025-05
DeepSeek R1 in poe/text-messages: % of text messages (Poe (Quora) platform), open, as Poe has it

share    12.2%  cannot tell: no reading lies in 2025-05; nearest in time: 3% (~2025-04-30).
Nearest to 12.2% in poe/text-messages:
  12%, Claude 3.5 Sonnet, 2025-01-01/2025-05-31
  9.4%, GPT-4.1 family, 2025-01-01/2025-05-31
  7%, DeepSeek R1, ~2025-02-15
Where 12.2 does stand:
  12.2 is DeepSeek R1's share of Poe's reasoning messages (poe/reasoning-messages, ~2025-05-15)
"""


@pytest.mark.parametrize(
    ("words", "code", "out"),
    [
        ((SENTENCE, *FALL), 0, SUPPORTED),
        (("DeepSeek fell from 50% to 3%", *FALL), 1, FIFTY),
        (("R1 has 12.2 % of Poe", *R1, "--to", "2025-05"), 1, ELSEWHERE),
    ],
)
def test_judged(words, code, out, call, starter, unchanged):
    with unchanged(starter):
        result = call("claim", *words)
    assert (result.code, result.out, result.err) == (code, out, "")


def test_figures_that_are_given_stand_before_the_words(call, starter):
    result = call("claim", "from 50% to 3%", *FALL, "--before", "7%", "--percent", "-57", "--points", "-4")
    assert result.code == 0
    assert "read as: 7% in 2025-02, −4 points from 2025-02 to 2025-04, −57% from 2025-02 to 2025-04\n" in result.out


def test_points_and_percent_are_not_mixed(call, starter):
    result = call("claim", "fell 57 points", *FALL, "--points", "-57")
    assert result.code == 1
    assert "misread as a number of points" in result.out
    result = call("claim", "fell 4 percent", *FALL, "--percent", "-4")
    assert result.code == 1
    assert "4 may be the fall in points (−4, rounding allows −5 to −3) misread as a percentage" in result.out


def test_names_are_found_by_alias(call, starter):
    words = ("claim", "7%", "--entity", "deepseek", "--market", "poe/text-prompts", "--from", "2025-01-01/2025-02-28")
    assert call(*words).code == 0


def test_json(call, starter):
    rows = json.loads(call("claim", "DeepSeek fell from 50% to 3%", *FALL, "--format", "json").out)
    assert [(row["figure"], row["claimed"], row["figure_verdict"]) for row in rows] == [
        ("before", "50", "contradicted"),
        ("after", "3", "supported"),
    ]
    first = rows[0]
    assert {row["verdict"] for row in rows} == {"contradicted"}
    assert (first["points"], first["points_low"], first["points_high"]) == (-4.0, -5.0, -3.0)
    assert (round(first["percent_low"], 1), round(first["percent_high"], 1)) == (-66.7, -46.2)
    assert (first["stored"], first["stored_low"], first["stored_high"], first["stored_period"]) == (
        *("7", 6.5, 7.5, "~2025-02-15"),
    )
    assert (first["publisher"], first["citation_kind"], first["agreeing_pages"]) == ("AIbase", "secondary", 2)
    assert [(near["share"], near["market"]) for near in first["nearest"]] == [
        ("35.8", "poe/text-messages"),
        ("12", "poe/text-messages"),
        ("9.4", "poe/text-messages"),
    ]
    assert (first["pairs"], first["pair_series"], first["elsewhere"], first["elsewhere_series"]) == ([], 0, [], 0)


def test_pairs_are_lists_of_two_in_json(call, starter):
    words = ("claim", "from 7% to 3%", "--entity", "DeepSeek", "--market", "semianalysis/app-users")
    rows = json.loads(call(*words, "--from", "2025-01", "--to", "2025-05", "--format", "json").out)
    assert [[(one["share"], one["market"]) for one in pair] for pair in rows[0]["pairs"]] == [
        [("7", "poe/text-messages"), ("3", "poe/text-messages")]
    ]


def test_csv_has_the_columns_of_json(call, starter):
    words = ("claim", "R1 has 12.2 % of Poe", *R1, "--to", "2025-05", "--format")
    (row,) = csv.DictReader(io.StringIO(call(*words, "csv").out))
    (record,) = json.loads(call(*words, "json").out)
    assert list(row) == list(record)
    assert row["elsewhere"] == (
        "12.2 is DeepSeek R1's share of Poe's reasoning messages (poe/reasoning-messages, ~2025-05-15)"
    )
    assert (row["verdict"], row["counted"], row["stored"]) == ("cannot tell", "text messages", "")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "Give a claim as TEXT, or --list, --again or --drop N."),
        (("x",), 2, "A claim needs --entity and --market: whose share, and of what."),
        (("x", "--list"), 2, "TEXT and --list do not go together."),
        (("--list", "--entity", "R1", "--share", "7"), 2, "--list takes no --entity, no --share."),
        (("--list", "--keep"), 2, "--keep keeps the verdict of now, on TEXT or with --again."),
        (("x", *FALL, "--before", "7", "--keep", "--as-of", "1"), 2, "--keep keeps the verdict of now"),
        (("x", *R1, "--before", "7"), 2, "--before needs --from"),
        (("x", *FALL), 2, "the claim has no number with a percent sign"),
        (("x", *FALL, "--points", "four"), 2, "Invalid value for '--points': 'four' is no change"),
        (("x", *FALL, "--before", "101"), 2, "Invalid value for '--before': a share is 0 to 100 percent"),
        (("--again", "x"), 2, "Invalid value for '--again': 'x' is not the number of a claim"),
        (("--drop", "0"), 2, "Invalid value for '--drop'"),
        (("--drop", "7"), 1, "no claim 7 is kept\nSee them all: tracker claim --list"),
        (("--again", "7"), 1, "no claim 7 is kept"),
        (("7%", "--entity", "R1", "--market", "poe", "--to", "2025"), 1, "there is no market 'poe'"),
        (("7%", "--entity", "DeepSek R1", *R1[2:], "--to", "2025"), 1, "there is no entity 'DeepSek R1'; near it"),
    ],
)
def test_what_is_refused(words, code, said, call, starter, unchanged):
    with unchanged(starter):
        result = call("claim", *words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err


def test_kept_listed_judged_again_and_dropped(call, starter):
    kept = call("claim", SENTENCE, *FALL, "--keep")
    assert (kept.code, kept.out) == (0, SUPPORTED)
    assert kept.err == "Kept as claim 1. Judge it again: tracker claim --again 1\n"
    twice = call("claim", SENTENCE, *FALL, "--keep")
    assert twice.err == "It is kept already, as claim 1, with this verdict.\n"
    assert call("claim", "--list").out == (
        "claim  text                         entity       market             read as"
        "                       verdict    known from\n"
        "    1  DeepSeek fell from 7% to 3%  DeepSeek R1  poe/text-messages  7% in 2025-02, 3% in 2025-04"
        "  supported  MOMENT\n"
    )
    again = call("claim", "--again")
    assert again.code == 0
    assert again.out == SUPPORTED.replace("\nread as", "\nclaim 1, as when it was kept\nread as", 1)
    dropped = call("claim", "--drop", 1)
    assert (dropped.code, dropped.err) == (0, f"Claim 1 is no longer kept: {SENTENCE}\n")
    none = call("claim", "--list")
    assert (none.code, none.out, none.err) == (*(0, "", "No claim is kept; keep one: tracker claim TEXT ... --keep\n"),)
    assert json.loads(call("claim", "--list", "--format", "json").out) == []
    assert call("query", "select verdict, known_to is null from claim", "--format", "csv").out.endswith("supported,0\n")


def test_what_was_printed_stands_beside_what_was_corrected(call, starter):
    override = ("correct", "override", "5%", "--entity", "DeepSeek R1", *R1[2:], "--date", "~2025-04-30")
    assert call(*override, "--expect", "3", "--reason", "a slip").code == 0
    result = call("claim", SENTENCE, *FALL)
    assert result.code == 1
    assert "\n             3% is what the source prints for ~2025-04-30; corrected here: a slip.\n" in result.out
    assert "\n                   corrected here; the source prints 3%: a slip\n" in result.out
    assert "stood here" not in result.out, "that was the printed share"
    rows = json.loads(call("claim", SENTENCE, *FALL, "--format", "json").out)
    assert [(row["stored"], row["printed"]) for row in rows] == [("7", "7"), ("5", "3")]


def test_a_verdict_that_changes(call, starter):
    assert call("claim", SENTENCE, *FALL, "--keep").code == 0
    page = ("--url", "https://www.aibase.com/fr/news/www.aibase.com/ja/news/18165")
    revised = call("add", "DeepSeek R1", "5%", *R1[2:], "--date", "~2025-04-30", *page, "--revise", "restated")
    assert revised.code == 0, revised.err
    again = call("claim", "--again", 1)
    assert again.code == 1
    assert again.out.startswith("CANNOT TELL: "), "two pages still say 3%"
    assert "\nclaim 1, it was supported when it was kept\n" in again.out
    assert call("claim", SENTENCE, *FALL, "--as-of", "1").code == 0, "it is what was known then"
    renewed = call("claim", "--again", "--keep")
    assert renewed.err.startswith("Kept as claim 2, ")
    assert renewed.err.endswith("; claim 1, supported, is closed.\n")
    assert call("claim", "--again", "--keep").err == ""
