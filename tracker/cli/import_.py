"""`tracker import`: read files of shares."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.options import URL, chosen, db_option
from tracker.cli.output import emit, format_option, say

if TYPE_CHECKING:
    from tracker.importers.asked import Asked
    from tracker.importers.outcome import Outcome
    from tracker.store.plan import OnChange

COLUMNS = (
    *("file", "importer", "batch", "new", "same", "revised", "conflicting", "skipped", "rejected", "reports"),
    *("entities", "markets"),
)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how a file is to be read."""
    for option in reversed(
        [
            click.option("--importer", metavar="NAME", help="How to read them; else found out from the content."),
            click.option("--market", metavar="SLUG", help="The market of a file that does not name one."),
            click.option("--source", metavar="SLUG", help="Of a new market: who measured."),
            click.option("--counted", help="Of a new market: what is counted."),
            click.option(
                "--whole",
                type=click.Choice(["closed", "open", "overlapping", "index"]),
                help="Of a new market: how the parts make a whole.",
            ),
            click.option("--population", help="Of a new market: among whom."),
            click.option("--region", help="Of a new market: where."),
            click.option("--platform", help="Of a new market: on what."),
            click.option("--frequency", help="Of a new market: how often."),
            click.option("--map", "columns", metavar="ROLE=COLUMN,...", help="Which column is what."),
            click.option("--only", multiple=True, metavar="COLUMN=VALUE", help="Read only rows with this value."),
            click.option(
                "--unit",
                type=click.Choice(["percent", "fraction", "permille"]),
                help="In which the shares are printed.",
            ),
            click.option("--date-format", metavar="dmy|mdy|FORMAT", help="How dates are written: dmy, mdy, %d.%m.%y."),
            click.option("--decimal", type=click.Choice([".", ","]), help="The decimal mark."),
            click.option("--thousands", metavar="MARK", help="The mark between thousands; '' for none."),
            click.option("--null", "nulls", multiple=True, metavar="TOKEN", help="Also means: nothing was reported."),
            click.option("--encoding", help="Of the text: cp1252, mac-roman ...; else UTF-8."),
            click.option("--sheet", help="Of a workbook."),
            click.option("--url", type=URL, metavar="TEXT", help="Where the file is from."),
        ]
    ):
        command = option(command)
    return command


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE|URL|-...")
@reading_options
@click.option(
    "--repeats",
    type=click.Choice(["refuse", "keep"]),
    default="refuse",
    show_default=True,
    help="Several shares for one entity and period: refuse them, or keep the first and report the others.",
)
@click.option("--new-entities", is_flag=True, help="Also make entities whose names resemble recorded ones.")
@click.option("--skip-bad", is_flag=True, help="Leave bad rows out, and write them to FILE.rejected.csv with reasons.")
@click.option(
    "--on-change",
    type=click.Choice(["refuse", "revise", "skip", "compete"]),
    default="refuse",
    show_default=True,
    help="What becomes of a share that differs from the recorded one.",
)
@click.option("--reason", help="Why the shares were revised; goes with --on-change revise.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--save-as", metavar="NAME", help="Keep these options under a name, for --importer NAME.")
@click.option("--progress/--no-progress", default=None, help="Show how far it is; else on a terminal, after a second.")
@db_option
@format_option
def command(
    files: tuple[str, ...],
    importer: str | None,
    repeats: str,
    new_entities: bool,
    skip_bad: bool,
    on_change: OnChange,
    reason: str | None,
    dry_run: bool,
    save_as: str | None,
    progress: bool | None,
    db: str | None,
    form: str,
    **words: Any,
) -> None:
    """Read files of shares, each whole or not at all.

    `tracker formats` lists what is read, and `tracker identify FILE` says how a file would be.

    A share that the source itself publishes takes the place of one that was only retold; the old one stays
    beside it as a report. Any other difference is refused, unless --on-change says otherwise: revise puts the
    new share in the place of the old one, skip leaves it out, and compete keeps both where they are of two pages:
    the rule of the market says which stands (tracker market rule).
    """
    from tracker.cli.importing import Importing, expanded
    from tracker.importers.policy import Policy

    if reason is not None and on_change != "revise":
        raise click.UsageError("--reason goes with --on-change revise.", click.get_current_context())
    asked = asked_for(words, repeats=repeats)
    policy = Policy(on_change, new_entities, primary_prevails=True, skip_bad=skip_bad)
    run = Importing(
        chosen(db).path, importer, asked, policy, reason, dry_run=dry_run, save_as=save_as, progress=progress
    )
    _import_all(expanded(files), run.one, form, dry_run)


def asked_for(words: dict[str, Any], repeats: str = "refuse") -> Asked:
    """Put together what was said of the files; what cannot be understood is a usage error."""
    from tracker.errors import InvalidValue
    from tracker.importers.asked import Asked, parse_map, parse_only

    try:
        words["columns"] = parse_map(words["columns"]) if words["columns"] else {}
        words["only"] = parse_only(words["only"])
    except InvalidValue as error:
        raise click.UsageError(str(error).replace("\n", ". "), click.get_current_context()) from error
    return Asked(**words, keep_repeats=repeats == "keep")


def _import_all(files: list[str], one: Callable[[str], tuple[str, Outcome]], form: str, dry_run: bool) -> None:
    """Import file by file; stop at the first that is refused, and say which were not read."""
    from tracker.cli.importing import is_url, shown

    rows: list[tuple[object, ...]] = []
    try:
        for file in files:
            importer, outcome = one(file)
            rows.append(_row(shown(file), importer, outcome, dry_run))
            _tell(shown(file) if is_url(file) else Path(file).name, outcome, dry_run)
    finally:
        emit(COLUMNS, rows, form)
        if dry_run:
            say("This was a dry run: nothing was stored.")
        if unread := files[len(rows) + 1 :]:
            say(f"Not read: {', '.join(map(shown, unread))}")
    if any(row[COLUMNS.index("conflicting")] or row[COLUMNS.index("rejected")] for row in rows):
        click.get_current_context().exit(1)


def _row(file: str, importer: str, outcome: Outcome, dry_run: bool) -> tuple[object, ...]:
    made = outcome.plan
    bad = {(problem.line, problem.column) for problem in [*outcome.problems, *outcome.rejected]}
    bad -= {(change.entry.line, change.entry.column) for change in made.conflicts}
    return (
        file,
        importer,
        None if dry_run else outcome.batch,
        len(made.added) + outcome.at_once.added,
        len(made.same) + outcome.at_once.same,
        len(made.revised) + outcome.at_once.revised,
        len(made.conflicts),
        len(made.skipped) + len(made.withheld),
        len(bad),
        made.pages,
        len(outcome.described.entities),
        len(outcome.described.markets),
    )


def _tell(file: str, outcome: Outcome, dry_run: bool) -> None:
    from tracker.cli.importing import summed_up

    for line in summed_up(outcome, dry_run):
        say(f"{file}: {line}")
