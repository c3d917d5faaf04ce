"""Each branch of what an input would change, with no database."""

from datetime import date

import pytest

from tracker.errors import Problem
from tracker.store.plan import Change, Entry, Plan, Standing
from tracker.store.planning import Deciding, plan
from tracker.values import Citation, Observation, Period, Share

PAGE = Citation("https://press.org", "Trends", kind="secondary")
OTHER = Citation("https://other.org", kind="secondary")
ITSELF = Citation("https://poe.com", kind="primary")
KEY = ("poe/a", "R1", "2025-02")


def entry(share="7", line=2, citation=PAGE, *, is_report=False, period="2025-02", **more):
    told = Observation("poe/a", "R1", Period.parse(period), Share.parse(share), citation, **more)
    return Entry(line, told, is_report)


def stands(share="7", citation=PAGE, line=0, status="A", sample_size=None, note=None):
    return Standing(Share.parse(share), status, sample_size, note, citation, line)


RECORDED = {KEY: stands()}


def test_new():
    assert plan([entry()], {}, {}) == Plan(added=[entry()])


def test_the_same_again():
    made = plan([entry()], RECORDED, {})
    assert made == Plan(same=[entry()])
    assert not made.changes


def test_the_same_with_less_of_the_citation():
    bare = entry(citation=Citation("https://press.org"))
    assert plan([bare], RECORDED, {}) == Plan(same=[bare])


def test_the_same_from_another_page_is_a_report_once():
    report = entry(citation=OTHER)._replace(is_report=True)
    assert plan([entry(citation=OTHER)], RECORDED, {}) == Plan(reported=[report])
    known = {(KEY, OTHER): Share.parse("7")}
    assert plan([entry(citation=OTHER)], RECORDED, known) == Plan(same=[entry(citation=OTHER)])


@pytest.mark.parametrize(
    "different", [entry("8"), entry("7.0"), entry("~7"), entry(status="P"), entry(note="estimate")]
)
def test_a_difference_is_refused_revised_or_skipped(different):
    change = Change(different, stands())
    assert plan([different], RECORDED, {}) == Plan(conflicts=[change])
    assert plan([different], RECORDED, {}, Deciding("refuse")) == Plan(conflicts=[change])
    assert plan([different], RECORDED, {}, Deciding("revise")) == Plan(revised=[change])
    assert plan([different], RECORDED, {}, Deciding("skip")) == Plan(skipped=[change])


@pytest.mark.parametrize("on_change", ["refuse", "skip", "compete", "revise"])
@pytest.mark.parametrize("restated", [(), ("poe/a",)])
def test_the_source_itself_prevails_over_a_retelling_which_is_kept_beside_it(on_change, restated):
    change = Change(entry("8", citation=ITSELF), stands())
    made = plan([entry("8", citation=ITSELF)], RECORDED, {}, Deciding(on_change, True, restated))
    kept = [] if on_change == "revise" else [change]
    assert made == Plan(revised=[change], outranked=kept, displaced=kept)
    assert made.pages == len(kept)


def test_a_page_that_the_source_was_said_to_retell_is_revised_and_not_its_own_rival():
    told = entry("8", citation=Citation(PAGE.url, kind="primary"))
    change = Change(told, stands())
    made = plan([told], RECORDED, {}, Deciding(primary_prevails=True))
    assert made == Plan(revised=[change], outranked=[change])


@pytest.mark.parametrize(
    ("recorded", "given"),
    [
        (ITSELF, Citation("https://poe.com/2", kind="primary")),
        (PAGE, OTHER),
        (PAGE, Citation("https://a.org")),
    ],
)
def test_nothing_else_prevails(recorded, given):
    before = stands(citation=recorded)
    made = plan([entry("8", citation=given)], {KEY: before}, {}, Deciding(primary_prevails=True))
    assert made == Plan(conflicts=[Change(entry("8", citation=given), before)])


