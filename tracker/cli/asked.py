"""What a person asks in SQL: the statement from where it stands, and its values."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def statement(text: str) -> str:
    """Return the SQL: the text itself, what stdin has for ``-``, or what the file of ``@file`` has.

    Raises
    ------
    click.UsageError
        If there is no such file, or it is no text.
    """
    if text != "-" and not text.startswith("@"):
        return text
    name = "stdin" if text == "-" else text[1:]
    try:
        content = sys.stdin.buffer.read() if text == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        problem = f"{name}: {error.strerror}"
    except UnicodeDecodeError:
        problem = f"{name} is no text in UTF-8"
    raise click.UsageError(f"No SQL can be read from {problem}.", click.get_current_context())


def parameters(given: tuple[str, ...]) -> dict[str, object]:
    """Read the words of ``--param``.

    Raises
    ------
    click.UsageError
        If one is no NAME=VALUE, or a name is given twice; all such are named.
    """
    values: dict[str, object] = {}
    problems = []
    for word in given:
        name, equals, text = word.partition("=")
        name = name.removeprefix(":")
        if not equals or not re.fullmatch(r"\w+", name):
            problems.append(f"{word!r} is not NAME=VALUE")
        elif name in values:
            problems.append(f"{name} is given twice")
        values[name] = value(text)
    if problems:
        raise click.UsageError(f"--param: {'; '.join(problems)}.", click.get_current_context())
    return values


def value(text: str) -> int | float | str:
    """Return a number where it is written as one, else the text. What is too great for SQLite's is a fraction.

    >>> [value(text) for text in ("5", "-0.5", "1e3", "007", "5 %", "", "9223372036854775808")]
    [5, -0.5, 1000.0, '007', '5 %', '', 9.223372036854776e+18]
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    if match[2] or match[3] or not -(2**63) <= int(text) < 2**63:
        return float(text)
    return int(text)
