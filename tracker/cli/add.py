"""`tracker add`: record one share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tracker.cli.deciding import in_words
from tracker.cli.options import PERIOD, SHARE, URL, at_terminal, chosen, db_option
from tracker.cli.output import say
from tracker.values.vocabulary import ENTITY_KINDS, STATUSES

if TYPE_CHECKING:
    from tracker.importers.outcome import Outcome
    from tracker.settings import Database
    from tracker.store.plan import OnChange
    from tracker.values import Citation, Observation, Period, Share


@click.command("add")
@click.argument("entity", required=False)
@click.argument("share", type=SHARE, required=False, metavar="[SHARE]")
@click.option("--market", metavar="SLUG", help="The whole that it is a share of.")
@click.option("--date", type=PERIOD, metavar="PERIOD", help="What it speaks of: 2025-04-30, 2025-02, ~2025-02-15.")
@click.option("--url", type=URL, metavar="TEXT", help="Where it was read.")
@click.option("--title", help="Title of that page.")
@click.option("--publisher", help="Who publishes that page.")
@click.option("--published", type=PERIOD, metavar="DAY", help="When that page was published.")
@click.option("--quote", help="The few words that state it.")
@click.option("--via", help="Through whom the page has it; says that the page retells.")
@click.option("--sample-size", type=click.IntRange(1, 2**62), help="How many were counted.")
@click.option("--low", type=SHARE, metavar="SHARE", help="Published lower bound.")
@click.option("--high", type=SHARE, metavar="SHARE", help="Published upper bound.")
@click.option("--status", type=click.Choice(STATUSES), help="SDMX code: A normal, B break, E estimated, P provisional.")
@click.option("--note", help="Anything else.")
@click.option("--kind", type=click.Choice(ENTITY_KINDS), help="What a new entity is; else a product.")
@click.option("--new-entities", is_flag=True, help="Also where the name resembles a recorded one.")
@click.option("--revise", metavar="REASON", help="Replace a different share; the old one stays in the history.")
@click.option("--compete", is_flag=True, help="Keep a different share of another page, too: the market's rule decides.")
@click.option("--dry-run", is_flag=True, help="Say what would be recorded, and record nothing.")
@db_option
def command(
    entity: str | None, share: Share | None, market: str | None, date: Period | None, db: str | None, **options: Any
) -> None:
    """Record one share of one entity, in one market, in one period.

    For example: tracker add 'DeepSeek R1' 3% --market poe/text-messages --date ~2025-04-30 --url https://...

    On a terminal, what is missing is asked for.
    """
    place = chosen(db)
    entity = _given(entity, "entity", "ENTITY")
    share = _given(share, "share", "SHARE", SHARE)
    market = _given(market, "market", "--market")
    date = _given(date, "date", "--date", PERIOD)
    options["url"] = _given(options["url"], "url", "--url", URL)
    _record(place, entity, share, market, date, options)


def _given(value: Any, what: str, name: str, kind: click.ParamType[Any] | None = None) -> Any:
    """Return the value, asked for on a terminal where it is missing."""
    if value not in (None, ""):
        return value
    if not at_terminal():
        raise click.UsageError(f"{name} is {'missing' if value is None else 'empty'}.", click.get_current_context())
    return click.prompt(what, type=kind or str, err=True)


def _record(place: Database, entity: str, share: Share, market: str, date: Period, options: dict[str, Any]) -> None:
    from tracker import __version__
    from tracker.importers.base import Parsed
    from tracker.importers.policy import Policy
    from tracker.importers.run import ingest
    from tracker.store.batches import Batch
    from tracker.store.engine import writing
    from tracker.store.markets import market as find
    from tracker.store.plan import Entry
    from tracker.store.sources import source
    from tracker.values import Entity, Observation

    reason, on_change = options["revise"], _on_change(options)
    share = _bounded(share, options["low"], options["high"])
    with writing(place.path, dry_run=options["dry_run"]) as session:
        site = source(session, find(session, market).source).url
        told = Observation(
            market,
            entity,
            date,
            share,
            _citation(options, site),
            options["status"],
            options["sample_size"],
            options["note"],
        )
        batch = Batch("add", __version__, reason=reason)
        policy = Policy(on_change, options["new_entities"], to_revise="--revise 'the reason'", to_compete="--compete")
        declared = [Entity(entity, options["kind"])] if options["kind"] else []
        outcome = ingest(session, "refused", Parsed([Entry(0, told)], entities=declared), batch, policy)
    _tell(told, outcome, dry_run=options["dry_run"])


def _on_change(options: dict[str, Any]) -> OnChange:
    """What becomes of a share that differs from the recorded one."""
    reason = options["revise"]
    if reason is None:
        return "compete" if options["compete"] else "refuse"
    if not reason.strip():
        raise click.UsageError("--revise needs the reason why the share changes.", click.get_current_context())
    if options["compete"]:
        raise click.UsageError(
            "--revise replaces the share, --compete keeps both: use one of them.", click.get_current_context()
        )
    return "revise"


def _bounded(share: Share, low: Share | None, high: Share | None) -> Share:
    """The share with the published interval around it."""
    from tracker.errors import InvalidValue
    from tracker.values import Share

    if low is None and high is None:
        return share
    if any(bound and (bound.value is None or bound.qualifier) for bound in (low, high)):
        raise click.UsageError("--low and --high are plain numbers: 6.5.", click.get_current_context())
    try:
        return Share(
            share.value, low.value if low else None, high.value if high else None, share.qualifier, share.decimals
        )
    except InvalidValue as error:
        raise click.UsageError(f"--low and --high: {error.message}.", click.get_current_context()) from error


def _citation(options: dict[str, Any], site: str | None) -> Citation:
    """The page; the source itself where it stands on the source's own site, a retelling where --via says so."""
    from tracker.values import Citation

    published = options["published"]
    if published is not None and published.precision != "day":
        raise click.UsageError("--published is a day: 2025-05-13.", click.get_current_context())
    kind = "secondary" if options["via"] else "primary" if _same_site(options["url"], site) else None
    words = {name: options[name] for name in ("url", "title", "publisher", "quote", "via")}
    return Citation(**words, published=published and published.start, kind=kind)


