from datetime import date

import pytest
from hypothesis import given

from strategies import citations, names
from tracker.errors import InvalidValue
from tracker.values import Citation, Entity, Event, Market, Observation, Parent, Period, Share, Source
from tracker.values.checks import check_slug

PAGE = Citation("https://poe.com/blog")


@pytest.mark.parametrize("slug", ["poe", "poe/text-messages", "a.b_c/d-e", "3g", "similarweb/generative-ai-ww"])
def test_slugs(slug):
    assert check_slug(slug) == slug


@pytest.mark.parametrize(
    "slug", ["", "Poe", "poe/", "/poe", "poe//a", "a b", "a--b", "-a", "a-", "ä", "a\n", "a'b", "a;b"]
)
def test_no_slugs(slug):
    with pytest.raises(InvalidValue):
        check_slug(slug)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Source("poe", " "),
        lambda: Source("poe", "Poe", revises="sometimes"),
        lambda: Market("poe/a", "poe", "", "open"),
        lambda: Market("poe/a", "poe", "messages", "half"),
        lambda: Market("poe/a", "poe", "messages", "open", frequency="hourly"),
        lambda: Entity(""),
        lambda: Entity("A", "company"),
        lambda: Entity("A", hue="red"),
        lambda: Entity("A\0B"),
        lambda: Entity("A", note="\udcff"),
        lambda: Citation(),
        lambda: Citation(publisher="Poe"),
        lambda: Citation("https://poe.com", kind="hearsay"),
        lambda: Event(Period.parse("2025"), " "),
        lambda: Observation("m", "A", Period.parse("2025"), Share.parse("7"), PAGE, "X"),
        lambda: Observation("m", "A", Period.parse("2025"), Share.parse("7"), PAGE, "A", 0),
        lambda: Parent("A", date(2025, 1, 2), date(2025, 1, 1)),
    ],
)
def test_records_refuse_what_they_cannot_hold(make):
    with pytest.raises(InvalidValue):
        make()


def test_texts_are_kept_as_a_file_keeps_them():
    given = Event(Period.parse("2025"), " R1 released ", "", "one\r\ntwo\rthree\n", ("DeepSeek ",), (" release ", " "))
    assert given == Event(Period.parse("2025"), "R1 released", None, "one\ntwo\nthree", ("DeepSeek",), ("release",))


def test_a_citation_covers_what_says_no_more():
    full = Citation("https://poe.com/blog", "Trends", "Poe", kind="primary")
    assert full.covers(PAGE)
    assert full.covers(full)
    assert not PAGE.covers(full)
    assert not full.covers(Citation("https://poe.com/blog", "Other title"))
    assert not full.covers(Citation("https://poe.com/other"))


@given(citations)
def test_every_citation_covers_itself(citation):
    assert citation.covers(citation)


@pytest.mark.parametrize(
    ("citation", "written"),
    [
        (Citation("https://a.org", "Title"), "Title <https://a.org>"),
        (Citation("https://a.org", publisher="A"), "A <https://a.org>"),
        (Citation("https://a.org"), "https://a.org"),
        (Citation(title="Title"), "Title"),
    ],
)
def test_a_citation_in_a_message(citation, written):
    assert str(citation) == written


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        ("OpenAI", Parent("OpenAI")),
        ("OpenAI@2022-11-30/", Parent("OpenAI", date(2022, 11, 30))),
        ("OpenAI@/2023-01-31", Parent("OpenAI", None, date(2023, 1, 31))),
        ("a@b@2022-11-30/2023-01-31", Parent("a@b", date(2022, 11, 30), date(2023, 1, 31))),
        ("me@home", Parent("me@home")),
    ],
)
def test_parents(text, parent):
    assert Parent.parse(text) == parent


@pytest.mark.parametrize("text", ["OpenAI@2022/2023", "OpenAI@~2022-11-30/", "OpenAI@30.11.2022/"])
def test_a_parent_is_dated_by_days(text):
    with pytest.raises(InvalidValue):
        Parent.parse(text)


@given(names)
def test_a_parent_of_any_name_is_read_back(name):
    assert Parent.parse(str(Parent(name))) == Parent(name)
    dated = Parent(name, date(2022, 11, 30))
    assert Parent.parse(str(dated)) == dated
