import unicodedata

import pytest

from tracker.errors import Conflict, UnknownName
from tracker.store.engine import writing
from tracker.store.entities import Matching, add_entity, entities, entity, find_entity, match
from tracker.store.migrate import create
from tracker.store.parents import children
from tracker.values import HUES, Entity, Parent

DECOMPOSED = unicodedata.normalize("NFD", "Türkiye")


@pytest.fixture
def session(tmp_path):
    create(tmp_path / "tracker.db")
    with writing(tmp_path / "tracker.db") as session:
        yield session


def record(session, *names):
    for name in names:
        add_entity(session, Entity(name))


def test_a_name_is_known_as_written_or_by_an_alias_in_any_case(session):
    add_entity(session, Entity("DeepSeek", aliases=("Deep Seek",)))
    record(session, "Türkiye")
    assert match(session, ["DeepSeek", " DeepSeek ", "deep  seek", DECOMPOSED]) == Matching(
        known={"DeepSeek": "DeepSeek", " DeepSeek ": "DeepSeek", "deep  seek": "DeepSeek", DECOMPOSED: "Türkiye"}
    )


def test_a_name_that_is_recorded_misspelt_is_near(session):
    record(session, "DeepSeek", "Iceland")
    assert match(session, ["Deepseek", "DeepSekk", "Ireland"]) == Matching(
        near={"Deepseek": "DeepSeek", "DeepSekk": "DeepSeek", "Ireland": "Iceland"}
    )


def test_an_input_that_prints_both_tells_them_apart(session):
    record(session, "Iceland")
    assert match(session, ["Ireland", "Iceland"]) == Matching(known={"Iceland": "Iceland"}, new={"Ireland": "Ireland"})
    assert match(session, ["Austria", "Australia"]).new == {"Austria": "Austria", "Australia": "Australia"}


def test_but_not_if_they_differ_only_by_case_and_punctuation(session):
    record(session, "DeepSeek")
    assert match(session, ["DeepSeek", "Deepseek"]).near == {"Deepseek": "DeepSeek"}
    assert match(session, ["Mistral AI", "mistral-ai"]) == Matching(
        new={"Mistral AI": "Mistral AI"}, near={"mistral-ai": "Mistral AI"}
    )


@pytest.mark.parametrize(
    ("known", "new"), [("Zambia", "Gambia"), ("Niger", "Nigeria"), ("GPT-4", "GPT-5"), ("o1", "o3")]
)
def test_names_that_only_look_alike_are_new(session, known, new):
    record(session, known)
    assert match(session, [new]) == Matching(new={new: new})


REST = ["other", "Other", "Others", "OTHER", "All others", "Rest"]


def test_the_rest_is_one_entity_however_it_is_printed(session):
    assert match(session, REST) == Matching(new=dict.fromkeys(REST, "Other"))
    record(session, "Othar", "Other")
    assert match(session, REST) == Matching(known=dict.fromkeys(REST, "Other"))


def test_a_recorded_name_for_the_rest_stays(session):
    add_entity(session, Entity("Other models", "residual"))
    assert match(session, ["other"]).new == {"other": "Other"}
    record(session, "Others")
    assert match(session, ["other", "Others"]).known == {"other": "Others", "Others": "Others"}
    add_entity(session, Entity("Other", aliases=("sonstige",)))
    assert match(session, ["other", "Others", "Sonstige"]).known == {
        "other": "Other",
        "Others": "Others",
        "Sonstige": "Other",
    }


def test_two_spellings_of_one_new_name(session):
    assert match(session, ["Le Chat", " Le  Chat"]).new == {"Le Chat": "Le Chat", " Le  Chat": "Le Chat"}


def test_an_unknown_name_shows_the_nearest(session):
    record(session, "DeepSeek")
    with pytest.raises(UnknownName, match="near it: DeepSeek"):
        entity(session, "DeepSek")


def test_colours_are_the_least_used_the_parents_or_grey(session):
    for number, _ in enumerate(HUES):
        record(session, f"Lab {number}")
    hues = [one.hue for one in entities(session)]
    assert hues == list(HUES)
    add_entity(session, Entity("Model", "model", parents=(Parent("Lab 3"),)))
    record(session, "Next", "Other", "After")
    add_entity(session, Entity("Both", "group"))
    chosen = {one.name: one.hue for one in entities(session)}
    assert {name: chosen[name] for name in ("Model", "Next", "After", "Other", "Both")} == {
        "Model": HUES[3],
        "Next": HUES[0],
        "After": HUES[1],
        "Other": "grey",
        "Both": "grey",
    }


def test_a_kind_that_nobody_said(session):
    record(session, "Others", "ChatGPT")
    add_entity(session, Entity("R1", "model"))
    record(session, "R1")
    assert [(one.name, one.kind) for one in entities(session)] == [
        ("ChatGPT", "product"),
        ("Others", "residual"),
        ("R1", "model"),
    ]


def test_what_is_recorded_is_added_to_but_not_changed(session):
    add_entity(session, Entity("DeepSeek", "lab", "blue"))
    assert not add_entity(session, Entity("DeepSeek", "lab", "blue"))
    assert add_entity(session, Entity("DeepSeek", aliases=("Deepseek",)))
    assert not add_entity(session, Entity("DeepSeek", aliases=("Deepseek", "DEEPSEEK")))
    assert add_entity(session, Entity("DeepSeek", note="new"))
    assert not add_entity(session, Entity("DeepSeek", note="new"))
    for different in (Entity("DeepSeek", "model"), Entity("DeepSeek", hue="teal"), Entity("DeepSeek", note="old")):
        with pytest.raises(Conflict, match="Nothing was changed"):
            add_entity(session, different)
    assert entities(session) == [Entity("DeepSeek", "lab", "blue", "new", aliases=("Deepseek",))]


def test_an_alias_means_one_entity(session):
    add_entity(session, Entity("DeepSeek", aliases=("deep seek",)))
    record(session, "Mistral")
    for alias in ("Deep Seek", "DeepSeek", "deepseek", "DEEPSEEK"):
        with pytest.raises(Conflict):
            add_entity(session, Entity("Mistral", aliases=(alias,)))
    with pytest.raises(Conflict, match="is recorded as an alias of DeepSeek"):
        record(session, "Deep seek")
    assert find_entity(session, "DEEP SEEK") == "DeepSeek"


def test_parents(session):
    record(session, "DeepSeek", "Owner")
    given = Entity("R1", "model", "blue", parents=(Parent("DeepSeek"), Parent.parse("Owner@2024-01-01/")))
    assert add_entity(session, given)
    assert not add_entity(session, given)
    assert entities(session)[-1] == given
    assert children(session, "DeepSeek") == ["R1"]
    with pytest.raises(UnknownName):
        add_entity(session, Entity("R1", parents=(Parent("Nobody"),)))
    with pytest.raises(Conflict, match="its own parent"):
        add_entity(session, Entity("R1", parents=(Parent("R1"),)))
