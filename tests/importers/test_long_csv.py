from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.databases import ask, load, made, parse
from strategies import odd_texts
from tracker.errors import Problem, RejectedInput
from tracker.importers.base import Parsed
from tracker.importers.descriptions import join, split
from tracker.importers.long_csv import COLUMNS
from tracker.importers.policy import Policy
from tracker.store.plan import Entry
from tracker.values import Citation, Correction, Entity, Event, Market, Observation, Parent, Period, Share, Source

HEAD = "market,entity,period,share,url"
DESCRIBED = "market,entity,period,share,url,source,counted,whole"


def rows(*lines, head=HEAD):
    return "\n".join((head, *lines)) + "\n"


def problems(text):
    return [tuple(problem) for problem in parse(text).problems]


def test_every_column():
    values = {
        "market": "poe/a", "entity": "R1", "period": "~2025-02-15", "share": "7", "low": "6.5", "high": "8",
        "status": "P", "sample_size": "2502", "note": "n", "url": "https://a.org", "title": "T", "publisher": "P",
        "published": "2025-05-13", "place": "table 1", "quote": "seven", "via": "V", "citation_kind": "secondary",
        "source": "poe", "source_title": "Poe", "producer": "Quora", "source_url": "https://poe.com",
        "licence": "L", "licence_url": "https://l.org", "credit": "C", "may_redistribute": "no", "revises": "window",
        "source_note": "sn",
        "counted": "messages", "whole": "open", "population": "p", "region": "r", "platform": "pl",
        "frequency": "monthly",
        "market_note": "mn", "kind": "model", "hue": "blue", "entity_note": "en", "aliases": r"r1; R\;1",
        "parents": "DeepSeek; Owner@2024-01-01/", "period_start": "2025-02-15", "period_end": "2025-02-15",
        "precision": "approx", "decimals": "0", "known_from": "2025-01-01T00:00:00.000000Z",
        "printed_share": "70", "printed_low": "65", "printed_high": "80", "printed_status": "A",
        "correction": "override", "correction_reason": "a slip", "upstream": "reported",
        "upstream_url": "https://bugs.org",
    }  # fmt: skip
    assert set(COLUMNS) - set(values) == {"role", "printed_period", "tags"}
    assert parse(rows(",".join(values.values()), head=",".join(values))) == Parsed(
        [
            Entry(
                2,
                Observation(
                    "poe/a",
                    "R1",
                    Period.parse("~2025-02-15"),
                    Share(70.0, 65.0, 80.0, None, 0),
                    Citation("https://a.org", "T", "P", date(2025, 5, 13), "table 1", "seven", "V", "secondary"),
                    "A",
                    2502,
                    "n",
                    Correction(
                        "override", Share(7.0, 6.5, 8.0, None, 0), "P", "a slip", "reported", "https://bugs.org"
                    ),
                ),
            )
        ],
        [Source("poe", "Poe", "Quora", "https://poe.com", "L", "https://l.org", "C", False, "window", "sn")],
        [Market("poe/a", "poe", "messages", "open", "p", "r", "pl", "monthly", "mn")],
        [Entity("R1", "model", "blue", "en", ("r1", "R;1"), (Parent("DeepSeek"), Parent("Owner", date(2024, 1, 1))))],
    )


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        (
            "82,nothing,a slip,open",
            "correction",
            "'nothing' is no correction. It is one of drop, override, scale, flag.",
        ),
        ("82,override,,open", "correction", "the reason is empty"),
        (",override,a slip,open", "printed_share", "is empty; absent is not zero: leave the row out"),
        (
            "82,override,a slip,never",
            "correction",
            "'never' is no upstream status. It is one of open, reported, fixed.",
        ),
        ("x,override,a slip,open", "printed_share", "'x' is not a share in percent. Write"),
    ],
)
def test_a_correction_that_cannot_be_read(cells, column, message):
    head = f"{HEAD},printed_share,correction,correction_reason,upstream"
    (problem,) = parse(rows(f"poe/a,R1,2025-02,7,https://a.org,{cells}", head=head)).problems
    assert (problem.line, problem.column) == (2, column)
    assert problem.message.startswith(message)


