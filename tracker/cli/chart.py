"""`tracker chart`: draw a chart that can be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.charts.kinds import KINDS, WHOLE
from tracker.cli.drawing import draw
from tracker.cli.moments import moment_options, reading_then
from tracker.cli.options import chosen, db_option, interval_options, parsed
from tracker.cli.output import FORMATS, emit, one_line, say, spreadsheet_option
from tracker.cli.rolling import check_options, level_options
from tracker.cli.selecting import selection
from tracker.cli.writing import guard
from tracker.settings import Place

if TYPE_CHECKING:
    from tracker.charts.chart import Chart
    from tracker.charts.look.sizes import Size
    from tracker.store.engine import Session
    from tracker.values import Event

ENDINGS = (".png", ".svg", ".pdf")

OF_KINDS = ("scale", "events", "measure", "clock")
"""Options that only some kinds have a use for."""


class SizeType(click.ParamType["Size"]):
    """The size of a figure in one of its written forms."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Size:
        """Parse the text, or fail with the forms there are."""
        from tracker.charts.look.sizes import size_of

        return parsed(self, size_of, value, param, ctx)


class EventType(click.ParamType["Event"]):
    """An event given by hand: ``2025-01-20=R1 released``."""

    name = "event"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Event:
        """Parse the text, or fail with the form there is."""
        return parsed(self, _event, value, param, ctx)


def _event(text: str) -> Event:
    from tracker.errors import InvalidValue
    from tracker.values import Event, Period

    day, sign, label = text.partition("=")
    if not sign:
        raise InvalidValue(f"{text!r} is no event", "Write it as 2025-01-20='R1 released', or 2025-01/2025-03=Trial.")
    return Event(Period.parse(day), label)


@click.command("chart")
@click.argument("entities", nargs=-1, metavar="[ENTITY]...")
@click.option("--kind", type=click.Choice(list(KINDS)), default="line", show_default=True, help="What to draw.")
@click.option(
    "--market", "markets", multiple=True, metavar="SLUG", help="The whole; panels of one entity may have several."
)
@interval_options
@moment_options
@level_options
@click.option("--scale", type=click.Choice(["auto", "linear", "log", "logit"]), help="Of the shares in a line chart.")
@click.option("--measure", type=click.Choice(["hhi", "effective"]), help="Of concentration.")
@click.option(
    "--clock", type=click.Choice(["published", "recorded"]), help="Of revisions: what counts as first; published."
)
@click.option("--style", type=click.Choice(["light", "dark"]), default="light", show_default=True, help="Background.")
@click.option(
    "--size",
    type=SizeType(),
    default="print",
    show_default=True,
    metavar="SIZE",
    help="print, web, slide, square, or 7.2x5 in inches; 18x12cm, 1200x800px.",
)
@click.option(
    "--dpi", type=click.FloatRange(36, 1200), default=200.0, help="Dots per inch of a PNG.", show_default=True
)
@click.option("--title", help="Instead of the finding.")
@click.option(
    "--events",
    metavar="TAG|all|none",
    help="Which recorded events to mark; else all, where one concerns somebody in the chart.",
)
@click.option(
    "--event", "own", type=EventType(), multiple=True, metavar="DATE=LABEL", help="Mark this, too; may be repeated."
)
@click.option("--only", is_flag=True, help="Without the others of the market.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File: .png, .svg or .pdf; without it a terminal shows the text form, and a pipe gets a named file.",
)
@click.option(
    "--bundle", type=click.Path(path_type=Path), metavar="DIR", help="Picture, data, sources and the command."
)
@click.option("--open", "opened", is_flag=True, help="Show the file when it is written.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Print values and changes, or the rows that are drawn, instead of making a file.",
)
@spreadsheet_option
@db_option
@click.pass_context
def command(context: click.Context, /, **given: Any) -> None:
    """Draw a chart that can be printed, with its finding as the title.

    Two or three readings are drawn as readings, more as a line. The first ENTITY is the main one; the others
    of the market are grey. Shares of different markets never stand on one axis: --kind panels gives each market
    a panel of its own. On a terminal, without -o, the text form is printed.

    For example: tracker chart 'DeepSeek R1' --market poe/text-messages -o fall.png
    """
    _check(context, given)
    place = chosen(given["db"]).path
    with reading_then(place, given["as_of"], given["as_published"]) as session:
        chart = _drawn(context, session, given)
        _deliver(session, chart, given, place)


def _check(context: click.Context, given: dict[str, Any]) -> None:
    """Refuse options that contradict each other.

    Raises
    ------
    click.UsageError
        If there are such.
    """
    check_options(given["level"], given["when_both"])
    output, kind = given["output"], given["kind"]
    if output and output.suffix.lower() not in ENDINGS:
        raise click.UsageError(f"-o {output}: a chart ends in {', '.join(ENDINGS)}.", context)
    if not given["entities"] and not given["markets"]:
        raise click.UsageError("Name an ENTITY, or a whole market: --market SLUG.", context)
    if given["only"] and (kind in WHOLE or not given["entities"]):
        raise click.UsageError(f"--only leaves others out, and --kind {kind} needs everybody here.", context)
    if given["form"] and (given["opened"] or given["bundle"]) and not output:
        raise click.UsageError("--format prints the rows instead of a file; to have both, name it: -o FILE.", context)
    if kind == "revisions" and (given["level"] or given["as_published"]):
        raise click.UsageError(
            "--kind revisions compares what was first stated with now: without --level and --as-published.",
            context,
        )


