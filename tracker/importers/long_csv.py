"""Our own long CSV: one row a fact, with all that is known of it. What `tracker export` writes, this reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from tracker.errors import InvalidValue, Problem, RejectedInput, clip
from tracker.importers.asked import Asked
from tracker.importers.base import Parsed
from tracker.importers.descriptions import ENTITY, MARKET, SOURCE, Descriptions, split
from tracker.importers.repeats import first_stands
from tracker.importers.spreadsheets import SAFE, as_given
from tracker.importers.table import Head, Row, Table
from tracker.store.plan import Entry
from tracker.values import CITATION_KINDS, Citation, Correction, Event, Observation, Period, Share
from tracker.values.checks import check_choice
from tracker.values.names import nearest

T = TypeVar("T")

REQUIRED = ("market", "entity", "period", "share")
FACT = (*REQUIRED, "low", "high", "status", "sample_size", "note", "role", "printed_period")
CORRECTION = (
    *("printed_share", "printed_low", "printed_high", "printed_status"),
    *("correction", "correction_reason", "upstream", "upstream_url"),
)
CITATION = ("url", "title", "publisher", "published", "place", "quote", "via", "citation_kind")
DERIVED = ("tags", "period_start", "period_end", "precision", "decimals", "known_from")
COLUMNS = (*FACT, *CORRECTION, *CITATION, *SOURCE, *MARKET, *ENTITY, *DERIVED)

ROLES = ("", "report", "source", "market", "entity", "event")
"""'' is an observation; report a further page on one; the others are rows that only describe."""


class LongCsv:
    """One row a fact: market, entity, period and share, and any of the other columns."""

    name = "tracker"
    title = "our own long CSV: market, entity, period, share and more"
    example = "market,entity,period,share,url\npoe/text-messages,DeepSeek R1,~2025-04-30,3,https://..."

    def claims(self, table: Table) -> str:
        """By the four columns that every such file has."""
        has = set(REQUIRED) <= {cell.strip() for cell in table.header}
        return "the first line names market, entity, period and share" if has else ""

    def read(self, table: Table, asked: Asked) -> Parsed:
        """Read every row; the market that was asked for stands in where a row names none."""
        header = _header(table)
        parsed = Parsed()
        reader = Reader(parsed, asked.market, keep_repeats=asked.keep_repeats)
        for row in table.rows():
            if len(row.cells) != len(header):
                wrong = f"has {len(row.cells)} cells, the first line has {len(header)}"
                parsed.problems.append(Problem(row.line, "", "", wrong))
                continue
            reader.row(row, as_given(dict(zip(header, (cell.strip() for cell in row.cells), strict=True))))
        if isinstance(table, Head):
            table.readings.append(reader)
            return parsed
        reader.described.finish()
        if asked.keep_repeats:
            parsed.entries, parsed.notes = first_stands(parsed.entries)
        return parsed


def _header(table: Table) -> list[str]:
    header, line = [cell.strip() for cell in table.header], table.first.line
    problems = [
        Problem(line, name, "", f"is no column of this format; near it: {', '.join(nearest(name, COLUMNS)) or 'none'}")
        for name in header
        if name not in (*COLUMNS, SAFE)
    ]
    problems += [Problem(line, name, "", "stands twice") for name in dict.fromkeys(header) if header.count(name) > 1]
    problems += [Problem(line, name, "", "is missing") for name in REQUIRED if name not in header]
    if problems:
        raise RejectedInput(table.name, problems, f"The columns are: {', '.join(COLUMNS)}.")
    return header


class Reader:
    """Reads row by row, and notes everything that is wrong."""

    def __init__(self, parsed: Parsed, market: str | None, *, keep_repeats: bool = False) -> None:
        self.parsed = parsed
        self.market = market
        self.keep_repeats = keep_repeats
        self.described = Descriptions(parsed)
        self.roles: dict[str, Callable[[Row, Mapping[str, str]], None]] = {
            "": self._fact,
            "report": self._fact,
            "source": self._describe,
            "market": self._describe,
            "entity": self._describe,
            "event": self._event,
        }

    def row(self, row: Row, cells: dict[str, str]) -> None:
        """Read one row, and note everything that is wrong with it."""
        if not cells["market"] and self.market and cells.get("role", "") in ("", "report"):
            cells["market"] = self.market
        before = len(self.parsed.problems)
        role = cells.get("role", "")
        if self.market and cells["market"] != self.market and role in ("", "report"):
            self._wrong(row, "market", cells["market"], f"is not {self.market}, which --market asks for")
        if role not in self.roles:
            self._wrong(row, "role", role, f"is none of {', '.join(ROLES[1:])}; leave it empty for an observation")
            return
        self._agrees(row, cells)
        if len(self.parsed.problems) == before:
            self.roles[role](row, cells)

    def period_of(self, row: Row, cells: Mapping[str, str]) -> Period | None:
        """The period of a row; None where it is absent or wrong, which is not noted."""
        before = len(self.parsed.problems)
        self._agrees(row, cells)
        period = self._take(row, cells, "period", Period.parse)
        wrong = len(self.parsed.problems) > before
        del self.parsed.problems[before:]
        return None if wrong else period

    def beside(self, row: Row, cells: Mapping[str, str]) -> tuple[int | None, Citation] | None:
        """What a row says of size and page; None where it is wrong, which is not noted."""
        before = len(self.parsed.problems)
        size, citation = self._take(row, cells, "sample_size", _whole_number), self._citation(row, cells)
        wrong = len(self.parsed.problems) > before
        del self.parsed.problems[before:]
        return None if wrong or citation is None else (size, citation)

    def _wrong(self, row: Row, column: str, value: str, message: str) -> None:
        self.parsed.problems.append(Problem(row.line, column, value, message))

    def _take(self, row: Row, cells: Mapping[str, str], column: str, parse: Callable[[str], T]) -> T | None:
        """Parse a cell; None where it is empty, or wrong, which is noted."""
        text = cells.get(column, "")
        if not text:
            return None
        try:
            return parse(text)
        except InvalidValue as error:
            self._wrong(row, column, text, _said(error))
            return None

    def _fact(self, row: Row, cells: Mapping[str, str]) -> None:
        before = len(self.parsed.problems)
        for column in ("market", "entity", "period"):
            if not cells[column]:
                self._wrong(row, column, "", "is empty")
        period = self._take(row, cells, "period", Period.parse)
        share = self._share(row, cells)
        printed = self._take(row, cells, "printed_period", Period.parse)
        size = self._take(row, cells, "sample_size", _whole_number)
        citation = self._citation(row, cells)
        self.described.take(row.line, cells)
        if share and cells.get("decimals") not in (None, "", str(share.decimals)):
            self._wrong(row, "decimals", cells["decimals"], f"disagrees with the share {share}, which is what is read")
        if len(self.parsed.problems) > before or period is None or share is None or citation is None:
            return
        try:
            told = Observation(
                cells["market"],
                cells["entity"],
                period,
                share,
                citation,
                cells.get("status") or None,
                size,
                cells.get("note") or None,
            )
        except InvalidValue as error:
            self._wrong(row, "status", cells.get("status", ""), _said(error))
            return
        is_report = cells.get("role") == "report"
        if any(cells.get(column) for column in CORRECTION):
            told = self._corrected(row, cells, told)
        self.parsed.entries.append(Entry(row.line, told, is_report, str(printed) if printed else None))

    def _corrected(self, row: Row, cells: Mapping[str, str], told: Observation) -> Observation:
        """Tell what was printed from what it is corrected to; what is wrong with that is noted."""
        printed = self._share(row, cells, "printed_")
        if printed is None:
            return told
        try:
            made = Correction(
                cells.get("correction", ""),
                told.share,
                told.status or "A",
                cells.get("correction_reason", ""),
                cells.get("upstream") or "open",
                cells.get("upstream_url") or None,
            )
            return replace(told, share=printed, status=cells.get("printed_status") or "A", correction=made)
        except InvalidValue as error:
            self._wrong(row, "correction", cells.get("correction", ""), _said(error))
            return told

    def _share(self, row: Row, cells: Mapping[str, str], which: str = "") -> Share | None:
        """The share, with the published interval around it where there is one; or the printed one beside it."""
        column = f"{which}share"
        text = cells.get(column, "")
        share = self._take(row, cells, column, Share.parse)
        low, high = (self._take(row, cells, f"{which}{bound}", _bound) for bound in ("low", "high"))
        if share is None:
            if not text and low and high:
                return self._take(row, {column: f"{low}..{high}"}, column, Share.parse)
            if not text:
                self._wrong(row, column, "", "is empty; absent is not zero: leave the row out")
            return None
        if low is None and high is None:
            return share
        try:
            bounds = (low.value if low else None, high.value if high else None)
            if share.value is None:
                if bounds != (share.low, share.high):
                    self._wrong(row, column, text, f"disagrees with the columns {which}low and {which}high")
                return share
            return Share(share.value, *bounds, share.qualifier, share.decimals)
        except InvalidValue as error:
            self._wrong(row, column, text, _said(error))
            return None

    def _citation(self, row: Row, cells: Mapping[str, str]) -> Citation | None:
        published = self._take(row, cells, "published", _day)
        kind = self._take(row, cells, "citation_kind", _citation_kind)
        texts = {name: cells.get(name) or None for name in CITATION if name not in ("published", "citation_kind")}
        try:
            return Citation(**texts, published=published, kind=kind)
        except InvalidValue as error:
            self._wrong(row, "url", cells.get("url", ""), _said(error))
            return None

    def _event(self, row: Row, cells: Mapping[str, str]) -> None:
        period = self._take(row, cells, "period", Period.parse)
        if period is None or not cells.get("title"):
            self._wrong(row, "title", cells.get("title", ""), "an event needs a period, and its label as title")
            return
        names, tags = split(cells["entity"]), split(cells.get("tags", ""))
        try:
            made = Event(period, cells["title"], cells.get("url") or None, cells.get("note") or None, names, tags)
        except InvalidValue as error:
            self._wrong(row, "url", cells.get("url", ""), _said(error))
            return
        self.parsed.events.append(made)

    def _describe(self, row: Row, cells: Mapping[str, str]) -> None:
        """Take a row that only describes."""
        role = cells.get("role", "")
        if not cells.get(role):
            self._wrong(row, role, "", "is empty, and the row describes it")
        for column in ("period", "share"):
            if cells[column]:
                self._wrong(row, column, cells[column], f"stands on a row that only describes (its role is {role})")
        self.described.take(row.line, cells)

    def _agrees(self, row: Row, cells: Mapping[str, str]) -> None:
        """Refuse derived columns that were edited: only `period` and `share` are read."""
        period = cells["period"] and any(cells.get(name) for name in DERIVED[1:4])
        if not period:
            return
        told = self._take(row, cells, "period", Period.parse)
        if told is None:
            return
        for column, value in zip(DERIVED[1:4], (told.start, told.end, told.precision), strict=True):
            if cells.get(column) and cells[column] != str(value):
                self._wrong(row, column, cells[column], f"disagrees with the period {told}, which is what is read")


def _day(text: str) -> date:
    period = Period.parse(text)
    if period.precision != "day":
        raise InvalidValue(f"{text!r} is not a day", "Write it as 2025-05-13.")
    return period.start


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18 or not int(text):
        raise InvalidValue(f"{clip(text)!r} is not a whole number above 0", "Write digits only: 2502.")
    return int(text)


def _bound(text: str) -> Share:
    share = Share.parse(text)
    if share.value is None or share.qualifier:
        raise InvalidValue(f"{clip(text)!r} is not a plain number", "Write 6.5.")
    return share


def _citation_kind(text: str) -> str:
    check_choice(text, CITATION_KINDS, "citation kind")
    return text


def _said(error: InvalidValue) -> str:
    """The message for a list of bad cells, where the value itself is shown already."""
    return ". ".join(part for part in (error.message, error.hint) if part)
