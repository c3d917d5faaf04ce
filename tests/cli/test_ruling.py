"""`tracker market rule`, and inputs whose pages compete by it."""

import json

import pytest

SLUG = "statcounter/ai-chatbot-ww"
ROWS = """\
market,entity,period,share,url,title,published,citation_kind
poe/text-messages,DeepSeek R1,~2025-04-30,4,https://c.org/1,C,2025-07-01,secondary
poe/text-messages,GPT-4o,2025-01-01/2025-05-31,35.8,https://c.org/1,C,2025-07-01,secondary
poe/text-messages,Claude 3.5 Sonnet,2025-01-01/2025-05-31,13,https://c.org/1,C,,secondary
"""
PRIMARY = "the rule there is primary: the source's own page stands before a retelling, and then what was published last"
REPORTS = (
    "select entity, share, stance, publisher from reports where market = 'poe/text-messages' and share in (3, 4, 13)"
)


@pytest.fixture
def rows(tmp_path):
    (tmp_path / "rows.csv").write_text(ROWS)
    return "rows.csv"


def test_the_rule_of_a_market_is_shown(call, starter):
    shown = call("market", "rule", "semianalysis/app-users")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out == (
        "market     semianalysis/app-users\n"
        "rule       primary\n"
        "means      the source's own page stands before a retelling, and then what was published last\n"
        "set by     nobody; it is the rule where nobody sets one\n"
        "contested  2\n"
    )
    (one,) = json.loads(call("market", "rule", "semianalysis/app-users", "--format", "json").out)
    assert (one["rule"], one["reason"], one["contested"]) == ("primary", None, 2)


def test_a_change_decides_again_and_is_taken_back(call, starter, rows, unchanged):
    assert call("import", rows, "--on-change", "compete").code == 0
    words = ("market", "rule", "poe/text-messages", "first", "--reason", "the first page saw the chart")
    said = "first: what was recorded first stands.\n  DeepSeek R1, ~2025-04-30: 3% stands, 4% beside it\n"
    with unchanged(starter):
        dry = call(*words, "--dry-run")
    assert dry.err == f"The rule of poe/text-messages would be {said}This was a dry run: nothing was changed.\n"
    done = call(*words)
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        f"The rule of poe/text-messages is now {said}Recorded as batch 3; to take it back: tracker undo 3\n"
    )
    assert "rule          first\n" in call("market", "show", "poe/text-messages").out
    assert call("market", "rule", "poe/text-messages").out == (
        "market      poe/text-messages\n"
        "rule        first\n"
        "means       what was recorded first stands\n"
        "set by      batch 3\n"
        "reason      the first page saw the chart\n"
        "known from  MOMENT\n"
        "contested   2\n"
    )
    with unchanged(starter):
        again = call(*words)
    assert again.err == "The rule of poe/text-messages is first already; nothing was changed.\n"
    assert call("undo", "3").code == 0
    assert "rule       primary\n" in call("market", "rule", "poe/text-messages").out
    assert call("query", REPORTS, "--format", "csv").out == (
        "entity,share,stance,publisher\nDeepSeek R1,3.0,competes,AIbase\nDeepSeek R1,3.0,competes,Rivista.ai\n"
        "DeepSeek R1,3.0,competes,Redcensor\nClaude 3.5 Sonnet,13.0,competes,\n"
    )


