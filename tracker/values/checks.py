"""What every record checks of its words: slugs, texts, urls, choices."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tracker.errors import InvalidValue, clip

_SLUG = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*(?:/[a-z0-9]+(?:[-._][a-z0-9]+)*)*")


def check_slug(slug: str) -> str:
    """Refuse a slug that could not be typed, quoted or guessed.

    Raises
    ------
    InvalidValue
        Unless it is lower-case words joined by ``-``, ``.`` or ``_``, in parts joined by ``/``.
    """
    if not _SLUG.fullmatch(slug):
        raise InvalidValue(
            f"{clip(slug)!r} is not a slug", "Write lower-case letters, digits, - and /: poe/text-messages."
        )
    return slug


def check_text(text: str, what: str) -> str:
    """Refuse a text that is empty.

    Raises
    ------
    InvalidValue
        If so.
    """
    if not text.strip():
        raise InvalidValue(f"the {what} is empty")
    return text


def check_url(url: str | None) -> None:
    """Refuse what is no address of the web; None is allowed.

    Raises
    ------
    InvalidValue
        Unless it is http or https, and names a host.
    """
    if url is None:
        return
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits:
        raise InvalidValue(f"{clip(url)!r} is no url", "Write it whole: https://example.org/page.")


def check_choice(value: str | None, choices: tuple[str, ...], what: str) -> None:
    """Refuse a word that is not on the list; None is allowed.

    Raises
    ------
    InvalidValue
        If so.
    """
    if value is not None and value not in choices:
        raise InvalidValue(f"{clip(value)!r} is no {what}", f"It is one of {', '.join(choices)}.")