def test_a_retelling_that_differs_from_the_source_itself_competes_with_it():
    before = {KEY: stands(citation=ITSELF)}
    told = entry("8", citation=PAGE)
    prevails = Deciding(primary_prevails=True)
    beside = [Change(told, before[KEY])]  # and that is said
    assert plan([told], before, {}, prevails) == Plan(reported=[told._replace(is_report=True)], beside=beside)
    assert plan([told], before, {(KEY, PAGE): Share.parse("8")}, prevails).changes is False
    assert plan([told], before, {}) == Plan(conflicts=[Change(told, before[KEY])])


@pytest.mark.parametrize("rule", ["latest", "first"])
def test_under_another_rule_the_source_itself_does_not_prevail(rule):
    deciding = Deciding(primary_prevails=True, rules={"poe/a": rule})
    told = entry("8", citation=ITSELF)
    assert plan([told], RECORDED, {}, deciding) == Plan(conflicts=[Change(told, stands())])
    retold = entry("8", citation=PAGE)
    before = stands(citation=ITSELF)
    assert plan([retold], {KEY: before}, {}, deciding) == Plan(conflicts=[Change(retold, before)])


def test_it_prevails_only_where_that_is_wanted():
    assert plan([entry("8", citation=ITSELF)], RECORDED, {}).revised == []


def test_a_repeated_line_is_a_duplicate():
    made = plan([entry(line=2), entry(line=5)], {}, {})
    before = stands(line=2)
    assert made == Plan(added=[entry(line=2)], same=[entry(line=5)], duplicates=[Change(entry(line=5), before)])


@pytest.mark.parametrize("on_change", ["refuse", "revise", "skip", "compete"])
@pytest.mark.parametrize("recorded", [{}, RECORDED, {KEY: stands("8")}, {KEY: stands("9")}])
def test_an_input_that_contradicts_itself_is_refused_whatever_is_recorded(recorded, on_change):
    made = plan([entry("7", line=2), entry("8", line=5)], recorded, {}, Deciding(on_change, primary_prevails=True))
    assert made.problems == [
        Problem(5, "share", "8", "contradicts line 2, R1 in poe/a, 2025-02: share 7% on line 2, 8% is given"),
    ]


def test_a_note_that_speaks_of_a_record_is_shown_as_it_is():
    made = plan([entry(note="is recorded there", line=2), entry(note="b", line=3)], {}, {})
    assert made.problems == [
        Problem(
            3,
            "share",
            "7",
            "contradicts line 2, R1 in poe/a, 2025-02: note: 'is recorded there' on line 2, 'b' is given",
        )
    ]


def test_a_report_needs_an_observation():
    made = plan([entry(is_report=True)], {}, {})
    assert [problem.message for problem in made.problems] == [
        "reports on an observation that is neither here nor recorded"
    ]


def test_a_report_may_come_before_its_observation_and_differ_from_it():
    report = entry("8", line=2, citation=OTHER, is_report=True)
    assert plan([report, entry(line=3)], {}, {}) == Plan(added=[entry(line=3)], reported=[report])


def test_the_same_report_again():
    report = entry("8", citation=OTHER, is_report=True)
    assert plan([report], RECORDED, {(KEY, OTHER): Share.parse("8")}) == Plan(same=[report])
    assert plan([report, report], RECORDED, {}) == Plan(reported=[report], same=[report])


@pytest.mark.parametrize("citation", [PAGE, OTHER])
def test_one_citation_cannot_say_two_things(citation):
    report = entry("8", citation=citation, is_report=True)
    made = plan([report], RECORDED, {(KEY, OTHER): Share.parse("7")})
    assert made == Plan(problems=[Problem(2, "share", "8", "this citation is recorded already, saying 7%")])


def test_the_citation_of_the_observation_needs_no_report():
    report = entry(is_report=True)
    assert plan([report], RECORDED, {}) == Plan(same=[report])


