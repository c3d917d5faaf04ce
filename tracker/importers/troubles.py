"""What goes wrong on the way to a server, in words that tell no secrets."""

from __future__ import annotations

import re
from http.client import IncompleteRead
from typing import TYPE_CHECKING

from tracker.errors import TrackerError, clip

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

_AGES = 10**9
_VERIFY = re.compile(r"certificate verify failed: ([\w ,.'-]+)")
_SYSTEM = re.compile(r"\[Errno -?\d+\] ([A-Za-z ]+)")


class Again(Exception):
    """The same may go well a little later.

    Parameters
    ----------
    why : str
        What went wrong.
    after : float or None
        Seconds that the server asks to wait.
    """

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.why, self.after = why, after


def trouble(error: Exception, shown: str, host: str, connect: float, read: float) -> TrackerError | Again:
    """Say why nothing came, and whether to ask again; the library's own words name the whole url.

    Parameters
    ----------
    error : Exception
        Of urllib3, or of the system.
    shown : str
        The url without secrets.
    host : str
        The server.
    connect, read : float
        The time-outs that were set.
    """
    from urllib3 import exceptions

    if isinstance(error, exceptions.SSLError):
        found = _VERIFY.search(str(error))
        return TrackerError(
            f"{shown}: no secure connection" + (f": {clip(found[1].strip(), 100)}" if found else ""),
            "Is it really https? Where your own network signs: $SSL_CERT_FILE names its certificates.",
        )
    if isinstance(error, exceptions.LocationValueError | exceptions.InvalidHeader):
        return TrackerError(f"{shown}: it cannot be fetched: a bad url, or a bad answer", "Look at the url.")
    if isinstance(error, exceptions.NameResolutionError):
        return Again(f"the name {host} is not known, or there is no network")
    if isinstance(error, exceptions.NewConnectionError):
        return Again(f"{host} cannot be reached" + _system(error))
    if isinstance(error, exceptions.ConnectTimeoutError):
        return Again(f"{host} did not answer in {connect:g} seconds")
    if isinstance(error, exceptions.ReadTimeoutError | TimeoutError):
        return Again(f"nothing came for {read:g} seconds")
    if any(isinstance(one, IncompleteRead | EOFError) for one in (error, *error.args)):
        return Again("it was cut off: less came than the server said")
    return Again("the connection broke off")


def retry_after(response: BaseHTTPResponse) -> float | None:
    """Seconds that the server asks to wait: given as such, or as a date."""
    from urllib3 import Retry
    from urllib3.exceptions import HTTPError

    retry = Retry()
    retry.retry_after_max = _AGES
    try:
        return retry.get_retry_after(response)
    except (HTTPError, ValueError, OverflowError):
        return None


def _system(error: Exception) -> str:
    """What the system says of a connection that was not made."""
    found = _SYSTEM.search(str(error))
    return f": {clip(found[1].strip().lower())}" if found else ""
