"""What was fetched, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Limits:
    """How much is fetched, and for how long.

    Parameters
    ----------
    size : int
        Bytes, as sent and as unpacked.
    connect, read, total : float
        Seconds to reach the server, between two pieces, and for all of it.
    tries : int
        How often it is asked for where the server is busy or the line breaks.
    pause : float
        Seconds before the second try; they double each time.
    patience : float
        The longest that a server may ask to wait.
    redirects : int
        How often it may lead on to another url.
    """

    size: int = 256 * 1024 * 1024
    connect: float = 15
    read: float = 60
    total: float = 600
    tries: int = 4
    pause: float = 1
    patience: float = 120
    redirects: int = 5


LIMITS = Limits()


class Download(NamedTuple):
    """A file that was fetched.

    Attributes
    ----------
    url : str
        Where it was asked for, without secrets.
    name : str
        What it is called.
    content : bytes
        The whole file, unpacked.
    etag, last_modified : str or None
        What the server said of its state, for asking again.
    """

    url: str
    name: str
    content: bytes
    etag: str | None
    last_modified: str | None


class NotModified(NamedTuple):
    """The server says that the file is the one that was fetched before."""

    url: str
