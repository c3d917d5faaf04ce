"""Answers of a server that are not the data, in plain words and with what to do."""

from __future__ import annotations

import re

from tracker.errors import TrackerError, clip

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|title|script|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_NOT_TEXT = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)

_LOOKED_AT = 20_000

_DECLINED = {
    401: (
        "the server wants to know who asks",
        "Say it in the url: https://USER:PASSWORD@{host}/... or ?api_key=...; it is used, and never stored.",
    ),
    403: (
        "the server refuses to give it",
        "It may want a key in the url (?api_key=...), or a browser: download it by hand, and import the file.",
    ),
    404: ("there is nothing at this url", "Look at the url; the page that links to the data may have a newer one."),
    410: ("it was there, and is gone", "The page that linked to the data may have a newer url."),
    304: ("the server says that nothing has changed, but was not asked that", "Try again later."),
    206: ("the server sent a part of it only", "Download it by hand, and import the file."),
}


def declined(shown: str, status: int, reason: str, host: str) -> TrackerError:
    """Build the error for an answer that is neither the file nor likely to be it soon."""
    what, hint = _DECLINED.get(
        status, ("the server does not give it", "Look at the url; or download it by hand, and import the file.")
    )
    return TrackerError(f"{shown}: {what} ({status} {clip(reason)}".rstrip() + ")", hint.format(host=host))


def is_web_page(content: bytes) -> bool:
    """Whether this is HTML, whatever the server calls it: some call a CSV text/html, and some a page text/csv."""
    return _PAGE.match(content[:_LOOKED_AT]) is not None


def web_page(shown: str, content_type: str | None, content: bytes) -> TrackerError:
    """Build the error for a page that came where data was meant."""
    text = content[:_LOOKED_AT].decode("utf-8-sig", errors="replace")
    title = _TITLE.search(text)
    words = " ".join((title[1] if title else "").split()) or " ".join(_NOT_TEXT.sub(" ", text).split())
    said = f"; it begins: {clip(words)!r}" if words else ""
    return TrackerError(
        f"{shown}: a web page came ({clip(content_type or 'of no named type')}), where data was meant{said}",
        "Look on that page for the link to the data itself: CSV, JSON or xlsx.",
    )
