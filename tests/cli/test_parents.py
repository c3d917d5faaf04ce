"""`tracker entity parent`: to whom an entity belongs, and on which days."""

import json

import pytest


def parents(call, name="DeepSeek R1"):
    (found,) = json.loads(call("entity", "show", name, "--format", "json").out)
    return found["parents"]


def test_a_parent_is_recorded_changed_ended_and_taken_back(call, starter):
    def told(*words):
        result = call("entity", "parent", *words)
        assert (result.code, result.out) == (0, ""), result.err
        return result.err

    assert told("DeepSeek R1", "DeepSeek") == (
        "DeepSeek R1 is recorded to belong to DeepSeek at all times already; nothing was changed.\n"
    )
    assert told("DeepSeek R1", "deepseek", "--from", "2025-01-20") == (
        "Recorded that DeepSeek R1 belongs to DeepSeek from 2025-01-20 on (before: at all times).\n"
    )
    assert told("DeepSeek R1", "DeepSeek", "--to", "2025-06") == (
        "Recorded that DeepSeek R1 belongs to DeepSeek from 2025-01-20 to 2025-06-30 (before: from 2025-01-20 on).\n"
    )
    assert parents(call) == ["DeepSeek@2025-01-20/2025-06-30"]
    assert told("DeepSeek R1", "DeepSeek", "--remove") == (
        "DeepSeek R1 is not recorded to belong to DeepSeek any more (before: from 2025-01-20 to 2025-06-30).\n"
    )
    assert parents(call) == []
    assert told("DeepSeek R1", "DeepSeek") == "Recorded that DeepSeek R1 belongs to DeepSeek at all times.\n"


def test_several_children_at_once_or_none(call, starter, unchanged):
    assert call("entity", "add", "V3", "--kind", "model").code == 0
    with unchanged(starter):
        result = call("entity", "parent", "V3", "Nobody", "DeepSeek")
    assert (result.code, result.err) == (1, "there is no entity 'Nobody'\nSee them all: tracker entity list\n")
    assert call("entity", "parent", "V3", "DeepSeek R1", "DeepSeek").code == 0
    assert (parents(call, "V3"), parents(call)) == (["DeepSeek"], ["DeepSeek"])


def test_a_second_lab_is_recorded_and_warned_of(call, starter):
    assert call("entity", "parent", "DeepSeek R1", "OpenAI").err == (
        "Recorded that DeepSeek R1 belongs to OpenAI at all times.\n"
        "It belongs to DeepSeek, too, at all times, and cannot be added up to both. Where one of them has ended:"
        " tracker entity parent 'DeepSeek R1' DeepSeek --to DATE\n"
    )


def test_a_dry_run_records_nothing(call, starter, unchanged):
    with unchanged(starter):
        result = call("entity", "parent", "DeepSeek R1", "DeepSeek", "--to", "2025-06-30", "--dry-run")
    assert (result.code, result.err) == (
        0,
        "Recorded that DeepSeek R1 belongs to DeepSeek until 2025-06-30 (before: at all times).\n"
        "This was a dry run: nothing was recorded.\n",
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("DeepSeek R1",), 2, "Usage: tracker entity parent [OPTIONS] CHILD... PARENT\nMissing argument 'CHILD...'."),
        (("DeepSeek", "DeepSeek"), 1, "DeepSeek cannot be its own parent\n"),
        (("DeepSeek", "DeepSeek R1"), 1, "DeepSeek R1 belongs to DeepSeek already\nNothing can belong to"),
        (("DeepSeek", "OpenAI"), 1, "DeepSeek is a lab, and OpenAI a lab: a model belongs to a product or a lab,"),
        (("DeepSeek R1", "OpenAI", "--remove"), 1, "DeepSeek R1 does not belong to OpenAI; it belongs to DeepSeek\n"),
        (("DeepSeek R1", "DeepSeek", "--remove", "--to", "2025"), 2, "Usage: tracker entity parent"),
        (("DeepSeek R1", "DeepSeek", "--from", "~2025-02"), 2, "Usage: tracker entity parent"),
        (("DeepSeek R1", "DeepSeek", "--from", "2026", "--to", "2025"), 2, "the parent 'DeepSeek' ends (2025-12-31)"),
    ],
)
def test_what_is_refused(words, code, said, call, starter, unchanged):
    with unchanged(starter):
        result = call("entity", "parent", *words)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(said)
