"""Google Trends: relative interest in searches over time, in every form in which the export is passed on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from statistics import median, mode
from typing import NamedTuple

from tracker.errors import InvalidValue, Problem, RejectedInput, UsageProblem
from tracker.importers.asked import Asked
from tracker.importers.base import Parsed, joined
from tracker.importers.judgement.dates import Dates, judge, week_from
from tracker.importers.judgement.nulls import is_null
from tracker.importers.layout import Column, Layout, check_header, chosen_rows
from tracker.importers.reading import read
from tracker.importers.table import Table
from tracker.importers.wholes import slug_of
from tracker.values import Citation, Period, Source
from tracker.values.names import clean

SITE = "https://trends.google.com"

SOURCE = Source(
    slug="google-trends",
    title="Google Trends",
    producer="Google",
    url=SITE,
    credit="Google Trends",
    revises="current-only",
)

COUNTED = "searches (relative interest)"

WORLDWIDE = {
    *("worldwide", "weltweit", "dans tous les pays", "todo el mundo", "todo o mundo", "em todo o mundo"),
    *("tutto il mondo", "wereldwijd", "cały świat", "w ujęciu globalnym", "по всему миру", "весь мир", "dünya geneli"),
    *(
        "在全球范围内",
        "全球",
        "すべての国",
        "全世界",
        "전 세계",
        "في جميع أنحاء العالم",
        "hela världen",
        "i hele verden",
    ),
}

TIMES = {"time", "zeit", "heure", "hora", "tempo", "ora", "tijd", "czas", "время", "时间", "時間", "시간", "zaman"}
"""What Google calls the first column, where that is not a day, a week or a month: those are everybody's words."""

PARTIAL = "ispartial"
"""A column that pytrends adds: whether the period was still running."""

OVER_TIME = "Export the chart 'Interest over time', for a span of more than a week."

LONGEST = 60
"""Letters of the terms in a slug."""

_NAMED = re.compile(r"(.+?)[:：]\s*[(（]([^:：]+)[)）]", re.DOTALL)
_VALUE = re.compile(r"100|[1-9]?\d|<\s*1", re.ASCII)
_HOUR = re.compile(r".*\d[T ](?!00(?::00)*)\d{1,2}(?::\d\d)*(?: ?[AaPp]\.?[Mm])?", re.ASCII)


class Term(NamedTuple):
    """A column of values: what was searched for, and where."""

    place: int
    name: str
    region: str | None

    @classmethod
    def parse(cls, place: int, header: str) -> Term:
        """Take the name of a column apart.

        >>> Term.parse(1, "deepseek: (Weltweit)")
        Term(place=1, name='deepseek', region='worldwide')
        """
        match = _NAMED.fullmatch(header.strip())
        if match is None:
            return cls(place, clean(header), None)
        region = clean(match[2])
        return cls(place, clean(match[1]), "worldwide" if region.lower() in WORLDWIDE else region)


