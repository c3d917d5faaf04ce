"""Urls: which ones are fetched, what of them may be shown and kept, where a redirect may lead."""

from __future__ import annotations

import re
from shlex import quote
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

from tracker.errors import InvalidValue, TrackerError, clip

SCHEMES = ("http", "https")
MASK = "***"
"""Stands where a secret stood."""

_SECRET = re.compile(
    r"(?:pass|passphrase|pwd|jwt|bearer|hmac|appid|sid|session|authorization)"
    r"|(?:.*[_. -])?(?:key|sig|auth|credentials?|session)"
    r"|.*(?:token|apikey|secret|password|passwd|passphrase|signature|sess(?:ion)?_?id|access_?key_?id)"
)
"""Keys of a query whose values are secrets, in small letters."""

_NESTED = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HIDDEN = 3
"""How often a key may be percent-encoded, and still be known."""

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\<>\"]")
_LONGEST_NAME = 150


def is_url(text: str) -> bool:
    """Whether an argument is a url rather than a path.

    >>> is_url("HTTPS://example.org/a.csv"), is_url("http.csv"), is_url("file:///etc/passwd")
    (True, False, False)
    """
    return text.lower().startswith(tuple(f"{scheme}://" for scheme in SCHEMES))


def checked(url: str) -> SplitResult:
    """Take a url apart.

    Raises
    ------
    InvalidValue
        If it is none that can be fetched.
    """
    try:
        parts = urlsplit(url)
        fine = parts.scheme in SCHEMES and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        fine = False
    if not fine or _UNSAFE.search(url):
        raise InvalidValue(
            f"{clip(masked(url))!r} is no url that can be fetched", "It starts with https:// or http://."
        )
    return parts


def masked(url: str) -> str:
    """Return a url as it may be shown and kept: secrets are masked, and what follows ``#`` is left out.

    >>> masked("https://me:pass@example.org/a.csv?region=de&api_key=abc#t")
    'https://***@example.org/a.csv?region=de&api_key=***'
    """
    scheme, slashes, rest = url.partition("//")
    if not slashes:
        scheme, rest = "", url
    rest = _without_user(rest) if slashes or "@" in rest else rest
    rest, mark, query = rest.partition("#")[0].partition("?")
    return f"{scheme}{slashes}{_parts_masked(rest, '([/;])')}{mark}{_parts_masked(query, '([&;])')}"


def _without_user(rest: str) -> str:
    """Mask what stands before the server; an ``@`` behind a password with ``/``, ``?`` or ``#`` ends it, too."""
    host = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    if "@" in host:
        return f"{MASK}@{host.rpartition('@')[2]}{rest[len(host) :]}"
    port = host.rpartition("]")[2].partition(":")[2]
    if "@" in rest and port and not port.isdecimal():
        return f"{MASK}@{rest.rpartition('@')[2]}"
    return rest


def _parts_masked(text: str, between: str) -> str:
    return "".join(_masked_part(part) for part in re.split(between, text))


def _masked_part(part: str) -> str:
    key, mark, value = part.partition("=")
    if not (mark and value):
        return part
    names, inner = key, value
    for _ in range(_HIDDEN):
        names, inner = unquote(names), unquote(inner)
    words = re.split(r"[\[\]]+", names.lower().replace("+", " "))
    nested = _NESTED.search(inner)
    secret = any(_SECRET.fullmatch(word) for word in words) or (nested and _tells(inner[nested.start() :]))
    return f"{key}={MASK}" if secret else part


def _tells(url: str) -> bool:
    """Whether a url within a url has a secret."""
    return masked(url) != url.partition("#")[0]


def has_user(url: str) -> bool:
    """Whether a url names a user, or a user and a password.

    >>> has_user("https://me:pass@example.org/a"), has_user("https://example.org/@me")
    (True, False)
    """
    rest = url.partition("//")[2]
    return _without_user(rest) != rest


def is_masked(url: str) -> bool:
    """Whether a kept url lacks a secret that it was fetched with."""
    return MASK in url


def credentials(parts: SplitResult) -> str | None:
    """Return the ``user:password`` of a url, if it has one."""
    if parts.username is None:
        return None
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}"


def bare(parts: SplitResult) -> str:
    """Return a url as it is asked for: without user, password, and what follows ``#``."""
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


def next_hop(before: SplitResult, location: str, shown: str) -> SplitResult:
    """Follow a redirect; a user and a password go along only to the same server.

    Raises
    ------
    TrackerError
        If it leads to anything but http and https, or from https to http.
    """
    try:
        after = checked(urljoin(bare(before), location))
    except ValueError:
        raise TrackerError(
            f"{shown}: it leads on to {clip(masked(location))!r}, which is not fetched",
            "Only https:// and http:// are. Look for another url of the data.",
        ) from None
    if before.scheme == "https" and after.scheme == "http":
        raise TrackerError(
            f"{shown}: it leads from https on to http, where anybody on the way could change the data",
            f"If you trust that: tracker import {quote(masked(bare(after)))}",
        )
    same = (before.scheme, before.hostname, before.port) == (after.scheme, after.hostname, after.port)
    if same and before.username is not None and after.username is None:
        after = after._replace(netloc=f"{before.netloc.rpartition('@')[0]}@{after.netloc}")
    return after


def file_name(parts: SplitResult, disposition: str | None) -> str:
    """Return the name of the file: as the server gives it, else the end of the path, else the server's own.

    >>> file_name(urlsplit("https://example.org/a%20b.csv?x=1"), None)
    'a b.csv'
    >>> file_name(urlsplit("https://example.org/chart.php"), 'attachment; filename="browser-ww-monthly.csv"')
    'browser-ww-monthly.csv'
    """
    given = _named(disposition) if disposition else ""
    return given or _tidy(unquote(parts.path)) or parts.hostname or "download"


def _named(disposition: str) -> str:
    from email.message import Message

    message = Message()
    message["Content-Disposition"] = disposition.replace("\r", " ").replace("\n", " ")
    return _tidy(message.get_filename() or "")


def _tidy(name: str) -> str:
    """The last part of a path, of what can be printed."""
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(char for char in last if char.isprintable()).strip()[:_LONGEST_NAME]
    return "" if printable in (".", "..") else printable
