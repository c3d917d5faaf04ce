"""Somebody's own SQL, which can only read: one statement, its values, and a limit to its time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from sys import getsizeof
from threading import Thread
from time import monotonic, sleep
from weakref import ref

from tracker.errors import TrackerError, UsageProblem, clip
from tracker.store.damage import MALFORMED
from tracker.store.engine import Cursor, Row, Session
from tracker.store.memory import Growth, Held
from tracker.store.tokens import is_text, names_schema, without_empty_statements

VIEWS = "The views are shares, share_history and reports: select * from shares limit 1"

IN_PYTHON = "Say it, in Python as params={'name': value}, else:"

CHUNK, STEP, ROOM = 2_000, 16, 64 * 2**20
"""Rows that are held at a time, and that are asked for at once; bytes above which fewer are held."""

LONGEST = 16 * 2**20
"""Bytes of a value: ``zeroblob(1e9)`` would be held several times over."""

GRACE = 5.0
"""Seconds beyond its time after which a statement is not going to end."""

Values = Mapping[str, object] | Sequence[object]


def select(session: Session, sql: str, values: Values | None = None) -> tuple[list[str], list[Row]]:
    """Run one statement that reads.

    Parameters
    ----------
    session : Session
        A reading one: it denies writes in every form.
    sql : str
        One statement.
    values : mapping or sequence, optional
        What ``:name``, or ``?``, stands for.

    Returns
    -------
    tuple
        The names of the columns, and the rows; bytes are written in hexadecimal.

    Raises
    ------
    UsageProblem
        If a named value is missing, or is not in the statement, or something is no text that can be stored.
    TrackerError
        If it writes, attaches or loads anything, is not one statement, is no SQL, or passes by the moment that is read.
    """
    running = start(session, sql, values)
    return running.columns, [in_words(row) for row in chain.from_iterable(running.chunks())]


def in_words(row: Row) -> Row:
    r"""Write the bytes of a row in hexadecimal.

    >>> in_words((1, b"\x00\xff"))
    (1, '00ff')
    """
    if bytes not in map(type, row):
        return row
    return tuple(value.hex() if isinstance(value, bytes) else value for value in row)


class Running:
    """A statement whose first rows are there; the others are read as they are asked for.

    Attributes
    ----------
    columns : list of str
        Their names, no two alike.
    """

    def __init__(self, session: Session, cursor: Cursor, limits: _Limits) -> None:
        self._session, self._cursor, self._limits = session, cursor, limits
        self._fails: tuple[type[Exception], ...] = (*session.errors, MemoryError)
        self.columns = distinct([column[0] for column in cursor.description or ()])
        self._held, self._heavy = limits.held, False
        self._first = self._fetch()

    def chunks(self) -> Iterator[list[Row]]:
        """Give the rows, once, some thousands at a time.

        Raises
        ------
        TrackerError
            If the time is up, or the database cannot go on.
        """
        rows, self._first = self._first, []
        while rows:
            yield rows
            rows = self._fetch()

    def _fetch(self) -> list[Row]:
        rows: list[Row] = []
        before = self._held.now()
        try:
            with self._limits:
                while len(rows) < CHUNK and (some := self._cursor.fetchmany(STEP)):
                    rows += some
                    # To weigh each row would take as long as to read it.
                    self._heavy = self._heavy or self._held.now() - before > ROOM
                    if self._heavy and sum(map(getsizeof, chain.from_iterable(rows))) > ROOM:
                        break
        except self._fails as error:
            raise _refusal(self._session, error, self._limits) from error
        return rows


def start(
    session: Session,
    sql: str,
    values: Values | None = None,
    *,
    seconds: float | None = None,
    at_worst: Callable[[TrackerError], object] | None = None,
) -> Running:
    """Start one statement that reads, up to its first rows.

    Parameters
    ----------
    session : Session
        A reading one.
    sql : str
        One statement.
    values : mapping or sequence, optional
        What ``:name``, or ``?``, stands for.
    seconds : float, optional
        How long the database may work on it; waiting for a reader does not count. None is for ever.
    at_worst : callable, optional
        What ends the process, from a thread of its own: SQLite looks at the clock between two steps only, and a
        single one, such as ``instr`` of two long texts, can last for hours.

    Raises
    ------
    UsageProblem
        If a named value is missing, or is not in the statement, or something is no text that can be stored.
    TrackerError
        If it writes, attaches or loads anything, is not one statement, is no SQL, takes too long, or passes by the
        moment that is read.
    """
    values = {} if values is None else values
    _check_words(sql, values)
    sql = without_empty_statements(sql)
    _check_moment(session, sql)
    if isinstance(values, Mapping):
        _check_names(session, sql, values)
    limits = _Limits(seconds)
    session.stop_when(limits.are_met)
    if at_worst is not None:
        Thread(target=_watch, args=(ref(limits), at_worst), daemon=True).start()
    session.hold_to(LONGEST)
    fails: tuple[type[Exception], ...] = (*session.errors, OverflowError, MemoryError)
    try:
        with limits:
            cursor = session.cursor(sql, values)
    except fails as error:
        raise _refusal(session, error, limits) from error
    if not cursor.description:
        raise TrackerError("this statement returns no rows: only statements that read are run", VIEWS)
    return Running(session, cursor, limits)


def distinct(columns: Iterable[str]) -> list[str]:
    """Tell columns of one name apart, as SQLite's own shell does.

    >>> distinct(["share", "share", "entity", "share"])
    ['share', 'share:1', 'entity', 'share:2']
    """
    given, found = list(columns), []
    for place, name in enumerate(given):
        number, new = given[:place].count(name), name
        if number:
            new = f"{name}:{number}"
        while number and (new in found or new in given):
            number += 1
            new = f"{name}:{number}"
        found.append(new)
    return found


class _Limits:
    """Counts the time between entering and leaving, all together, and watches the memory."""

    def __init__(self, limit: float | None) -> None:
        self.limit, self.held = limit, Held()
        self.growth = Growth(self.held)
        self._spent = 0.0
        self._since: float | None = None

    def __enter__(self) -> None:
        self._since = monotonic()
        self.growth.begin()

    def __exit__(self, *_: object) -> None:
        if self._since is not None:
            self._spent += monotonic() - self._since
        self._since = None

    def are_met(self) -> bool:
        return self.is_up() or self.growth.look()

    def is_up(self, by: float = 0) -> bool:
        since = self._since
        running = 0.0 if since is None else monotonic() - since
        return self.limit is not None and self._spent + running > self.limit + by

    def is_stuck(self) -> bool:
        return self._since is not None and self.is_up(by=GRACE)


def _watch(watched: ref[_Limits], at_worst: Callable[[TrackerError], object]) -> None:
    """Wait until a statement should have ended, and has not; or until nobody reads on."""
    while (limits := watched()) is not None:
        if limits.is_stuck():
            at_worst(_too_long(limits))
            return
        del limits
        sleep(GRACE / 10)


def _check_words(sql: object, values: object) -> None:
    """Refuse what Python's own sqlite3 would fail at."""
    if not isinstance(sql, str):
        raise UsageProblem(f"{sql!r} is no text of SQL", VIEWS)
    if isinstance(values, str | bytes) or not isinstance(values, Mapping | Sequence):
        raise UsageProblem(f"{values!r} has no values", "Give a mapping for :name, or a list for ?.")
    names, cells = (list(values), values.values()) if isinstance(values, Mapping) else ([], values)
    wrong = next((word for word in (sql, *names, *cells) if isinstance(word, str) and not is_text(word)), None)
    if wrong is not None:
        raise UsageProblem(f"{clip(ascii(wrong))} is no text: it has half a character", "Write it in UTF-8.")


