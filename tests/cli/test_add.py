"""`tracker add`: one share, recorded once, and never silently another."""

import json

import pytest

POE = ("--market", "poe/text-messages", "--date", "~2025-04-30")
URL = ("--url", "https://example.org/poe")
ASKS = "Nobody said whether this page is the source itself; if it retells, say through whom: --via NAME.\n"


def _rows(call, sql):
    return json.loads(call("query", sql, "--format", "json").out)


def _counts(call):
    return _rows(call, "select (select count(*) from shares) s, (select count(*) from reports) r")[0]


def _one(call, entity="Kimi"):
    (row,) = _rows(call, f"select * from shares where entity = '{entity}'")
    return row


def test_a_new_fact(call, starter):
    result = call("add", "ChatGPT", "41.5%", "--market", "poe/text-messages", "--date", "2025-06", *URL)
    assert (result.code, result.out) == (0, "")
    assert result.err == "Recorded ChatGPT, poe/text-messages, 2025-06: 41.5%\n" + ASKS
    row = _rows(call, "select * from shares where period = '2025-06' and market = 'poe/text-messages'")[0]
    assert (row["share"], row["decimals"], row["period_start"], row["period_end"]) == (
        41.5,
        1,
        "2025-06-01",
        "2025-06-30",
    )


def test_the_same_fact_again_is_said_and_not_stored(call, starter, unchanged):
    assert call("add", "ChatGPT", "41.5", "--market", "poe/text-messages", "--date", "2025-06", *URL).code == 0
    with unchanged(starter):
        result = call("add", " ChatGPT ", "41.5%", "--market", "poe/text-messages", "--date", "2025-06", *URL)
    assert (result.code, result.out) == (0, "")
    assert result.err == (
        "This fact is recorded already, with this citation; nothing was changed."
        " ChatGPT, poe/text-messages, 2025-06: 41.5%\n"
    )


def test_the_same_fact_on_another_page_is_one_more_citation(call, starter):
    before = _counts(call)
    result = call("add", "DeepSeek R1", "3%", *POE, *URL, "--via", "a friend")
    assert (result.code, result.out) == (0, "")
    assert result.err == (
        "Recorded one more citation of a fact that is recorded: DeepSeek R1, poe/text-messages, ~2025-04-30: 3%\n"
    )
    assert _counts(call) == {"s": before["s"], "r": before["r"] + 1}
    again = call("add", "DeepSeek R1", "3%", *POE, *URL, "--via", "a friend")
    assert again.err.startswith("This fact is recorded already, with this citation; nothing was changed.")


def test_another_value_is_refused_showing_both(call, starter, unchanged):
    with unchanged(starter):
        result = call("add", "DeepSeek R1", "4%", *POE, *URL, "--title", "A blog")
    assert (result.code, result.out) == (1, "")
    assert "DeepSeek R1" in result.err
    assert "share 3% is recorded, 4% is given" in result.err
    assert "Recorded from: AIbase news" in result.err
    assert "Here from: A blog <https://example.org/poe>" in result.err
    assert result.err.endswith(
        "To record the new share, and keep the old one in the history: --revise 'the reason'\n"
        "To keep both, and let the rule of the market say which stands: --compete\n"
    )


def test_7_is_not_7_point_0(call, starter, unchanged):
    with unchanged(starter):
        result = call("add", "DeepSeek R1", "3.0", *POE, *URL)
    assert result.code == 1
    assert "share 3% is recorded, 3.0% is given" in result.err


def test_revise_keeps_the_old_share_in_the_history(call, starter, unchanged):
    words = ("add", "DeepSeek R1", "4%", *POE, *URL, "--revise", "misread")
    said = "a revision: DeepSeek R1, poe/text-messages, ~2025-04-30: 4%, before 3%, which stays in share_history.\n"
    with unchanged(starter):
        assert call(*words, "--dry-run").err == f"Would record {said}{ASKS}"
    assert call(*words).err == f"Recorded {said}{ASKS}"
    history = _rows(
        call,
        "select share, known_to is null as current, closed_because from share_history"
        " where entity = 'DeepSeek R1' and market = 'poe/text-messages' and period = '~2025-04-30' order by known_from",
    )
    assert history == [
        {"share": 3, "current": 0, "closed_because": "misread"},
        {"share": 4, "current": 1, "closed_because": None},
    ]
    assert _rows(call, "select count(*) n from shares")[0]["n"] == 152


@pytest.mark.parametrize("reason", ["", "  "])
def test_revise_needs_a_reason(reason, call, starter, unchanged):
    with unchanged(starter):
        result = call("add", "DeepSeek R1", "4%", *POE, *URL, "--revise", reason)
    assert result.code == 2
    assert result.err.endswith("\n--revise needs the reason why the share changes.\n")


