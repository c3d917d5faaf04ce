"""A market-share time-series tracker: a share is always a share of something.

Importing this package costs next to nothing: pandas, matplotlib and SQLAlchemy
are loaded by the functions that need them.
"""

from __future__ import annotations

from tracker.errors import TrackerError

__version__ = "0.1.0"

__all__ = ["TrackerError", "__version__"]
