"""`tracker source`, `market`, `entity` and `event`: add, list and show."""

import csv
import io
import json

import pytest

POE = ("poe", "--title", "Poe", "--producer", "Quora", "--url", "https://poe.com", "--may-redistribute", "no")
TEXT = ("poe/text", "--source", "poe", "--counted", "text messages", "--whole", "open", "--region", "worldwide")
R1 = ("DeepSeek R1", "--kind", "model", "--parent", "DeepSeek@2025-01-20/", "--note", "open weights")
RELEASE = ("2025-01-20", "R1 released", "--entity", "DeepSeek R1", "--tag", "release", "--url", "https://e.org")


@pytest.fixture
def filled(call, empty):
    assert call("source", "add", *POE).err == "Recorded the source poe.\n"
    assert call("market", "add", *TEXT).err == "Recorded the market poe/text.\n"
    lab = call("entity", "add", "DeepSeek", "--kind", "lab", "--alias", "Deepseek", "--alias", "deepseek/deepseek-r1")
    assert lab.err == "Recorded the entity DeepSeek (lab).\n"
    assert call("entity", "add", *R1).err == "Recorded the entity DeepSeek R1 (model).\n"
    assert call("event", "add", *RELEASE).err == "Recorded the event 2025-01-20 'R1 released'.\n"
    return empty


# The call, and the whole of what it prints.
PRINTED = {
    ("source", "list"): """\
slug  title  url              licence  revises
poe   Poe    https://poe.com
""",
    ("source", "show", "poe"): """\
slug              poe
title             Poe
producer          Quora
url               https://poe.com
may redistribute  no
markets           poe/text
""",
    ("source", "list", "--format", "csv"): """\
slug,title,producer,url,licence,licence_url,credit,may_redistribute,revises,note
poe,Poe,Quora,https://poe.com,,,,no,,
""",
    ("market", "list"): """\
slug      counted        whole  population  region     observations
poe/text  text messages  open               worldwide             0
""",
    ("market", "show", "poe/text"): """\
slug          poe/text
source        poe
counted       text messages
whole         open
region        worldwide
rule          primary
observations  0
""",
    ("market", "list", "--format", "csv"): """\
slug,source,counted,whole,population,region,platform,frequency,note,observations
poe/text,poe,text messages,open,,worldwide,,,,0
""",
    ("entity", "list"): """\
name         kind   hue   aliases                         parents
DeepSeek     lab    blue  Deepseek; deepseek/deepseek-r1
DeepSeek R1  model  blue                                  DeepSeek@2025-01-20/
""",
    ("entity", "list", "--kind", "model"): """\
name         kind   hue   aliases  parents
DeepSeek R1  model  blue           DeepSeek@2025-01-20/
""",
    ("entity", "list", "--kind", "residual"): "",
    ("entity", "show", "deepseek/DeepSeek-R1"): """\
name      DeepSeek
kind      lab
hue       blue
aliases   Deepseek; deepseek/deepseek-r1
children  DeepSeek R1
""",
    ("entity", "show", "DeepSeek R1", "--format", "csv"): """\
name,kind,hue,aliases,parents,note,children,markets
DeepSeek R1,model,blue,,DeepSeek@2025-01-20/,open weights,,
""",
    ("event", "list"): """\
date        label        entities     tags     url            note
2025-01-20  R1 released  DeepSeek R1  release  https://e.org
""",
    ("event", "list", "--format", "csv"): """\
date,label,entities,tags,url,note
2025-01-20,R1 released,DeepSeek R1,release,https://e.org,
""",
}


@pytest.mark.parametrize("words", PRINTED, ids=" ".join)
def test_what_is_printed(words, call, filled, unchanged):
    with unchanged(filled):
        result = call(*words)
    assert (result.code, result.out, result.err) == (0, PRINTED[words], "")


def test_json_keeps_lists_truths_and_what_is_missing(call, filled):
    assert json.loads(call("entity", "show", "DeepSeek", "--format", "json").out) == [
        {
            "name": "DeepSeek",
            "kind": "lab",
            "hue": "blue",
            "aliases": ["Deepseek", "deepseek/deepseek-r1"],
            "parents": [],
            "note": None,
            "children": ["DeepSeek R1"],
            "markets": [],
        }
    ]
    (poe,) = json.loads(call("source", "list", "--format", "json").out)
    assert (poe["may_redistribute"], poe["licence"]) == (False, None)
    (event,) = json.loads(call("event", "list", "--format", "json").out)
    assert (event["entities"], event["tags"]) == (["DeepSeek R1"], ["release"])
    (market,) = json.loads(call("market", "show", "poe/text", "--format", "json").out)
    assert (market["observations"], market["from"], market["entities"]) == (0, None, [])