def test_an_unknown_market(call, starter, unchanged):
    with unchanged(starter):
        result = call("add", "DeepSeek R1", "3%", "--market", "poe/text-message", "--date", "2025", *URL)
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "there is no market 'poe/text-message'; near it: poe/text-messages\n"
        "See them all: tracker market list\n"
        "Make it: tracker market add poe/text-message --source SOURCE --counted '...'"
        " --whole closed|open|overlapping|index\n"
    )


@pytest.mark.parametrize("name", ["Deepseekk", "Deep-Seek", "deep seek", "DeepSekk"])
def test_a_name_that_resembles_a_recorded_one_is_refused(name, call, starter, unchanged):
    with unchanged(starter):
        result = call("add", name, "3%", *POE, *URL)
    assert (result.code, result.out) == (1, "")
    first, same, other = result.err.splitlines()
    assert f"{name!r} is not recorded, but resembles 'DeepSeek' too much to be new; nothing was stored" in first
    assert same.startswith(f"If {name!r} is 'DeepSeek': tracker entity add DeepSeek --alias ")
    assert other == "If it is somebody else: --new-entities"


def test_the_remedy_for_the_same_entity_works(call, starter):
    assert call("add", "Deep-Seek", "3%", *POE, *URL).code == 1
    assert call("entity", "add", "DeepSeek", "--alias", "Deep-Seek").code == 0
    result = call("add", "Deep-Seek", "3%", *POE, *URL)
    assert result.err == "Recorded DeepSeek, poe/text-messages, ~2025-04-30: 3%\n" + ASKS


def test_the_remedy_for_another_entity_works(call, starter):
    result = call("add", "Deep-Seek", "3%", *POE, *URL, "--new-entities")
    assert result.err.startswith("Made the entity Deep-Seek (product).\nRecorded Deep-Seek, ")


def test_a_new_entity_is_made_and_said(call, starter, unchanged):
    words = ("add", "Kimi", "3%", *POE, *URL)
    said = "Would make the entity Kimi (product).\nWould record Kimi, poe/text-messages, ~2025-04-30: 3%\n"
    with unchanged(starter):
        assert call(*words, "--dry-run").err == said + ASKS
    assert call(*words).err == (
        "Made the entity Kimi (product).\nRecorded Kimi, poe/text-messages, ~2025-04-30: 3%\n" + ASKS
    )
    assert call("add", "Others", "3%", *POE, *URL).err.startswith("Made the entity Other (residual).\n")


def test_dry_run_of_a_further_citation(call, starter, unchanged):
    with unchanged(starter):
        result = call("add", "DeepSeek R1", "3%", *POE, *URL, "--dry-run")
    assert result.err.startswith("Would record one more citation of a fact that is recorded: DeepSeek R1, ")


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ((), "ENTITY"),
        (("Kimi",), "SHARE"),
        (("Kimi", "3"), "--market"),
        (("Kimi", "3", "--market", "poe/text-messages"), "--date"),
        (("Kimi", "3", *POE), "--url"),
    ],
)
def test_what_is_missing_is_a_usage_error_without_a_terminal(words, missing, call, starter, unchanged):
    with unchanged(starter):
        result = call("add", *words)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"Usage: tracker add [OPTIONS] [ENTITY] [SHARE]\n{missing} is missing.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Kimi", "101", *POE, *URL), "a share is 0 to 100 percent, not 101"),
        (("Kimi", "-1", *POE, *URL), "No such option"),
        (("Kimi", "7,5", *POE, *URL), "'7,5' is not a share in percent"),
        (("Kimi", "nan", *POE, *URL), "'nan' is not a share in percent"),
        (("Kimi", "6..", *POE, *URL), "'6..' is not a share in percent"),
        (("Kimi", "8..6", *POE, *URL), "the bounds are out of order"),
        (("Kimi", "", *POE, *URL), "'' is not a share in percent"),
        (("Kimi", "3", "--market", "poe/text-messages", "--date", "30.4.2025", *URL), "'30.4.2025' is not a period"),
        (("Kimi", "3", "--market", "poe/text-messages", "--date", "2025-02-30", *URL), "is no day of the calendar"),
        (("Kimi", "3", *POE, "--url", ""), "--url is empty."),
        (("", "3", *POE, *URL), "ENTITY is empty."),
        (("Kimi", "3", *POE, *URL, "--low", "4"), "--low and --high: the bounds are out of order"),
        (("Kimi", "3", *POE, *URL, "--low", "4", "--high", "2"), "--low and --high: the bounds are out of order"),
        (("Kimi", "3", *POE, *URL, "--status", "Z"), "'Z' is not one of 'A', 'B'"),
        (("Kimi", "3", *POE, *URL, "--sample-size", "0"), "0 is not in the range"),
        (("Kimi", "3", *POE, *URL, "--sample-size", "1.5"), "'1.5' is not a valid integer"),
        (("Kimi", "3", *POE, *URL, "--published", "2025"), "--published is a day: 2025-05-13."),
        (("Kimi", "3", "4", *POE, *URL), "Got unexpected extra argument (4)"),
    ],
)
def test_malformed_words_are_usage_errors(words, said, call, starter, unchanged):
    with unchanged(starter):
        result = call("add", *words)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Usage: tracker add [OPTIONS] [ENTITY] [SHARE]\n")
    assert said in result.err


