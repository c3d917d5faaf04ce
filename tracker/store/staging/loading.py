"""The bulk loader: rows into the temporary table `staged`, by the fastest way that each database has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple, cast

from tracker.store.engine import Session

if TYPE_CHECKING:
    from tracker.store.engine.postgres_session import PostgresSession

AT_ONCE = 5_000
"""Rows of one statement, which runs outside of Python: another thread has it meanwhile, and they seldom change."""

PUT = ("series_id", "period_id", "share", "decimals", "stated", "line")
STAGED = (*PUT, "low", "high", "qualifier")

_TABLES = (
    "CREATE TEMP TABLE staged (series_id INTEGER, period_id INTEGER, share DOUBLE PRECISION, decimals INTEGER,"
    " line INTEGER, stated INTEGER, low DOUBLE PRECISION, high DOUBLE PRECISION, qualifier TEXT)",
    "CREATE TEMP TABLE stated (id INTEGER PRIMARY KEY, status TEXT, sample_size BIGINT, note TEXT,"
    " citation_id INTEGER)",
    "CREATE TEMP TABLE careful (series_id INTEGER, period_id INTEGER, PRIMARY KEY (series_id, period_id))",
)

PLAIN = (
    "observation.share = {0}.share AND observation.decimals = {0}.decimals AND observation.low IS NULL"
    " AND observation.high IS NULL AND observation.qualifier IS NULL"
)
ANY = " AND ".join(
    f"observation.{name} IS NOT DISTINCT FROM {{0}}.{name}"
    for name in ("share", "decimals", "low", "high", "qualifier")
)
"""Whether the recorded share is that of a row: of a plain one, or of any."""

SAID = (
    " AND (stated.status IS NULL OR stated.status = observation.status)"
    " AND (stated.sample_size IS NULL OR stated.sample_size = observation.sample_size)"
    " AND (stated.note IS NULL OR stated.note = observation.note)"
)
"""Whether all that a row says beside its share is recorded: as `tracker.store.plan.differences` has it."""

CITED = " AND observation.citation_id = stated.citation_id"

MEETING = (
    " FROM staged JOIN observation ON observation.series_id = staged.series_id"
    " AND observation.period_id = staged.period_id"
)
"""Rows beside what is recorded of the same fact."""


class Rows(NamedTuple):
    """Plain shares, column by column: a number, and how many decimals it is printed with.

    Attributes
    ----------
    series, periods : iterable of int
        Ids.
    shares : sequence of float
        In percent.
    decimals : sequence of int
        As printed.
    stated : sequence of int
        What else is said of each: an id of the temporary table `stated`.
    lines : sequence of int
        Where each stands.
    """

    series: Iterable[int]
    periods: Iterable[int]
    shares: Sequence[float]
    decimals: Sequence[int]
    stated: Sequence[int]
    lines: Sequence[int]


class Loader:
    """Puts rows into `staged`. What is recorded already may be left out at once; `recorded` counts it.

    Parameters
    ----------
    session : Session
        A writing one.

    Attributes
    ----------
    sifts : bool
        Whether to leave that out.
    meets : bool
        Whether a row may meet something; else its line is not kept.
    bare : dict of int to int
        Of those `stated` that say nothing but the page: its id.
    decimals : set of int or None
        How many decimals the shares have; None among them where some of one call differ, or were put one by one.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.recorded = 0
        self.sifts = self.meets = False
        self.decimals: set[int | None] = set()
        self.bare: dict[int, int] = {}
        self._left: list[object] = []
        self._shape: tuple[int, int | None, int | None] = (0, None, None)
        for table in _TABLES:
            session.run(table)

    def put(self, rows: Rows) -> None:
        """Stage plain shares."""
        # What is the same in all rows is written into the statement: to bind it a million times costs.
        alike = [None if len(set(column)) > 1 else column[0] for column in (rows.decimals, rows.stated)]
        columns: list[Iterable[object]] = [rows.series, rows.periods, rows.shares]
        columns += [column for one, column in zip(alike, (rows.decimals, rows.stated), strict=True) if one is None]
        columns += [rows.lines] if self.meets else []
        self.decimals |= {alike[0]}
        wide = len(columns)
        flat: list[object] = [None] * (wide * len(rows.shares))
        for place, column in enumerate(columns):
            flat[place::wide] = column
        shape = (wide, alike[0], alike[1])
        if self._shape != shape:
            self.flush()
            self._shape = shape
        flat = self._left + flat
        step = wide * AT_ONCE
        whole = len(flat) - len(flat) % step
        for start in range(0, whole, step):
            self._run(flat[start : start + step])
        # A statement of another length would have to be made ready anew.
        self._left = flat[whole:]

    def flush(self) -> None:
        """Stage what was kept back to go with the next rows."""
        if self._left:
            self._run(self._left)
            self._left = []

    def _run(self, part: list[object]) -> None:
        wide, decimals, stated = self._shape
        count = len(part) // wide
        put = self.session.cursor(self._statement(count, decimals, stated), part).rowcount  # type: ignore[attr-defined]
        self.recorded += count - put

    def put_one(self, row: Sequence[object]) -> None:
        """Stage one row of any kind: the fields are `STAGED`."""
        marks = ", ".join(f":{name}" for name in STAGED)
        told = dict(zip(STAGED, row, strict=True))
        is_plain = told["share"] is not None and (told["low"], told["high"], told["qualifier"]) == (None, None, None)
        self.decimals.add(cast("int | None", told["decimals"]) if is_plain else None)
        self.session.run(f"INSERT INTO staged ({', '.join(STAGED)}) VALUES ({marks})", **told)

    def _statement(self, count: int, decimals: int | None, stated: int | None) -> str:
        """A statement for so many plain rows: all of them, or those that say something new."""
        marks = ["?", "?", "?", *("?" if one is None else str(int(one)) for one in (decimals, stated))]
        marks.append("?" if self.meets else "0")
        row = f"({', '.join(marks)})"
        values = f"VALUES {', '.join(repeat(row, count))}"
        into = f"INSERT INTO staged ({', '.join(PUT)})"
        if not self.sifts:
            return f"{into} {values}"
        told = (
            f"{into} WITH told ({', '.join(PUT)}) AS ({values})"
            " SELECT told.* FROM told LEFT JOIN observation ON observation.series_id = told.series_id"
            " AND observation.period_id = told.period_id"
        )
        if stated in self.bare:
            cited = f" AND observation.citation_id = {int(self.bare[stated])}"
            return f"{told} WHERE ({PLAIN.format('told')}{cited}) IS NOT TRUE"
        joined = f"{told} LEFT JOIN stated ON stated.id = told.stated"
        return f"{joined} WHERE ({PLAIN.format('told')}{SAID}{CITED}) IS NOT TRUE"


class CopyLoader(Loader):
    """The same on PostgreSQL, by COPY; what is recorded already is taken out once all rows are there."""

    def put(self, rows: Rows) -> None:
        """Stage plain shares."""
        session = cast("PostgresSession", self.session)
        self.decimals |= set(rows.decimals)
        with session.copy(f"COPY staged ({', '.join(PUT)}) FROM STDIN") as copy:
            copy.write("".join(map("%d\t%d\t%r\t%d\t%d\t%d\n".__mod__, zip(*rows, strict=True))))


def loader(session: Session) -> Loader:
    """Return the loader for the database that a session is open to."""
    return Loader(session) if type(session) is Session else CopyLoader(session)


def sift(loading: Loader, unless: str = "") -> None:
    """Take out of `staged` what is recorded just so, as far as the loader has not done it."""
    loading.recorded += loading.session.run(
        "DELETE FROM staged WHERE EXISTS (SELECT 1 FROM observation JOIN stated ON stated.id = staged.stated"
        " WHERE observation.series_id = staged.series_id AND observation.period_id = staged.period_id"
        f" AND {ANY.format('staged')}{SAID}{CITED}{unless})"
    )