def test_every_role():
    text = rows(
        "poe/a,R1,2025-02,7,,https://a.org,,,,,,",
        "poe/a,R1,2025-02,8,report,https://b.org,~2025-02,,,,,",
        ",,,,source,,,poe,,,,",
        "poe/b,,,,market,,,poe,messages,closed,,",
        ",V3,,,entity,,,,,,,",
        ",R1; V3,2025-01-20,,event,https://c.org,,,,,R1 released,release; big",
        head="market,entity,period,share,role,url,printed_period,source,counted,whole,title,tags",
    )
    parsed = parse(text)
    assert parsed.problems == []
    assert [(one.line, one.is_report, str(one.told.share), one.printed_period) for one in parsed.entries] == [
        (2, False, "7", None),
        (3, True, "8", "~2025-02"),
    ]
    assert (parsed.sources, parsed.markets, parsed.entities) == (
        [Source("poe", "poe")],
        [Market("poe/b", "poe", "messages", "closed")],
        [Entity("V3")],
    )
    day = Period.parse("2025-01-20")
    assert parsed.events == [Event(day, "R1 released", "https://c.org", None, ("R1", "V3"), ("release", "big"))]


def test_all_bad_rows_are_listed_with_line_and_column():
    text = rows(
        '"poe/a",R1,2025-02,7,https://a.org,,,,,',
        '"",,,,,,,,,',
        "poe/a,R1,2025-2,7%%,https://a.org,,,,,",
        "poe/a,R1,2025-02,101,https://a.org,X,,,,",
        "poe/a,R1,2025-02,7,https://a.org,X,,,,",
        "poe/a,R1,2025-02,7,,,,,,",
        '"poe/a","R1\n",2025-02,7,https://a.org,,0,,,',
        "poe/a,R1,2025-02,7,https://a.org,,1e3,,,",
        "poe/a,R1,2025-02",
        "poe/a,R1,2025-02,7,https://a.org,,,rapport,,",
        "poe/a,R1,2025-02,7,https://a.org,,,,13.05.2025,hearsay",
        head="market,entity,period,share,url,status,sample_size,role,published,citation_kind",
    )
    assert [(line, column) for line, column, _, _ in problems(text)] == [
        (4, "period"),
        (4, "share"),
        (5, "share"),
        (6, "status"),
        (7, "url"),
        (8, "sample_size"),
        (10, "sample_size"),
        (11, ""),
        (12, "role"),
        (13, "published"),
        (13, "citation_kind"),
    ]


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (
            "market,entity,period,share,publsher",
            [(2, "publsher", "is no column of this format; near it: publisher, published")],
        ),
        ("market,entity,period,share,share", [(2, "share", "stands twice")]),
        ("market,entity,share", [(2, "period", "is missing")]),
        ("market,entity,period,share,", [(2, "", "is no column of this format; near it: none")]),
    ],
)
def test_a_bad_header_is_refused_and_the_nearest_column_shown(head, found):
    with pytest.raises(RejectedInput, match="The columns are: market, entity, period, share, low") as refused:
        parse(f"\n{head}\n")
    assert [(one.line, one.column, one.message) for one in refused.value.problems] == found


@pytest.mark.parametrize(
    ("column", "value"),
    [("period_start", "2025-02-02"), ("period_end", "2025-03-01"), ("precision", "day"), ("decimals", "1")],
)
def test_a_derived_column_that_disagrees_is_refused(column, value):
    ((line, where, shown, message),) = problems(
        rows(f"poe/a,R1,2025-02,7,https://a.org,{value}", head=f"{HEAD},{column}")
    )
    assert (line, where, shown) == (2, column, value)
    assert "which is what is read" in message


@pytest.mark.parametrize(
    ("share", "low", "high", "read"),
    [
        ("7", "", "", Share(7.0, None, None, None, 0)),
        ("7", "6", "", Share(7.0, 6.0, None, None, 0)),
        ("~7", "6", "8.5", Share(7.0, 6.0, 8.5, "~", 0)),
        ("", "6", "8.5", Share(None, 6.0, 8.5, None, 1)),
        ("6..7", "6", "7.0", Share(None, 6.0, 7.0, None, 0)),
        ("<1", "", "1", Share(None, None, 1.0, "<", 0)),
    ],
)
def test_an_interval_around_a_share(share, low, high, read):
    (entry,) = parse(rows(f"poe/a,R1,2025-02,{share},https://a.org,{low},{high}", head=f"{HEAD},low,high")).entries
    assert entry.told.share == read


