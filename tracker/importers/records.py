"""JSON, JSON Lines and Parquet: records with named fields, as rows of text."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from tracker.errors import Problem, RejectedInput, TrackerError, clip

WIDEST = 20_000

Rows = list[tuple[int, list[str]]]


def from_json(name: str, text: str) -> tuple[Rows, dict[str, str]]:
    """Return the records of a JSON text as rows under a header, and the texts that stand beside them.

    A list of objects is taken, at the top or as the only one under a name. Numbers keep every printed digit.

    Raises
    ------
    RejectedInput
        If it is no JSON, or holds no such list.
    """
    try:
        value = json.loads(text, parse_float=str, parse_int=str)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text.lstrip().startswith("{"):
            return _from_lines(name, text), {}
        problem = Problem(error.lineno, f"character {error.colno}", "", f"is no JSON: {error.msg}")
        raise RejectedInput(name, [problem], "Is the file whole?") from error
    except RecursionError as error:
        raise RejectedInput(name, [Problem(0, "", "", "is nested too deeply to be a table")]) from error
    records, beside = _records(name, value)
    return _rows(name, enumerate(records, 1)), beside


def _from_lines(name: str, text: str) -> Rows:
    records, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            records.append((number, json.loads(line, parse_float=str, parse_int=str)))
        except (json.JSONDecodeError, RecursionError) as error:
            problems.append(
                Problem(number, "", clip(line), f"is no JSON: {getattr(error, 'msg', 'nested too deeply')}")
            )
    if problems:
        raise RejectedInput(name, problems, "Is the file whole?")
    return _rows(name, records)


def from_parquet(name: str, content: bytes) -> Rows:
    """Return the records of a Parquet file as rows under a header.

    Raises
    ------
    RejectedInput
        If it is no Parquet file, or too large.
    """
    from pyarrow import ArrowException, parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(content))
        if file.metadata.num_rows > 5_000_000 or file.metadata.num_columns > 1_000:
            size = f"{file.metadata.num_rows:,} rows and {file.metadata.num_columns:,} columns"
            raise RejectedInput(name, [Problem(0, "", "", f"has {size}, more than are read at once")])
        records = file.read().to_pylist()
    except (ArrowException, OSError, ValueError) as error:
        problem = Problem(0, "", "", f"cannot be read as Parquet: {clip(str(error), 200)}")
        raise RejectedInput(name, [problem], "Is the file whole?") from error
    return _rows(name, enumerate(records, 1))


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
    others = [(number, record) for number, record in listed if not isinstance(record, dict)]
    bad = [Problem(number, "", clip(str(record)), "is no object") for number, record in others]
    if bad:
        raise RejectedInput(name, bad, "Each record needs named fields.")
    header = list(dict.fromkeys(str(key) for _, record in listed for key in record))
    if len(header) > WIDEST:
        raise TrackerError(f"{name}: {len(header):,} different fields are no table", "Is it another kind of file?")
    return [(0, header), *((number, [_text(record.get(key)) for key in header]) for number, record in listed)]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}" if float(f"{value:.15g}") == value else repr(value)
    if isinstance(value, dict | list):
        return json.dumps(value)
    return str(value).strip()
