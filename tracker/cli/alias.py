"""`tracker alias`: the other names under which sources print an entity."""

from __future__ import annotations

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, format_option, say

COLUMNS = ("entity", "alias", "known_from", "merged_by")


@click.group("alias")
def command() -> None:
    """The other names under which sources print an entity."""


@command.command("add")
@click.argument("entity")
@click.argument("aliases", nargs=-1, required=True, metavar="ALIAS...")
@db_option
def add(entity: str, aliases: tuple[str, ...], db: str | None) -> None:
    """Give an ENTITY further names, each as a source prints it; upper and lower case are one.

    For example: tracker alias add 'DeepSeek R1' deepseek/deepseek-r1 'DeepSeek-R1'
    """
    from tracker.store.aliases import add_aliases
    from tracker.store.engine import writing
    from tracker.store.entities import entity as find

    with writing(chosen(db).path) as session:
        name = find(session, entity)
        new = add_aliases(session, name, aliases)
    known = [alias for alias in aliases if alias not in new]
    if new:
        say(f"{', '.join(new)}: means {name} from now on.")
    if known:
        say(f"{', '.join(known)}: meant {name} already.")


@command.command("list")
@click.argument("entity", required=False)
@db_option
@format_option
def list_(entity: str | None, db: str | None, form: str) -> None:
    """List the aliases of an ENTITY, or of all; the names of what was merged into it are among them."""
    from tracker.store.aliases import aliases
    from tracker.store.engine import reading
    from tracker.store.entities import entity as find

    with reading(chosen(db).path) as session:
        name = None if entity is None else find(session, entity)
        found = [one for one in aliases(session) if name in (None, one.entity)]
    if not found:
        say(f"{name} has no alias." if name else "There is no alias; make one: tracker alias add ENTITY ALIAS")
    emit(COLUMNS, found, form)


@command.command("remove")
@click.argument("aliases", nargs=-1, required=True, metavar="ALIAS...")
@db_option
def remove(aliases: tuple[str, ...], db: str | None) -> None:
    """Take aliases back: inputs no longer mean the entity by them. What was recorded by them stays.

    For example: tracker alias remove deepseek/deepseek-r1
    """
    from tracker.store.aliases import remove_aliases
    from tracker.store.engine import writing

    with writing(chosen(db).path) as session:
        removed = remove_aliases(session, aliases)
    for one in removed:
        say(f"{one.alias}: no longer means {one.entity}.")