@pytest.mark.parametrize(
    ("share", "low", "high", "column"),
    [
        ("", "", "", "share"),
        ("", "6", "", "share"),
        ("7", "8", "", "share"),
        ("7", "<6", "", "low"),
        ("7", "", "6..8", "high"),
        ("6..7", "5", "7", "share"),
        (">5", "6", "", "share"),
        ("<1", "0.5", "", "share"),
    ],
)
def test_bounds_that_disagree_are_refused(share, low, high, column):
    found = problems(rows(f"poe/a,R1,2025-02,{share},https://a.org,{low},{high}", head=f"{HEAD},low,high"))
    assert [(line, where) for line, where, _, _ in found] == [(2, column)]


def test_a_thing_is_described_once_and_not_otherwise():
    text = rows(
        "poe/a,R1,2025-02,7,https://a.org,poe,messages,open",
        "poe/a,R1,2025-03,7,https://a.org,,,",
        "poe/a,R1,2025-04,7,https://a.org,poe,messages,open",
        "poe/a,R1,2025-05,7,https://a.org,poe,tokens,open",
        head=DESCRIBED,
    )
    parsed = parse(text)
    wrong = "is described otherwise than before: counted was 'messages', and is 'tokens' here"
    assert parsed.problems == [Problem(5, "market", "poe/a", wrong)]
    assert parsed.markets == [Market("poe/a", "poe", "messages", "open")]


def test_a_thing_may_be_described_on_any_of_its_rows_as_after_sorting():
    text = rows(
        "poe/a,R1,2025-02,7,https://a.org,,,",
        "poe/a,R1,2025-03,7,https://a.org,poe,messages,",
        "poe/a,R1,2025-04,7,https://a.org,,,open",
        head=DESCRIBED,
    )
    parsed = parse(text)
    assert parsed.problems == []
    assert parsed.markets == [Market("poe/a", "poe", "messages", "open")]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (",,,,,,,source", [("source", "is empty, and the row describes it")]),
        (",,,,,,,market", [("market", "is empty, and the row describes it")]),
        (",,,,,,,entity", [("entity", "is empty, and the row describes it")]),
        ("poe/a,,,,,,,market", [("market", "a market is described with source, counted, whole too")]),
        (",R1,2025-02,,,,,entity", [("period", "stands on a row that only describes (its role is entity)")]),
        (",R1,,7,,,,entity", [("share", "stands on a row that only describes (its role is entity)")]),
        (",R1,,,,,,event", [("title", "an event needs a period, and its label as title")]),
    ],
)  # fmt: skip
def test_a_row_that_describes_nothing_is_refused(line, found):
    text = rows(line, head="market,entity,period,share,source,counted,whole,role")
    assert [(column, message) for _, column, _, message in problems(text)] == found


def test_the_market_of_the_call_stands_in_for_facts_only():
    text = rows(
        ",R1,2025-02,7,https://a.org,", "poe/b,R1,2025-02,7,https://a.org,", ",V3,,,,entity", head=f"{HEAD},role"
    )
    parsed = parse(text, market="poe/a")
    assert [entry.told.market for entry in parsed.entries] == ["poe/a"]
    assert parsed.markets == []
    assert parsed.problems == [Problem(3, "market", "poe/b", "is not poe/a, which --market asks for")]


@given(st.lists(odd_texts.map(str.strip).filter(bool), max_size=4).map(tuple))
def test_a_list_of_names_is_read_back(names):
    assert split(join(names)) == names


KNOWN = "market,entity,period,share,url,source,counted,whole,kind,hue,aliases,parents\n"


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, f"{KNOWN}poe/a,DeepSeek R1,2025-02,7,https://a.org,poe,messages,open,model,teal,,\n")
    return path


def test_what_is_recorded_may_be_named_without_being_described(path):
    text = rows("poe/a,DeepSeek R1,2025-03,6,https://a.org,poe,R1 (reasoning)", head=f"{HEAD},source,aliases")
    load(path, text)
    assert ask(path, "SELECT name, kind FROM entity") == [("DeepSeek R1", "model")]
    assert ask(path, "SELECT name FROM alias") == [("R1 (reasoning)",)]


