"""Parquet: records with named fields, as rows of text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tracker.errors import Problem, RejectedInput, clip
from tracker.importers.records import MOST_CELLS, Rows, as_text

if TYPE_CHECKING:
    from pyarrow import Array, RecordBatch
    from pyarrow.parquet import ParquetFile

LARGEST = 256 * 2**20
"""Bytes that a Parquet file may unpack to."""

AT_ONCE = 10_000
"""Rows that are taken out of it at a time."""


def from_parquet(name: str, content: bytes) -> Rows:
    """Return the records of a Parquet file as rows under a header.

    Raises
    ------
    RejectedInput
        If it is no Parquet file, or too large.
    """
    from pyarrow import ArrowException

    try:
        file = _opened(content)
        _check_size(name, file.metadata)
        header = list(file.schema_arrow.names)
        rows = [(0, header), *enumerate(_rows(name, file), 1)]
    except (ArrowException, OSError, ValueError, MemoryError) as error:
        problem = Problem(0, "", "", f"cannot be read as Parquet: {clip(str(error), 200)}")
        raise RejectedInput(name, [problem], "Is the file whole?") from error
    if len(rows) == 1:
        raise RejectedInput(name, [Problem(0, "", "", "the file is empty: it holds no records")])
    return rows


def _opened(content: bytes) -> ParquetFile:
    """Open it so that a text which stands in many rows is held once."""
    from pyarrow import parquet

    schema = parquet.read_metadata(io.BytesIO(content)).schema
    paths = [schema.column(number).path for number in range(len(schema))]
    return parquet.ParquetFile(io.BytesIO(content), read_dictionary=paths)


def _check_size(name: str, metadata: Any) -> None:
    unpacked = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if metadata.num_rows * max(metadata.num_columns, 1) > MOST_CELLS or unpacked > LARGEST:
        size = f"{metadata.num_rows:,} rows, {metadata.num_columns:,} columns and {unpacked:,} bytes"
        raise RejectedInput(name, [Problem(0, "", "", f"holds {size}, more than are read at once")])


def _rows(name: str, file: ParquetFile) -> Iterator[list[str]]:
    narrow = {field.name for field in file.schema_arrow if str(field.type) in ("float", "halffloat")}
    held = 0
    for batch in file.iter_batches(batch_size=AT_ONCE):
        held += _written_out(batch)
        if held > LARGEST:
            raise RejectedInput(name, [Problem(0, "", "", f"holds {held:,} bytes or more, more than are read at once")])
        columns = [
            list(map(_short if column in narrow else as_text, cells.to_pylist()))
            for column, cells in zip(batch.schema.names, batch.columns, strict=True)
        ]
        yield from map(list, zip(*columns, strict=True))


def _short(value: float | None) -> str:
    """A number of single precision."""
    return "" if value is None else f"{value:.6g}"


def _written_out(batch: RecordBatch) -> int:
    """How many bytes the cells have when every one is written out."""
    return sum(_bytes_of(cells) for cells in batch.columns)


def _bytes_of(cells: Array) -> int:
    from pyarrow import compute, types

    if types.is_dictionary(cells.type):
        lengths = compute.take(compute.binary_length(cells.dictionary), cells.indices)
        return int(compute.sum(compute.cast(lengths, "int64")).as_py() or 0)
    if types.is_nested(cells.type):
        # Each part of it becomes an object of its own.
        return int(cells.nbytes) * 64
    return int(cells.nbytes)
