"""`tracker alias`."""

import json


def test_add_list_and_remove(call, starter):
    added = call("alias", "add", "DeepSeek R1", "deepseek/deepseek-r1", "R1", "DeepSeek R1")
    assert (added.code, added.out, added.err) == (
        0,
        "",
        "deepseek/deepseek-r1, R1: means DeepSeek R1 from now on.\nDeepSeek R1: meant DeepSeek R1 already.\n",
    )
    listed = call("alias", "list", "r1")
    assert (listed.code, listed.err) == (0, "")
    assert listed.out == (
        "entity       alias                 known from                   merged by\n"
        "DeepSeek R1  R1                    MOMENT\n"
        "DeepSeek R1  deepseek/deepseek-r1  MOMENT\n"
    ).replace("MOMENT\n", "MOMENT\n")
    assert call("show", "R1", "--market", "poe/text-messages").out.splitlines()[-1].startswith("DeepSeek R1 ")
    removed = call("alias", "remove", "r1", "DEEPSEEK/deepseek-r1")
    assert removed.err == "R1: no longer means DeepSeek R1.\ndeepseek/deepseek-r1: no longer means DeepSeek R1.\n"
    assert call("alias", "list", "DeepSeek R1").err == "DeepSeek R1 has no alias.\n"
    assert call("show", "R1").code == 1


def test_list_for_programs(call, starter):
    assert call("alias", "list", "DeepSeek", "--format", "csv").out == (
        "entity,alias,known_from,merged_by\nDeepSeek,Deepseek,MOMENT,\n"
    )
    (one,) = json.loads(call("alias", "list", "Meta", "--format", "json").out)
    assert one == {"entity": "Meta", "alias": "Meta (Llama)", "known_from": "MOMENT", "merged_by": None}


def test_an_empty_database_has_none(call, empty):
    result = call("alias", "list")
    assert (result.code, result.out) == (0, "")
    assert result.err == "There is no alias; make one: tracker alias add ENTITY ALIAS\n"


def test_what_is_refused_changes_nothing(call, starter, unchanged):
    with unchanged(starter):
        taken = call("alias", "add", "DeepSeek", "r1", "ChatGPT", "Gemini")
        unknown = call("alias", "add", "DeepSek", "r1")
        missing = call("alias", "remove", "Geminy", "DeepSeek", "Deepseek")
    assert (taken.code, unknown.code, missing.code) == (1, 1, 1)
    assert taken.err == (
        "the alias 'ChatGPT' is the name of another entity, ChatGPT\n"
        "the alias 'Gemini' belongs to Google Gemini already\n"
        "An alias means one entity. If two recorded entities are one: tracker entity merge ONE OTHER --reason '...'\n"
        "An alias means one entity. To take it from Google Gemini: tracker alias remove Gemini\n"
    )
    assert unknown.err.startswith("there is no entity 'DeepSek'; near it: DeepSeek")
    assert missing.err == (
        "there is no alias 'Geminy'; near it: Gemini\n"
        "'DeepSeek' is the name of an entity itself, not an alias\n"
        "See them all: tracker alias list\n"
        "See its aliases: tracker alias list\n"
    )
