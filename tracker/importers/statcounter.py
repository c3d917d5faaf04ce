"""StatCounter Global Stats: wide exports by day, week, month, quarter or year, and the bar form of one period."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from tracker.errors import InvalidValue, Problem, RejectedInput, UsageProblem
from tracker.importers.asked import Asked
from tracker.importers.base import Parsed
from tracker.importers.judgement.dates import Dates, judge
from tracker.importers.layout import Column, Layout
from tracker.importers.reading import read
from tracker.importers.table import Table
from tracker.values import Citation, Market, Period, Source
from tracker.values.names import clean

SITE = "https://gs.statcounter.com"

SOURCE = Source(
    slug="statcounter",
    title="StatCounter",
    producer="StatCounter Global Stats",
    url=SITE,
    licence="CC BY-SA 3.0",
    licence_url="https://creativecommons.org/licenses/by-sa/3.0/",
    credit="StatCounter Global Stats",
    may_redistribute=True,
    revises="full",
)

CITATION = Citation(url=SITE, title="StatCounter Global Stats", publisher="StatCounter", kind="primary")

DATE_HEADERS = {"date", "day", "week", "month", "quarter", "year"}

COUNTED = {
    "ai_chatbot": "AI chatbot referrals",
    "search_engine": "search engine referrals",
    "social_media": "social media referrals",
}
"""What is counted by kind of export; page views for all the others, as StatCounter's FAQ says."""

NOTES = {"ai_chatbot": "counts page views that came from a chatbot's link, not use of the chatbot"}
"""What a reader must know of a kind of export."""

CONTINENTS = {
    "ww": "worldwide",
    "af": "Africa",
    "an": "Antarctica",
    "as": "Asia",
    "eu": "Europe",
    "na": "North America",
    "oc": "Oceania",
    "sa": "South America",
}

FREQUENCIES = ("daily", "weekly", "monthly", "quarterly", "yearly")

_NAME = re.compile(
    r"(?:statcounter[-_])?(?:(?P<platform>(?:all|desktop|mobile|tablet|console)(?:\+\w+)*)-)?"
    r"(?P<kind>[A-Za-z]\w*)-(?P<region>[A-Za-z]{2})-"
    r"(?:(?P<frequency>daily(?=-\d{8}-\d{8})|(?:weekly|quarterly)(?=-\d{5,6}-\d{5,6})|monthly(?=-\d{6}-\d{6})|yearly(?=-\d{4}-\d{4}))"
    r"-\d+-\d+(?:-bar)?|\d{4,8}-bar)(?: ?\(\d+\))?",
    re.IGNORECASE,
)

