"""StatCounter Global Stats: wide exports, one column an entity, one row a period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tracker.errors import InvalidValue, Problem, RejectedInput, UsageProblem
from tracker.importers.base import Parsed
from tracker.importers.table import Row, Table
from tracker.store.plan import Entry
from tracker.values import Citation, Market, Observation, Period, Share, Source

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

DATE_HEADERS = {"date", "month"}

COUNTED = {
    "ai_chatbot": "AI chatbot referrals",
    "search_engine": "search engine referrals",
    "social_media": "social media referrals",
}
"""What is counted by kind of export; page views for all the others, as StatCounter's FAQ says."""

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

_NAME = re.compile(
    r"(?:statcounter[-_])?(?:(?P<platform>(?:desktop|mobile|tablet|console)(?:\+\w+)*)-)?"
    r"(?P<kind>[A-Za-z]\w*)-(?P<region>[A-Za-z]{2})-(?P<period>monthly)-\d{6}-\d{6}(?: ?\(\d+\))?",
    re.IGNORECASE,
)

_NUMBER = re.compile(r"\d+(?:\.(\d{1,18}))?", re.ASCII)


class FileName(NamedTuple):
    """What StatCounter's own name of an export says."""

    kind: str
    region: str
    platform: str | None

    @classmethod
    def parse(cls, stem: str) -> FileName | None:
        """Read the name, without its ending; None where it is not StatCounter's.

        >>> FileName.parse("statcounter_ai_chatbot-ww-monthly-202301-202609")
        FileName(kind='ai_chatbot', region='ww', platform=None)
        """
        match = _NAME.fullmatch(stem)
        return cls(match["kind"].lower(), match["region"], match["platform"]) if match else None

    @property
    def slug(self) -> str:
        """The market's slug: ``statcounter/ai-chatbot-ww``."""
        # StatCounter writes countries in capitals and continents small: NA is Namibia, na is North America.
        place = self.region if self.region == "ww" else _region(self.region)[1]
        words = [self.platform, self.kind, place]
        return "statcounter/" + "-".join(re.sub(r"[^a-z0-9]+", "-", word.lower()) for word in words if word)

    def market(self) -> Market:
        """The market of this export: the parts of one month are the whole."""
        return Market(
            slug=self.slug,
            source=SOURCE.slug,
            counted=COUNTED.get(self.kind, "page views"),
            whole="closed",
            region=_region(self.region)[0],
            platform=self.platform,
            frequency="monthly",
        )


def _region(code: str) -> tuple[str, str]:
    """Name of a region, and the word for it in a slug."""
    if code in CONTINENTS:
        return CONTINENTS[code], CONTINENTS[code]
    import pycountry

    country = pycountry.countries.get(alpha_2=code.upper())
    if country is None:
        return code, code
    return getattr(country, "common_name", country.name), code


class StatCounter:
    """Wide exports of StatCounter Global Stats, by month."""

    name = "statcounter"
    title = "StatCounter Global Stats, wide CSV by month"

    def claims(self, table: Table) -> bool:
        """Whether the first column holds months, and the file is named or its rows sum as StatCounter's do."""
        header = [cell.strip() for cell in table.header]
        if len(header) < 2 or header[0].lower() not in DATE_HEADERS:
            return False
        return FileName.parse(table.stem) is not None or _sums_to_whole(table)

    def read(self, table: Table, market: str | None) -> Parsed:
        """Read every month that was measured; rows of zeros only are padding."""
        named = FileName.parse(table.stem)
        if market is None and named is None:
            raise UsageProblem(
                f"{table.name}: the name of the file does not say which market this is",
                "Say it with --market SLUG, or give the file the name that StatCounter gave it"
                " (ai_chatbot-ww-monthly-202301-202609.csv).",
            )
        parsed = Parsed(sources=[SOURCE])
        if market is None and named is not None:
            parsed.markets.append(named.market())
        slug = market or (named.slug if named else "")
        header = _header(table)
        padding = []
        decimals = _decimals(table)
        for row in table.rows():
            period = _period(row, header, parsed.problems)
            if period is None:
                continue
            if all(_is_zero(cell) for cell in row.cells[1:]):
                padding.append(period)
                continue
            parsed.entries += _entries(row, header, slug, period, decimals, parsed.problems)
        parsed.notes += _notes(padding, decimals)
        return parsed


def _header(table: Table) -> list[str]:
    header = [cell.strip() for cell in table.header]
    line = table.first.line
    problems = [Problem(line, str(place), "", "has no name") for place, name in enumerate(header, 1) if not name]
    problems += [
        Problem(line, name, "", "stands twice") for name in sorted({n for n in header if header.count(n) > 1 and n})
    ]
    if problems:
        raise RejectedInput(table.name, problems)
    return header


def _period(row: Row, header: list[str], problems: list[Problem]) -> Period | None:
    """The month of a row; None where the row cannot be read, which is noted."""
    if len(row.cells) != len(header):
        wrong = f"has {len(row.cells)} cells, the first line has {len(header)}"
        problems.append(Problem(row.line, "", "", wrong))
        return None
    text = row.cells[0].strip()
    try:
        period = Period.parse(text)
        if period.precision == "month":
            return period
        problems.append(Problem(row.line, header[0], text, "is not a month; write 2025-04"))
    except InvalidValue:
        problems.append(Problem(row.line, header[0], text, "is not a month; write 2025-04"))
    return None


def _entries(
    row: Row, header: list[str], market: str, period: Period, decimals: int, problems: list[Problem]
) -> Iterator[Entry]:
    citation = Citation(url=SITE, title="StatCounter Global Stats", publisher="StatCounter", kind="primary")
    for name, cell in zip(header[1:], row.cells[1:], strict=True):
        text = cell.strip()
        if not text:
            continue
        try:
            share = Share.parse(text)
            if not _NUMBER.fullmatch(text) or share.value is None:
                raise InvalidValue(f"{text!r} is not a plain number")
        except InvalidValue as error:
            problems.append(Problem(row.line, name, text, error.message))
            continue
        yield Entry(row.line, Observation(market, name, period, Share(share.value, decimals=decimals), citation))


def _decimals(table: Table) -> int:
    """Decimals of the whole export: it prints 11.00 as 11, so one cell alone does not tell."""
    numbers = (_NUMBER.fullmatch(cell.strip()) for row in table.rows() for cell in row.cells[1:])
    return max((len(number[1] or "") for number in numbers if number), default=0)


def _is_zero(cell: str) -> bool:
    number = _NUMBER.fullmatch(cell.strip())
    return number is not None and float(number[0]) == 0


def _sums_to_whole(table: Table) -> bool:
    """Whether the first rows each sum to 100, as the parts of a whole do, or are padding."""
    sums = []
    for row, _ in zip(table.rows(), range(5), strict=False):
        try:
            sums.append(sum(float(cell) for cell in row.cells[1:] if cell.strip()))
        except ValueError:
            return False
    return bool(sums) and all(abs(total - 100) < 0.5 or total == 0 for total in sums) and any(sums)


def _notes(padding: list[Period], decimals: int) -> list[str]:
    notes = [f"every share is kept with {decimals} decimals: the export leaves trailing zeros out"] if decimals else []
    if padding:
        span = f"{min(padding)} to {max(padding)}"
        notes.append(f"{len(padding)} rows of zeros only ({span}) are padding, not data, and were left out")
    return notes
