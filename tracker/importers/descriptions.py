"""What the rows of our long CSV say of sources, markets and entities, put together from all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tracker.errors import InvalidValue, Problem
from tracker.importers.base import Parsed
from tracker.values import Entity, Market, Parent, Source

SOURCE = {
    "source": "slug",
    "source_title": "title",
    "producer": "producer",
    "source_url": "url",
    "licence": "licence",
    "licence_url": "licence_url",
    "credit": "credit",
    "may_redistribute": "may_redistribute",
    "revises": "revises",
    "source_note": "note",
}
MARKET = {
    "counted": "counted",
    "whole": "whole",
    "population": "population",
    "region": "region",
    "platform": "platform",
    "frequency": "frequency",
    "market_note": "note",
}
ENTITY = {"kind": "kind", "hue": "hue", "entity_note": "note", "aliases": "aliases", "parents": "parents"}

_PART = re.compile(r"(?:\\.|[^;\\]|\\$)+", re.DOTALL)
_ESCAPED = re.compile(r"\\([;\\])")


class _Said(NamedTuple):
    """What was said of one thing so far, and on which line first."""

    line: int
    fields: dict[str, str]


class Descriptions:
    """Collects, row by row, what is said of each thing: once is enough, on whichever row."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._said: dict[tuple[str, str], _Said] = {}
        self._seen: set[tuple[str, ...]] = set()

    def take(self, line: int, cells: Mapping[str, str]) -> None:
        """Take what a row says of its source, its market and its entity."""
        role = cells.get("role", "")
        known = tuple(cells.get(name, "") for name in ("role", "market", "entity", *SOURCE, *MARKET, *ENTITY))
        if known in self._seen:
            return
        self._seen.add(known)
        if cells.get("source"):
            self._merge(line, "source", cells["source"], _fields(cells, SOURCE))
        market = _fields(cells, MARKET)
        if cells["market"] and role != "source" and (market or role == "market"):
            source = {"source": cells["source"]} if cells.get("source") else {}
            self._merge(line, "market", cells["market"], source | market)
        entity = _fields(cells, ENTITY)
        if cells["entity"] and (entity or role == "entity"):
            self._merge(line, "entity", cells["entity"], entity)

    def finish(self) -> None:
        """Put what was described into the parsed input, and note what cannot be."""
        for what, build, into in (
            ("source", _source, self._parsed.sources),
            ("market", _market, self._parsed.markets),
            ("entity", _entity, self._parsed.entities),
        ):
            self._build(what, build, into)

    def _merge(self, line: int, what: str, name: str, fields: dict[str, str]) -> None:
        said = self._said.setdefault((what, name), _Said(line, {}))
        for field, value in fields.items():
            before = said.fields.setdefault(field, value)
            if before != value:
                wrong = f"is described otherwise than before: {field} was {before!r}, and is {value!r} here"
                self._parsed.problems.append(Problem(line, what, name, wrong))

    def _build(self, what: str, build: Callable[[str, dict[str, str]], object], into: list) -> None:  # type: ignore[type-arg]
        for (kind, name), said in self._said.items():
            if kind != what:
                continue
            try:
                into.append(build(name, said.fields))
            except InvalidValue as error:
                wrong = " ".join(part for part in (error.message, error.hint) if part)
                self._parsed.problems.append(Problem(said.line, what, name, wrong))


def split(text: str) -> tuple[str, ...]:
    r"""Split a list of names at each ``;``; a name's own ``;`` and backslash have a backslash before them.

    >>> split(r"Deepseek; Deep\; Seek")
    ('Deepseek', 'Deep; Seek')
    """
    parts = (_ESCAPED.sub(r"\1", part).strip() for part in _PART.findall(text))
    return tuple(part for part in parts if part)


def join(names: tuple[str, ...]) -> str:
    r"""Write a list of names so that it is read back the same.

    >>> join(("Deepseek", "Deep; Seek"))
    'Deepseek; Deep\\; Seek'
    """
    return "; ".join(re.sub(r"([;\\])", r"\\\1", name) for name in names)


def _fields(cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    return {field: cells[column] for column, field in columns.items() if cells.get(column)}


def _source(name: str, fields: dict[str, str]) -> Source:
    words = {"title": name} | fields | {"slug": name}
    passed_on = words.pop("may_redistribute", None)
    if passed_on not in (None, "yes", "no"):
        raise InvalidValue(f"{passed_on!r} is not yes or no (may_redistribute)")
    return Source(**words, may_redistribute=None if passed_on is None else passed_on == "yes")


def _market(name: str, fields: dict[str, str]) -> Market:
    missing = [column for column in ("source", "counted", "whole") if column not in fields]
    if missing:
        raise InvalidValue(f"a market is described with {', '.join(missing)} too")
    return Market(name, **fields)


def _entity(name: str, fields: dict[str, str]) -> Entity:
    words = {key: value for key, value in fields.items() if key in ("kind", "hue", "note")}
    parents = tuple(Parent.parse(text) for text in split(fields.get("parents", "")))
    return Entity(name, **words, aliases=split(fields.get("aliases", "")), parents=parents)
