"""A moment in the life of a database: after a batch, at the end of a day, or at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from tracker.errors import InvalidValue, clip

FORMS = "2025-07-31, 2025-07-31T18:00, 2025-07-31T18:00+02:00, or the number of a batch: 12"

_BATCH = re.compile(r"\d{1,9}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class AsOf:
    """When: what a database knew then is what is asked for.

    Parameters
    ----------
    batch : int or None
        After this batch.
    at : str or None
        At this time, UTC, to the microsecond, as `batch.recorded_at` has it.
    text : str
        As it was written.

    Notes
    -----
    A day means its end, in UTC: what was recorded on that day was known on it. A time without a zone is UTC.

    Examples
    --------
    >>> AsOf.parse("2025-07-31").at
    '2025-07-31T23:59:59.999999Z'
    >>> AsOf.parse("2025-07-31T18:00+02:00").at
    '2025-07-31T16:00:00.000000Z'
    >>> AsOf.parse("12").batch
    12
    """

    batch: int | None
    at: str | None
    text: str

    @classmethod
    def parse(cls, text: str) -> AsOf:
        """Read one of the written forms.

        Raises
        ------
        InvalidValue
            If it has another form, or names a day that does not exist.
        """
        written = text.strip()
        if _BATCH.fullmatch(written):
            return cls(int(written), None, written)
        try:
            if _DAY.fullmatch(written):
                when = datetime.combine(date.fromisoformat(written), time.max, UTC)
            elif _TIME.fullmatch(written.upper()):
                when = datetime.fromisoformat(written.upper())
                when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
            else:
                raise InvalidValue(f"{clip(text)!r} is no moment", f"Write {FORMS}.")
        except (ValueError, OverflowError) as error:
            if isinstance(error, InvalidValue):
                raise
            raise InvalidValue(f"{clip(text)!r} is no moment that exists", f"Write {FORMS}.") from error
        return cls(None, when.strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0"), written)

    def __str__(self) -> str:
        return f"batch {self.batch}" if self.at is None else self.text
