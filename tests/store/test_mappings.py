import pytest

from store.stored import stored
from tracker.errors import Conflict, InvalidValue
from tracker.importers.asked import Asked
from tracker.store.engine import reading, writing
from tracker.store.mappings import find_mapping, mappings, save_mapping
from tracker.store.migrate import create

POLLS = Asked(decimal=",", columns={"entity": ("Party",), "date": ("From",)}, only={"Region": ("DE", "FR")})


@pytest.fixture
def path(tmp_path):
    create(tmp_path / "tracker.db")
    return tmp_path / "tracker.db"


def save(path, name="polls", importer="table", asked=POLLS, **more):
    with writing(path) as session:
        return save_mapping(session, name, importer, asked.to_json(), **more)


def test_what_is_saved_is_found_again(path):
    assert save(path, " polls ")
    assert save(path, "Ergebnisse aus Türkiye")
    with reading(path) as session:
        found = find_mapping(session, "polls")
        assert (found.name, found.importer, len(found.recorded_at)) == ("polls", "table", 27)
        assert Asked.from_json(found.asked) == POLLS
        assert find_mapping(session, "poll") is None
        assert [one.name for one in mappings(session)] == ["Ergebnisse aus Türkiye", "polls"]


def test_the_same_again_changes_nothing(path):
    save(path)
    before = stored(path)
    assert not save(path)
    assert stored(path) == before


def test_another_of_the_same_name(path):
    save(path)
    before = stored(path)
    with pytest.raises(Conflict, match=r"another mapping is saved as 'polls': table, .*\nChoose another name"):
        save(path, asked=Asked(decimal="."))
    assert stored(path) == before
    assert save(path, asked=Asked(decimal="."), replace=True)
    with reading(path) as session:
        assert Asked.from_json(find_mapping(session, "polls").asked) == Asked(decimal=".")


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_name_is_needed(path, name):
    with pytest.raises(InvalidValue, match="needs a name"):
        save(path, name)


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        POLLS,
        Asked(market="a/b", nulls=("x", '"'), keep_repeats=True, url="https://ä.org", sheet="1", thousands="\u202f"),
        Asked(progress=print, unit="percent"),
    ],
)
def test_what_was_said_goes_to_json_and_back(asked):
    assert Asked.from_json(asked.to_json()) == asked
    assert "progress" not in asked.to_json()


@pytest.mark.parametrize("text", ["", "[]", "7", '"x"', "{", '{"speed": 1}', '{"progress": 1}'])
def test_what_is_no_such_json(text):
    with pytest.raises(InvalidValue, match="cannot be read"):
        Asked.from_json(text)
