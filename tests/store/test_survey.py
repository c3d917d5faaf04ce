"""Where figures stand that fail where a claim puts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claiming import asked, load, looked, made, take, written
from strategies import shares
from tracker.analysis.claim import sentence
from tracker.analysis.claim.spans import supports
from tracker.starter import FACTS
from tracker.store.engine import reading, writing
from tracker.store.migrate import create
from tracker.store.survey import NEAREST, SHOWN
from tracker.values import Share

R1 = "poe/text-messages", "DeepSeek R1"


@pytest.fixture(scope="module")
def starter(tmp_path_factory, engine):
    path = tmp_path_factory.mktemp("starter") / "tracker.db"
    create(path)
    load(path, FACTS)
    with reading(path) as session:
        yield session


def said(found):
    return [sentence(place) for place in found.places]


def test_what_stands_in_another_market(starter):
    _, around = looked(starter, *R1, asked(None, "2025-04", share="12.2"))
    assert said(around.singles[0]) == [
        "12.2 is DeepSeek R1's share of Poe's reasoning messages (poe/reasoning-messages, ~2025-05-15)"
    ]
    assert [one.printed for one in around.nearest[0]] == [
        "12% (2025-01-01/2025-05-31)",
        "9.4% (2025-01-01/2025-05-31)",
        "7% (~2025-02-15)",
    ]
    assert around.pair is None


def test_what_stands_nowhere(starter):
    judged, around = looked(starter, *R1, asked("2025-02", "2025-04", before="50", after="3"))
    assert judged.verdict == "contradicted"
    assert (around.pair.places, around.pair.series) == ((), 0)
    assert [(found.claimed, found.series) for found in around.singles] == [((Share.parse("50"),), 0)]


def test_pairs_of_another_series(starter):
    _, around = looked(
        starter, "semianalysis/app-users", "DeepSeek", asked("2025-01", "2025-05", before="7", after="3")
    )
    assert said(around.pair) == [
        "7 to 3 is DeepSeek R1's share of Poe's text messages (poe/text-messages, ~2025-02-15 to ~2025-04-30)"
    ]


def test_nothing_is_looked_for_where_all_stands(starter):
    _, around = looked(starter, *R1, asked("2025-02", "2025-04", before="7", after="3", points="-4"))
    assert (around.pair, around.singles) == (None, ())
    assert [len(nearest) for nearest in around.nearest] == [NEAREST, NEAREST, 0]


def test_a_bound_is_not_looked_for(starter):
    _, around = looked(starter, *R1, asked(None, "2025-04", share="<2"))
    assert (around.nearest, around.singles) == (((),), ())


def test_one_place_a_series_in_the_order_of_nearness(tmp_path):
    rows = [f"{slug}/users,{name},{year},7,https://e.org,{slug},users,open," for slug in ("lab", "poll")
            for name in ("Alpha", "Beta", "Gamma") for year in range(2020, 2025)]  # fmt: skip
    rows.append("lab/visits,Alpha,2023,7.1,https://e.org,lab,visits,open,")
    rows.append("lab/users,Alpha,2025,9,https://e.org,lab,users,open,")
    with reading(made(tmp_path / "t.db", rows)) as session:
        _, around = looked(session, "lab/users", "Alpha", asked("2025", None, share="7"))
    (found,) = around.singles
    assert [(place[0].whole.market, place[0].entity, str(place[0].period)) for place in found.places] == [
        ("lab/users", "Alpha", "2024"),
        ("poll/users", "Alpha", "2024"),
        ("lab/visits", "Alpha", "2023"),
        ("lab/users", "Beta", "2024"),
        ("lab/users", "Gamma", "2024"),
    ]
    assert (len(found.places), found.series, found.more) == (SHOWN, 7, 2)


def test_a_pair_is_in_its_order_and_nearest_to_when_it_is_claimed(tmp_path):
    shares_ = ["7", "3", "7", "5", "3", "3"]
    rows = [f"lab/users,Alpha,202{year},{share},https://e.org,lab,users,open," for year, share in enumerate(shares_)]
    rows.append("lab/users,Beta,2020,3,https://e.org,lab,users,open,")
    rows.append("lab/users,Beta,2021,7,https://e.org,lab,users,open,")
    with reading(made(tmp_path / "t.db", rows)) as session:
        _, around = looked(session, "lab/users", "Beta", asked("2022", "2025", before="7", after="3"))
    assert said(around.pair) == ["7 to 3 is Alpha's share of lab's users (lab/users, 2022 to 2025)"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory, engine):
    path = tmp_path_factory.mktemp("empty") / "tracker.db"
    create(path)
    return path


numbers = shares().filter(lambda share: share.value is not None)


@given(st.lists(shares(), max_size=7), numbers, st.integers(0, 6))
def test_what_is_found_is_what_bears_the_figure_out(empty, further, number, places):
    stored = [number, *further]
    claimed = Share.parse(f"{number.value:.{places}f}")
    rows = [f"a/b,E{place},2025,{share},https://e.org,a,users,overlapping," for place, share in enumerate(stored)]
    with writing(empty, dry_run=True) as session:
        take(session, written(empty.with_suffix(".csv"), rows))
        _, around = looked(session, "a/b", "E0", asked(None, "2024", share=str(claimed)))
    assert around.singles[0].series == sum(supports(share, claimed) for share in stored)