class GoogleTrends:
    """Exports of Google Trends: interest over time."""

    name = "google-trends"
    title = "Google Trends: interest over time, an index from 0 to 100 and never a share"
    example = "Category: All categories\n\nWeek,deepseek: (Worldwide)\n2025-01-19,12\n2025-01-26,100"

    def claims(self, table: Table) -> str:
        """By regions in the names of its columns, by a preamble, or by whole numbers whose peak is 100."""
        values, names = _values(table), [table.header[place].strip() for place in _places(table)]
        known = sum(map(_is_value, values))
        if not names or not values or known < len(values) / 2:
            return ""
        if all(_NAMED.fullmatch(name) and "%" not in name for name in names):
            return "the names of its columns are TERM: (REGION), as Google Trends writes them"
        if "100" not in values or known < len(values) * 0.9:
            return ""
        if any(value.startswith("<") for value in values):
            return "it has whole numbers from <1 to a peak of 100, as Google Trends does"
        if len(table.preamble) == 1 and re.search("[:：]", table.preamble[0]):
            return "it has whole numbers up to a peak of 100, and a line like that of Google Trends above them"
        first, *others = [name.strip().lower() for name in table.header]
        if (first in TIMES or PARTIAL in others) and not _sums_to_whole(table):
            return "it has whole numbers up to a peak of 100, and a column that is named as in Google Trends"
        return ""

    def read(self, table: Table, asked: Asked) -> Parsed:
        """Read every region as an index of its own."""
        if asked.whole not in (None, "index") or asked.unit:
            raise UsageProblem(
                f"{table.name}: Google Trends prints an index, 100 for its own peak, and never shares of a whole",
                "Leave out --whole and --unit; or, if this is no file of Google Trends: --importer table.",
            )
        check_header(table)
        table, notes = chosen_rows(table, asked)
        dates, periods = _dates(table, asked, notes)
        terms = [Term.parse(place, table.header[place]) for place in _places(table)]
        values = _values(table)
        if "0" in values and not any(value.startswith("<") for value in values):
            notes.append(
                f"zeros are kept as they are ({values.count('0')}), though a spreadsheet may have made them of <1"
            )
        regions = list(dict.fromkeys(term.region for term in terms))
        _refuse_alike(table, terms)
        parts = []
        for region in regions:
            here = [term for term in terms if term.region == region]
            parts.append(_read(table, asked, here, dates, periods, several=len(regions) > 1))
        parsed = joined(parts)
        parsed.sources = [SOURCE]
        slugs = ", ".join(market.slug for market in parsed.markets)
        notes.append(f"100 is the peak of this export, so that it is an index of its own, and no share: {slugs}")
        _mark_partial(table, parsed, notes)
        parsed.notes = [*notes, *parsed.notes]
        return parsed


def _refuse_alike(table: Table, terms: list[Term]) -> None:
    """Refuse regions that get one slug, though each is an index of its own."""
    first: dict[str, str] = {}
    named = [(term, term.region or "") for term in terms]
    wrong = "names a region much like that of another column, but writes it differently"
    if alike := [term for term, region in named if first.setdefault(slug_of(region), region) != region]:
        problems = [Problem(table.first.line, table.header[term.place].strip(), "", wrong) for term in alike]
        raise RejectedInput(table.name, problems, "Write one region the same everywhere.")


def _places(table: Table) -> list[int]:
    """Where the values stand."""
    return [place for place, name in enumerate(table.header) if place and name.strip().lower() != PARTIAL]


def _values(table: Table) -> list[str]:
    places, width = _places(table), len(table.header)
    cells = [row.cells[place].strip() for row in table.rows() if len(row.cells) == width for place in places]
    return [cell for cell in cells if not is_null(cell)]


def _is_value(cell: str) -> bool:
    return bool(_VALUE.fullmatch(cell))


def _sums_to_whole(table: Table) -> bool:
    rows = ([cell.strip() for cell in row.cells[1:]] for row in table.rows())
    return all(sum(int(cell) for cell in row if _is_value(cell) and "<" not in cell) == 100 for row in rows)


def _mark_partial(table: Table, parsed: Parsed, notes: list[str]) -> None:
    """Keep the periods that were still running as provisional."""
    folded = [name.strip().lower() for name in table.header]
    if PARTIAL not in folded:
        return
    place = folded.index(PARTIAL)
    lines = {row.line for row in table.rows() if row.cells[place:] and row.cells[place].strip().lower() == "true"}
    parsed.entries = [
        entry._replace(told=replace(entry.told, status="P")) if entry.line in lines else entry
        for entry in parsed.entries
    ]
    if lines:
        notes.append(f"periods that were still running ({len(lines)}) are kept as provisional")


def _read(
    table: Table, asked: Asked, terms: list[Term], dates: Dates, periods: list[Period], *, several: bool
) -> Parsed:
    region = terms[0].region
    slug = asked.market or f"{SOURCE.slug}/{_slug(terms, asked.region or region, periods)}"
    if asked.market and several:
        slug = f"{asked.market}-{slug_of(region or 'unnamed')}"
    market = replace(asked, market=None).described_market(
        slug,
        source=SOURCE.slug,
        counted=COUNTED,
        whole="index",
        region=region,
        frequency={"day": "daily", "month": "monthly"}.get(periods[0].precision, "weekly") if periods else None,
    )
    assert market is not None
    layout = Layout(
        shares=[Column(term.place, term.name) for term in terms],
        citation=Citation(asked.url or SITE, "Google Trends", "Google", kind="primary"),
        market=market.slug,
        date=0,
        unit="index",
        dates=dates,
        of_source=SOURCE.slug,
        markets=[market],
    )
    return read(table, layout, replace(asked, date_format=None))


