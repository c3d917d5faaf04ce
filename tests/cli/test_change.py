"""`tracker change`: one series, two readings, and everything that can be said of the difference."""

import csv
import io
import json

import pytest

POE = ("--market", "poe/text-messages")

SENTENCE = (
    "DeepSeek R1 in poe/text-messages: 7% (~2025-02-15) to 3% (~2025-04-30): −4 points (−5 to −3),"
    " −57.1 percent (−66.7 to −46.2), log-odds −0.89 (−1.15 to −0.65), 64 to 79 days apart."
    " Sampling error was not assessed: a sample size for both readings is needed.\n"
)


@pytest.fixture
def polls(call, empty, tmp_path):
    rows = [("2023-01-01/2023-01-05", "40", "1000"), ("2024-06-01/2024-06-05", "45", "900"), ("2025-06", "44", "")]
    lines = [
        f"polls/vote,A,{period},{share},{size},https://e.org,polls,respondents,closed" for period, share, size in rows
    ]
    lines.append("polls/vote,B,2025-06,20,,https://e.org,polls,respondents,closed")
    head = "market,entity,period,share,sample_size,url,source,counted,whole"
    (tmp_path / "f.csv").write_text("\n".join([head, *lines]))
    assert call("import", "f.csv").code == 0
    return empty


def test_the_flagship(call, starter, unchanged):
    with unchanged(starter):
        result = call("change", "DeepSeek R1", *POE, "--from", "2025-02", "--to", "2025-04")
    assert (result.code, result.out, result.err) == (0, SENTENCE, "")


def test_first_and_last_without_dates_and_by_alias(call, starter):
    assert call("change", "DeepSeek R1", *POE).out == SENTENCE
    call("alias", "add", "DeepSeek R1", "deepseek/r1")
    assert call("change", "deepseek/R1", *POE).out == SENTENCE
    assert call("change", "DeepSeek R1", *POE, "--from", "~2025-02-15").out == SENTENCE


def test_json_and_csv_tell_the_same_numbers(call, starter):
    (found,) = json.loads(call("change", "DeepSeek R1", *POE, "--format", "json").out)
    (row,) = csv.DictReader(io.StringIO(call("change", "DeepSeek R1", *POE, "--format", "csv").out))
    assert row == {key: "" if value is None else str(value) for key, value in found.items()}
    assert (found["points"], found["points_low"], found["points_high"]) == (-4.0, -5.0, -3.0)
    assert [round(found[name], 1) for name in ("percent", "percent_low", "percent_high")] == [-57.1, -66.7, -46.2]
    assert found["percent_a_year"] is found["sampling_low"] is None


def test_samples_and_years_are_told_where_they_are_known(call, polls):
    out = call("change", "A", "--to", "2024").out
    assert "With sampling error −0.4 to +10.4 points (Newcombe, 95%)." in out
    assert "percent a year" in out
    assert "over 517 days" in out
    assert "Sampling error was not assessed" in call("change", "A").out


def test_as_of_a_moment(call, polls):
    call("add", "A", "43", "--market", "polls/vote", "--date", "2025-07", "--url", "https://e.org")
    assert "to 43% (2025-07)" in call("change", "A").out
    assert "to 44% (2025-06)" in call("change", "A", "--as-of", "1").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("DeepSeek R1", *POE, "--from", "2025-03"),
            1,
            "refused: there is no reading in 2025-03\nNeeded: a reading in 2025-03.\n"
            "There is: 2 readings, 7% (~2025-02-15), 3% (~2025-04-30).\n",
        ),
        (
            ("DeepSeek R1", "--market", "poe/reasoning-messages"),
            1,
            "refused: a change is between two readings\nNeeded: two readings.\n"
            "There is: 1 reading, 12.2% (~2025-05-15).\n",
        ),
        (
            ("DeepSeek R1",),
            1,
            "DeepSeek R1 stands in 2 markets, each a whole of its own: poe/reasoning-messages, poe/text-messages\n"
            "Choose one: --market poe/reasoning-messages\n",
        ),
        (("DeepSek",), 1, "there is no entity 'DeepSek'; near it: DeepSeek"),
        (("GPT-4o", "--market", "poe/video"), 1, "no share of GPT-4o is recorded in poe/video\nIt stands in "),
        (("DeepSeek R1", *POE, "--from", "2025-04", "--to", "2025-02"), 2, "--to 2025-02 is before --from 2025-04\n"),
        (("DeepSeek R1", *POE, "--from", "soon"), 2, "Usage: tracker change [OPTIONS] ENTITY\nInvalid value"),
        ((), 2, "Usage: tracker change [OPTIONS] ENTITY\n"),
    ],
)
def test_what_is_refused(words, code, said, call, starter, unchanged):
    with unchanged(starter):
        result = call("change", *words)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(said)
    assert call("change", *words, "--format", "json").out == ""


def test_a_part_is_not_compared_with_its_whole(call, empty, tmp_path):
    rows = "".join(f"m/x,A,{period},{share},https://a.org,m,users,open\n" for period, share in MONTH_AND_QUARTER)
    (tmp_path / "f.csv").write_text(f"market,entity,period,share,url,source,counted,whole\n{rows}")
    assert call("import", "f.csv").code == 0
    result = call("change", "A", "--from", "2025-01", "--to", "2025-Q1")
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "refused: 2025-Q1 contains 2025-01: a part against its whole\n"
        "Needed: two periods of which neither contains the other.\n"
        "There is: 54% (2025-01) and 50.0% (2025-Q1).\n"
    )
    assert call("change", "A", "--from", "2025-01", "--to", "2025-02").code == 0


MONTH_AND_QUARTER = (("2025-01", "54"), ("2025-02", "40"), ("2025-Q1", "50.0"))
