"""The one command that makes an output again: what was typed, and the moment that it was true of."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

import click
from click.core import ParameterSource

from tracker.charts.kinds import options
from tracker.values import Event
from tracker.values.asof import AsOf

LEFT_OUT = ("db", "opened", "form", "as_of", "bundle", "events", "own")
"""A place on this machine, what does not change what is made, and what is said anew."""

FOLDER = "bundle"
"""The folder that the command of a bundle names: the same for everybody, so that the bytes are."""


def rebuild(context: click.Context, batch: int, events: Sequence[Event]) -> str:
    """Return the command line of a context, without the place of its database.

    Parameters
    ----------
    context : click.Context
        Of the command that runs.
    batch : int
        The last batch that was read: the command reads what was known after it.
    events : sequence of Event
        Those that may be marked. They are given by hand: events belong to no batch, and may be added later.
    """
    words, last = ["tracker", *(context.info_name or "").split()], list[str]()
    bundled = context.params.get("bundle") is not None
    for parameter in context.command.params:
        name = parameter.name or ""
        if name not in LEFT_OUT and not (bundled and name == "output"):
            into = last if isinstance(parameter, click.Argument) else words
            into += _words(context, parameter, context.params.get(name))
    if "events" in options(context.params["kind"]):
        words += ["--events", "none", *(word for event in events for word in ("--event", _text(event)))]
    words += ["--as-of", str(batch), *(["--bundle", FOLDER] if bundled else [])]
    dashed = ["--"] if any(word.startswith("-") for word in last) else []
    return shlex.join([*words, *dashed, *last] if dashed else [*words[:2], *last, *words[2:]])


def _words(context: click.Context, parameter: click.Parameter, value: object) -> Iterator[str]:
    """Yield what a parameter was given as; nothing where it was not given."""
    if context.get_parameter_source(parameter.name or "") is not ParameterSource.COMMANDLINE:
        return
    many = parameter.nargs == -1 or (isinstance(parameter, click.Option) and parameter.multiple)
    for one in value if many and isinstance(value, tuple) else (value,):
        if isinstance(parameter, click.Argument):
            yield _text(one)
        elif isinstance(parameter, click.Option) and parameter.is_flag:
            yield parameter.opts[-1]
        else:
            yield from (parameter.opts[-1], _text(one))


def _text(value: object) -> str:
    """Write a value so that it is read as the same again."""
    if isinstance(value, tuple):
        return "x".join(repr(side) for side in value)
    if isinstance(value, Event):
        return f"{value.period}={value.label}"
    return value.text if isinstance(value, AsOf) else str(value)
