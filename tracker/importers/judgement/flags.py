"""Flags and observation statuses, as SDMX writes them (CL_OBS_STATUS)."""

from __future__ import annotations

from tracker.errors import InvalidValue, clip
from tracker.values.vocabulary import STATUSES

FLAGS = {
    "b": "B", "f": "F", "e": "E", "s": "E", "i": "I", "d": "D", "u": "U", "p": "P", "n": "N", "c": "Q", "z": "M",
    "r": "A",
}  # fmt: skip
"""Eurostat's flags as SDMX codes, the gravest first. A revised value is a normal one."""


def status_of(text: str | None) -> str | None:
    """Return the SDMX code of a flag or a status; of several flags that of the gravest.

    Parameters
    ----------
    text : str or None
        Eurostat's flags are small letters, SDMX codes are capitals.

    Raises
    ------
    InvalidValue
        If it is neither.

    Examples
    --------
    >>> status_of("e"), status_of("bep"), status_of("P"), status_of(None)
    ('E', 'B', 'P', None)
    """
    if text is None or text in STATUSES:
        return text
    if text.islower() and set(text) <= set(FLAGS):
        return next(code for flag, code in FLAGS.items() if flag in text)
    if text.upper() in STATUSES:
        return text.upper()
    raise InvalidValue(f"{clip(text)!r} is no status of an observation", f"It is one of {', '.join(STATUSES)}.")
