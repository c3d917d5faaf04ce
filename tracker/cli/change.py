"""`tracker change`: how far a share moved between two periods, with everything that rounding allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.moments import moment_options, reading_then
from tracker.cli.options import PERIOD, chosen, db_option
from tracker.cli.output import emit_one, format_option, one_line

if TYPE_CHECKING:
    import pandas as pd

    from tracker.analysis.compare import Comparison
    from tracker.analysis.refused import Refused
    from tracker.store.engine import Session
    from tracker.values import Period
    from tracker.values.asof import AsOf


@click.command("change")
@click.argument("entity")
@click.option("--market", metavar="SLUG", help="The whole; needed where the entity stands in more than one.")
@click.option("--from", "since", type=PERIOD, metavar="PERIOD", help="The reading to start from; else the first.")
@click.option("--to", "until", type=PERIOD, metavar="PERIOD", help="The reading to end with; else the last.")
@moment_options
@db_option
@format_option
def command(
    entity: str,
    market: str | None,
    since: Period | None,
    until: Period | None,
    as_of: AsOf | None,
    as_published: Period | None,
    db: str | None,
    form: str,
) -> None:
    """Say how far a share moved: in points, percent and log-odds, with all that rounding allows.

    The two readings are those of just these periods; else the first within --from, and the last within --to.
    What cannot be said is refused, with what it would take: a rate per year takes 180 days, a sampling error
    takes sample sizes. A quarter and one of its months have no change: they are a whole and its part.

    For example: tracker change 'DeepSeek R1' --market poe/text-messages --from 2025-02 --to 2025-04
    """
    from tracker.analysis.refused import Refused
    from tracker.errors import TrackerError

    with reading_then(chosen(db).path, as_of, as_published) as session:
        found = _compared(_series(session, entity, market), since, until)
    if isinstance(found, Refused):
        raise TrackerError(f"refused: {found.reason}", f"Needed: {found.needed}.\nThere is: {found.have}.")
    if form == "table":
        click.echo(one_line(str(found)))
    else:
        emit_one(list(found.row().items()), form)


def _series(session: Session, name: str, slug: str | None) -> pd.DataFrame:
    """Read the one series that is asked for.

    Raises
    ------
    MixedMarkets
        If there are several markets to choose from.
    TrackerError
        If there is no share of it.
    """
    from tracker.errors import MixedMarkets, TrackerError
    from tracker.query import shares
    from tracker.store.entities import entity as find
    from tracker.store.markets import market as find_market
    from tracker.store.shares import Selection, markets_of

    found = find(session, name)
    known = markets_of(session, [found])
    if slug is None and len(known) > 1:
        raise MixedMarkets(
            f"{found} stands in {len(known)} markets, each a whole of its own: {', '.join(known)}",
            f"Choose one: --market {known[0]}",
        )
    chosen_market = find_market(session, slug).slug if slug else next(iter(known), None)
    if chosen_market not in known:
        where = f" in {chosen_market}" if chosen_market else ""
        hint = f"It stands in {', '.join(known)}." if known else "See what there is: tracker show"
        raise TrackerError(f"no share of {found} is recorded{where}", hint)
    return shares(session, Selection(markets=[chosen_market], entities=[found]))


def _compared(frame: pd.DataFrame, since: Period | None, until: Period | None) -> Comparison | Refused:
    from tracker.analysis.compare import compare
    from tracker.analysis.endpoint import endpoint
    from tracker.analysis.readings import readings
    from tracker.analysis.refused import Refused
    from tracker.errors import UsageProblem
    from tracker.frames import one_market
    from tracker.query.nested import unless_nested

    if since and until and until.end < since.start:
        raise UsageProblem(f"--to {until} is before --from {since}", "Exchange the two.")
    (series,) = readings(frame).values()
    start = endpoint(series, since) if since else None
    end = endpoint(series, until, last=True) if until else None
    if isinstance(start, Refused):
        return start
    if isinstance(end, Refused):
        return end
    return unless_nested(compare(series, start=start, end=end, market=one_market(frame)))
