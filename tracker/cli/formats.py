"""`tracker formats`: what can be imported."""

from __future__ import annotations

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, format_option, one_line


@click.command("formats")
@db_option
@format_option
def command(db: str | None, form: str) -> None:
    """List what can be imported, each with an example.

    Our own importers, those of installed plug-ins (broken ones with the reason), and the mappings that were
    saved in the database with `tracker import --save-as NAME`.
    """
    from tracker.importers.plugins import GROUP
    from tracker.importers.registry import broken, importers

    rows = [
        (name, "plug-in" if not type(one).__module__.startswith("tracker.") else "built in", one.title, one.example)
        for name, one in importers().items()
    ]
    rows += [
        (plugin.name, "broken", plugin.why, f"its entry point in the group {GROUP} does not load")
        for plugin in broken()
    ]
    rows += _saved(db)
    if form != "table":
        emit(("name", "origin", "reads", "example"), rows, form)
        return
    for name, origin, title, example in rows:
        click.echo(one_line(f"{name} ({origin}): {title}"))
        click.echo("".join(f"    {_shown(line)}\n" for line in example.splitlines()))


def _shown(line: str) -> str:
    """A line of an example: tabs are part of some formats."""
    return "\t".join(map(one_line, line.split("\t")))


def _saved(db: str | None) -> list[tuple[str, str, str, str]]:
    """The mappings of the database, where there is one."""
    from tracker.errors import DatabaseMissing
    from tracker.store.engine import reading
    from tracker.store.mappings import mappings

    try:
        with reading(chosen(db).path) as session:
            kept = mappings(session)
    except DatabaseMissing:
        return []
    return [(saved.name, "saved", f"like {saved.importer}, with {saved.asked}", "") for saved in kept]