def test_nothing_is_contested(call, starter):
    done = call("market", "rule", "poe/images", "latest", "--reason", "r")
    assert done.err == (
        "The rule of poe/images is now latest: what was published last stands.\n"
        "No fact is decided otherwise by it.\nRecorded as batch 2; to take it back: tracker undo 2\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("poe/image",), 1, "there is no market 'poe/image'; near it: poe/images"),
        (("poe/image", "latest", "--reason", "r"), 1, "there is no market 'poe/image'; near it: poe/images"),
        (("poe/images", "latest"), 2, "--reason says why the rule is changed."),
        (("poe/images", "latest", "--reason", " "), 2, "--reason says why the rule is changed."),
        (("poe/images", "--reason", "r"), 2, "Say which RULE."),
        (("poe/images", "newest", "--reason", "r"), 2, "'newest' is not one of 'primary', 'latest', 'first'."),
    ],
)
def test_what_is_refused(words, code, said, call, starter, unchanged):
    with unchanged(starter):
        result = call("market", "rule", *words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err


class TestCompete:
    def test_both_are_kept_and_the_rule_decides(self, call, starter, rows, unchanged):
        with unchanged(starter):
            dry = call("import", rows, "--on-change", "compete", "--dry-run")
        assert dry.err == (
            "rows.csv: DeepSeek R1, poe/text-messages, ~2025-04-30: 3% would become 4%\n"
            "rows.csv: Claude 3.5 Sonnet, poe/text-messages, 2025-01-01/2025-05-31: 13% would stand beside 12%\n"
            "rows.csv: shares of poe/text-messages that give way to what another page says, and would be kept beside"
            f" it: 1; {PRIMARY}\n"
            "rows.csv: shares of poe/text-messages that differ from what stands, and would be kept beside it:"
            f" 1; {PRIMARY}\n"
            "This was a dry run: nothing was stored.\n"
        )
        done = call("import", rows, "--on-change", "compete", "--format", "csv")
        assert (done.code, done.out.splitlines()[1]) == (0, "rows.csv,tracker,2,0,0,1,0,0,0,3,0,0")
        assert "that differ from what stands, and are kept beside it: 1; the rule there is primary" in done.err
        reason = call("query", "select reason from batch where id = 2", "--format", "csv").out
        assert reason == "reason\nanother page stands by the rule of its market\n"

    @pytest.mark.parametrize("words", [(), ("--on-change", "compete"), ("--on-change", "skip")])
    def test_the_same_again_is_no_news(self, words, call, starter, rows, unchanged):
        assert call("import", rows, "--on-change", "compete").code == 0
        with unchanged(starter):
            again = call("import", rows, *words)
        assert again.err == "rows.csv: all of it is recorded already; nothing was changed\n"

    def test_a_page_that_says_otherwise_than_before_is_a_revision(self, call, starter, rows, tmp_path, unchanged):
        assert call("import", rows, "--on-change", "compete").code == 0
        (tmp_path / "later.csv").write_text(ROWS.replace(",4,", ",5,").replace(",13,", ",14,"))
        with unchanged(starter):
            result = call("import", "later.csv", "--on-change", "compete")
        assert result.code == 1
        assert result.err == (
            "later.csv: 2 problems, nothing was stored\n"
            "  line 2, column share: '5' DeepSeek R1 in poe/text-messages, ~2025-04-30: share 4% is recorded, 5% is"
            " given. Recorded from: C <https://c.org/1>. Here from: C <https://c.org/1>\n"
            "  line 4, column share: '14' this citation is recorded already, saying 13%\n"
            "To record the new share, and keep the old one in the history: --on-change revise --reason 'the reason'\n"
        )

    def test_add(self, call, starter, unchanged):
        fact = ("add", "DeepSeek R1", "4%", "--market", "poe/text-messages", "--date", "~2025-04-30", "--via", "x")
        undated = (*fact, "--url", "https://c.org/1", "--compete")
        what = "DeepSeek R1, poe/text-messages, ~2025-04-30"
        with unchanged(starter):
            assert call(*undated, "--dry-run").err == f"Would record beside 3%, which stands ({PRIMARY}): {what}: 4%\n"
        assert call(*undated).err == f"Recorded beside 3%, which stands ({PRIMARY}): {what}: 4%\n"
        assert call(*undated).err.startswith("This fact is recorded already, with this citation; nothing was changed.")
        dated = (*fact, "--url", "https://d.org/1", "--published", "2025-07-01", "--compete")
        assert call(*dated).err == f"Recorded in the place of 3%, which is kept beside it ({PRIMARY}): {what}: 4%\n"
        with unchanged(starter):
            both = call(*fact, "--url", "https://e.org", "--compete", "--revise", "r")
        assert both.code == 2
        assert both.err.endswith("--revise replaces the share, --compete keeps both: use one of them.\n")


def test_under_another_rule_the_source_itself_does_not_replace_a_retelling(call, starter, tmp_path, unchanged):
    assert call("market", "rule", SLUG, "first", "--reason", "r").code == 0
    name = "ai_chatbot-ww-monthly-202508-202508.csv"
    (tmp_path / name).write_text('"Date","Deepseek"\n2025-08,9.2\n')
    with unchanged(starter):
        refused = call("import", name)
    assert (refused.code, refused.out) == (1, "")
    assert "share 2.74% is recorded, 9.2% is given" in refused.err
    assert call("import", name, "--on-change", "compete").code == 0
    stands = f"select share from shares where market = '{SLUG}' and entity = 'DeepSeek' and period = '2025-08'"
    assert call("query", stands, "--format", "csv").out == "share\n2.74\n"