@pytest.mark.parametrize("thing", ["source", "market", "entity", "event"])
def test_csv_and_json_of_the_starter_data_tell_the_same(thing, call, starter):
    table = list(csv.DictReader(io.StringIO(call(thing, "list", "--format", "csv").out)))
    records = json.loads(call(thing, "list", "--format", "json").out)
    assert len(table) == len(records) > 1

    def text(value):
        if isinstance(value, list):
            return "; ".join(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "" if value is None else str(value)

    assert table == [{name: text(value) for name, value in record.items()} for record in records]
    assert len(call(thing, "list").out.splitlines()) == len(table) + 1


@pytest.mark.parametrize("thing", ["source", "market", "entity", "event"])
def test_an_empty_list(thing, call, empty):
    assert call(thing, "list").out == ""
    assert call(thing, "list", "--format", "json").out == "[]\n"
    assert call(thing, "list", "--format", "csv").out.count("\n") == 1


def test_market_show_of_the_starter_data(call, starter):
    assert call("market", "show", "poe/text-messages").out == (
        "slug          poe/text-messages\n"
        "source        poe\n"
        "counted       text messages\n"
        "whole         open\n"
        "population    Poe (Quora) platform\n"
        "rule          primary\n"
        "observations  6\n"
        "from          2025-01-01\n"
        "to            2025-05-31\n"
        "entities      Claude 3.5 Sonnet; DeepSeek R1; GPT-4.1 family; GPT-4o; Gemini 2.5 Pro\n"
    )


SAME = {
    ("source", "add", *POE): "The source poe is recorded just so; nothing was changed.\n",
    ("source", "add", "poe", "--title", "Poe"): "The source poe is recorded just so; nothing was changed.\n",
    ("market", "add", *TEXT): "The market poe/text is recorded just so; nothing was changed.\n",
    ("market", "add", *TEXT[:7]): "The market poe/text is recorded just so; nothing was changed.\n",
    ("entity", "add", *R1): "The entity DeepSeek R1 (model) is recorded just so; nothing was changed.\n",
    ("entity", "add", "deepseek"): "The entity DeepSeek (lab) is recorded just so; nothing was changed.\n",
    ("event", "add", *RELEASE): "The event 2025-01-20 'R1 released' is recorded already; nothing was changed.\n",
}


@pytest.mark.parametrize("words", SAME, ids=" ".join)
def test_the_same_again_changes_nothing(words, call, filled, unchanged):
    with unchanged(filled):
        result = call(*words)
    assert (result.code, result.out, result.err) == (0, "", SAME[words])


OTHERWISE = "is recorded already, with other words: "
REFUSED = {
    ("source", "add", "poe", "--title", "Quora"): (
        f"the source poe {OTHERWISE}title is 'Poe', not 'Quora'\nNothing was changed.\n"
    ),
    ("source", "add", "poe", "--title", "Poe", "--may-redistribute", "yes"): (
        f"the source poe {OTHERWISE}may redistribute is no, not yes\nNothing was changed.\n"
    ),
    ("market", "add", *TEXT[:6], "closed", "--region", "France"): (
        f"the market poe/text {OTHERWISE}whole is 'open', not 'closed';"
        " region is 'worldwide', not 'France'\nNothing was changed.\n"
    ),
    ("market", "add", "po/text", "--source", "po", *TEXT[3:]): (
        "there is no source 'po'; near it: poe\nMake it: tracker source add po --title '...' --url https://...\n"
    ),
    ("entity", "add", "DeepSeek", "--kind", "product"): (
        f"the entity DeepSeek {OTHERWISE}kind is 'lab', not 'product'\nNothing was changed.\n"
    ),
    ("entity", "add", "deep seek r1"): (
        "'deep seek r1' resembles 'DeepSeek R1', which is recorded\n"
        "If it is the same: tracker entity add 'DeepSeek R1' --alias 'deep seek r1'."
        " If it is another: --new-entities.\n"
    ),
    ("entity", "add", "Qwen", "--alias", "DeepSeek"): (
        "the alias 'DeepSeek' is the name of another entity, DeepSeek\nAn alias means one entity. If two recorded"
        " entities are one: tracker entity merge ONE OTHER --reason '...'\n"
    ),
    ("entity", "add", "Qwen", "--alias", "DeepSeek R1"): (
        "the alias 'DeepSeek R1' is the name of another entity, DeepSeek R1\nAn alias means one entity. If two recorded"
        " entities are one: tracker entity merge ONE OTHER --reason '...'\n"
    ),
    ("entity", "add", "Qwen", "--parent", "Alibaba"): (
        "there is no entity 'Alibaba'\nSee them all: tracker entity list\n"
    ),
    ("entity", "add", "Qwen", "--parent", "Qwen"): (
        "Qwen cannot be its own parent\nName the lab or the product that it belongs to.\n"
    ),
    ("event", "add", "2025", "x", "--entity", "DeepSeek R2"): (
        "there is no entity 'DeepSeek R2'; near it: DeepSeek, DeepSeek R1\nSee them all: tracker entity list\n"
    ),
    ("source", "show", "pow"): (
        "there is no source 'pow'\nMake it: tracker source add pow --title '...' --url https://...\n"
    ),
    ("market", "show", "poe/texts"): (
        "there is no market 'poe/texts'; near it: poe/text\nSee them all: tracker market list\nMake it: tracker market"
        " add poe/texts --source SOURCE --counted '...' --whole closed|open|overlapping|index\n"
    ),
    ("entity", "show", "DeepSek"): (
        "there is no entity 'DeepSek'; near it: DeepSeek, DeepSeek R1\nSee them all: tracker entity list\n"
    ),
}


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_what_is_refused(words, call, filled, unchanged):
    with unchanged(filled):
        result = call(*words)
    assert (result.code, result.out, result.err) == (1, "", REFUSED[words])


USAGE = {
    ("source", "add", "Poe", "--title", "Poe"): "'Poe' is not a slug",
    ("source", "add", "po e", "--title", "Poe"): "'po e' is not a slug",
    ("source", "add", "x", "--title", ""): "the title is empty",
    ("source", "add", "x"): "Missing option '--title'",
    ("source", "add", "x", "--title", "X", "--may-redistribute", "perhaps"): "'perhaps' is not one of 'yes', 'no'",
    ("source", "add", "x", "--title", "X", "--revises", "often"): "'often' is not one of",
    ("market", "add", "../x", *TEXT[1:]): "'../x' is not a slug",
    ("market", "add", "poe/x", "--source", "poe", "--counted", "x"): "Missing option '--whole'",
    ("market", "add", "poe/x", "--source", "poe", "--counted", " ", "--whole", "open"): "counted",
    ("market", "add", "poe/x", "--source", "poe", "--counted", "x", "--whole", "half"): "'half' is not one of",
    ("entity", "add", ""): "the name is empty",
    ("entity", "add", "x", "--kind", "person"): "'person' is not one of",
    ("entity", "add", "x", "--hue", "pink"): "'pink' is not one of",
    ("entity", "add", "x", "--parent", "DeepSeek@2025-02-01/2025-01-01"): "ends (2025-01-01) before it starts",
    ("entity", "add", "x", "--parent", "DeepSeek@2025-13-01/"): "is no day of the calendar",
    ("entity", "list", "--kind", "person"): "'person' is not one of",
    ("event", "add", "20.1.2025", "x"): "'20.1.2025' is not a period",
    ("event", "add", "2025-02-01/2025-01-01", "x"): "before it starts",
    ("event", "add", "2025", ""): "the label is empty",
    ("event", "add", "2025"): "Missing argument 'LABEL'",
    ("event", "list", "--format", "xml"): "'xml' is not one of 'table', 'csv', 'json'",
}


@pytest.mark.parametrize("words", USAGE, ids=" ".join)
def test_words_that_cannot_be_used(words, call, filled, unchanged):
    with unchanged(filled):
        result = call(*words)
    assert (result.code, result.out) == (2, "")
    assert USAGE[words] in result.err


def test_more_of_a_recorded_entity(call, filled):
    assert call("entity", "add", "DeepSeek", "--alias", "deepseek-ai").err == (
        "Recorded more of the entity DeepSeek (lab).\n"
    )
    assert call("entity", "show", "DEEPSEEK-AI").out.startswith("name      DeepSeek\n")


def test_another_entity_of_a_resembling_name(call, filled):
    result = call("entity", "add", "Deep Seek", "--new-entities")
    assert (result.code, result.err) == (0, "Recorded the entity Deep Seek (product).\n")


def test_the_rest_is_grey(call, filled):
    assert call("entity", "add", "Other").err == "Recorded the entity Other (residual).\n"
    assert "hue   grey\n" in call("entity", "show", "Other").out
