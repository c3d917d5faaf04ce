import pytest

from checks.watching import checked
from importers.databases import data, made
from importers.families import stored
from tracker.checks.names import alike, stem
from tracker.importers.policy import Policy
from tracker.store.engine import writing
from tracker.store.entities import add_entity
from tracker.store.known import Known
from tracker.values import Entity, Parent


def pairs(*known):
    return [(one.name, into.name) for one, into in alike([Known(*one) for one in known])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deepseek", "DeepSeek"),
        ("Deep-Seek", "Deep Seek"),
        ("UNION", "Union"),
        ("Mistral AI", "Mistral"),
        ("deepseek/deepseek-r1:free", "deepseek/deepseek-r1"),
        ("Bing (beta)", "Bing"),
        ("Ramp, Inc.", "Ramp"),
        ("OpenAI Inc", "OpenAI"),
        ("gpt-4o-2024-11-20", "gpt-4o"),
        ("claude-3.5-sonnet-20241022", "Claude 3.5 Sonnet"),
        ("Gemini 2.5 Pro Preview 2025-05", "gemini-2.5-pro"),
    ],
)
def test_what_makes_nobody_else(one, other):
    assert pairs((one, "product", 1), (other, "product", 5)) == [(one, other)]
    assert pairs((one, "product", 5), (other, "product", 1)) == [(other, one)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-4", "GPT-4o"),
        ("GPT-4", "GPT-5"),
        ("gpt-4o-2024-11-20", "gpt-4o-2024-08-06"),
        ("Claude 3.5 Sonnet", "Claude 3.7 Sonnet"),
        ("Meta", "Beta"),
        ("AI", "Inc"),
        ("Edge", "Edge Legacy"),
        ("xAI", "X"),
    ],
)
def test_what_makes_another(one, other):
    assert pairs((one, "product", 1), (other, "product", 5)) == []


def test_an_entity_and_what_it_belongs_to_are_two():
    assert pairs(("Meta AI", "product", 1, (), ("Meta",)), ("Meta", "product", 5)) == []


def test_endings_tell_apart_what_is_of_two_kinds():
    assert pairs(("Meta AI", "product", 1), ("Meta", "lab", 5)) == []
    assert pairs(("META", "product", 1), ("Meta", "lab", 5)) == [("META", "Meta")]


def test_three_are_merged_into_the_one_with_most_observations():
    known = (("deepseek", "lab", 1), ("DeepSeek", "lab", 9), ("DeepSeek AI", "lab", 2))
    assert pairs(*known) == [("DeepSeek AI", "DeepSeek"), ("deepseek", "DeepSeek")]


def test_a_name_of_nothing_but_endings_keeps_something():
    assert stem("AI") == ("ai", "")
    assert stem("--") == ("--", "")


def test_two_spellings_of_one_party(tmp_path):
    path = made(tmp_path)
    stored(path, data("german_polls_2012-2020_semicolon.csv"), market="de", keep_repeats=True)
    european = data("eopaod_german_polls_excerpt.csv")
    stored(path, european, market="eu", keep_repeats=True, policy=Policy(new_entities=True))
    found = checked(path, "names")
    assert [(one.entity, one.batch, one.remedy) for one in found] == [
        ("Union", 2, "tracker entity merge Union UNION --reason '...'")
    ]
    assert found[0].message == "looks like UNION, which has 1490 observations"
    assert len(checked(path, "names", markets=("forsa/de",))) == 1
    assert checked(path, "names", markets=("eurostat/x",)) == []


def test_of_two_kinds_nothing_is_merged(tmp_path):
    path = made(tmp_path)
    with writing(path) as session:
        add_entity(session, Entity("Meta", "lab"))
        add_entity(session, Entity("META", "product"))
        add_entity(session, Entity("meta", "product", parents=(Parent("Meta"),)))
    found = {one.entity: (one.message, one.remedy) for one in checked(path, "names")}
    assert found == {
        "Meta": (
            "looks like META, which has 0 observations; but it is a lab, and that a product",
            "tracker waive names --entity Meta --reason '...'",
        ),
        "meta": ("looks like META, which has 0 observations", "tracker entity merge meta META --reason '...'"),
    }
