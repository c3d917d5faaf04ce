"""Which database is meant, and who said so."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from tracker.errors import UsageProblem

DEFAULT = "tracker.db"
VARIABLE = "TRACKER_DB"

POSTGRES = ("postgresql", "postgresql+psycopg")
"""What the url of a PostgreSQL server may begin with."""

KINDS = "Give a file, sqlite:///FILE (four / for /FILE), or postgresql+psycopg://USER@HOST/NAME."

_PASSWORDS = re.compile(r"(?<=://)([^/?#@]*?):([^/?#]*)@|([?&](?:ssl)?password=)([^&#]*)")


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a PostgreSQL server.

    Shown anywhere, its password is three stars.

    Parameters
    ----------
    url : str
        ``postgresql+psycopg://USER:PASSWORD@HOST:PORT/NAME?options...``, as typed.

    Examples
    --------
    >>> print(Server("postgresql+psycopg://ada:secret@db.example.org/shares"))
    postgresql+psycopg://ada:***@db.example.org/shares
    """

    url: str = field(repr=False)

    def __str__(self) -> str:
        return _PASSWORDS.sub(_starred, self.url)

    def __repr__(self) -> str:
        return f"Server({str(self)!r})"

    @property
    def conninfo(self) -> str:
        """The url as libpq reads it, with the password."""
        return f"postgresql://{self.url.partition('://')[2]}"

    def hide(self, text: str) -> str:
        """Leave out of a message what nobody may read: the url with its password, and the password."""
        text = text.replace(self.url, str(self)).replace(self.conninfo, str(self))
        for found in _PASSWORDS.finditer(self.url):
            for secret in filter(None, (found[2], found[4])):
                for written in (secret, unquote(secret)):
                    text = re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", "***", text)
        return text


Place = Path | Server
"""Where a database is: an SQLite file, or on a server."""


def file_of(place: Place) -> Path | None:
    """The file that a database is; None for one on a server."""
    return place if isinstance(place, Path) else None


@dataclass(frozen=True, slots=True)
class Database:
    """The place of a database.

    Parameters
    ----------
    path : Place
        The SQLite file, absolute, or the server.
    why : str
        Who chose it: ``--db``, ``$TRACKER_DB`` or ``default``.
    """

    path: Place
    why: str

    def __str__(self) -> str:
        return str(self.path)


def database(given: str | None = None, environ: Mapping[str, str] = os.environ) -> Database:
    """Find the database: ``--db``, else ``$TRACKER_DB``, else ``./tracker.db``.

    Parameters
    ----------
    given : str or None
        A path, or the URL of SQLite or PostgreSQL, as typed after ``--db``.
    environ : mapping
        The environment.

    Raises
    ------
    UsageProblem
        If the text is empty, or a URL of another kind of database.

    Examples
    --------
    >>> database("sqlite:////srv/shares.db").path
    PosixPath('/srv/shares.db')
    >>> database(None, {}).why
    'default'
    >>> database("postgresql+psycopg://ada:secret@localhost/shares").path
    Server('postgresql+psycopg://ada:***@localhost/shares')
    """
    if given is not None:
        return Database(_path(given, "--db"), "--db")
    if environ.get(VARIABLE):
        return Database(_path(environ[VARIABLE], f"${VARIABLE}"), f"${VARIABLE}")
    return Database(Path.cwd() / DEFAULT, "default")


def _starred(found: re.Match[str]) -> str:
    return f"{found[3]}***" if found[3] else f"{found[1]}:***@"


def _path(text: str, why: str) -> Place:
    scheme, mark, rest = text.partition("://")
    if not mark:
        return _absolute(text, text, why)
    if scheme in POSTGRES:
        return _server(text, rest, why)
    if scheme.partition("+")[0] != "sqlite":
        raise UsageProblem(f"{why}: {scheme}:// is not supported; SQLite and PostgreSQL are", KINDS)
    return _absolute(rest.removeprefix("/"), text, why)


def _server(text: str, rest: str, why: str) -> Server:
    if _splits_password(rest):
        raise UsageProblem(
            f"{why}: the password in the url has a mark that ends it there",
            "In it write %40 for @, %2F for /, %3F for ? and %23 for #; or leave it out: $PGPASSWORD, or ~/.pgpass.",
        )
    found = Server(text)
    if not rest or not text.isprintable():
        raise UsageProblem(f"{why}: {str(found)!r} names no server", KINDS)
    return found


def _splits_password(rest: str) -> bool:
    """Whether what is behind ``://`` seems to have a password that goes on behind its end: it must not be shown.

    >>> [_splits_password(url) for url in ("ada:x@y@h/n", "ada:x/y@h/n", "ada:x?y@h/n", "ada:x%40y@h/n?user=a@b")]
    [True, True, True, False]
    """
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    path = rest[len(host) :].partition("?")[0]
    if host.count("@") > 1 or "@" in path:
        return True
    return "@" in rest[len(host) :] and "@" not in host and bool(re.search(r":(?!\d*(?:,|$))(?![^\[]*\])", host))


def _absolute(path: str, text: str, why: str) -> Path:
    if path in ("", ":memory:") or "\0" in path:
        raise UsageProblem(f"{why}: {text!r} names no file", KINDS)
    try:
        # Path drops the dot of ./~x, which is a name and nobody's home.
        return (Path(path).expanduser() if path.startswith("~") else Path.cwd() / path).absolute()
    except RuntimeError as error:
        raise UsageProblem(f"{why}: {text!r}: {error}", "Write the whole path.") from error