def _check_moment(session: Session, sql: str) -> None:
    """Refuse to pass by the views that make the past.

    SQLite's authorizer cannot: a common table expression of the name of such a view looks to it like the view.
    """
    if session.is_past() and names_schema(sql, session.schema):
        raise TrackerError(
            f"refused: {session.schema}. names what is there now, whatever the moment that is asked for",
            "Write the plain name, for example shares: it is of that moment.",
        )


def _check_names(session: Session, sql: str, values: Mapping[str, object]) -> None:
    asked = session.names(sql)
    if asked is None:
        return
    problems = [f"the statement has :{name}, and no value for it" for name in asked if name not in values]
    problems += [
        f"there is a value for {name}, and no :{name} in the statement" for name in values if name not in asked
    ]
    if problems:
        missing = "".join(f" --param {name}=VALUE" for name in asked if name not in values)
        raise UsageProblem("; ".join(problems), f"{IN_PYTHON}{missing}" if missing else "Leave it out.")


def _refusal(session: Session, error: Exception, limits: _Limits) -> BaseException:
    kind, text = session.why(error)
    if isinstance(error, MemoryError) or (kind == "interrupted" and limits.growth.is_too_much):
        return TrackerError("stopped: this statement needs more memory than there is for one", "Ask for less.")
    if "too big" in text or "full" in text:
        return TrackerError(
            f"stopped: this statement makes a value or a row of more than {LONGEST // 2**20} MB, or too many",
            "Ask for less at a time.",
        )
    if kind == "interrupted":
        return _too_long(limits) if limits.is_up() else KeyboardInterrupt()
    if kind == "writes":
        return TrackerError("refused: this statement would write, attach, load or set something", VIEWS)
    if kind == "several":
        return TrackerError("refused: this is more than one statement", "Run them one by one.")
    if kind == "unnamed":
        return UsageProblem(f"the statement has :{text}, and no value for it", f"{IN_PYTHON} --param {text}=VALUE")
    if kind == "binding":
        return TrackerError(f"refused: {text}", "Write :name in the statement, and --param name=VALUE.")
    if any(word in text for word in MALFORMED):
        return error  # whoever opened the database says what to do
    return TrackerError(f"this SQL cannot be run: {text}", VIEWS)


def _too_long(limits: _Limits) -> TrackerError:
    limit = f"{limits.limit:g} second{'s' * (limits.limit != 1)}"
    return TrackerError(
        f"stopped: this statement took longer than {limit}",
        "Ask for less, or allow more: --timeout SECONDS, and 0 for no limit.",
    )
