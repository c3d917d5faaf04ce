"""The root command: it knows every command's name and one line of help, and loads only the one that is run."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword

import click

COMMANDS = {
    "init": "Make a database, with the starter data.",
    "demo": "Make a database and the chart of DeepSeek's fall on Poe.",
    "add": "Record one share of one entity, in one market, in one period.",
    "import": "Read files of shares, each whole or not at all.",
    "refresh": "Fetch again what was imported from urls, of one SOURCE or of all.",
    "identify": "Say who claims a file, what is understood of it, and its first rows as they would be stored.",
    "formats": "List what can be imported, each with an example.",
    "show": "Print series: last, peak, change and a sparkline.",
    "change": "Say how far a share moved: in points, percent and log-odds, with all that rounding allows.",
    "chart": "Draw a chart that can be printed, with its finding as the title.",
    "query": "Run SQL that only reads.",
    "shell": "Open IPython with the database as t, pandas as pd, and the charts.",
    "export": "Write observations as CSV or JSON, with every field.",
    "history": "Tell every value that was ever known: when, from which batch, and why it went.",
    "log": "List what was done, batch by batch, with counts.",
    "diff": "Say what changed from A to B: two moments, two batches, or two database files.",
    "undo": "Take a batch back: by new entries, nothing is erased.",
    "retract": "Withdraw shares that should never have been recorded.",
    "correct": "Mend what a source printed wrongly; the printed share stays beside the corrected one.",
    "claim": "Judge a claim about shares by what is stored: supported, contradicted, or cannot tell.",
    "check": "Look for what may be wrong: sums, gaps, jumps, names ...; each finding with its remedy.",
    "waive": "Say why the findings of a CHECK are no mistake; they are shown no more.",
    "market": "The wholes that shares are parts of.",
    "entity": "Who has a share.",
    "alias": "The other names under which sources print an entity.",
    "source": "Who measured and published.",
    "event": "What happened, and when.",
    "db": "The database itself.",
}
"""In the order of the help; a test holds each line against its command's own."""


class Lazy(click.Group):
    """A group whose commands stand in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"tracker.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or fail with the nearest names."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS)
            hint = f" Near it: {', '.join(near)}." if near else ""
            ctx.fail(f"There is no command {args[0]!r}.{hint}")


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--db", metavar="PATH", help="Database file or URL; else $TRACKER_DB, else ./tracker.db.")
@click.version_option(package_name="usage-share-tracker", prog_name="tracker")
@click.pass_context
def root(context: click.Context, db: str | None) -> None:
    """Track market shares: each with its whole, its source, its period, its precision and its history.

    Start with `tracker demo`, or with `tracker init`.
    """
    context.obj = db
