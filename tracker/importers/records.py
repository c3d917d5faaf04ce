"""JSON and JSON Lines: records with named fields, as rows of text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from tracker.errors import Problem, RejectedInput, TrackerError, clip

WIDEST = 20_000
MOST_CELLS = 5_000_000
MOST_PARTS = 4 * MOST_CELLS
"""Values, of whatever depth, above which a text is not even taken apart."""

Rows = list[tuple[int, list[str]]]


def from_json(name: str, text: str) -> tuple[Rows, dict[str, str]]:
    """Return the records of a JSON text as rows under a header, and the texts that stand beside them.

    A list of objects is taken, at the top or as the only one under a name. Numbers keep every printed digit;
    each record has the line on which it starts, or its number among them where several stand on one line.

    Raises
    ------
    RejectedInput
        If it is no JSON, or holds no such list.
    """
    _check_size(name, text)
    rows, beside = _taken_apart(name, text)
    if _HALF.search(text):
        _refuse_halves(name, rows)
    return rows, beside


def _taken_apart(name: str, text: str) -> tuple[Rows, dict[str, str]]:
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text.lstrip().startswith("{"):
            return _from_lines(name, text), {}
        problem = Problem(error.lineno, f"character {error.colno}", "", f"is no JSON: {error.msg}")
        raise RejectedInput(name, [problem], "Is the file whole?") from error
    except _Twice as error:
        raise RejectedInput(name, [Problem(0, str(error), "", "stands twice in one object")]) from error
    except RecursionError as error:
        raise RejectedInput(name, [Problem(0, "", "", "is nested too deeply to be a table")]) from error
    records, beside = _records(name, value)
    lines = _lines(text, records)
    return _rows(name, zip(lines, records, strict=True)), beside


def _check_size(name: str, text: str) -> None:
    """Refuse what would be a hundred times larger as objects than it is as text."""
    groups, commas = text.count("{") + text.count("["), text.count(",")
    if groups > MOST_CELLS or commas > MOST_PARTS:
        problem = Problem(0, "", "", f"holds {groups:,} objects and lists, and {commas:,} commas: more than are read")
        raise RejectedInput(name, [problem], "Split it, or save it as CSV.")


def _refuse_halves(name: str, rows: Rows) -> None:
    """Refuse characters of which only one half was escaped: JSON allows that, and no text can hold it."""
    header = rows[0][1]
    problems = [
        Problem(line, ascii(key)[1:-1], ascii(cell)[1:-1], "holds half a character, which is no text")
        for line, cells in rows
        for key, cell in zip(header, cells, strict=True)
        if any("\ud800" <= letter <= "\udfff" for letter in cell)
    ]
    if problems:
        raise RejectedInput(name, problems, "Is the file whole? Correct it where it is made.")


class _Twice(Exception):
    """A name stands twice in one object: JSON does not say which one counts."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        raise _Twice(next(name for name, count in counted.items() if count > 1))
    return found


_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_object)
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_BETWEEN = re.compile(r"[\s,]*")


def _lines(text: str, records: list[Any]) -> list[int]:
    """The line on which each record starts: the list of all of them begins where the first is found whole."""
    for start in re.finditer(r"\[\s*(?=\{)", text):
        position, line, lines, seen = start.end(), 1, [], 0
        try:
            for record in records:
                found, end = _DECODER.raw_decode(text, position)
                if found != record:
                    break
                line += text.count("\n", seen, position)
                seen = position
                lines.append(line)
                between = _BETWEEN.match(text, end)
                position = between.end() if between else end
        except (ValueError, RecursionError):
            continue
        if len(set(lines)) == len(records):
            return lines
    return list(range(1, len(records) + 1))


def _from_lines(name: str, text: str) -> Rows:
    records, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            records.append((number, _DECODER.decode(line)))
        except json.JSONDecodeError as error:
            problems.append(Problem(number, f"character {error.colno}", clip(line), f"is no JSON: {error.msg}"))
        except _Twice as error:
            problems.append(Problem(number, str(error), "", "stands twice in one object"))
        except RecursionError:
            problems.append(Problem(number, "", clip(line), "is nested too deeply to be a record"))
    if problems:
        raise RejectedInput(name, problems, "Is the file whole?")
    return _rows(name, records)


def _records(name: str, value: Any) -> tuple[list[Any], dict[str, str]]:
    if isinstance(value, list):
        return value, {}
    lists = {key: item for key, item in value.items() if _is_table(item)} if isinstance(value, dict) else {}
    if len(lists) == 1:
        key = next(iter(lists))
        return lists[key], dict(_flat({other: item for other, item in value.items() if other != key}))
    found = f"several lists of objects ({', '.join(lists)})" if lists else "no list of objects"
    raise RejectedInput(name, [Problem(0, "", "", f"holds {found}, where one was expected")])


def _is_table(item: object) -> bool:
    return isinstance(item, list) and bool(item) and all(isinstance(record, dict) for record in item)


def _flat(value: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, str]]:
    for key, item in value.items():
        if isinstance(item, dict):
            yield from _flat(item, f"{before}{key}.")
        elif isinstance(item, str | bool | int):
            yield f"{before}{key}", str(item)


def _rows(name: str, records: Iterable[tuple[int, Any]]) -> Rows:
    """Give every record the same columns: those of all records, in the order in which they first stand."""
    listed = list(records)
    if not listed:
        raise RejectedInput(name, [Problem(0, "", "", "the file is empty: it holds no records")])
    others = [(number, record) for number, record in listed if not isinstance(record, dict)]
    bad = [Problem(number, "", clip(str(record)), "is no object") for number, record in others]
    if bad:
        raise RejectedInput(name, bad, "Each record needs named fields.")
    header = list(dict.fromkeys(str(key) for _, record in listed for key in record))
    if len(header) > WIDEST or len(header) * len(listed) > MOST_CELLS:
        raise TrackerError(f"{name}: {len(header):,} different fields are no table", "Is it another kind of file?")
    return [(0, header), *((number, [as_text(record.get(key)) for key in header]) for number, record in listed)]


def as_text(value: object) -> str:
    """A value as a cell of text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        short = f"{value:.15g}"
        return format(Decimal(short if float(short) == value else repr(value)), "f")
    if isinstance(value, dict | list):
        return clip(str(value))
    return str(value).strip()
