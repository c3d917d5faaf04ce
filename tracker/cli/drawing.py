"""From what a person asks for to a chart: which market, which rows, which events."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from tracker.analysis.rollup import WhenBoth
    from tracker.charts.chart import Chart
    from tracker.store.engine import Session
    from tracker.store.shares import Selection
    from tracker.values import Event

REACH = 62
"""An axis may reach so many days beyond its readings: an event that led to them is shown, too."""


class Drawn(NamedTuple):
    """A chart, and the events that may be marked in it."""

    chart: Chart
    events: list[Event]


def draw(
    session: Session,
    wanted: Selection,
    kind: str = "line",
    *,
    only: bool = False,
    level: str | None = None,
    when_both: WhenBoth | None = None,
    tag: str | None = None,
    own: Sequence[Event] = (),
    **told: Any,
) -> Drawn:
    """Draw a chart of a selection.

    Parameters
    ----------
    session : Session
        A reading one.
    wanted : Selection
        The entities that it is about, its markets and days.
    kind : str
        One of `tracker.charts.kinds.KINDS`.
    only : bool
        Whether the others of the market are left out.
    level, when_both
        What to add shares up to, see `tracker.cli.rolling`.
    tag, own
        Which recorded events to mark, and further ones, see `marked`.
    **told
        What the kind is told beside its frame.

    Raises
    ------
    MixedMarkets
        If there are several markets to choose from.
    UnknownName
        If there is no such event or entity.
    TrackerError
        If there is nothing to draw, or the kind is not for these figures.
    """
    from dataclasses import replace

    from tracker.charts.kinds import drawing, options

    markets = _markets(session, wanted, kind, level)
    whole = replace(wanted, markets=markets, entities=wanted.entities if only or len(markets) > 1 else ())
    focus = {"focus": list(wanted.entities)} if wanted.entities and "focus" in options(kind) else {}
    if kind == "revisions":
        return Drawn(_revisions(session, whole, focus | told), [])
    frame = _frame(session, whole, level, when_both)
    if level:
        from tracker.query import refuse_parts

        refuse_parts(session, wanted.entities, level, set(frame["entity"]))
    if kind == "line" and not focus:
        focus = {"focus": _greatest(frame)}
    events = _near(marked(session, tag, own, set(frame["entity"])), frame) if "events" in options(kind) else []
    chosen = {"events": events} if "events" in options(kind) else {}
    return Drawn(drawing(kind)(frame, **focus, **chosen, **told), events)


def _near(events: list[Event], frame: pd.DataFrame) -> list[Event]:
    """Leave out what is far from the days of a frame, and could not be seen."""
    if frame.empty:
        return events
    first, last = frame["earliest"].min().date(), frame["latest"].max().date()
    reach = timedelta(days=REACH)
    return [one for one in events if one.period.start <= last + reach and one.period.end >= first - reach]


def _frame(session: Session, whole: Selection, level: str | None, when_both: WhenBoth | None) -> pd.DataFrame:
    from tracker.cli.rolling import frame_of

    return frame_of(session, whole, level, when_both)


def _greatest(frame: pd.DataFrame) -> list[str]:
    """Whom a line is about where nobody is named: the one with the greatest share in the last period."""
    from tracker.analysis.readings import readings

    found = readings(frame)
    return sorted(found, key=lambda name: (found[name][-1].middle, found[name][-1].level))[-1:]


def _revisions(session: Session, whole: Selection, told: dict[str, Any]) -> Chart:
    from tracker.charts.revisions import revisions
    from tracker.query.firsts import first_and_now

    first, now = first_and_now(session, whole, told.get("clock", "published"))
    return revisions(first, now, **told)


def marked(session: Session, tag: str | None, own: Sequence[Event], drawn: Collection[str]) -> list[Event]:
    """Return the events to mark: all, none, or those of a tag, and those given by hand.

    With no tag, all are marked where at least one concerns somebody who is drawn, or one of its family: releases of
    models say nothing about the shares of browsers.

    Raises
    ------
    UnknownName
        If no event has this tag.
    """
    from tracker.errors import UnknownName
    from tracker.store.events import events

    if tag == "none":
        return list(own)
    known = events(session)
    if tag is None:
        return [*(known if _concern(session, known, drawn) else ()), *own]
    found = [event for event in known if tag == "all" or tag in event.tags]
    if not found and tag != "all":
        tags = sorted({tag for event in known for tag in event.tags})
        raise UnknownName(f"no event has the tag {tag!r}", f"The tags are: {', '.join(tags) or 'none'}.")
    return [*found, *own]


def _concern(session: Session, known: Sequence[Event], drawn: Collection[str]) -> bool:
    """Whether an event concerns somebody who is drawn, a part or a parent of theirs; or nobody in particular."""
    from tracker.store.lineage import lineage

    family = lineage(session)
    near = set(drawn) | family.below(drawn)
    return any(not event.entities or near & {*event.entities, *family.below(event.entities)} for event in known)


def _markets(session: Session, wanted: Selection, kind: str, level: str | None) -> list[str]:
    """Return the market that is asked for, or the only one there is; panels may have several.

    Raises
    ------
    MixedMarkets
        If there are several to choose from.
    """
    from tracker.errors import MixedMarkets, TrackerError

    several = kind == "panels" and len(wanted.entities) == 1
    asked = list(dict.fromkeys(wanted.markets))
    if len(asked) == 1 or (several and asked):
        return asked
    found = asked or _holding(session, wanted.entities, level)
    names, verb = ", ".join(wanted.entities) or "these", "stands" if len(wanted.entities) == 1 else "stand"
    if not found:
        raise TrackerError(f"no share of {names} is recorded", "See what there is: tracker show")
    if len(found) > 1 and not several:
        panels = "; a panel for each: --kind panels" if len(wanted.entities) == 1 else ""
        raise MixedMarkets(
            f"{names} {verb} in {len(found)} markets, each a whole of its own: {', '.join(found)}",
            f"Choose one, for they never stand on one axis: --market {found[0]}{panels}",
        )
    return found


def _holding(session: Session, entities: Sequence[str], level: str | None) -> list[str]:
    """Return the markets that hold all of the entities; with a level, parts of an entity count, too."""
    from tracker.errors import MixedMarkets
    from tracker.store.lineage import lineage
    from tracker.store.shares import markets_of

    family = lineage(session) if level else None
    each = [set(markets_of(session, sorted(family.below([name])) if family else [name])) for name in entities]
    found = sorted(set.intersection(*each))
    if not found and all(each):
        raise MixedMarkets(
            f"no market holds all of {', '.join(entities)}", "Shares of different wholes never stand on one axis."
        )
    return found
