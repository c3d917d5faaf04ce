"""Where every error ends: said on stderr in words, with the exit code that it stands for."""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from typing import NoReturn

import click

from tracker.errors import TrackerError

SUBCOMMANDS = (
    *("add", "change", "drop", "flag", "list", "merge", "override", "parent", "remove", "rule", "scale", "show"),
    *("backup", "check", "restore", "salvage", "upgrade", "vacuum"),
)
"""Words behind the name of a group, which belong to the command."""

DONE, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130


def main() -> NoReturn:
    """Run the command line, and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; return its exit code. No exception leaves this function.

    0 done; 1 refused, or findings; 2 usage; 3 database missing or of another schema.
    """
    try:
        code = _invoke(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader has gone (`| head`): nobody is left to tell, and the exit of Python must not try.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _invoke(arguments: list[str]) -> int:
    from tracker.cli.lazy import root

    stdout = sys.stdout
    try:
        outcome = root.main(arguments, prog_name="tracker", standalone_mode=False)
    except click.UsageError as error:
        _say(_usage(error))
        return USAGE
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("Stopped; only what is said to be done was stored.")
        return INTERRUPTED
    except TrackerError as error:
        _say(with_database(str(error), arguments))
        return error.exit_code
    except BrokenPipeError:
        raise
    except SystemExit:
        if sys.stdout is stdout:
            raise
        # When the reader has gone, Click wraps stdout and leaves by itself.
        sys.stdout = stdout
        raise BrokenPipeError from None
    except Exception as error:
        return _unforeseen(error)
    return outcome if isinstance(outcome, int) else DONE


def with_database(text: str, arguments: list[str]) -> str:
    """Put the database that was named into the commands of a hint, so that typing them meets the same one.

    >>> with_database("See: tracker market list", ["show", "--db", "a b.db"])
    "See: tracker market list --db 'a b.db'"
    """
    import re
    import shlex

    from tracker.cli.lazy import COMMANDS
    from tracker.settings import Server

    named = next((after for word, after in pairwise(arguments) if word == "--db"), None)
    named = next((word.removeprefix("--db=") for word in arguments if word.startswith("--db=")), named)
    if named is None or "--db" in text:
        return text
    named = str(Server(named))  # which leaves out a password
    command = rf"(tracker (?:{'|'.join(COMMANDS)})(?: (?:{'|'.join(SUBCOMMANDS)}))?\b)"
    return re.sub(command, lambda match: f"{match[1]} --db {shlex.quote(named)}", text)


def _usage(error: click.UsageError) -> str:
    """Click's message, behind the usage line of the command that was meant."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    usage = f"{error.ctx.get_usage()}\n" if error.ctx else ""
    # Click lists what can be chosen behind tabs.
    return f"{usage}{error.format_message()}".expandtabs(2)


def _unforeseen(error: Exception) -> int:
    """An error that has no words of its own: of the system, of SQLite, or ours to mend."""
    import sqlite3

    if os.environ.get("TRACKER_TRACEBACK"):
        raise error
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        _say(f"{where}{error.strerror or error}\nLook at the name, and at the rights of the file and of its folder.")
    elif isinstance(error, UnicodeEncodeError):
        _say(f"{error.object!r} holds bytes that are no text in UTF-8, which is all that can be stored or shown")
    elif isinstance(error, sqlite3.Error):
        _say(f"the database refused: {error}")
    else:
        _say(
            f"{type(error).__name__}: {error}\nThis is an error of tracker itself. Please report it, with what you"
            " typed; TRACKER_TRACEBACK=1 shows where it happened."
        )
    return REFUSED


def _say(text: str) -> None:
    from tracker.values.harmless import harmless

    click.echo(harmless(text), err=True)
