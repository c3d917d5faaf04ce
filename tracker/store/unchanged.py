"""Whether the last batch is of this very file: then all of it is recorded already, and need not be read again."""

from __future__ import annotations

from typing import NamedTuple

from tracker.store.engine import Session


class Last(NamedTuple):
    """The last batch, if it was of a file.

    Attributes
    ----------
    batch : int
        Its id.
    importer : str
        How the file was read.
    shares : int
        How many of its shares are recorded since: new ones, known ones and revised ones.
    recorded_at : str
        When.
    """

    batch: int
    importer: str
    shares: int
    recorded_at: str


def last_of(session: Session, file: str, sha256: str, asked: str, version: str) -> Last | None:
    """Return the last batch where it is of this file, that was read with the same words by this version.

    The name counts, too: some files say by it of which market they are, or are cited by it. None also where a name
    came to mean another entity since: the file may say something else by now.
    """
    found = session.row(
        "SELECT id, importer, added + same + revised, recorded_at FROM batch WHERE id = (SELECT max(id) FROM batch)"
        " AND command = 'import' AND reported = 0 AND file = :file AND sha256 = :sha256 AND asked = :asked"
        " AND version = :version",
        file=file,
        sha256=sha256,
        asked=asked,
        version=version,
    )
    if found is None or session.value(
        "SELECT 1 FROM alias WHERE known_from > :at OR known_to > :at LIMIT 1", at=found[3]
    ):
        return None
    return Last(*found)