_BAR = re.compile(r"Market Share Perc\. \((.+)\)", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-?(?:Q|0?)([1-4])", re.ASCII | re.IGNORECASE)


class FileName(NamedTuple):
    """What StatCounter's own name of an export says."""

    kind: str
    region: str
    platform: str | None
    frequency: str = "monthly"

    @classmethod
    def parse(cls, stem: str) -> FileName | None:
        """Read the name, without its ending; None where it is not StatCounter's.

        >>> FileName.parse("statcounter_ai_chatbot-ww-monthly-202301-202609")
        FileName(kind='ai_chatbot', region='ww', platform=None, frequency='monthly')
        """
        match = _NAME.fullmatch(stem)
        if match is None:
            return None
        region = match["region"].lower() if match["region"].lower() == "ww" else match["region"]
        platform = None if match["platform"] == "all" else match["platform"]
        return cls(match["kind"].lower(), region, platform, (match["frequency"] or "monthly").lower())

    @property
    def slug(self) -> str:
        """The market's slug: ``statcounter/ai-chatbot-ww``, with the frequency behind it unless that is a month."""
        # StatCounter writes countries in capitals and continents small: NA is Namibia, na is North America.
        place = self.region if self.region == "ww" else _region(self.region)[1]
        words = [self.platform, self.kind, place, self.frequency if self.frequency != "monthly" else None]
        return "statcounter/" + "-".join(re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-") for word in words if word)

    def market(self) -> Market:
        """The market of this export: the parts of one period are the whole."""
        return Market(
            slug=self.slug,
            source=SOURCE.slug,
            counted=COUNTED.get(self.kind, "page views"),
            whole="closed",
            region=_region(self.region)[0],
            platform=self.platform,
            frequency=self.frequency,
            note=NOTES.get(self.kind),
        )


class StatCounter:
    """Exports of StatCounter Global Stats."""

    name = "statcounter"
    title = "StatCounter Global Stats: wide CSV by period, or the bar form of one"
    example = '"Date","ChatGPT","Perplexity","Other"\n2025-04,84.21,12.07,3.72'

    def claims(self, table: Table) -> str:
        """By its own header of the bar form, by the file's name, or by parts that sum to 100 for each date."""
        header = [cell.strip() for cell in table.header]
        if len(header) == 2 and _BAR.fullmatch(header[1]):
            return "the header is that of StatCounter's bar form"
        if len(header) < 2 or header[0].lower() not in DATE_HEADERS or any(": (" in name for name in header):
            return ""
        if FileName.parse(table.stem):
            return "the file has a name that StatCounter gives"
        whole = len(header) > 2 and _sums_to_whole(table)
        return "the parts sum to 100 for each date, as StatCounter's do" if whole else ""

    def read(self, table: Table, asked: Asked) -> Parsed:
        """Read every period that was measured; rows of zeros only are padding."""
        named = FileName.parse(table.stem)
        header = _header(table)
        bar = _BAR.fullmatch(header[1]) if len(header) == 2 else None
        market = asked.described_market() if asked.market else named and named.market()
        if market is None and asked.market is None:
            raise UsageProblem(
                f"{table.name}: the name of the file does not say which market this is",
                "Say it with --market SLUG, or give the file the name that StatCounter gave it"
                " (ai_chatbot-ww-monthly-202301-202609.csv).",
            )
        layout = Layout(
            shares=[Column(1, period=_bar_period(table, bar[1]))] if bar else _columns(header),
            citation=CITATION,
            market=asked.market or (market.slug if market else ""),
            entity=0 if bar else None,
            date=None if bar else 0,
            unit="percent",
            trailing_zeros_lost=True,
            padding=not bar,
            dates=None if bar or not named else _dates(named.frequency),
            sources=[SOURCE],
            markets=[market] if market else [],
            of_source=SOURCE.slug,
        )
        return read(table, layout, asked)


def _columns(header: list[str]) -> list[Column]:
    return [Column(place, name) for place, name in enumerate(header) if place]


def _header(table: Table) -> list[str]:
    header = [cell.strip() for cell in table.header]
    line = table.first.line
    problems = [Problem(line, str(place), "", "has no name") for place, name in enumerate(header, 1) if not name]
    twice = sorted({name for name in header if header.count(name) > 1 and name})
    problems += [Problem(line, name, "", "stands twice") for name in twice]
    if problems:
        raise RejectedInput(table.name, problems)
    return header


def _region(code: str) -> tuple[str, str]:
    """Name of a region, and the word for it in a slug."""
    if code in CONTINENTS:
        return CONTINENTS[code], CONTINENTS[code]
    import pycountry

    country = pycountry.countries.get(alpha_2=code.upper())
    if country is None:
        return code, code
    return getattr(country, "common_name", country.name), code


def _sums_to_whole(table: Table) -> bool:
    """Whether the first rows each sum to 100, as the parts of a whole do, or are padding."""
    sums = []
    for row, _ in zip(table.rows(), range(5), strict=False):
        try:
            sums.append(sum(float(cell) for cell in row.cells[1:] if cell.strip()))
        except ValueError:
            return False
    return any(sums) and all(abs(total - 100) < 0.5 or total == 0 for total in sums)


def _dates(frequency: str) -> Dates:
    """How StatCounter writes the dates of a frequency; for weeks and quarters ISO 8601 would read them otherwise."""
    readers = {"weekly": ("week", _week), "quarterly": ("quarter", _quarter)}
    precisions = {"daily": "day", "monthly": "month", "yearly": "year"}
    word, reader = readers.get(frequency) or (precisions[frequency], partial(_exactly, precisions[frequency]))
    return Dates(word, f"the file's name says {frequency}", reader)


def _exactly(precision: str, text: str) -> Period | None:
    period = Period.parse(text)
    return period if period.precision == precision else None


def _week(text: str) -> Period | None:
    """A week: year and number, or its first day."""
    match = _WEEK.fullmatch(text)
    if match:
        return Period.parse(f"{match[1]}-W{int(match[2]):02d}")
    first = Period.parse(text)
    return Period(first.start, first.start + timedelta(days=6), "week") if first.precision == "day" else first


def _quarter(text: str) -> Period | None:
    match = _QUARTER.fullmatch(text)
    return Period.parse(f"{match[1]}-Q{match[2]}") if match else Period.parse(text)


def _bar_period(table: Table, text: str) -> Period:
    """The period in the header of the bar form: ``Sept 2026``, ``Jan - Mar 2024``, ``Sept 2025 - Sept 2026``, ``2024``.

    Raises
    ------
    RejectedInput
        If it is written otherwise.
    """
    parts = re.split(" - | to ", clean(text))
    try:
        if len(parts) == 2:
            year = parts[1].rpartition(" ")[2]
            first = parts[0] if re.search(r"\d{4}", parts[0]) else f"{parts[0]} {year}"
            start, end = judge([first]).period(first), judge([parts[1]]).period(parts[1])
            return Period(start.start, end.end, "range")
        return judge([text]).period(text)
    except InvalidValue as error:
        problem = Problem(table.first.line, table.header[1], text, error.message)
        raise RejectedInput(table.name, [problem], "It is a month, a quarter, a year, or two months.") from error
