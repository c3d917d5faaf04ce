"""A market-share time-series tracker: a share is always a share of something.

    import tracker
    t = tracker.connect()
    t.shares("DeepSeek R1", "poe/text-messages")

Importing this package costs next to nothing: pandas, matplotlib and SQLAlchemy
are loaded by the functions that need them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tracker.errors import TrackerError

__version__ = "0.1.0"

__all__ = ["Refused", "Tracker", "TrackerError", "__version__", "connect"]

# Type checkers read __init__.pyi. Here they are named only, so that no floor of the package depends on those above it.
_ELSEWHERE = {
    "connect": "tracker.query.tracker",
    "Tracker": "tracker.query.tracker",
    "Refused": "tracker.analysis.refused",
}


def __getattr__(name: str) -> Any:
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_ELSEWHERE[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_ELSEWHERE})
