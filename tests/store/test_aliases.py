import pytest

from tracker.errors import Conflict, UnknownName
from tracker.store.aliases import Alias, add_aliases, aliases, remove_aliases
from tracker.store.batches import Batch
from tracker.store.engine import writing
from tracker.store.entities import add_entity, entities, find_entity, match, names
from tracker.store.identity import find_id, merged, name_of, roots
from tracker.store.merges import merge
from tracker.store.migrate import create
from tracker.values import Entity


@pytest.fixture
def session(tmp_path):
    create(tmp_path / "tracker.db")
    with writing(tmp_path / "tracker.db") as session:
        for name in ("Ada", "Bert", "Cleo"):
            add_entity(session, Entity(name, "model"))
        yield session


def said(session):
    return [(one.entity, one.alias) for one in aliases(session)]


def join(session, one, other):
    return merge(session, one, other, Batch("merge", "0", reason="one")).batch


def test_aliases_are_added_once_in_any_case(session):
    assert add_aliases(session, "Ada", ["A d a", "a D A", "lovelace"]) == ["A d a", "lovelace"]
    assert add_aliases(session, "Ada", ["LOVELACE", "Ada"]) == []
    assert said(session) == [("Ada", "A d a"), ("Ada", "lovelace")]
    assert find_entity(session, " Lovelace ") == "Ada"


def test_every_alias_that_means_another_is_named(session):
    add_aliases(session, "Bert", ["Bertie"])
    with pytest.raises(Conflict) as refused:
        add_aliases(session, "Ada", ["fine", "BERTIE", "Cleo", "cleo", " "])
    assert refused.value.message.splitlines() == [
        "the alias 'BERTIE' belongs to Bert already",
        "the alias 'Cleo' is the name of another entity, Cleo",
        "the alias 'cleo' is the name of another entity, Cleo",
        "an alias is empty",
    ]
    assert "To take it from Bert: tracker alias remove BERTIE" in refused.value.hint


def test_a_removed_alias_is_closed_and_free_again(session):
    add_aliases(session, "Ada", ["lovelace"])
    (known,) = aliases(session)
    assert remove_aliases(session, ["LoveLace", "lovelace"]) == [known]
    assert (said(session), find_entity(session, "lovelace")) == ([], None)
    assert add_aliases(session, "Bert", ["Lovelace"]) == ["Lovelace"]
    rows = session.rows("SELECT name, known_from < known_to, known_to IS NULL FROM alias ORDER BY id")
    assert rows == [("lovelace", 1, 0), ("Lovelace", None, 1)]


def test_all_that_cannot_be_removed_is_named(session):
    add_aliases(session, "Ada", ["lovelace", "ada"])
    number = join(session, "Cleo", "Bert")
    with pytest.raises(UnknownName) as refused:
        remove_aliases(session, ["lovelaces", "Ada", "Cleo", "lovelace"])
    assert refused.value.message.splitlines() == [
        "there is no alias 'lovelaces'; near it: lovelace",
        "'Ada' is the name of an entity itself, not an alias",
        "'Cleo' is the name of an entity that was merged into Bert",
    ]
    assert f"tracker undo {number}" in refused.value.hint
    assert find_entity(session, "lovelace") == "Ada"


def test_names_go_through_any_number_of_merges(session):
    add_aliases(session, "Ada", ["lovelace"])
    first, second = join(session, "Ada", "Bert"), join(session, "Bert", "Cleo")
    for name in ("Ada", "lovelace", "LOVELACE", "Bert", "Cleo"):
        assert find_entity(session, name) == "Cleo"
    assert names(session) == ["Cleo"]
    assert entities(session)[0].aliases == ("Ada", "Bert", "lovelace")
    assert [(one.name, one.into, one.batch) for one in merged(session)] == [
        ("Ada", "Cleo", first),
        ("Bert", "Cleo", second),
    ]
    assert match(session, ["Ada", "Lovelace"]).known == {"Ada": "Cleo", "Lovelace": "Cleo"}
    keys = dict(session.rows("SELECT name, id FROM entity"))
    assert roots(session) == {keys["Ada"]: keys["Cleo"], keys["Bert"]: keys["Cleo"]}
    assert name_of(session, keys["Ada"]) == "Cleo"


def test_names_that_go_in_a_circle_are_found_all_the_same(session):
    join(session, "Ada", "Bert")
    session.run(
        "INSERT INTO entity_merge (entity_id, batch_id, into_id) SELECT into_id, batch_id, entity_id FROM entity_merge"
    )
    assert {find_id(session, "Ada"), find_id(session, "Bert")} <= {1, 2}


def test_a_name_for_a_merged_entity_goes_to_that_one(session):
    number = join(session, "Ada", "Bert")
    assert add_aliases(session, "Bert", ["Ada"]) == []
    assert add_aliases(session, "Bert", ["ADA"]) == ["ADA"]
    assert session.rows("SELECT entity.name FROM alias JOIN entity ON entity.id = entity_id") == [("Ada",)]
    assert said(session) == [("Bert", "ADA"), ("Bert", "Ada")]
    assert Alias("Bert", "Ada", aliases(session)[1].known_from, number) in aliases(session)


def test_what_an_input_says_again_of_a_merged_entity_is_no_news(session):
    add_entity(session, Entity("Dora", "model", aliases=("dd",), note="n"))
    join(session, "Dora", "Ada")
    assert not add_entity(session, Entity("Ada", aliases=("Dora", "DD")))
