"""A layout: which column of a table is what, in which unit, from which market. Most importers only say that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.errors import Problem, RejectedInput
from tracker.importers.judgement.dates import Dates
from tracker.importers.table import Row, Table
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
    entity, date, end, low, high, status, sample_size, note, published : int or None
        Places of the other columns, from 0.
    market_of : callable or None
        The slug of the market of a row, from its cells.
    unit : str or None
        One of `units.UNITS`, or ``index``: 0 to 100 of no whole. None to decide it from the numbers.
    titles : sequence of str
        Texts beside the headers that may name the unit.
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
    market_of: Callable[[Row], str] | None = None
    unit: str | None = None
    titles: Sequence[str] = ()
    trailing_zeros_lost: bool = False
    padding: bool = False
    weekly: bool = False
    split_flags: bool = False
    rename: Callable[[str], str] = clean
    dates: Dates | None = None
    of_source: str | None = None
    sources: Sequence[Source] = ()
    markets: Sequence[Market] = field(default=())


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
            near = nearest(name, [cell for cell in header if cell])
            problems.append(Problem(1, name, "", f"is no column here; near it: {', '.join(near) or 'none'}"))
    if problems:
        raise RejectedInput(table.name, problems, f"The columns are: {', '.join(header)}.")
    return found
