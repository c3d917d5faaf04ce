"""`tracker check`: what may be wrong with what is recorded."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, format_option, one_line, say

if TYPE_CHECKING:
    from tracker.checks.base import Check, Finding

COLUMNS = ("check", "market", "entity", "period", "finding", "remedy")

FOUND = 1
"""The exit code where there is a finding."""


@click.command("check")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--market", "markets", multiple=True, metavar="SLUG", help="Only this market; may be repeated.")
@click.option("--list", "listing", is_flag=True, help="Say what each check looks for and why, and check nothing.")
@db_option
@format_option
def command(names: tuple[str, ...], markets: tuple[str, ...], listing: bool, db: str | None, form: str) -> int:
    """Look for what may be wrong: sums, gaps, jumps, names ...; each finding with its remedy.

    Silent, with exit code 0, where nothing is found (CSV and JSON are then empty); else exit code 1. Without a
    NAME every check is run. Each finding comes with the command that mends it, or that says why it is no mistake
    (`tracker waive`).

    For example: tracker check sums gaps --market statcounter/ai-chatbot-ww
    """
    from tracker.checks.base import Scope
    from tracker.checks.run import run
    from tracker.store.engine import reading
    from tracker.store.markets import market

    checks = chosen_checks(names)
    if listing:
        _list(checks, form)
        return 0
    place = chosen(db).path
    with reading(place) as session:
        scope = Scope(session, place, tuple(market(session, slug).slug for slug in markets))
        found = run(scope, checks)
    if not found and form == "table":
        return 0
    if form == "table":
        _print(found, db)
    else:
        emit(COLUMNS, [_row(finding, db) for finding in found], form)
    return FOUND if found else 0


def chosen_checks(names: tuple[str, ...]) -> list[Check]:
    """Find the checks of these names, or all of them.

    Raises
    ------
    click.UsageError
        If there is none of a name; the nearest is shown.
    """
    from tracker.checks.registry import CHECKS, check_named
    from tracker.errors import UnknownName

    try:
        wanted = {check_named(name).name for name in names}
    except UnknownName as error:
        said = f"{error.message[:1].upper()}{error.message[1:]}.\n{error.hint}"
        raise click.UsageError(said, click.get_current_context()) from None
    return [check for check in CHECKS if not wanted or check.name in wanted]


def _list(checks: list[Check], form: str) -> None:
    if form != "table":
        emit(("check", "looks_for", "why"), [(check.name, check.looks_for, check.why) for check in checks], form)
        return
    from textwrap import fill

    width = max(len(check.name) for check in checks) + 2
    for check in checks:
        for head, text in ((check.name, f"Looks for {check.looks_for}."), ("", f"Why: {check.why}.")):
            click.echo(fill(text, 110, initial_indent=f"{head:{width}}", subsequent_indent=" " * width))


def _row(finding: Finding, db: str | None) -> list[object]:
    words = (finding.check, finding.market, finding.entity, finding.period, finding.message, _remedy(finding, db))
    return [word or None for word in words]


def _remedy(finding: Finding, db: str | None) -> str:
    """The command of a finding, for the database that was named."""
    from shlex import quote

    return f"{finding.remedy} --db {quote(db)}" if finding.remedy and db is not None else finding.remedy


def _print(found: list[Finding], db: str | None) -> None:
    """Print findings by check: a line of text each, with its command below it."""
    for number, (name, group) in enumerate(groupby(found, key=lambda finding: finding.check)):
        findings = list(group)
        if number:
            click.echo()
        click.echo(f"{name}: {len(findings)} finding{'s' * (len(findings) > 1)}")
        for finding in findings:
            where = ", ".join(part for part in (finding.market, finding.entity, finding.period) if part)
            click.echo(one_line(f"  {where}: {finding.message}" if where else f"  {finding.message}"))
            if finding.remedy:
                click.echo(one_line(f"    {_remedy(finding, db)}"))
    say(f"{len(found)} finding{'s' * (len(found) > 1)}; what each check looks for: tracker check --list")
