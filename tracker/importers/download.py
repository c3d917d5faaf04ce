"""Fetching a file over http: with patience where the server is slow or busy, and with limits to all of it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import SplitResult

from tracker import __version__
from tracker.errors import TrackerError
from tracker.importers.addresses import bare, checked, credentials, file_name, masked, next_hop
from tracker.importers.answers import declined, is_web_page, web_page
from tracker.importers.asked import Asked
from tracker.importers.fetched import LIMITS, Download, Limits, NotModified
from tracker.importers.opening import open_bytes
from tracker.importers.table import Table
from tracker.importers.troubles import Again, retry_after, trouble
from tracker.importers.unpacking import BadPacking, TooLarge, Unpacker
from tracker.store.batches import Batch

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

T = TypeVar("T")

MOVED = (301, 302, 303, 307, 308)
BUSY = (429, 500, 502, 503, 504)
"""Answers that may be another one soon."""

CHUNK = 64 * 1024
_LONGEST_VALIDATOR = 1000


def open_url(url: str, asked: Asked, *, limits: Limits | None = None) -> tuple[Table, Batch]:
    """Fetch a file and open it.

    Returns
    -------
    table : Table
        Under the name of the file.
    batch : Batch
        To store it under: with the url without secrets, and what the server said of the file's state.

    Raises
    ------
    TrackerError
        If it cannot be fetched, or is of a kind that is not read.
    """
    found = download(url, limits=limits)
    assert isinstance(found, Download), "no condition was set"
    return opened(found, asked)


def opened(found: Download, asked: Asked, command: str = "import") -> tuple[Table, Batch]:
    """Open what was fetched. What the server says of its characters counts for nothing: the bytes do."""
    table = replace(open_bytes(found.name, found.content, asked.encoding, asked.sheet), fetched=True)
    return table, Batch(
        command,
        __version__,
        found.name,
        table.sha256,
        url=found.url,
        etag=found.etag,
        last_modified=found.last_modified,
    )


def download(
    url: str, *, etag: str | None = None, last_modified: str | None = None, limits: Limits | None = None
) -> Download | NotModified:
    """Fetch a file over http or https.

    Secrets in the url are used for the request, and are in nothing that is returned or raised. Proxies
    are not used.

    Parameters
    ----------
    url : str
        May hold ``user:password@``.
    etag, last_modified : str or None
        What the server said the last time; it is then asked only for what has changed.
    limits : Limits, optional
        How much, and for how long; `LIMITS` where none are given.

    Raises
    ------
    InvalidValue
        If the url is none that can be fetched.
    TrackerError
        If it cannot be had; the hint says what to do.
    """
    address, limits = checked(url), limits or LIMITS
    # Its warnings and debug lines name whole urls.
    logging.getLogger("urllib3").setLevel(logging.CRITICAL)
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    asking = _Asking(address, masked(url), {name: value for name, value in conditions.items() if value}, limits)
    return _in_time(asking.patiently, limits.total, lambda: asking.too_slow)


def _in_time(work: Callable[[], T], seconds: float, late: Callable[[], TrackerError]) -> T:
    """Do some work in `seconds`. Time-outs of the socket start anew with every byte; this one does not."""
    done: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:
            done.put((None, error))

    Thread(target=run, name="download", daemon=True).start()
    try:
        found, error = done.get(timeout=seconds)
    except Empty:
        raise late() from None
    if error is not None:
        raise error
    assert found is not None
    return found


class _Asking:
    """One file on its way here."""

    def __init__(self, address: SplitResult, shown: str, conditions: Mapping[str, str], limits: Limits) -> None:
        self.address, self.shown, self.conditions, self.limits = address, shown, conditions, limits
        self.deadline = monotonic() + limits.total

    @property
    def too_slow(self) -> TrackerError:
        return TrackerError(
            f"{self.shown}: it was not here after {self.limits.total:g} seconds",
            "Try again later; or download it by hand, and import the file.",
        )

    def patiently(self) -> Download | NotModified:
        """Ask; and ask again where that may help."""
        for number in range(1, self.limits.tries + 1):
            try:
                with _pool() as pool:
                    return self._follow(pool)
            except Again as again:
                pause = self.limits.pause * 2 ** (number - 1)
                if number == self.limits.tries:
                    raise self._gave_up(again, number) from None
                self._wait(again, max(pause, again.after or 0))
        raise AssertionError("the last try returns or raises")

    def _wait(self, again: Again, seconds: float) -> None:
        if seconds > self.limits.patience or monotonic() + seconds > self.deadline:
            raise TrackerError(
                f"{self.shown}: {again.why}" + (f", and to come back in {seconds:.0f} seconds" if again.after else ""),
                "Try again later.",
            ) from None
        sleep(seconds)

    def _gave_up(self, again: Again, tries: int) -> TrackerError:
        proxy = any(os.environ.get(name) for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"))
        times = f", {tries} times in a row" if tries > 1 else ""
        return TrackerError(
            f"{self.shown}: {again.why}{times}",
            "Look at the url, or try again later."
            + (" A proxy is set here, and tracker does not use it: download it by hand." if proxy else ""),
        )

    def _follow(self, pool: PoolManager) -> Download | NotModified:
        """Ask, and follow where it leads."""
        address, seen = self.address, 0
        while True:
            response = self._ask(pool, address)
            location = response.headers.get("Location")
            if response.status not in MOVED or not location:
                return self._answer(response, address)
            response.close()
            seen += 1
            if seen > self.limits.redirects:
                raise TrackerError(
                    f"{self.shown}: it leads on more than {self.limits.redirects} times, and perhaps in a circle",
                    "Look for another url of the data.",
                )
            address = next_hop(address, location, self.shown)

    def _ask(self, pool: PoolManager, address: SplitResult) -> BaseHTTPResponse:
        from urllib3 import Timeout, exceptions
        from urllib3.util import make_headers

        headers = {
            "User-Agent": f"usage-share-tracker/{__version__}",
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            **self.conditions,
            **make_headers(basic_auth=credentials(address)),
        }
        try:
            return pool.request(
                "GET",
                bare(address),
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
                timeout=Timeout(connect=self.limits.connect, read=self.limits.read),
            )
        except (exceptions.HTTPError, OSError, ValueError) as error:
            raise trouble(
                error, self.shown, self.address.hostname or "", self.limits.connect, self.limits.read
            ) from None

    def _answer(self, response: BaseHTTPResponse, address: SplitResult) -> Download | NotModified:
        status, headers = response.status, response.headers
        try:
            if status == 304 and self.conditions:
                return NotModified(self.shown)
            if status in BUSY:
                raise Again(f"the server says {status} {response.reason or ''}".rstrip(), retry_after(response))
            if status not in (200, 203):
                raise declined(self.shown, status, response.reason or "", address.hostname or "")
            content = self._receive(response)
        finally:
            response.close()
        if not content:
            raise TrackerError(f"{self.shown}: the server sent nothing", "Look at the url, or try again later.")
        if is_web_page(content):
            raise web_page(self.shown, headers.get("Content-Type"), content)
        name = file_name(address, headers.get("Content-Disposition"))
        return Download(self.shown, name, content, _kept(headers.get("ETag")), _kept(headers.get("Last-Modified")))

    def _receive(self, response: BaseHTTPResponse) -> bytes:
        from urllib3 import exceptions

        declared = response.headers.get("Content-Length", "")
        try:
            if declared.isdecimal() and int(declared[:20]) > self.limits.size:
                raise TooLarge
            unpacker = Unpacker(response.headers.get("Content-Encoding", ""), self.limits.size)
            while piece := response.read1(CHUNK, decode_content=False):
                unpacker.take(piece)
                if monotonic() > self.deadline:
                    raise self.too_slow
            return unpacker.whole()
        except TooLarge:
            raise TrackerError(
                f"{self.shown}: it is larger than {_size(self.limits.size)}",
                "Ask the server for less of it; or download it by hand, and import the file.",
            ) from None
        except BadPacking as error:
            raise TrackerError(f"{self.shown}: {error}", "Download it by hand, and import the file.") from None
        except (exceptions.HTTPError, EOFError, OSError, ValueError) as error:
            raise trouble(
                error, self.shown, self.address.hostname or "", self.limits.connect, self.limits.read
            ) from None


def _pool() -> PoolManager:
    """Connections that hold https to what it promises."""
    import certifi
    from urllib3 import PoolManager

    return PoolManager(cert_reqs="CERT_REQUIRED", ca_certs=os.environ.get("SSL_CERT_FILE") or certifi.where())


def _kept(validator: str | None) -> str | None:
    """What the server said of the file's state, where it can be said back."""
    fine = validator and len(validator) <= _LONGEST_VALIDATOR and validator.isascii() and validator.isprintable()
    return validator if fine else None


def _size(count: int) -> str:
    return f"{count / 1024**2:.0f} MB" if count >= 1024**2 else f"{count:,} bytes"
