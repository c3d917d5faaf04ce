"""The other direction: what is recorded, as rows of our own long CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.importers.descriptions import ENTITY, MARKET, SOURCE, join
from tracker.importers.long_csv import CITATION, COLUMNS
from tracker.importers.spreadsheets import SAFE, safe_record
from tracker.store.engine import Session
from tracker.store.entities import entities
from tracker.store.events import events
from tracker.store.markets import markets
from tracker.store.shares import Selection, Told, observations, reports_on
from tracker.store.sources import sources
from tracker.values import Entity, Event, Market, Period, Share, Source
from tracker.values.harmless import harmless_json

Record = dict[str, object]


@dataclass(frozen=True)
class _Known:
    """What the rows of an export refer to."""

    sources: Mapping[str, Source]
    markets: Mapping[str, Market]
    entities: Mapping[str, Entity]


def records(session: Session, wanted: Selection) -> list[Record]:
    """Return rows that, imported into an empty database, give the same content.

    Parameters
    ----------
    session : Session
        A reading one.
    wanted : Selection
        Which observations. Where nothing is left out, the events and all that has no observation come too.

    Returns
    -------
    list of dict
        Keys are `COLUMNS`; missing is None.
    """
    known = _Known(
        {source.slug: source for source in sources(session)},
        {market.slug: market for market in markets(session)},
        {entity.name: entity for entity in entities(session)},
    )
    told, further = observations(session, wanted), reports_on(session, wanted)
    facts = [_fact(one, known) for one in told] + [_fact(one, known, "report") for one in further]
    everything = wanted == Selection()
    return [
        *_descriptions(told, known, everything),
        *facts,
        *([_event(event) for event in events(session)] if everything else []),
    ]


def as_csv(found: list[Record], *, safe: bool = False) -> str:
    """Write records as our own long CSV, columns `COLUMNS`.

    Parameters
    ----------
    found : list of dict
        See `records`.
    safe : bool
        Whether texts that a spreadsheet would run as formulas get an apostrophe. A further column says so, for
        the import to take it away.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, (*COLUMNS, SAFE) if safe else COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(safe_record, found) if safe else found)
    return text.getvalue()


def as_json(found: list[Record]) -> str:
    """Write records as a JSON list: `share`, `low` and `high` as numbers, the share as printed beside them."""
    return harmless_json(json.dumps([_numeric(record) for record in found], ensure_ascii=False, indent=1)) + "\n"


def _numeric(record: Record) -> Record:
    if record["share"] is None:
        return record | {"printed": None}
    share = Share.parse(str(record["share"]))
    low, high = (None if record[name] is None else float(str(record[name])) for name in ("low", "high"))
    return record | {
        "share": share.value,
        "printed": record["share"],
        "low": share.low if low is None else low,
        "high": share.high if high is None else high,
    }


def _row(**cells: object) -> Record:
    return dict.fromkeys(COLUMNS) | cells


def _fact(told: Told, known: _Known, role: str | None = None) -> Record:
    market = known.markets[told.market]
    period, share, cited = Period.parse(told.period), told.share, told.citation
    around = share.value is not None
    return _row(
        market=told.market,
        entity=told.entity,
        period=told.period,
        share=str(share),
        low=_number(share.low) if around else None,
        high=_number(share.high) if around else None,
        status=told.status if role is None else None,
        sample_size=told.sample_size,
        note=told.note,
        role=role,
        printed_period=told.printed_period,
        **_correction(told),
        **{
            name: getattr(cited, "kind" if name == "citation_kind" else name)
            for name in CITATION
            if name != "published"
        },
        published=cited.published and cited.published.isoformat(),
        **_source(known.sources[market.source]),
        **_market(market),
        **_entity(known.entities[told.entity]),
        period_start=period.start.isoformat(),
        period_end=period.end.isoformat(),
        precision=period.precision,
        decimals=share.decimals,
        known_from=told.known_from,
    )


def _correction(told: Told) -> Record:
    """What was printed, and why it is corrected."""
    made, printed = told.correction, told.printed
    if made is None or printed is None:
        return {}
    around = printed.value is not None
    return {
        "printed_share": str(printed),
        "printed_low": _number(printed.low) if around else None,
        "printed_high": _number(printed.high) if around else None,
        "printed_status": told.printed_status,
        "correction": made.kind,
        "correction_reason": made.reason,
        "upstream": made.upstream,
        "upstream_url": made.upstream_url,
    }


def _number(number: float | None) -> str | None:
    """Digits that give just this number back, never ``1e-07``."""
    return None if number is None else str(Share(number))


def _descriptions(told: list[Told], known: _Known, everything: bool) -> list[Record]:
    """Rows for what the facts refer to but do not describe: parents first, then what stands alone."""
    used = {one.entity for one in told}
    wanted = set(known.entities) if everything else _with_parents(used, known)
    rows = [_row(role="entity", entity=name, **_entity(known.entities[name])) for name in sorted(wanted - used)]
    if everything:
        filled = {one.market for one in told}
        rows += [
            _row(role="market", market=market.slug, **_source(known.sources[market.source]), **_market(market))
            for market in known.markets.values()
            if market.slug not in filled
        ]
        measured = {market.source for market in known.markets.values()}
        rows += [_row(role="source", **_source(one)) for slug, one in known.sources.items() if slug not in measured]
    return rows


def _with_parents(names: set[str], known: _Known) -> set[str]:
    found, fresh = set(names), set(names)
    while fresh:
        fresh = {parent.name for name in fresh for parent in known.entities[name].parents} - found
        found |= fresh
    return found


def _source(source: Source) -> Record:
    passed_on = {True: "yes", False: "no", None: None}[source.may_redistribute]
    return {column: getattr(source, name) for column, name in SOURCE.items()} | {"may_redistribute": passed_on}


def _market(market: Market) -> Record:
    return {column: getattr(market, name) for column, name in MARKET.items()}


def _entity(entity: Entity) -> Record:
    return {column: getattr(entity, name) for column, name in ENTITY.items()} | {
        "aliases": join(entity.aliases) or None,
        "parents": join(tuple(str(parent) for parent in entity.parents)) or None,
    }


def _event(event: Event) -> Record:
    return _row(
        role="event",
        period=str(event.period),
        entity=join(event.entities) or None,
        title=event.label,
        url=event.url,
        note=event.note,
        tags=join(event.tags) or None,
    )
