"""``:name`` and ``?``, as this program writes them, for a driver that wants ``%(name)s`` and ``%s``."""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(
    r"""(?P<kept>--[^\n]*|/\*.*?(?:\*/|\Z)
    |\b[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|"(?:[^"]|"")*"
    |(?P<dollar>\$(?:[A-Za-z_]\w*)?\$).*?(?P=dollar)
    |::)
    |:(?P<name>[^\W\d]\w*)|(?P<mark>\?)|(?P<percent>%)""",
    re.DOTALL | re.VERBOSE,
)


@lru_cache(maxsize=512)
def translated(sql: str) -> tuple[str, tuple[str, ...]]:
    """Write a statement with ``:name`` as psycopg takes it.

    Returns
    -------
    tuple
        The statement, and the names that it asks for, each once.

    Examples
    --------
    >>> translated("SELECT ':a', x::text, 7 % :b WHERE c = :b")
    ("SELECT ':a', x::text, 7 %% %(b)s WHERE c = %(b)s", ('b',))
    """
    names: dict[str, None] = {}

    def one(found: re.Match[str]) -> str:
        if found["name"]:
            names[found["name"]] = None
            return f"%({found['name']})s"
        return found[0].replace("%", "%%")

    return _TOKEN.sub(one, sql), tuple(names)


@lru_cache(maxsize=64)
def with_marks(sql: str) -> str:
    """Write a statement with ``?`` as psycopg takes it.

    >>> with_marks("SELECT '?%', ?, :a")
    "SELECT '?%%', %s, :a"
    """
    return _TOKEN.sub(lambda found: "%s" if found["mark"] else found[0].replace("%", "%%"), sql)
