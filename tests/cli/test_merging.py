"""`tracker entity merge`."""

import pytest

TWIN = """\
market,entity,period,share,url,title,published,citation_kind,kind
poe/text-messages,Deepseek-R1,~2025-04-30,3,https://b.org/1,B,2025-06-01,secondary,model
poe/text-messages,Deepseek-R1,~2025-02-15,8,https://b.org/1,B,2025-06-01,secondary,
poe/text-messages,Deepseek-R1,2025-06,2,https://b.org/1,B,2025-06-01,secondary,
"""
MERGE = ("entity", "merge", "Deepseek-R1", "DeepSeek R1", "--reason", "one model")
SAID = """\
Deepseek-R1 into DeepSeek R1.
observations moved: 2; further pages on what DeepSeek R1 has: 1; facts on which the two differ: 1.
  poe/text-messages, ~2025-02-15: 8% stands, 7% beside it (by its rule, primary)
"""


@pytest.fixture
def twins(call, starter, tmp_path):
    (tmp_path / "twin.csv").write_text(TWIN)
    assert call("import", "twin.csv", "--new-entities").code == 0
    return starter


def test_a_difference_is_refused(call, twins, unchanged):
    with unchanged(twins):
        result = call(*MERGE)
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "Deepseek-R1 and DeepSeek R1 have different shares of the same market and period; nothing was merged\n"
        "  poe/text-messages, ~2025-02-15: Deepseek-R1 8% (B <https://b.org/1>), DeepSeek R1 7% (AIbase news (ja): Poe"
        " Spring 2025 AI model usage trends report <https://www.aibase.com/fr/news/www.aibase.com/ja/news/18165>)\n"
        "To keep both, and let the rule of each market say which stands: --when-both compete\n"
    )


def test_merged_shown_and_taken_back(call, twins, unchanged):
    before = call("export").out
    with unchanged(twins):
        dry = call(*MERGE, "--when-both", "compete", "--dry-run")
    assert dry.err == f"Would merge {SAID}This was a dry run: nothing was changed.\n"
    done = call(*MERGE, "--when-both", "compete")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"Merged {SAID}Recorded as batch 3; to take it back: tracker undo 3\n"
    assert "Deepseek-R1" not in call("entity", "list").out.replace("Deepseek-R1; ", "").splitlines()
    shown = call("entity", "show", "Deepseek-R1")
    assert shown.err == "Deepseek-R1 was merged into DeepSeek R1: one model (batch 3).\n"
    assert "name     DeepSeek R1\n" in shown.out
    assert "aliases  Deepseek-R1\n" in shown.out
    assert call("entity", "show", "DeepSeek R1").err == ""
    history = call(
        "query",
        "select entity, share, closed_because from share_history where period = '2025-06' and entity like 'deepseek%r1'"
        " order by batch",
        "--format",
        "csv",
    )
    assert history.out == (
        "entity,share,closed_because\n"
        "Deepseek-R1,2.0,Deepseek-R1 was merged into DeepSeek R1: one model\nDeepSeek R1,2.0,\n"
    )
    assert call("import", "twin.csv").err == "twin.csv: all of it is recorded already; nothing was changed\n"
    assert call("undo", "3").code == 0
    after = call("export").out
    assert [line.rpartition(",")[0] for line in after.splitlines()] == [
        line.rpartition(",")[0] for line in before.splitlines()
    ]


def test_what_is_exported_after_a_merge_knows_the_names(call, twins, tmp_path):
    assert call(*MERGE, "--when-both", "compete").code == 0
    assert call("export", "-o", "all.csv").code == 0
    assert call("init", "--empty", "--db", "other.db").code == 0
    assert call("import", "all.csv", "--db", "other.db").code == 0
    assert call("import", "twin.csv", "--db", "other.db").err == (
        "twin.csv: all of it is recorded already; nothing was changed\n"
    )
    again = call("export", "--db", "other.db").out
    first = (tmp_path / "all.csv").read_text()
    assert [line.rpartition(",")[0] for line in again.splitlines()] == [
        line.rpartition(",")[0] for line in first.replace(str(tmp_path), "HERE").splitlines()
    ]


def test_nothing_to_move(call, twins):
    assert call("entity", "add", "Deep Seek R-1", "--kind", "model", "--new-entities").code == 0
    done = call("entity", "merge", "Deep Seek R-1", "DeepSeek R1", "--reason", "a slip")
    assert done.err.splitlines()[:2] == ["Merged Deep Seek R-1 into DeepSeek R1.", "Deep Seek R-1 had no share."]


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (
            ("DeepSeek R1", "DeepSeek"),
            "DeepSeek R1 is a model and DeepSeek a lab: what belongs to another is not the same",
        ),
        (("DeepSeek", "deepseek"), "'DeepSeek' and 'deepseek': this is one entity already, DeepSeek"),
        (
            ("DeepSek", "DeepSeek"),
            "there is no entity 'DeepSek'; near it: DeepSeek, DeepSeek (self-hosted), DeepSeek R1",
        ),
    ],
)
def test_what_cannot_be_one(pair, said, call, twins, unchanged):
    with unchanged(twins):
        result = call("entity", "merge", *pair, "--reason", "r")
    assert (result.code, result.out, result.err.splitlines()[0]) == (1, "", said)


def test_a_reason_is_needed(call, twins, unchanged):
    with unchanged(twins):
        assert call(*MERGE[:4]).code == 2
        empty = call(*MERGE[:5], " ")
    assert (empty.code, empty.err) == (2, "the reason is empty\n")
