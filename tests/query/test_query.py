from datetime import date

import pandas as pd
import pytest

from importers.databases import load, made
from tracker.analysis.rollup_words import notes
from tracker.errors import Conflict, UnknownName
from tracker.frames import COLUMNS
from tracker.query import rolled_up, shares
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


FAMILY = HEAD.replace("status\n", "status,parents\n") + (
    "poe/a,R1,2025-02,7,,https://a.org,A,secondary,poe,Poe,messages,open,model,blue,P,Lab\n"
    "poe/a,V3,2025-02,2.5,,https://b.org,B,secondary,,,,,model,teal,,Lab\n"
    "poe/a,V3,2025-02,2.5,report,https://c.org,C,secondary,,,,,,,,\n"
    "poe/a,R1,2025-03,6,,https://poe.com,Poe,primary,,,,,,,,\n"
    "poe/a,Other,2025-03,50,,https://poe.com,Poe,primary,,,,,residual,grey,,\n"
    "poe/a,Lab,2025-04,9,,https://poe.com,Poe,primary,,,,,lab,plum,,\n"
    "poe/b,R1,2025-03,7,,https://poe.com,Poe,primary,poe,Poe,firms,overlapping,,,,\n"
)


@pytest.fixture
def family(tmp_path):
    path = made(tmp_path)
    load(path, FAMILY)
    with reading(path) as session:
        yield session


def plain(frame, *names):
    return frame[list(names)].astype(object).where(frame[list(names)].notna(), None).values.tolist()


def test_shares_are_added_up_to_a_level(family):
    frame = shares(family, Selection(), level="lab")
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == COLUMNS
    assert plain(frame, "entity", "kind", "hue", "period", "printed", "lowest", "highest", "parts", "missing") == [
        ["Lab", "lab", "plum", "2025-02", "9.5", 8.95, 10.05, "R1 7%; V3 2.5%", None],
        ["Lab", "lab", "plum", "2025-03", "6", 5.5, 6.5, "R1 6%", "V3"],
        ["Lab", "lab", "plum", "2025-04", "9", 8.5, 9.5, None, None],
        ["Other", "residual", "grey", "2025-03", "50", 49.5, 50.5, None, None],
    ]
    assert frame["level"].tolist() == ["lab"] * 4
    assert plain(frame[:1], "status", "url", "citation_kind", "reported_by") == [
        ["P", "https://a.org; https://b.org", "secondary", "A; B; C"]
    ]
    assert frame.attrs == {}
    assert notes(rolled_up(family, Selection(), "lab").made) == (
        "Left out, for overlapping shares and indices are never added up: poe/b.",
        "Under no lab: Other.",
        "poe/a: Lab itself is reported in 2025-04, and is a sum of its parts else.",
        "poe/a: missing from Lab, which is the sum of its other parts: V3 (2025-03).",
    )


def test_without_a_level_nothing_is_said_of_sums(family):
    frame = shares(family, Selection())
    assert frame[["level", "parts", "missing"]].isna().all(axis=None)
    assert frame.attrs == {}


def test_a_lab_is_chosen_after_its_parts_were_added(family):
    wanted = Selection(markets=["poe/a"], entities=["Lab"], end=date(2025, 3, 31))
    assert shares(family, wanted, level="lab")["printed"].tolist() == ["9.5", "6"]
    assert shares(family, Selection(entities=["Other"]), level="lab")["printed"].tolist() == ["50"]
    assert shares(family, Selection(entities=["R1"]), level="model")["printed"].tolist() == ["7", "6", "7"]
    with pytest.raises(UnknownName, match="R1 counts for Lab at the level of labs"):
        shares(family, Selection(entities=["R1"]), level="lab")


def test_the_sum_says_which_observations_it_is_made_of(family):
    rolled = rolled_up(family, Selection(markets=["poe/a"]), "lab")
    assert [one.entity for one in rolled.parts(rolled.made.rows[0])] == ["R1", "V3"]


def test_a_market_that_is_asked_for_is_not_left_out_in_silence(family):
    with pytest.raises(Conflict, match="poe/b: its shares are not added up"):
        shares(family, Selection(markets=["poe/b"]), level="lab")