def _slug(terms: list[Term], region: str | None, periods: list[Period]) -> str:
    """Terms, region, first and last day; many terms are cut, with a digest of all of them behind."""
    names = "-".join(sorted(slug_of(term.name) for term in terms))
    if len(names) > LONGEST:
        names = f"{names[:LONGEST].rstrip('-')}-{sha256(names.encode()).hexdigest()[:8]}"
    days = [min(one.start for one in periods), max(one.end for one in periods)] if periods else []
    return "-".join([names, *([slug_of(region)] if region else []), *(f"{day:%Y%m%d}" for day in days)])


def _dates(table: Table, asked: Asked, notes: list[str]) -> tuple[Dates, list[Period]]:
    """How the dates are read, where those of weeks and months are their first days; and every period.

    Raises
    ------
    RejectedInput
        If the first column holds no dates, or hours, or some are not as far apart as the others.
    """
    cells = [(row.line, row.cells[0].strip()) for row in table.rows()]
    texts = [text for _, text in cells if text]
    if not any(any(letter.isdigit() for letter in text) for text in texts):
        raise _refuse(table, cells[:1], "is no date: this is a table by region, or of queries", OVER_TIME)
    if any(map(_HOUR.fullmatch, texts)):
        hours = [(line, text) for line, text in cells if _HOUR.fullmatch(text)]
        raise _refuse(table, hours[:1], "is an hour, and the shortest period that is kept is a day", OVER_TIME)
    try:
        form = judge(texts, asked.date_format)
    except InvalidValue as error:
        raise _refuse(table, cells[:1], error.message, error.hint) from error
    if form.form != "iso":
        notes.append(f"dates are read as {form.named}: {form.why}")
    days = sorted((period.start, line, text) for line, text, period in _read_dates(cells, form) if _is_day(period))
    gaps = [(after[0] - before[0]).days for before, after in pairwise(days)]
    usual = int(median(gaps)) if gaps else 7 * (table.header[0].strip().lower() == "week")
    word, odd = None, []
    if days and usual == 7:
        common = mode(day.weekday() for day, _, _ in days)
        word, odd = "week", [(line, text) for day, line, text in days if day.weekday() != common]
        form = _wrapped(form, lambda period: week_from(period.start))
    elif 28 <= usual <= 31:
        word, odd = "month", [(line, text) for day, line, text in days if day.day != 1]
        form = _wrapped(form, lambda period: Period.parse(f"{period.start:%Y-%m}"))
    if odd:
        raise _refuse(table, odd, f"is not the first day of a {word}, as the other dates are")
    if days and word:
        notes.append(f"each date is the first day of its {word}: {days[0][2]} is {form.period(days[0][2])}")
    return form, [period for _, _, period in _read_dates(cells, form)]


def _read_dates(cells: list[tuple[int, str]], form: Dates) -> Iterator[tuple[int, str, Period]]:
    """Those that can be read; the others are reported when their rows are."""
    for line, text in cells:
        with suppress(InvalidValue):
            yield line, text, form.period(text)


def _is_day(period: Period) -> bool:
    return period.precision == "day"


def _wrapped(form: Dates, widen: Callable[[Period], Period]) -> Dates:
    """The same form, where a day stands for more than itself."""

    def parse(text: str) -> Period:
        period = form.period(text)
        return widen(period) if _is_day(period) else period

    return Dates("first days", form.why, parse)


def _refuse(table: Table, cells: list[tuple[int, str]], message: str, hint: str = "") -> RejectedInput:
    places = cells or [(table.first.line, "")]
    return RejectedInput(
        table.name, [Problem(line, table.header[0].strip(), text, message) for line, text in places], hint
    )
