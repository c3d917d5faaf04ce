"""`tracker shell`: a place to ask in Python, with the database open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tracker.cli.options import chosen, db_option

if TYPE_CHECKING:
    from tracker import Tracker


@click.command("shell")
@click.option("-c", "code", metavar="CODE", help="Run this and leave.")
@db_option
def command(code: str | None, db: str | None) -> int:
    """Open IPython with the database as t, pandas as pd, and the charts.

    Nothing that is done there can write to the database.

    For example: tracker shell -c 'print(t.shares("DeepSeek R1", "poe/text-messages")[["period", "share"]])'
    """
    _check_ipython()
    import tracker

    with tracker.connect(chosen(db).path) as t:
        return _run(code, _names(t)) if code is not None else _talk(_names(t))


def _check_ipython() -> None:
    from importlib.util import find_spec

    from tracker.errors import TrackerError

    if find_spec("IPython") is None:
        raise TrackerError("IPython is not installed", "Install it: pip install 'usage-share-tracker[notebook]'")


def _names(t: Tracker) -> dict[str, Any]:
    """What is there from the start."""
    import pandas as pd

    from tracker.charts.kinds import KINDS, drawing

    return {"t": t, "pd": pd} | {kind: drawing(kind) for kind in KINDS}


def _banner(names: dict[str, Any]) -> str:
    from tracker.charts.kinds import KINDS
    from tracker.values.harmless import harmless

    draws = ", ".join(KINDS)
    return (
        f"t = {harmless(repr(names['t']))}\npd = pandas; charts: {draws}\n"
        'Try: t.shares("DeepSeek R1"), t.markets(), t.sql("select * from shares"), t?\n'
    )


def _talk(names: dict[str, Any]) -> int:
    from IPython.terminal.ipapp import TerminalIPythonApp
    from traitlets.config import Config

    config = Config()
    config.TerminalInteractiveShell.banner1 = _banner(names)
    config.TerminalInteractiveShell.enable_tip = False
    app: Any = TerminalIPythonApp.instance(config=config, user_ns=names)
    app.initialize([])
    _say_refusals(app.shell)
    app.start()
    return 0


def _run(code: str, names: dict[str, Any]) -> int:
    """Run one cell, without a history and without a profile of its own."""
    from tempfile import TemporaryDirectory

    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    with TemporaryDirectory() as folder:
        shell: Any = InteractiveShell.instance(config=config, ipython_dir=folder, user_ns=names)
        _say_refusals(shell)
        shell.displayhook.write_output_prompt = lambda: None
        return 0 if shell.run_cell(code).success else 1


def _say_refusals(shell: Any) -> None:
    """Let what is refused be a sentence, not a traceback."""
    from tracker.errors import TrackerError

    def told(
        _shell: Any, _kind: object, error: TrackerError, _trace: object, tb_offset: int | None = None
    ) -> list[str]:
        from tracker.cli.output import say

        say(str(error))
        return []

    shell.set_custom_exc((TrackerError,), told)
