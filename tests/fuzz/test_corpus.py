"""Everything that fuzzing kept, through its target once more: what was found once is not lost again."""

from pathlib import Path

import pytest

from fuzz import targets
from fuzz.smaller import smaller
from fuzz.targets import TARGETS
from tracker.errors import InvalidValue
from tracker.importers.base import Parsed
from tracker.store.plan import Entry
from tracker.values import Citation, Observation, Period, Share

HERE = Path(__file__).resolve().parent
LARGEST = 300_000


def files(name):
    return sorted((HERE / "corpus" / name).iterdir())


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_a_refusal(name):
    for file in files(name):
        try:
            TARGETS[name](file.read_bytes())
        except Exception as error:
            raise AssertionError(f"{file.name}: {type(error).__name__}: {error}") from error


def test_each_target_has_a_corpus_and_words():
    for kind in ("corpus", "words"):
        assert {file.stem for file in (HERE / kind).iterdir()} == set(TARGETS)


def test_the_corpus_stays_small():
    assert sum(file.stat().st_size for name in TARGETS for file in files(name)) < LARGEST


def test_of_what_is_found_only_what_goes_a_new_way_is_kept():
    kept = smaller(TARGETS["period"], [b"2025"], [b"2026", b"~2026", b"~2025"])
    assert kept == [b"~2025"]


class Faulty:
    """An importer that fails, or that says what cannot be stored."""

    def __init__(self, fault):
        self.fault = fault

    def claims(self, table):
        return ""

    def read(self, table, asked):
        if isinstance(self.fault, Exception):
            raise self.fault
        told = Observation("x/y", self.fault, Period.parse("2025"), Share.parse("7"), Citation(title="T"))
        return Parsed([Entry(2, told)], notes=["read"])


@pytest.mark.parametrize(
    "fault", [KeyError("of"), InvalidValue("which file?"), "\ud800"], ids=["ours", "where", "half"]
)
def test_a_fault_leaves_a_target(monkeypatch, fault):
    monkeypatch.setitem(targets.KNOWN, "polls", Faulty(fault))
    with pytest.raises((KeyError, AssertionError, UnicodeEncodeError)):
        targets.of_importer("polls")(b"f.csv\nDate,A\n2025,7\n")