@pytest.mark.parametrize(
    ("name", "said"), [(" \t ", "the name is empty"), ("a\0b", "holds a NUL character"), ("a\udcffb", "UTF-8")]
)
def test_names_that_cannot_be_stored(name, said, call, starter, unchanged):
    with unchanged(starter):
        result = call("add", name, "3", *POE, *URL)
    assert result.code in (1, 2)
    assert said in result.err
    assert "error of tracker itself" not in result.err


def test_every_option_is_stored(call, starter):
    result = call(
        *("add", "Kimi", "7.0%", *POE, *URL, "--title", "Trends", "--publisher", "A blog", "--published", "2025-05-13"),
        *("--quote", "seven of a hundred", "--via", "an analyst", "--sample-size", "2502", "--low", "6.1"),
        *("--high", "8", "--status", "E", "--note", "only on Tuesdays"),
    )
    assert result.err == ("Made the entity Kimi (product).\nRecorded Kimi, poe/text-messages, ~2025-04-30: 7.0%\n")
    row = _one(call)
    assert {name: row[name] for name in ("share", "low", "high", "decimals", "status", "sample_size", "note")} == {
        "share": 7,
        "low": 6.1,
        "high": 8,
        "decimals": 1,
        "status": "E",
        "sample_size": 2502,
        "note": "only on Tuesdays",
    }
    (exported,) = json.loads(call("export", "--entity", "Kimi", "--format", "json").out)[-1:]
    assert {name: exported[name] for name in ("url", "title", "publisher", "published", "quote", "via")} == {
        "url": "https://example.org/poe",
        "title": "Trends",
        "publisher": "A blog",
        "published": "2025-05-13",
        "quote": "seven of a hundred",
        "via": "an analyst",
    }
    assert exported["citation_kind"] == "secondary"


@pytest.mark.parametrize(
    ("share", "stored", "printed"),
    [
        ("<1", (None, None, 1, "<", 0), "<1%"),
        ("< 1 %", (None, None, 1, "<", 0), "<1%"),
        (">5.5%", (None, 5.5, None, ">", 1), ">5.5%"),
        ("6..7", (None, 6, 7, None, 0), "6..7%"),
        ("6.0..7", (None, 6, 7, None, 1), "6.0..7.0%"),
        ("~7", (7, None, None, "~", 0), "~7%"),
        ("0", (0, None, None, None, 0), "0%"),
        ("100", (100, None, None, None, 0), "100%"),
        ("0.000001", (0.000001, None, None, None, 6), "0.000001%"),
    ],
)
def test_shares_as_they_are_printed(share, stored, printed, call, starter):
    result = call("add", "Kimi", share, *POE, *URL)
    assert result.code == 0
    assert result.err.splitlines()[1] == f"Recorded Kimi, poe/text-messages, ~2025-04-30: {printed}"
    row = _one(call)
    assert (row["share"], row["low"], row["high"], row["qualifier"], row["decimals"]) == stored
    shown = call("show", "Kimi")
    assert shown.code == 0
    assert f"Kimi    {printed}" in shown.out
    assert "nan" not in shown.out + shown.err


def test_a_page_of_the_source_itself_is_primary(call, starter):
    call("source", "add", "lab", "--title", "Lab", "--url", "https://www.lab.example/about")
    call("market", "add", "lab/users", "--source", "lab", "--counted", "users", "--whole", "open")
    words = ("add", "Kimi", "3", "--market", "lab/users", "--date", "2025-01")
    assert call(*words, "--url", "https://lab.example/figures").err == (
        "Made the entity Kimi (product).\nRecorded Kimi, lab/users, 2025-01: 3%\n"
    )
    assert _one(call)["url"] == "https://lab.example/figures"
    assert '"citation_kind": "primary"' in call("export", "--entity", "Kimi", "--format", "json").out
