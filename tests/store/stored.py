"""All that a database holds, to see whether it changed."""

from tracker.store.engine import reading
from tracker.store.tables import metadata


def stored(path):
    """The bytes of a file; of a database on a server the rows of every table."""
    if path.exists():
        return path.read_bytes()
    with reading(path) as session:
        return {table: sorted(map(repr, session.rows(f"SELECT * FROM {table}"))) for table in metadata.tables}
