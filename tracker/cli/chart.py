"""`tracker chart`: draw a chart that can be printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.moments import moment_options, reading_then
from tracker.cli.options import chosen, db_option, interval_options
from tracker.cli.output import one_line, say
from tracker.cli.rolling import check_options, frame_of, level_options
from tracker.cli.selecting import selection
from tracker.cli.writing import guard

if TYPE_CHECKING:
    from tracker.analysis.rollup import WhenBoth
    from tracker.charts.chart import Chart
    from tracker.store.engine import Session
    from tracker.store.shares import Selection
    from tracker.values import Event, Period
    from tracker.values.asof import AsOf

ENDINGS = (".png", ".svg", ".pdf")


@click.command("chart")
@click.argument("entities", nargs=-1, required=True, metavar="ENTITY...")
@click.option("--market", metavar="SLUG", help="The whole; needed where the entities stand in more than one.")
@interval_options
@moment_options
@level_options
@click.option(
    "--scale", type=click.Choice(["auto", "linear", "log"]), default="auto", show_default=True, help="Of shares."
)
@click.option("--style", type=click.Choice(["light", "dark"]), default="light", show_default=True, help="Background.")
@click.option("--title", help="Instead of the finding.")
@click.option("--events", default="all", metavar="TAG|all|none", help="Which events to mark.", show_default=True)
@click.option("--only", is_flag=True, help="Without the others of the market in grey.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File: .png, .svg or .pdf; else named after the first entity and the market.",
)
@db_option
def command(
    entities: tuple[str, ...],
    market: str | None,
    since: Period | None,
    until: Period | None,
    as_of: AsOf | None,
    as_published: Period | None,
    level: str | None,
    when_both: WhenBoth | None,
    scale: str,
    style: str,
    title: str | None,
    events: str,
    only: bool,
    output: Path | None,
    db: str | None,
) -> None:
    """Draw a chart that can be printed, with its finding as the title.

    Two or three readings are drawn as readings, more as a line. The first ENTITY is the main one; the others
    of the market are grey. Shares of different markets never stand on one axis.

    For example: tracker chart 'DeepSeek R1' --market poe/text-messages -o fall.png
    """
    check_options(level, when_both)
    place = chosen(db).path
    if output and output.suffix.lower() not in ENDINGS:
        raise click.UsageError(f"-o {output}: a chart ends in {', '.join(ENDINGS)}.", click.get_current_context())
    with reading_then(place, as_of, as_published) as session:
        wanted = selection(session, entities, [market] if market else [], since, until)
        made = draw(
            session,
            wanted,
            scale=scale,
            style=style,
            title=title,
            marked=events,
            only=only,
            level=level,
            when_both=when_both,
        )
    target = output or Path(f"{_file_name(wanted.entities[0])}-{_file_name(made.data['market'].iloc[0])}.png")
    guard(target, place)
    made.save(target)
    click.echo(one_line(made.title))
    say(f"Wrote {target}")


def draw(
    session: Session,
    wanted: Selection,
    *,
    scale: str = "auto",
    style: str = "light",
    title: str | None = None,
    marked: str = "all",
    only: bool = False,
    level: str | None = None,
    when_both: WhenBoth | None = None,
) -> Chart:
    """Draw the line chart of a selection: its entities in the one market that they stand in."""
    from dataclasses import replace

    from tracker.charts.line import line
    from tracker.query import refuse_parts

    whole = replace(wanted, markets=[_market(session, wanted, level)], entities=wanted.entities if only else ())
    frame = frame_of(session, whole, level, when_both)
    if level:
        refuse_parts(session, wanted.entities, level, set(frame["entity"]))
    return line(
        frame,
        focus=wanted.entities,
        events=_events(session, marked),
        scale=scale,
        style=style,
        title=title,
    )


def _events(session: Session, marked: str) -> list[Event]:
    """The events to mark: all, none, or those of a tag.

    Raises
    ------
    UnknownName
        If no event has this tag.
    """
    from tracker.errors import UnknownName
    from tracker.store.events import events

    if marked == "none":
        return []
    known = events(session)
    found = [event for event in known if marked == "all" or marked in event.tags]
    if not found and marked != "all":
        tags = sorted({tag for event in known for tag in event.tags})
        raise UnknownName(f"no event has the tag {marked!r}", f"The tags are: {', '.join(tags) or 'none'}.")
    return found


def _market(session: Session, wanted: Selection, level: str | None) -> str:
    """The market that is asked for, or the only one there is; with a level, parts of an entity count, too.

    Raises
    ------
    MixedMarkets
        If there are several to choose from.
    """
    from tracker.errors import MixedMarkets, TrackerError
    from tracker.store.lineage import lineage
    from tracker.store.shares import markets_of

    if wanted.markets:
        return wanted.markets[0]
    family = lineage(session) if level else None
    each = [set(markets_of(session, sorted(family.below([name])) if family else [name])) for name in wanted.entities]
    found = sorted(set.intersection(*each))
    if not found and all(each):
        raise MixedMarkets(
            f"no market holds all of {', '.join(wanted.entities)}",
            "Shares of different wholes never stand on one axis.",
        )
    names, verb = ", ".join(wanted.entities), "stands" if len(each) == 1 else "stand"
    if len(found) > 1:
        raise MixedMarkets(
            f"{names} {verb} in {len(found)} markets, each a whole of its own: {', '.join(found)}",
            f"Choose one, for they never stand on one axis: --market {found[0]}",
        )
    if not found:
        raise TrackerError(f"no share of {names} is recorded", "See what there is: tracker show")
    return found[0]


def _file_name(words: str) -> str:
    """A name for a file: letters and digits, joined by hyphens."""
    import re

    return re.sub(r"\W+", "-", words.lower()).strip("-") or "chart"
