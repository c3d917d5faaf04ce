"""Stored figures for claims: read with all that is said of them."""

import pytest

from claiming import asked, load, looked, made, written
from tracker.starter import FACTS
from tracker.store.engine import reading
from tracker.store.figures import readings_of, whole_of
from tracker.store.migrate import create

R1 = "poe/text-messages", "DeepSeek R1"


@pytest.fixture(scope="module")
def starter(tmp_path_factory):
    path = tmp_path_factory.mktemp("starter") / "tracker.db"
    create(path)
    load(path, FACTS)
    with reading(path) as session:
        yield session


def test_a_series_with_what_other_pages_say(starter):
    first, last = readings_of(starter, *R1)
    assert [first.printed, last.printed] == ["7% (~2025-02-15)", "3% (~2025-04-30)"]
    assert [told.citation.publisher for told in first.others(agreeing=True)] == ["Rivista.ai", "Redcensor"]
    assert first.others(agreeing=False) == ()
    (may,) = readings_of(starter, "semianalysis/app-users", "DeepSeek")[1:]
    assert [str(told.share) for told in may.others(agreeing=False)] == ["~4.5"]
    assert readings_of(starter, *R1, whole=False)[0].tellings == ()
    assert readings_of(starter, "poe/text-messages", "Nobody") == []


def test_the_whole_is_said(starter):
    assert str(whole_of(starter, "poe/text-messages")) == (
        "poe/text-messages: % of text messages (Poe (Quora) platform), open, as Poe has it"
    )


def test_what_stood_earlier(tmp_path):
    path = made(tmp_path / "t.db", ["lab/users,Alpha,2025,82.69,https://e.org,lab,users,open,"])
    later = written(tmp_path / "later.csv", ["lab/users,Alpha,2025,82.65,https://e.org,lab,users,open,"])
    load(path, later, "restated", on_change="revise")
    with reading(path) as session:
        judged, _ = looked(session, "lab/users", "Alpha", asked(None, "2025", share="82.69"))
    assert judged.verdict == "contradicted"
    (note,) = judged.figures[0].notes
    assert note.startswith("82.69% stood here for 2025 until 20")
