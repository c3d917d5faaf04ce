"""What a caller means: by names, days and moments in any of their usual forms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from tracker.errors import InvalidValue, MixedMarkets, TrackerError, UsageProblem
from tracker.query.days import When, period, plain_time
from tracker.store.engine import Session
from tracker.store.entities import entity
from tracker.store.lineage import lineage
from tracker.store.markets import market as find_market
from tracker.store.past.moments import LONG_AFTER
from tracker.store.shares import Selection, markets_of
from tracker.store.tokens import is_text
from tracker.values.asof import FORMS, AsOf

Names = str | Iterable[str] | None
Day = When | None
Moment = str | int | date | AsOf | None


def selection(session: Session, entities: Names, market: Names, start: Day = None, end: Day = None) -> Selection:
    """Find the named entities and markets.

    Raises
    ------
    UnknownName
        If one is not recorded; the nearest are shown.
    UsageProblem
        If a list of names is empty, or the interval ends before it starts.
    """
    first, last = _day(start, first=True), _day(end, first=False)
    if first and last and last < first:
        raise UsageProblem(f"the end {last} is before the start {first}", "Exchange the two.")
    slugs = tuple(dict.fromkeys(find_market(session, slug).slug for slug in _names(market, "market")))
    people = tuple(dict.fromkeys(entity(session, name) for name in _names(entities, "entity")))
    return Selection(slugs, people, first, last)


def one_market(session: Session, wanted: Selection, level: str | None = None) -> Selection:
    """Narrow a selection to the one market that it means.

    Raises
    ------
    MixedMarkets
        If there are several to choose from; all are named.
    TrackerError
        If there is none.
    """
    found = list(wanted.markets)
    if not found:
        family = lineage(session) if level else None
        below = [sorted(family.below([name])) if family else [name] for name in wanted.entities]
        each = [set(markets_of(session, names)) for names in below or [[]]]
        found = sorted(set.intersection(*each)) or sorted(set.union(*each))
    if len(found) > 1:
        said = ", ".join(wanted.entities) or "This"
        verb = "stand" if len(wanted.entities) > 1 else "stands"
        raise MixedMarkets(
            f"{said} {verb} in {len(found)} markets, each a whole of its own: {', '.join(found)}",
            f"Choose one, for they never stand on one axis: market={found[0]!r}",
        )
    if not found:
        raise TrackerError(f"no share of {', '.join(wanted.entities) or 'anybody'} is recorded", "See: t.markets()")
    return Selection(found, wanted.entities, wanted.start, wanted.end)


def moment(asked: Moment) -> AsOf | None:
    """Read a moment: the number of a batch, a day (its end), a time, in writing or as Python has them; or "now".

    Raises
    ------
    InvalidValue
        If it is none.

    Examples
    --------
    >>> moment(12).batch, moment(date(2025, 7, 31)).at
    (12, '2025-07-31T23:59:59.999999Z')
    """
    if asked is None or isinstance(asked, AsOf):
        return asked
    plain = plain_time(asked)
    if plain is None or isinstance(plain, bool):
        raise InvalidValue(f"{asked} is no moment", f"Give a date, a time, or write {FORMS}.")
    if isinstance(plain, datetime):
        zoned = plain.replace(tzinfo=UTC) if plain.tzinfo is None else plain.astimezone(UTC)
        return AsOf.parse(zoned.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    return AsOf(None, LONG_AFTER, "now") if str(asked).strip().lower() == "now" else AsOf.parse(str(asked))


def day(given: Day) -> date | None:
    """Read one day.

    Raises
    ------
    InvalidValue
        If it is no day: a month has no one day.
    """
    first, last = _day(given, first=True), _day(given, first=False)
    if first != last:
        raise InvalidValue(f"{given!r} is no day", "Write it like 2025-05-13.")
    return first


def _day(given: Day, *, first: bool) -> date | None:
    """The first or the last day of what is given."""
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    found = period(given)
    return found.start if first else found.end


def _names(given: Names, what: str) -> list[str]:
    """One name or several; none at all is not the same as all of them."""
    if given is None:
        return []
    names: list[object] = list(given) if isinstance(given, Iterable) and not isinstance(given, str) else [given]
    if not names:
        raise UsageProblem(f"the list of names ({what}) is empty", "Leave it out for all of them.")
    found = [name for name in names if isinstance(name, str) and is_text(name)]
    if len(found) < len(names):
        wrong = next(name for name in names if not isinstance(name, str) or not is_text(name))
        article = "an" if what[0] in "aeiou" else "a"
        raise UsageProblem(f"{wrong!a} is no name of {article} {what}", "Give a text, or a list of texts.")
    return found
