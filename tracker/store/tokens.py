"""The words of somebody's SQL, as SQLite tells them apart: enough to see what it will not tell by itself."""

from __future__ import annotations

import re

_BLANK = r"--[^\n]*|/\*.*?(?:\*/|\Z)|\s+"

_QUOTED = r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]"""

_TOKEN = re.compile(rf"(?P<blank>{_BLANK})|(?P<quoted>{_QUOTED})|\w+|.", re.DOTALL)


def names_schema(sql: str, schema: str) -> bool:
    """Whether a name is written with its schema, in any of the quotes that SQLite takes for one.

    Parameters
    ----------
    sql : str
        Somebody's statement.
    schema : str
        ``main``, ``temp``; one that is no plain name in its double quotes.

    Notes
    -----
    *Not valid* for telling a schema from an alias of that name: ``select main.share from shares as main`` has one, too.

    Examples
    --------
    >>> names_schema('select 1 from "main" . shares', "main"), names_schema("select 'main.shares'", "main")
    (True, False)
    """
    name = schema.strip('"').casefold()
    found = [_plain(token) for token in _TOKEN.finditer(sql) if not token["blank"]]
    qualified = [(place, word) for place, word in enumerate(found) if found[place + 1 : place + 2] == ["."]]
    # PostgreSQL also takes U&"..." for a name, with any letter of it as a number.
    return any(word == name or found[place - 2 : place] == ["u", "&"] for place, word in qualified)


def first_word(sql: str) -> str:
    r"""Return the word that a statement begins with, in small letters; '' where it has none.

    >>> first_word("-- a word\n (DELETE FROM report)"), first_word(";")
    ('delete', '')
    """
    tokens = (token for token in _TOKEN.finditer(sql) if not token["blank"] and token[0] not in "(;")
    return next((_plain(token) for token in tokens), "")


def without_empty_statements(sql: str) -> str:
    """Leave out what follows a statement and is none: semicolons, blanks and comments.

    >>> without_empty_statements("select 1; ; -- a word"), without_empty_statements("select 1; select 2")
    ('select 1', 'select 1; select 2')
    """
    end = None
    for token in _TOKEN.finditer(sql):
        if token[0] == ";":
            end = token.start() if end is None else end
        elif not token["blank"]:
            end = None
    return sql if end is None else sql[:end]


def is_text(word: str) -> bool:
    r"""Whether a text can be handed to SQLite: Python's may have halves of characters.

    >>> is_text("ß"), is_text("\ud800")
    (True, False)
    """
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain(token: re.Match[str]) -> str:
    return (token[0][1:-1] if token["quoted"] else token[0]).casefold()
