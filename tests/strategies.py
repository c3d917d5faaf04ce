"""What Hypothesis makes: values as they can be written, and whole inputs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from tracker.importers.base import Parsed
from tracker.store.plan import Entry
from tracker.values import HUES, Citation, Entity, Event, Market, Observation, Parent, Period, Share, Source
from tracker.values.names import clean, fold

FIRST, LAST = date(1000, 1, 6), date(9998, 12, 20)
days = st.dates(FIRST, LAST)
recent_days = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def _written(shape: str, day: date) -> str:
    year, week, _ = day.isocalendar()
    return {
        "day": str(day),
        "week": f"{year:04d}-W{week:02d}",
        "month": f"{day.year:04d}-{day.month:02d}",
        "quarter": f"{day.year:04d}-Q{(day.month + 2) // 3}",
        "half": f"{day.year:04d}-H{(day.month + 5) // 6}",
        "year": f"{day.year:04d}",
    }[shape]


# Weeks are likeliest to be wrong where one year passes into the next.
year_ends = st.builds(
    lambda year, step: date(year, 12, 31) + timedelta(step), st.integers(1000, 9997), st.integers(-6, 6)
)
shapes = st.sampled_from(("day", "week", "month", "quarter", "half", "year"))
simple_periods = st.builds(lambda shape, day: Period.parse(_written(shape, day)), shapes, days | year_ends)


def _span(day: date, length: int, precision: str) -> Period:
    return Period(day, day + min(timedelta(length), LAST - day), precision)


spans = st.builds(_span, days, st.integers(0, 500), st.sampled_from(("range", "approx")))
periods = simple_periods | simple_periods.map(lambda period: replace(period, precision="approx")) | spans


@st.composite
def shares(draw: st.DrawFn) -> Share:
    """A share of each written form, its number cut to its decimals."""
    places = draw(st.integers(0, 6))
    numbers = st.integers(0, 100 * 10**places).map(lambda units: float(f"{units}e-{places}"))
    form = draw(st.sampled_from(("", "~", "<", ">", "..")))
    number = draw(numbers)
    if form == "<":
        return Share(None, None, number or 1.0, "<", places)
    if form == ">":
        return Share(None, number if number < 100 else 0.0, None, ">", places)
    if form == "..":
        low, high = sorted((number, draw(numbers)))
        return Share(None, low, high, None, places)
    return Share(number, None, None, form or None, places)


@st.composite
def bounded_shares(draw: st.DrawFn) -> Share:
    """A share that may have a published interval around its number."""
    share = draw(shares())
    if share.value is None:
        return share
    bounds = st.integers(0, 100 * 10**7).map(lambda units: float(f"{units}e-7"))
    low, high = draw(st.none() | bounds), draw(st.none() | bounds)
    return replace(
        share,
        low=None if low is None else min(low, share.value),
        high=None if high is None else max(high, share.value),
    )


texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
odd_texts = texts | st.sampled_from(
    ("a;b", "a\\", "\\;", 'say "7"', "two\nlines", "a\rb", "Türkiye", " x ", "a@b/c", "=1+1")
)
names = odd_texts.map(clean).filter(bool)
maybe = st.none() | odd_texts
urls = st.none() | st.sampled_from(("https://example.org/", "http://example.com/a,b?c=%22;d"))
slugs = st.from_regex(r"[a-z0-9]{1,4}([-._/][a-z0-9]{1,3}){0,2}", fullmatch=True)

citations = st.builds(
    Citation,
    url=st.just("https://example.org/") | st.just("https://example.com/a,b"),
    title=maybe,
    publisher=maybe,
    published=st.none() | recent_days,
    place=maybe,
    quote=maybe,
    via=maybe,
    kind=st.sampled_from((None, "primary", "secondary")),
)


@st.composite
def inputs(draw: st.DrawFn) -> Parsed:
    """A small database as an input: everything that can be recorded, without contradictions."""
    sources = draw(
        st.lists(
            st.builds(Source, slugs, names, maybe, urls, maybe, urls, maybe, st.sampled_from((None, True, False))),
            min_size=1,
            max_size=2,
            unique_by=lambda source: source.slug,
        )
    )
    markets = draw(
        st.lists(
            st.builds(
                Market,
                slugs,
                st.sampled_from([source.slug for source in sources]),
                names,
                st.sampled_from(("closed", "open", "overlapping", "index")),
                maybe,
                maybe,
            ),
            min_size=1,
            max_size=2,
            unique_by=lambda market: market.slug,
        )
    )
    printed = draw(st.lists(names, min_size=1, max_size=4, unique_by=fold))
    entities = [draw(_entities(name, printed[:place])) for place, name in enumerate(printed)]
    taken = {fold(name) for name in printed}
    for place, alias in enumerate(draw(st.lists(names, max_size=2, unique_by=fold))):
        if fold(alias) not in taken:
            owner = place % len(entities)
            entities[owner] = replace(entities[owner], aliases=(*entities[owner].aliases, alias))
    keys = st.tuples(st.sampled_from(markets), st.sampled_from(entities), periods)
    observed = draw(st.lists(keys, max_size=5, unique_by=lambda key: (key[0].slug, key[1].name, key[2])))
    entries = [Entry(0, draw(_observations(market.slug, entity.name, period))) for market, entity, period in observed]
    reported = [
        Entry(
            0, replace(entry.told, citation=draw(citations), share=draw(bounded_shares())), True, draw(_printed_periods)
        )
        for entry in entries
        if draw(st.booleans())
    ]
    events = draw(
        st.lists(
            st.builds(Event, periods, names, urls, maybe, _some(st.sampled_from(printed)), _some(odd_texts)),
            max_size=2,
            unique_by=lambda event: (str(event.period), event.label),
        )
    )
    told = [entry for entry in reported if entry.told.citation != _first(entries, entry).citation]
    return Parsed([*entries, *told], sources, markets, entities, events)


def _some(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(texts, max_size=2).map(tuple)


_printed_periods = st.none() | periods.map(str)


def _first(entries: list[Entry], report: Entry) -> Observation:
    return next(entry.told for entry in entries if entry.key == report.key)


def _entities(name: str, above: list[str]) -> st.SearchStrategy[Entity]:
    one = (
        st.builds(lambda parent, span: Parent(parent, *span), st.sampled_from(above), _spans) if above else st.nothing()
    )
    parents = st.lists(one, max_size=1).map(tuple) if above else st.just(())
    kinds = st.sampled_from(("lab", "product", "model", "residual", "group"))
    return st.builds(Entity, st.just(name), kinds, st.sampled_from((*HUES, "grey")), maybe, st.just(()), parents)


_spans = st.tuples(st.none() | st.just(date(2021, 5, 1)), st.none() | st.just(date(2024, 2, 29)))


def _observations(market: str, entity: str, period: Period) -> st.SearchStrategy[Observation]:
    sizes = st.none() | st.integers(1, 10**9)
    statuses = st.sampled_from((None, "A", "P", "E"))
    return st.builds(
        Observation,
        st.just(market),
        st.just(entity),
        st.just(period),
        bounded_shares(),
        citations,
        statuses,
        sizes,
        maybe,
    )
