"""Writing a result as Parquet: with types, and with what is known of each column.

SQLite gives every value a type, not every column. So the rows are put aside first, a file of chunks, while it is
seen what each column holds; then they are written with types that fit all of them.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from tracker.cli.streams import Chunk

if TYPE_CHECKING:
    import pyarrow as pa


GROUP = 32
"""Chunks that are written as one group of rows: readers want many in each."""


def write(columns: Sequence[str], chunks: Iterable[Chunk], file: IO[bytes], *, statement: str) -> None:
    """Write rows into a file.

    Parameters
    ----------
    columns : sequence of str
        Their names. Those of our views bring their description and unit, as metadata of the field.
    chunks : iterable of sequences of rows
        None, numbers, texts and bytes, as SQLite gives them.
    file : binary file
        May be a pipe.
    statement : str
        What was asked, kept as metadata of the file.
    """
    import shutil

    import pyarrow as pa
    import pyarrow.parquet as pq

    with TemporaryFile() as aside, TemporaryFile() as made:
        fields = [_Field(name) for name in columns]
        for rows in chunks:
            values = [list(column) for column in zip(*rows, strict=True)]
            for field, column in zip(fields, values, strict=True):
                field.see(column)
            marshal.dump(values, aside)
        schema = pa.schema([field.described() for field in fields], metadata={"tracker.query": statement})
        aside.seek(0)
        with pq.ParquetWriter(made, schema) as writer:
            arrays = (list(map(_Field.array, fields, values)) for values in _put_aside(aside))
            while group := list(islice(arrays, GROUP)):
                columns_of_group = [pa.chunked_array(parts) for parts in zip(*group, strict=True)]
                writer.write_table(pa.Table.from_arrays(columns_of_group, schema=schema))
        made.seek(0)
        shutil.copyfileobj(made, file)


def _put_aside(file: IO[bytes]) -> Iterator[list[list[object]]]:
    while True:
        try:
            yield marshal.load(file)
        except EOFError:
            return


class _Field:
    """A column: what it holds so far, and its type in the end."""

    def __init__(self, name: str) -> None:
        from tracker.store.documentation import COLUMNS

        self.name = name
        self.known = COLUMNS.get(name)
        self.kinds: set[type] = set()
        parse = _PARSERS.get(self.known.kind) if self.known else None
        self._parse: Callable[[str], object] | None = parse

    def see(self, values: Sequence[object]) -> None:
        """Look at some values of it."""
        self.kinds |= set(map(type, values)) - {type(None)}
        if self._parse is not None and not all(_is_read_by(self._parse, value) for value in set(values)):
            self._parse = None

    def described(self) -> pa.Field:
        """Return the field with its type, description and unit."""
        import pyarrow as pa

        said = {"description": self.known.holds, "unit": self.known.unit} if self.known else {}
        if self._parse is not None:
            del said["unit"]  # the type says it
        return pa.field(self.name, self._type(), metadata={key: text for key, text in said.items() if text})

    def array(self, values: Sequence[Any]) -> pa.Array:
        """Return values in the type of the column."""
        import pyarrow as pa

        if self._parse is not None:
            parse = self._parse
            values = [None if value is None else parse(value) for value in values]
        elif len(self.kinds - {int, float}) and len(self.kinds) > 1:
            values = [None if value is None else _text(value) for value in values]
        elif float in self.kinds:
            values = [None if value is None else float(value) for value in values]
        return pa.array(values, self._type())

    def _type(self) -> pa.DataType:
        import pyarrow as pa

        numbers = {"number": pa.float64(), "whole number": pa.int64()}
        if self._parse is not None and self.known is not None:
            return pa.date32() if self.known.kind == "day" else pa.timestamp("us", tz="UTC")
        if not self.kinds:
            return numbers.get(self.known.kind, pa.string()) if self.known else pa.string()
        if self.kinds <= {int, float}:
            return pa.int64() if self.kinds == {int} else pa.float64()
        return pa.binary() if self.kinds == {bytes} else pa.string()


def _day(text: str) -> date:
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        raise ValueError(text)
    return found


def _moment(text: str) -> datetime:
    if len(text) != 27 or not text.endswith("Z"):
        raise ValueError(text)
    return datetime.fromisoformat(text)


_PARSERS: dict[str, Callable[[str], object]] = {"day": _day, "time": _moment}
"""Of the columns whose text stands for something else."""


def _is_read_by(parse: Callable[[str], object], value: object) -> bool:
    """A name alone proves nothing: somebody may have given it to anything."""
    if value is None:
        return True
    try:
        parse(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return True


def _text(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
