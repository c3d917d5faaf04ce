"""The past as frames: every value that was ever known, and what changed."""

from __future__ import annotations

import pandas as pd

from tracker.errors import MixedMarkets, TrackerError
from tracker.query.choosing import Moment, Names, moment, selection
from tracker.query.days import When, period
from tracker.query.tables import DAY, made
from tracker.store.engine import Session
from tracker.store.entities import entity as find_entity
from tracker.store.identity import merged
from tracker.store.markets import market as find_market
from tracker.store.past import diff as store_diff
from tracker.store.past import history as store_history
from tracker.store.past.history import Known
from tracker.store.past.moments import LONG_AFTER
from tracker.store.past.moments import moment as find_moment
from tracker.values import Period
from tracker.values.asof import AsOf

TIME = "datetime64[us, UTC]"

_WORDS = dict.fromkeys(("market", "entity", "role", "status", "command", "closed_command"), "category")
_NUMBERS = dict.fromkeys(("share", "lowest", "highest", "points", "percent"), "float64")
_NUMBERS |= {"batch": "Int64", "closed_by": "Int64"}


def known(session: Session, entity: str, market: str | None, date: When | None = None) -> tuple[str, str, list[Known]]:
    """Return the market, the entity and every value that was ever known of it there.

    Raises
    ------
    UnknownName
        If there is no such entity or market.
    MixedMarkets
        If it stood in several, and none is named.
    TrackerError
        If it never stood in any.
    """
    name = find_entity(session, entity)
    names = [name, *(one.name for one in merged(session) if one.into == name)]
    slug = _market(session, names, market)
    return slug, name, store_history.history(session, slug, names, None if date is None else period(date))


def history_table(session: Session, entity: str, market: str | None, date: When | None) -> pd.DataFrame:
    """Return every value that was ever known of an entity in a market, by period and by when it was known."""
    slug, _, found = known(session, entity, market, date)
    columns: dict[str, list[object]] = {"market": [slug] * len(found)}
    columns["entity"] = [one.entity for one in found]
    columns["period"] = [one.period for one in found]
    columns["period_start"] = [Period.parse(one.period).start for one in found]
    columns["printed"] = [str(one.share) for one in found]
    columns["share"] = [one.share.value for one in found]
    columns["lowest"] = [one.share.interval()[0] for one in found]
    columns["highest"] = [one.share.interval()[1] for one in found]
    columns["corrected_from"] = [None if one.printed is None else str(one.printed) for one in found]
    for name in Known._fields[Known._fields.index("role") :]:
        columns[name] = [getattr(one, name) for one in found]
    return made(columns, _WORDS | _NUMBERS | {"period_start": DAY, "known_from": TIME, "known_to": TIME})


def diff_table(session: Session, one: Moment, other: Moment, markets: Names) -> pd.DataFrame:
    """Return what changed from one moment to another."""
    wanted = selection(session, None, markets).markets
    changes = store_diff.between(session, *(find_moment(session, _asked(word)) for word in (one, other)))
    found = [change for change in changes if not wanted or change.market in wanted]
    names = ("change", "market", "entity", "period")
    columns: dict[str, list[object]] = {name: [getattr(change, name) for change in found] for name in names}
    for name in ("before", "after"):
        shares = [getattr(change, name) for change in found]
        columns[name] = [None if share is None else share.value for share in shares]
        columns[f"printed_{name}"] = [None if share is None else str(share) for share in shares]
    columns |= {name: [getattr(change, name) for change in found] for name in ("points", "percent")}
    columns["beside"] = ["; ".join(f"{name}: {was} → {now}" for name, was, now in c.beside) or None for c in found]
    columns |= {name: [getattr(change, name) for change in found] for name in ("to", "batch", "reason")}
    kinds = _NUMBERS | {"before": "float64", "after": "float64"}
    return made(columns, kinds | dict.fromkeys(("change", "market", "entity"), "category"))


def _asked(word: Moment) -> AsOf:
    found = moment(word)
    return AsOf(None, LONG_AFTER, "now") if found is None else found


def _market(session: Session, names: list[str], market: str | None) -> str:
    if market is not None:
        return find_market(session, market).slug
    found = store_history.markets_known(session, names)
    if not found:
        raise TrackerError(f"no share of {names[0]} was ever recorded", "See what there is: t.markets()")
    if len(found) > 1:
        raise MixedMarkets(
            f"{names[0]} stands in {len(found)} markets, each a whole of its own: {', '.join(found)}",
            f"Choose one: market={found[0]!r}",
        )
    return found[0]
