"""`tracker waive`: a finding is no mistake, and the reason is kept, until what it rests on changes."""

import json

import pytest

SUMS = ("sums", "--market", "statcounter/ai-chatbot-ww", "--period", "2025-08")


def findings(call, *names):
    return json.loads(call("check", *names, "--format", "json").out)


def test_a_waived_finding_is_shown_no_more(starter, call):
    before = findings(call, "sums")
    result = call("waive", *SUMS, "--reason", "Grok was not printed")
    assert (result.code, result.out) == (0, "")
    assert result.err == "Waived, as number 1; it covers 1 finding. To take it back: tracker waive --remove 1\n"
    after = findings(call, "sums")
    assert [finding for finding in before if finding not in after] == [
        finding for finding in before if (finding["market"], finding["period"]) == (SUMS[2], SUMS[4])
    ]
    assert len(after) == len(before) - 1


def test_a_whole_market_can_be_waived(starter, call):
    result = call("waive", "sums", "--market", "statcounter/ai-chatbot-us", "--reason", "one figure of many")
    assert "it covers 1 finding." in result.err
    assert "statcounter/ai-chatbot-us" not in call("check", "sums").out
    assert "statcounter/ai-chatbot-us" in call("check", "gaps").out


def test_a_later_batch_shows_it_again_with_the_reason(starter, call):
    assert call("waive", *SUMS, "--reason", "Grok was not printed").code == 0
    place = ("--market", SUMS[2], "--url", "https://gs.statcounter.com")
    other = call("add", "Grok", "0.5", "--date", "2025-09", *place)
    assert other.code == 0, other.err
    assert SUMS[4] not in {finding["period"] for finding in findings(call, "sums") if finding["market"] == SUMS[2]}
    assert call("add", "Grok", "0.5", "--date", "2025-08", *place).code == 0
    again = next(one for one in findings(call, "sums") if (one["market"], one["period"]) == (SUMS[2], SUMS[4]))
    assert again["finding"] == (
        "6 parts sum to 99.62, 0.38 short of 100; rounding explains up to 0.075;"
        " waived before batch 3 changed it: Grok was not printed"
    )
    assert call("waive", *SUMS, "--reason", "and the rest neither").code == 0
    assert SUMS[4] not in {finding["period"] for finding in findings(call, "sums") if finding["market"] == SUMS[2]}
    assert [row["reason"] for row in json.loads(call("waive", "--list", "--format", "json").out)] == [
        "and the rest neither"
    ]


def test_waivers_are_listed_and_taken_back(starter, call):
    assert call("waive", "--list").out == ""
    call("waive", *SUMS, "--reason", "verified")
    call("waive", "names", "--entity", "deepseek", "--reason", "two companies")
    assert call("waive", "--list").out == (
        "number  check  market                     entity    period   reason         batch  known from\n"
        "     1  sums   statcounter/ai-chatbot-ww            2025-08  verified           1  MOMENT\n"
        "     2  names                             DeepSeek           two companies      1  MOMENT\n"
    )
    result = call("waive", "--remove", 1)
    assert (result.code, result.err) == (
        0,
        "Took back the waiver 1 of sums (statcounter/ai-chatbot-ww, 2025-08): verified\n",
    )
    assert SUMS[2] in call("check", "sums").out
    result = call("waive", "--remove", 1)
    assert (result.code, result.err.splitlines()[0]) == (1, "there is no waiver 1")


def test_a_dry_run_changes_nothing(starter, call, unchanged):
    with unchanged(starter):
        result = call("waive", *SUMS, "--reason", "verified", "--dry-run")
        assert result.err == "Would waive 1 finding. This was a dry run: nothing was changed.\n"


def test_the_same_again_is_said(starter, call):
    call("waive", *SUMS, "--reason", "verified")
    assert call("waive", *SUMS, "--reason", "verified").err == "This is waived just so; it covers 1 finding.\n"


def test_what_is_not_found_can_be_waived_ahead_and_is_said(starter, call):
    result = call("waive", "stale", "--market", "poe/video", "--reason", "updated yearly")
    assert "it covers nothing that is found now" in result.err


def test_a_period_may_be_written_as_its_days(starter, call):
    words = ("gaps", "--market", "statcounter/ai-chatbot-us", "--period", "2025-04-01/2025-06-30", "--reason", "x")
    assert "it covers 1 finding." in call("waive", *words).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say which CHECK; see them all: tracker check --list"),
        (("sums", "--reason", "x"), "Say of what: --market, --entity or --period."),
        (("sums", "--market", "poe/video"), "Say why: --reason '...'"),
        (("sums", "--market", "poe/video", "--reason", " "), "Say why: --reason '...'"),
        (("--list", "sums"), "Waive a CHECK, --list the waivers, or --remove one: one at a time."),
        (("--list", "--remove", "1"), "Waive a CHECK, --list the waivers, or --remove one: one at a time."),
        (
            ("integrity", "--market", "poe/video", "--reason", "x"),
            "What integrity finds is damage: it cannot be waived.",
        ),
        (("sum", "--market", "poe/video", "--reason", "x"), "There is no check 'sum'; near it: sums."),
        (("sums", "--period", "soon", "--reason", "x"), "Invalid value for '--period'"),
    ],
)
def test_what_is_missing_is_a_usage_error(starter, call, unchanged, words, said):
    with unchanged(starter):
        result = call("waive", *words)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--market", "poe/vid"), "there is no market 'poe/vid'"),
        (("--entity", "Nobody"), "there is no entity 'Nobody'"),
    ],
)
def test_unknown_names_are_refused(starter, call, unchanged, words, said):
    with unchanged(starter):
        result = call("waive", "sums", *words, "--reason", "x")
    assert (result.code, said in result.err) == (1, True)
