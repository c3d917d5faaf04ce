"""Kept claims whose verdict is no longer what it was."""

import pytest

from checks.watching import checked
from claiming import asked
from importers.databases import load, made
from tracker.store.claims import drop, keep_claim
from tracker.store.engine import writing

HEADER = "market,entity,period,share,url,citation_kind,source,counted,whole"


def table(*shares):
    """Our own long CSV: monthly shares of one entity; the source itself says so."""
    rows = [
        f"s/m,A,2025-0{month},{share},https://s.org/,primary,s,things,open" for month, share in enumerate(shares, 1)
    ]
    return "\n".join([HEADER, *rows]) + "\n"


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, table("7", "3"))
    with writing(path) as session:
        question = asked("2025-01", "2025-02", before="7", after="3", points="-4")
        keep_claim(session, "A fell from 7% to 3%", "s/m", "A", question, "supported")
        keep_claim(session, "A had 9%", "s/m", "A", asked("2025-01", None, share="9"), "contradicted")
    return path


def restate(path, *shares):
    with writing(path) as session:
        for month, share in enumerate(shares, 1):
            session.run(
                "UPDATE observation SET share = :share WHERE period_id = (SELECT id FROM period WHERE label = :label)",
                share=share,
                label=f"2025-0{month}",
            )


def test_silent_where_the_verdicts_stand(path):
    assert checked(path, "claims") == []


def test_a_changed_verdict_is_found_with_the_command_that_shows_it(path):
    restate(path, 7, 5)
    (found,) = checked(path, "claims")
    assert (found.market, found.entity, found.period, found.batch) == ("s/m", "A", "", 1)
    assert found.message == (
        "claim 1, 'A fell from 7% to 3%': supported when it was kept, contradicted now;"
        " 5% is stored for 2025-02, which can be 4.5 to 5.5"
    )
    assert found.remedy == "tracker claim --again 1"
    assert checked(path, "claims", markets=("s/other",)) == []


def test_also_where_it_has_become_true(path):
    restate(path, 9, 3)
    assert [found.message.partition(";")[0] for found in checked(path, "claims")] == [
        "claim 1, 'A fell from 7% to 3%': supported when it was kept, contradicted now",
        "claim 2, 'A had 9%': contradicted when it was kept, supported now",
    ]


def test_also_where_a_share_is_withdrawn(path):
    with writing(path) as session:
        session.run("DELETE FROM observation")
    (first, _) = checked(path, "claims")
    assert first.message.endswith("cannot tell now; nothing is stored of this entity in this market")


def test_a_dropped_claim_is_left_alone(path):
    restate(path, 7, 5)
    with writing(path) as session:
        drop(session, 1)
    assert checked(path, "claims") == []
