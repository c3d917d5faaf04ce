"""A layout: which column of a table is what, in which unit, from which market. Most importers only say that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tracker.errors import Problem, RejectedInput, clip
from tracker.importers.asked import Asked
from tracker.importers.judgement.dates import Dates
from tracker.importers.table import Records, Row, Table
from tracker.values import Citation, Market, Period, Source
from tracker.values.names import clean, fold, nearest


@dataclass(frozen=True)
class Column:
    """A column of shares.

    Parameters
    ----------
    place : int
        From 0.
    entity : str or None
        Whose shares these are, in a wide table; None where another column names the entity.
    period : Period or None
        What they speak of, in a transposed table; None where another column names it.
    """

    place: int
    entity: str | None = None
    period: Period | None = None


@dataclass(frozen=True)
class Layout:
    """How a table is to be read.

    Parameters
    ----------
    shares : sequence of Column
        Where the shares stand.
    citation : Citation
        Where the table is from.
    market : str or None
        Slug of the one market of the table; None where `market_of` tells for each row.
    entity, date, end, low, high, status, sample_size, note, published, url : int or None
        Places of the other columns, from 0.
    market_of : callable or None
        The slug of the market of a row, from its cells.
    market_by : sequence of int or None
        Places of all the cells that `market_of` looks at; None where nobody says.
    unit : str or None
        One of `units.UNITS`, or ``index``: 0 to 100 of no whole. None to decide it from the numbers.
    titles : sequence of str
        Texts beside the headers that may name the unit.
    parts : bool
        Whether the shares of one period are parts of one whole, so that their sum tells the unit.
    trailing_zeros_lost : bool
        Whether the writer prints 11.00 as 11: every share then has the decimals of the most exact one.
    padding : bool
        Whether rows of zeros only were never measured.
    weekly : bool
        Whether each date is the first day of a week.
    split_flags : bool
        Whether letters behind a number are SDMX flags: ``12.3 e``.
    rename : callable
        From an entity as printed to the name it is known by.
    dates : Dates or None
        How the dates are written, where the importer knows; None to decide it from the column.
    of_source : str or None
        Slug of the source whose own file this is.
    sources, markets : sequence of Source, of Market
        What the file itself says of these.
    notes : sequence of str
        What the importer has decided.
    """

    shares: Sequence[Column]
    citation: Citation
    market: str | None = None
    entity: int | None = None
    date: int | None = None
    end: int | None = None
    low: int | None = None
    high: int | None = None
    status: int | None = None
    sample_size: int | None = None
    note: int | None = None
    published: int | None = None
    url: int | None = None
    market_of: Callable[[Row], str] | None = None
    market_by: Sequence[int] | None = None
    unit: str | None = None
    titles: Sequence[str] = ()
    parts: bool = True
    trailing_zeros_lost: bool = False
    padding: bool = False
    weekly: bool = False
    split_flags: bool = False
    rename: Callable[[str], str] = clean
    dates: Dates | None = None
    of_source: str | None = None
    sources: Sequence[Source] = ()
    markets: Sequence[Market] = ()
    notes: Sequence[str] = ()


def places(table: Table, named: Mapping[str, str | None]) -> dict[str, int]:
    """Find columns by their names, as they stand or with case folded.

    Raises
    ------
    RejectedInput
        If one is not there; the nearest names are shown.
    """
    header = [cell.strip() for cell in table.header]
    folded = {fold(name): place for place, name in reversed(list(enumerate(header)))}
    found, problems = {}, []
    for role, name in named.items():
        if name is None:
            continue
        if name in header:
            found[role] = header.index(name)
        elif fold(name) in folded:
            found[role] = folded[fold(name)]
        else:
            near = ", ".join(nearest(name, [cell for cell in header if cell]))
            problems.append(Problem(table.first.line, name, "", f"is no column here; near it: {near or 'none'}"))
    if problems:
        raise RejectedInput(table.name, problems, f"The columns are: {', '.join(header)}.")
    return found


def check_header(table: Table, nameless: int | None = None) -> None:
    """Refuse columns that have no name, or one that another has too.

    Parameters
    ----------
    table : Table
        The table.
    nameless : int or None
        Place of a column that needs no name.

    Raises
    ------
    RejectedInput
        If there are such columns; all of them are listed.
    """
    header, line = [cell.strip() for cell in table.header], table.first.line
    unnamed = [place for place, name in enumerate(header) if not name and place != nameless and _holds(table, place)]
    problems = [Problem(line, str(place + 1), "", "has no name") for place in unnamed]
    seen = Counter(name for name in header if name)
    problems += [Problem(line, name, "", "stands twice") for name, count in seen.items() if count > 1]
    if problems:
        raise RejectedInput(table.name, problems)


def _holds(table: Table, place: int) -> bool:
    """Whether a column holds anything below its header."""
    return any(place < len(row.cells) and row.cells[place].strip() for row in table.rows())


def chosen_rows(table: Table, asked: Asked) -> tuple[Table, list[str]]:
    """Leave out the rows that `asked.only` does not want.

    Returns
    -------
    Table
        The others, each with its line; those with too few or too many cells are kept, to be reported.
    list of str
        How many were left out.

    Raises
    ------
    RejectedInput
        If a column is not there, or a value stands in no row.
    """
    if not asked.only:
        return table, []
    found = places(table, {name: name for name in asked.only})
    wanted = {found[name]: set(values) for name, values in asked.only.items()}
    rows, seen = list(table.rows()), {place: set[str]() for place in wanted}
    kept = []
    for row in rows:
        whole = len(row.cells) == len(table.header)
        for place in wanted if whole else ():
            seen[place].add(row.cells[place].strip())
        if not whole or all(row.cells[place].strip() in values for place, values in wanted.items()):
            kept.append((row.line, row.cells))
    _all_there(table, wanted, seen)
    listed = [(table.first.line, table.header), *kept]
    said = ", ".join(f"{name} is {' or '.join(values)}" for name, values in asked.only.items())
    note = f"{len(rows) - len(kept)} rows were left out: only those were read whose {said}"
    return Records(table.name, table.content, table.encoding, listed=listed, texts=table.beside), [note]


def _all_there(table: Table, wanted: Mapping[int, set[str]], seen: Mapping[int, set[str]]) -> None:
    problems = [
        Problem(table.first.line, table.header[place].strip(), value, "stands in no row")
        for place, values in wanted.items()
        for value in sorted(values - seen[place])
    ]
    if problems:
        there = {value: None for values in seen.values() for value in sorted(values)}
        raise RejectedInput(table.name, problems, f"There is: {clip(', '.join(there), 400)}.")