def test_other_periods_do_not_matter():
    assert plan([entry("8", period="2025-03")], RECORDED, {}) == Plan(added=[entry("8", period="2025-03")])


def published(url, day, kind="secondary"):
    return Citation(url, published=date.fromisoformat(day), kind=kind)


EARLY, LATE = published("https://early.org", "2025-03-01"), published("https://late.org", "2025-04-01")
DATED = published("https://poe.com", "2025-02-01", "primary")


@pytest.mark.parametrize(
    ("rule", "recorded", "given", "wins"),
    [
        ("primary", EARLY, LATE, True),
        ("primary", LATE, EARLY, False),
        ("primary", LATE, DATED, True),
        ("primary", DATED, LATE, False),
        ("primary", PAGE, OTHER, False),
        ("primary", PAGE, EARLY, True),
        ("latest", DATED, LATE, True),
        ("latest", LATE, DATED, False),
        ("latest", EARLY, OTHER, False),
        ("first", EARLY, LATE, False),
        ("first", PAGE, DATED, False),
    ],
)
def test_of_two_pages_that_compete_one_stands_by_the_rule(rule, recorded, given, wins):
    before, told = stands(citation=recorded), entry("8", citation=given)
    made = plan([told], {KEY: before}, {}, Deciding("compete", rules={"poe/a": rule}))
    change = Change(told, before)
    if wins:
        assert made == Plan(revised=[change], displaced=[change])
    else:
        assert made == Plan(reported=[told._replace(is_report=True)], beside=[change])
    assert made.pages == 1


def test_a_rule_is_that_of_the_market():
    deciding = Deciding("compete", rules={"poe/b": "first"})
    assert plan([entry("8", citation=LATE)], {KEY: stands(citation=EARLY)}, {}, deciding).displaced != []


@pytest.mark.parametrize("on_change", ["refuse", "skip", "compete"])
def test_what_stands_beside_is_known(on_change):
    told = entry("8", citation=OTHER)
    assert plan([told], RECORDED, {(KEY, OTHER): Share.parse("8")}, Deciding(on_change)) == Plan(same=[told])


def test_what_stands_beside_can_be_revised_to_stand():
    told = entry("8", citation=OTHER)
    made = plan([told], RECORDED, {(KEY, OTHER): Share.parse("8")}, Deciding("revise"))
    assert made == Plan(revised=[Change(told, stands())])


def test_a_page_that_says_otherwise_than_before_does_not_compete_with_itself():
    told = entry("8", citation=Citation(PAGE.url, "Trends, updated"))
    assert plan([told], RECORDED, {}, Deciding("compete")) == Plan(conflicts=[Change(told, stands())])
    beside = entry("9", citation=OTHER)
    made = plan([beside], RECORDED, {(KEY, Citation(OTHER.url)): Share.parse("8")}, Deciding("compete"))
    assert [problem.message for problem in made.problems] == ["this citation is recorded already, saying 8%"]


@pytest.mark.parametrize("told", [entry("7.0", citation=OTHER), entry("7", citation=OTHER, note="n", status="P")])
def test_what_is_the_same_but_for_its_decimals_and_remarks_supports(told):
    assert plan([told], RECORDED, {}, Deciding("compete")) == Plan(reported=[told._replace(is_report=True)])


def test_an_input_may_bring_what_it_displaces_itself():
    told = entry("8", line=3, citation=ITSELF)
    given = [entry("7", line=2, is_report=True), told]
    made = plan(given, RECORDED, {}, Deciding(primary_prevails=True))
    change = Change(told, stands())
    assert made == Plan(revised=[change], outranked=[change], displaced=[change], same=[given[0]])


def test_what_was_planned_from_is_not_changed():
    recorded, reports = dict(RECORDED), {}
    plan([entry("8"), entry("8", citation=OTHER, is_report=True)], recorded, reports, Deciding("revise"))
    assert (recorded, reports) == (RECORDED, {})
