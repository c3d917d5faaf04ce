"""What a database knows besides shares, as frames: markets, entities, sources, events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import pandas as pd

from tracker.store.contents import held_by_entity, held_by_market
from tracker.store.engine import Session
from tracker.store.entities import entities
from tracker.store.events import events
from tracker.store.markets import markets
from tracker.store.sources import sources
from tracker.values import Source

DAY = "datetime64[s]"


def made(columns: Mapping[str, Sequence[object]], kinds: Mapping[str, str]) -> pd.DataFrame:
    """Make a frame of columns; those without a kind are text."""
    return pd.DataFrame({name: pd.Series(list(cells), dtype=_kind(kinds, name)) for name, cells in columns.items()})


def _kind(kinds: Mapping[str, str], name: str) -> Any:
    return kinds.get(name, "str")


def market_table(session: Session) -> pd.DataFrame:
    """Return every market, with what it holds."""
    held = held_by_market(session)
    known = markets(session)
    names = ("source", "counted", "whole", "population", "region", "platform", "frequency", "note")
    columns: dict[str, list[object]] = {"market": [one.slug for one in known]}
    columns |= {name: [getattr(one, name) for one in known] for name in names}
    for place, name in enumerate(("observations", "entities", "first", "last")):
        columns[name] = [held.get(one.slug, (0, 0, None, None))[place] for one in known]
    words = dict.fromkeys(("source", "counted", "whole", "population", "region", "platform", "frequency"), "category")
    return made(columns, words | {"observations": "int64", "entities": "int64", "first": DAY, "last": DAY})


def entity_table(session: Session) -> pd.DataFrame:
    """Return every entity, with the names that it has, and what is known of it."""
    held = held_by_entity(session)
    known = entities(session)
    columns: dict[str, list[object]] = {"entity": [one.name for one in known]}
    columns |= {name: [getattr(one, name) for one in known] for name in ("kind", "hue")}
    columns["aliases"] = ["; ".join(one.aliases) or None for one in known]
    columns["parents"] = ["; ".join(str(parent) for parent in one.parents) or None for one in known]
    for place, name in enumerate(("observations", "markets", "first", "last")):
        columns[name] = [held.get(one.name, (0, 0, None, None))[place] for one in known]
    columns["note"] = [one.note for one in known]
    words = {"kind": "category", "hue": "category"}
    return made(columns, words | {"observations": "int64", "markets": "int64", "first": DAY, "last": DAY})


def source_table(session: Session) -> pd.DataFrame:
    """Return every source, with its licence, its credit line and its markets."""
    known = sources(session)
    measured: dict[str, list[str]] = {}
    for market in markets(session):
        measured.setdefault(market.source, []).append(market.slug)
    columns: dict[str, list[object]] = {
        "source" if field.name == "slug" else field.name: [getattr(one, field.name) for one in known]
        for field in fields(Source)
    }
    columns["markets"] = ["; ".join(measured.get(one.slug, ())) or None for one in known]
    return made(columns, {"may_redistribute": "boolean", "revises": "category"})


def event_table(session: Session) -> pd.DataFrame:
    """Return every event, by date."""
    known = events(session)
    columns: dict[str, list[object]] = {
        "label": [one.label for one in known],
        "period": [str(one.period) for one in known],
        "period_start": [one.period.start for one in known],
        "period_end": [one.period.end for one in known],
        "precision": [one.period.precision for one in known],
        "entities": ["; ".join(one.entities) or None for one in known],
        "tags": ["; ".join(one.tags) or None for one in known],
        "url": [one.url for one in known],
        "note": [one.note for one in known],
    }
    return made(columns, {"period_start": DAY, "period_end": DAY, "precision": "category"})