def test_a_name_that_resembles_a_recorded_one_is_refused_with_the_remedies(path):
    before = path.read_bytes()
    text = rows("poe/a,DeepSeek V3,2025-02,5,https://a.org", "poe/a,Deepseek R1,2025-03,6,https://a.org")
    with pytest.raises(RejectedInput) as refused:
        load(path, text)
    assert refused.value.problems == (
        Problem(3, "entity", "Deepseek R1", "is not recorded, but resembles 'DeepSeek R1' too much to be new"),
    )
    assert refused.value.hint == (
        "If 'Deepseek R1' is 'DeepSeek R1': tracker entity add 'DeepSeek R1' --alias 'Deepseek R1'\n"
        "If it is somebody else: --new-entities"
    )
    assert path.read_bytes() == before


def test_such_a_name_is_made_when_that_is_wanted_in_its_one_spelling(path):
    load(path, rows("poe/a,Deepseek  R1,2025-03,6,https://a.org"), Policy(new_entities=True))
    assert ask(path, "SELECT entity, share FROM shares ORDER BY 1") == [("DeepSeek R1", 7.0), ("Deepseek R1", 6.0)]


def test_such_a_name_may_be_described(path):
    text = rows("poe/a,Deepseek R1,2025-03,6,https://a.org,group", head=f"{HEAD},kind")
    load(path, text, Policy(new_entities=True))
    assert ask(path, "SELECT entity, kind FROM shares ORDER BY 1") == [
        ("DeepSeek R1", "model"),
        ("Deepseek R1", "group"),
    ]


def test_an_alias_in_the_input_matches_its_own_rows(path):
    text = rows(
        "poe/a,DeepSeek R1,2025-03,6,https://a.org,Deepseek R1",
        "poe/a,Deepseek R1,2025-04,3,https://a.org,",
        head=f"{HEAD},aliases",
    )
    load(path, text)
    assert ask(path, "SELECT DISTINCT entity FROM shares") == [("DeepSeek R1",)]


def test_a_child_takes_its_parents_colour_wherever_the_parent_stands(path):
    text = rows(
        ",Sonnet,,,entity,model,Claude",
        ",Claude,,,entity,product,Anthropic@2023-03-14/",
        ",Anthropic,,,entity,lab,",
        head="market,entity,period,share,role,kind,parents",
    )
    load(path, text)
    found = dict(ask(path, "SELECT name, hue FROM entity"))
    assert found["Sonnet"] == found["Claude"] == found["Anthropic"] == "blue"
    assert dict(ask(path, "SELECT name, from_date FROM entity JOIN entity_parent ON child_id = entity.id")) == {
        "Sonnet": None,
        "Claude": "2023-03-14",
    }


def test_entities_that_are_each_others_parents_are_refused(path):
    text = rows(
        ",Aaaa,,,entity,Bbbb@/2020-01-01",
        ",Bbbb,,,entity,Aaaa@2020-01-02/",
        head="market,entity,period,share,role,parents",
    )
    with pytest.raises(RejectedInput, match="Aaaa belongs to Bbbb already"):
        load(path, text)


def test_an_unknown_market_is_shown_once_at_its_first_line(path):
    text = rows("poe/b,DeepSeek R1,2025-02,7,https://a.org", "poe/b,DeepSeek R1,2025-03,7,https://a.org")
    with pytest.raises(RejectedInput) as refused:
        load(path, text)
    ((line, column, value, message),) = refused.value.problems
    assert (line, column, value) == (2, "market", "poe/b")
    assert "tracker market add poe/b" in message


def test_every_kind_of_reason_is_listed_at_once(path):
    text = rows(
        "poe/a,DeepSeek R1,2025-02,8,https://b.org",
        "poe/a,Deepseek R1,2025-03,6,https://a.org",
        "poe/b,DeepSeek R1,2025-02,7,https://a.org",
        "poe/a,DeepSeek R1,2025-02-30,7,https://a.org",
    )
    with pytest.raises(RejectedInput) as refused:
        load(path, text)
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [
        (2, "share"),
        (3, "entity"),
        (4, "market"),
        (5, "period"),
    ]
