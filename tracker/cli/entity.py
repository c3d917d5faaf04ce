"""`tracker entity`: who has a share."""

from __future__ import annotations

from shlex import quote

import click

from tracker.cli.merging import command as merge
from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, emit_one, format_option, say
from tracker.cli.parents import command as parent
from tracker.values.vocabulary import ENTITY_KINDS, HUES

COLUMNS = ("name", "kind", "hue", "aliases", "parents", "note")


@click.group("entity")
def command() -> None:
    """Who has a share."""


command.add_command(parent)
command.add_command(merge)


@command.command("add")
@click.argument("name")
@click.option("--kind", type=click.Choice(ENTITY_KINDS), help="What it is; product where nothing is said.")
@click.option("--alias", "aliases", multiple=True, help="Another spelling in the sources; may be repeated.")
@click.option("--parent", "parents", multiple=True, help="What it belongs to: OpenAI, or OpenAI@2022-11-30/ for dates.")
@click.option("--hue", type=click.Choice((*HUES, "grey")), help="Its colour for ever; else the least used one.")
@click.option("--note", help="Anything else.")
@click.option("--new-entities", is_flag=True, help="Also where the name resembles a recorded one.")
@db_option
def add(
    name: str,
    kind: str | None,
    aliases: tuple[str, ...],
    parents: tuple[str, ...],
    hue: str | None,
    note: str | None,
    new_entities: bool,
    db: str | None,
) -> None:
    """Record an entity, or give a recorded one further aliases and parents.

    For example: tracker entity add 'DeepSeek R1' --kind model --parent DeepSeek
    """
    from tracker.errors import Conflict
    from tracker.store.engine import writing
    from tracker.store.entities import add_entity, find_entity, kind_of, match, recorded
    from tracker.values import Entity, Parent

    with writing(chosen(db).path) as session:
        known = find_entity(session, name)
        twin = match(session, [name]).near.get(name)
        if twin is not None and not new_entities:
            raise Conflict(
                f"{name!r} resembles {twin!r}, which is recorded",
                f"If it is the same: tracker entity add {quote(twin)} --alias {quote(name)}. If it is another:"
                " --new-entities.",
            )
        if known is None and kind is None:
            kind = kind_of(name)
        before = recorded(session, known) if known else None
        given = Entity(
            known or name,
            kind or (before.kind if before else "product"),
            hue,
            note,
            aliases,
            tuple(Parent.parse(parent) for parent in parents),
        )
        new = add_entity(session, given)
    said = f"entity {given.name} ({given.kind})"
    if known is None:
        say(f"Recorded the {said}.")
    else:
        say(f"Recorded more of the {said}." if new else f"The {said} is recorded just so; nothing was changed.")


@command.command("change")
@click.argument("name")
@click.option("--kind", type=click.Choice(ENTITY_KINDS), help="What it is.")
@click.option("--hue", type=click.Choice((*HUES, "grey")), help="Its colour, in every chart from now on.")
@click.option("--note", help="Anything else.")
@db_option
def change(name: str, kind: str | None, hue: str | None, note: str | None, db: str | None) -> None:
    """Mend what was said of an entity, which says nothing of its shares.

    For example: tracker entity change 'DeepSeek R2' --kind model --hue blue
    """
    from tracker.store.engine import writing
    from tracker.store.entities import change_entity, entity

    given = {field: value for field, value in (("kind", kind), ("hue", hue), ("note", note)) if value is not None}
    if not given:
        raise click.UsageError("Say what to change: --kind, --hue or --note.", click.get_current_context())
    with writing(chosen(db).path) as session:
        found = entity(session, name)
        changed = change_entity(session, found, given)
    said = "; ".join(f"{field}: {before or 'nothing'} before, {now} now" for field, before, now in changed)
    say(f"Changed the entity {found}: {said}." if changed else f"The entity {found} is recorded just so.")


@command.command("list")
@click.option("--kind", type=click.Choice(ENTITY_KINDS), help="Only these.")
@db_option
@format_option
def list_(kind: str | None, db: str | None, form: str) -> None:
    """List every entity."""
    from tracker.store.engine import reading
    from tracker.store.entities import entities

    with reading(chosen(db).path) as session:
        known = [entity for entity in entities(session) if kind in (None, entity.kind)]
    columns = COLUMNS[:5] if form == "table" else COLUMNS
    emit(columns, [[getattr(entity, name) for name in columns] for entity in known], form)


@command.command("show")
@click.argument("name")
@db_option
@format_option
def show(name: str, db: str | None, form: str) -> None:
    """Show all that is known of one entity."""
    from tracker.store.engine import reading
    from tracker.store.entities import entity, recorded
    from tracker.store.identity import merged
    from tracker.store.parents import children
    from tracker.store.shares import markets_of

    with reading(chosen(db).path) as session:
        found = recorded(session, entity(session, name))
        before = merged(session, name)
        belonging = children(session, found.name)
        markets = markets_of(session, [found.name])
    fields = [(column, getattr(found, column)) for column in COLUMNS]
    fields += [("children", tuple(belonging)), ("markets", tuple(markets))]
    for one in before:
        say(f"{one.reason} (batch {one.batch}).")
    emit_one(fields, form)