def _same_site(url: str, site: str | None) -> bool:
    from urllib.parse import urlsplit

    hosts = [(urlsplit(address).hostname or "").removeprefix("www.") for address in (url, site or "")]
    return hosts[0] == hosts[1] != ""


def _tell(told: Observation, outcome: Outcome, *, dry_run: bool) -> None:
    """Say what was done, or would be."""
    made = outcome.plan
    would = "Would record" if dry_run else "Recorded"
    for entity in outcome.described.entities:
        say(f"{'Would make' if dry_run else 'Made'} the entity {entity.name} ({entity.kind}).")
    entry = next(iter([*made.added, *made.reported, *(change.entry for change in made.revised)]), None)
    name = entry.told.entity if entry else told.entity
    what = f"{name}, {told.market}, {told.period}: {told.share}%"
    if made.withheld:
        where = made.withheld[0].before.where
        say(f"Not recorded: it {where}. To record it again: --revise 'the reason'. {what}")
        click.get_current_context().exit(1)
    if made.same:
        say(f"This fact is recorded already, with this citation; nothing was changed. {what}")
    elif made.beside:
        rule = in_words(outcome.rules, told.market)
        say(f"{would} beside {made.beside[0].before.share}%, which stands ({rule}): {what}")
    elif made.displaced:
        rule = in_words(outcome.rules, told.market)
        say(f"{would} in the place of {made.displaced[0].before.share}%, which is kept beside it ({rule}): {what}")
    elif made.reported:
        say(f"{would} one more citation of a fact that is recorded: {what}")
    elif made.revised:
        say(f"{would} a revision: {what}, before {made.revised[0].before.share}%, which stays in share_history.")
    else:
        say(f"{would} {what}")
    if entry and told.citation.kind is None:
        say("Nobody said whether this page is the source itself; if it retells, say through whom: --via NAME.")
