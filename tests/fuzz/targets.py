"""What is fuzzed: functions from bytes to nothing, each of which checks what must hold, whatever the bytes are.

A refusal is a `TrackerError`. Any other exception that leaves one of these functions is a fault of ours.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from unittest.mock import patch

from fuzz.cases import Case
from fuzz.passing import passing
from tracker.errors import InvalidValue, RejectedInput, TrackerError
from tracker.importers import registry
from tracker.importers.asked import Asked
from tracker.importers.base import Importer, Parsed
from tracker.importers.columns import column_kinds
from tracker.importers.opening import open_bytes
from tracker.importers.registry import claims, importers
from tracker.importers.table import DELIMITERS, Records, Table
from tracker.store.plan import Entry
from tracker.values import Period, Share
from tracker.values.checks import check_slug
from tracker.values.period import PRECISIONS
from tracker.values.share import MAX_DECIMALS

Target = Callable[[bytes], None]

KNOWN = importers()

SHEET = "xl/worksheets/sheet1.xml"

_BOOK = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml'
    '.sheet.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
    ' Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="S" sheetId="1" r:id="s"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
    ' Target="worksheets/sheet1.xml"/></Relationships>',
}


def period(data: bytes) -> None:
    """A text, or three parts in bytes, is a period that can be written and read back, or is refused."""
    with suppress(InvalidValue):
        _period_holds(Period.parse(data.decode("utf-8", "surrogateescape")))
    if len(data) == 7:
        days = [date.fromordinal(1 + int.from_bytes(part, "big") % date.max.toordinal()) for part in _halves(data[1:])]
        with suppress(InvalidValue):
            _period_holds(Period(*days, PRECISIONS[data[0] % len(PRECISIONS)]))


def _halves(data: bytes) -> tuple[bytes, bytes]:
    return data[: len(data) // 2], data[len(data) // 2 :]


def _period_holds(one: Period) -> None:
    assert Period.parse(str(one)) == one, "what is written is read back"
    assert one.start <= one.end
    assert one.days >= 1
    first, last = one.reach()
    assert first <= one.start
    assert last >= one.end
    named = one.named()
    assert (named.start, named.end) == (one.start, one.end), "a name says the same days"
    assert Period.parse(repr(one)[8:-2]) == one


def share(data: bytes) -> None:
    """A text, or parts of a share with a factor behind it, is a share that can be written and read back."""
    words = data.decode("utf-8", "surrogateescape").split("\n")
    with suppress(InvalidValue):
        _share_holds(Share.parse(words[0]))
    if len(words) == 6:
        with suppress(InvalidValue, ValueError, ArithmeticError):
            numbers = [float(word) if word else None for word in words[:3]]
            decimals = int(words[4]) if words[4] else None
            factor = Decimal(words[5])
            _parts(numbers, words[3] or None, decimals, factor)


def _parts(numbers: list[float | None], qualifier: str | None, decimals: int | None, factor: Decimal) -> None:
    try:
        one = Share(*numbers, qualifier, decimals)
    except InvalidValue:
        return
    _share_holds(one, printed=False)
    with suppress(InvalidValue):
        _share_holds(one.times(factor), printed=False)


def _share_holds(one: Share, *, printed: bool = True) -> None:
    low, high = one.interval()
    if not 0 <= low <= high <= 100:
        raise AssertionError(f"{low} to {high} is no interval of {one}")
    if one.value is not None and not low <= one.value <= high:
        raise AssertionError(f"{one} is not within its own interval")
    if not one.agrees(one):
        raise AssertionError(f"{one} does not agree with itself")
    again = Share.parse(str(one)) if one.decimals is not None and printed else one
    if again != one:
        raise AssertionError(f"{one} is read back as {again}")
    if one.decimals is not None and one.decimals > MAX_DECIMALS:
        raise AssertionError(f"{one.decimals} decimals")


def table(data: bytes) -> None:
    """Any bytes are opened as a table whose rows stand on lines of their own, or are refused; so with every claim."""
    case = Case.of(data)
    with suppress(TrackerError):
        asked = case.asked()
        found = open_bytes(case.name, case.content, asked.encoding, asked.sheet)
        _table_holds(found)
        claiming = claims(found, KNOWN)
        assert all(claiming.values()), "a claim says what shows it"
        # To look for plug-ins again takes four times as long as all the rest.
        with patch.object(registry, "importers", return_value=KNOWN):
            registry.importer_for(found, mapped=bool(asked.columns))


def _table_holds(found: Table) -> None:
    first = found.first
    lines = [first.line, *(row.line for row in found.rows())]
    assert all(any(cell.strip() for cell in row.cells) for row in found.rows()), "blank rows are left out"
    if not isinstance(found, Records):
        assert found.delimiter in DELIMITERS
        assert lines == sorted(set(lines)), "a row starts behind the one before it"
        assert lines[-1] <= len(found.text) + 1
    kinds = column_kinds(found, Asked())
    assert len(kinds) == len(first.cells)


def excel(data: bytes) -> None:
    """A workbook whose only sheet is these bytes is opened and read as any table, or refused."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in {**_BOOK, SHEET: data}.items():
            archive.writestr(name, text)
    with suppress(TrackerError):
        found = open_bytes("f.xlsx", packed.getvalue())
        _table_holds(found)
        _read(KNOWN["table"], found, Asked(market="x/y", counted="votes", whole="overlapping"))


def of_importer(name: str) -> Target:
    """The target of one importer."""
    importer = KNOWN[name]

    def read(data: bytes) -> None:
        case = Case.of(data)
        with suppress(TrackerError):
            asked = case.asked()
            found = open_bytes(case.name, case.content, asked.encoding, asked.sheet)
            assert isinstance(importer.claims(found), str)
            _read(importer, found, asked)

    read.__name__ = name.replace("-", "_")
    return read


def _read(importer: Importer, found: Table, asked: Asked) -> None:
    """Read a table; what is read can be stored, and what is refused can be shown."""
    try:
        parsed = importer.read(found, asked)
    except TrackerError as refused:
        if isinstance(refused, RejectedInput) and not refused.problems:
            raise AssertionError(f"the refusal names no place: {refused}") from refused
        if asked == Asked() and not refused.message.startswith(found.name):
            raise AssertionError(f"nothing was asked, and the refusal names no file: {refused}") from refused
        raise
    _parsed_holds(parsed)


def _parsed_holds(parsed: Parsed) -> None:
    for entry in parsed.entries:
        _entry_holds(entry)
    for problem in parsed.problems:
        assert problem.message, "a problem says what is wrong"
        str(problem)
    slugs = [market.slug for market in parsed.markets]
    assert len(set(slugs)) == len(slugs), "a market is described once"


def _entry_holds(entry: Entry) -> None:
    told = entry.told
    check_slug(told.market)
    _period_holds(told.period)
    _share_holds(told.share, printed=told.share.low is None and told.share.high is None)
    if not told.entity.strip():
        raise AssertionError(f"line {entry.line} names nobody")
    for text in (told.entity, told.note, told.status, told.citation.url, told.citation.title):
        # What is no text in UTF-8 cannot be stored.
        (text or "").encode()
    if entry.line < 1:
        raise AssertionError("an entry has a line")


IMPORTERS = ("tracker", "statcounter", "openrouter", "owid", "google-trends", "polls", "sdmx", "table")

TARGETS: dict[str, Target] = {
    "period": period,
    "share": share,
    "table": table,
    "excel": excel,
    "passing": passing,
    **{("generic" if name == "table" else name): of_importer(name) for name in IMPORTERS},
}
"""Every target by its name; those of importers are called as the importer, and that of any table `generic`."""