def _drawn(context: click.Context, session: Session, given: dict[str, Any]) -> Chart:
    from tracker.cli.rebuild import rebuild
    from tracker.store.contents import last_batch

    wanted = selection(session, given["entities"], given["markets"], given["since"], given["until"])
    told = _told(context, given)
    chart, events = draw(
        session,
        wanted,
        given["kind"],
        only=given["only"],
        level=given["level"],
        when_both=given["when_both"],
        style=given["style"],
        title=given["title"],
        size=given["size"],
        tag=given["events"],
        own=given["own"],
        **told,
    )
    read = last_batch(session)
    return replace(chart, rebuild=rebuild(context, read[0], events) if read else "")


def _told(context: click.Context, given: dict[str, Any]) -> dict[str, Any]:
    """Return what the kind is told; an option that it has no use for is refused.

    Raises
    ------
    click.UsageError
        If there is such an option; the kinds that have it are named.
    """
    from tracker.charts.kinds import options

    known = options(given["kind"])
    asked = {name: given[name] for name in OF_KINDS if given[name] is not None}
    if given["own"]:
        asked.setdefault("events", "by hand")
    for name in asked:
        if name not in known:
            having = [kind for kind in KINDS if name in options(kind)]
            flag = "--event" if name == "events" and given["own"] else f"--{name}"
            raise click.UsageError(f"{flag} belongs to --kind {' or '.join(having)}.", context)
    asked.pop("events", None)
    return asked


def _deliver(session: Session, chart: Chart, given: dict[str, Any], place: Place) -> None:
    """Write the chart, or print it; say what was done."""
    import sys

    a_file = given["output"] or given["bundle"] or given["opened"]
    form = given["form"] or ("table" if not a_file and sys.stdout.isatty() else None)
    if given["bundle"]:
        _bundle(session, chart, given, place)
    if given["output"] or not (form or given["bundle"]):
        _save(chart, given, place)
    if form is None:
        click.echo(one_line(chart.title))
    elif form == "table":
        _print_text(chart)
    else:
        _print_rows(chart, form)


def _save(chart: Chart, given: dict[str, Any], place: Place) -> None:
    market = chart.data["market"].iloc[0]
    target = given["output"] or Path(f"{_file_name([*given['entities'][:1], *_suffix(given['kind']), market])}.png")
    guard(target, place)
    chart.save(target, given["dpi"])
    say(f"Wrote {target}")
    if given["opened"] and click.launch(str(target)) != 0:
        say(f"{target} cannot be shown here; open it by hand.")


def _suffix(kind: str) -> Sequence[str]:
    return () if kind == "line" else (kind,)


def _bundle(session: Session, chart: Chart, given: dict[str, Any], place: Place) -> None:
    """Write the bundle, and say what may not be passed on."""
    from tracker.charts.bundle import OWN, ReadAt, bundle
    from tracker.query.citing import credits_of
    from tracker.store.contents import last_batch

    read = last_batch(session)
    assert read is not None, "what is drawn was recorded"
    for name in OWN:
        guard(given["bundle"] / name, place)
    made = bundle(
        chart,
        given["bundle"],
        command=chart.rebuild,
        as_of=ReadAt(read[0], read[1]),
        sources=credits_of(session, chart.data).sources,
        dpi=given["dpi"],
    )
    for note in made.notes:
        say(note)
    say(f"Wrote {made.folder}: {', '.join(made.files)}")


def _print_rows(chart: Chart, form: str) -> None:
    """Print exactly the rows that are drawn."""
    frame = chart.data.astype(object)
    rows = frame.where(frame.notna(), None).to_numpy().tolist()
    emit(tuple(frame.columns), [[_plain(cell) for cell in row] for row in rows], form)


def _plain(cell: Any) -> object:
    return cell.date().isoformat() if hasattr(cell, "date") else cell


def _print_text(chart: Chart) -> None:
    """Print the text form: the finding, values, sparklines and changes, the note and the source."""
    from tracker.cli.seriestable import print_series, series_rows

    click.echo(one_line(chart.title))
    click.echo()
    print_series(chart.data, series_rows(chart.data))
    click.echo()
    for text in (f"Note: {chart.note}" if chart.note else "", chart.source):
        if text:
            click.echo(click.wrap_text(one_line(text), 110))


def _file_name(words: Sequence[str]) -> str:
    """A name for a file: letters and digits, joined by hyphens."""
    import re

    return re.sub(r"\W+", "-", " ".join(words).lower()).strip("-") or "chart"
