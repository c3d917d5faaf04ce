"""The schema at head, as SQLAlchemy metadata; a test holds it against what the migrations make.

Every table is explained in the migration that makes it. Dates are ISO 8601 text, shares are percent.
"""

from tracker.store.tables import ledger, names, remarks
from tracker.store.tables.columns import metadata

__all__ = ["ledger", "metadata", "names", "remarks"]
