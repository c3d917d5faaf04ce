from datetime import date

import pandas as pd
import pytest

from importers.databases import load, made
from tracker.frames import COLUMNS
from tracker.query import shares
from tracker.store.engine import reading
from tracker.store.shares import Selection, markets_of

HEAD = "market,entity,period,share,role,url,publisher,citation_kind,source,source_title,counted,whole,kind,hue,status\n"
ROWS = HEAD + (
    "poe/a,R1,~2025-02-15,7,,https://a.org,A,secondary,poe,Poe,messages,open,model,blue,P\n"
    "poe/a,R1,~2025-02-15,7,report,https://b.org,B,secondary,,,,,,,\n"
    "poe/a,R1,~2025-02-15,8,report,https://c.org,C,secondary,,,,,,,\n"
    "poe/a,R1,2025-04,<1,,https://poe.com,Poe,primary,,,,,,,\n"
    "poe/b,V3,2025-04,3.0,,https://a.org,A,secondary,poe,,tokens,closed,model,teal,\n"
    "poe/b,V3,2025-04,3.0,report,https://poe.com,Poe,primary,,,,,,,\n"
)


@pytest.fixture
def session(tmp_path):
    path = made(tmp_path)
    load(path, ROWS)
    with reading(path) as session:
        yield session


def test_one_row_an_observation_by_market_entity_and_date(session):
    frame = shares(session, Selection())
    assert list(frame.columns) == list(COLUMNS)
    found = frame[
        ["market", "counted", "entity", "hue", "period", "printed", "share", "qualifier", "lowest", "highest"]
    ]
    assert found.astype(object).where(found.notna(), None).values.tolist() == [
        ["poe/a", "messages", "R1", "blue", "~2025-02-15", "7", 7.0, None, 6.5, 7.5],
        ["poe/a", "messages", "R1", "blue", "2025-04", "<1", None, "<", 0.0, 1.0],
        ["poe/b", "tokens", "V3", "teal", "2025-04", "3.0", 3.0, None, 2.95, 3.05],
    ]


def test_days_are_days_and_vague_ones_reach_further(session):
    first = shares(session, Selection()).iloc[0]
    days = ["period_start", "period_end", "earliest", "latest"]
    assert first[days].tolist() == [
        pd.Timestamp(day) for day in ("2025-02-15", "2025-02-15", "2025-02-10", "2025-02-20")
    ]
    assert (first["precision"], first["status"], first["source"], first["credit"]) == ("approx", "P", "Poe", "Poe")


def test_those_who_retell_it_are_named_unless_the_source_itself_is_cited(session):
    frame = shares(session, Selection())
    assert frame["reported_by"].astype(object).where(frame["reported_by"].notna(), None).tolist() == [
        "A; B",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Selection(markets=["poe/b"]), [("V3", "2025-04")]),
        (Selection(entities=["R1"]), [("R1", "~2025-02-15"), ("R1", "2025-04")]),
        (Selection(markets=["poe/b"], entities=["R1"]), []),
        (Selection(start=date(2025, 2, 16)), [("R1", "2025-04"), ("V3", "2025-04")]),
        (Selection(end=date(2025, 4, 29)), [("R1", "~2025-02-15")]),
        (Selection(entities=["x' OR 1 = 1 --"]), []),
    ],
)
def test_a_selection(session, wanted, found):
    frame = shares(session, wanted)
    assert list(zip(frame["entity"], frame["period"], strict=True)) == found
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == COLUMNS


def test_markets_of_an_entity(session):
    assert markets_of(session, ["V3", "R1"]) == ["poe/a", "poe/b"]
    assert markets_of(session, ["V3"]) == ["poe/b"]
