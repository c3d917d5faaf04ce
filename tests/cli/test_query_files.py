"""What `tracker query` writes for other programs: CSV, JSON, ndjson and Parquet."""

import csv
import io
import json
import stat
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cli import parquet

ALL = "select * from shares order by market, entity, period_start"
QUERY = (sys.executable, "-m", "tracker", "query")
COUNT = "with recursive n(i) as (select 1 union all select i + 1 from n limit {}) select"


def _kept(call, sql, name, *words):
    result = call("query", sql, "-o", name, *words)
    assert result.code == 0, result.err
    return result.err


def test_the_ending_of_the_file_says_the_format(call, starter, tmp_path):
    for name, form in {
        "a.csv": "csv",
        "a.txt": "csv",
        "a.JSON": "json",
        "a.ndjson": "ndjson",
        "a.jsonl": "ndjson",
    }.items():
        assert _kept(call, ALL, name) == f"Wrote 152 rows to {name}\n"
        told = subprocess.run([*QUERY, ALL, "--format", form], capture_output=True, check=True, timeout=60)
        assert (tmp_path / name).read_bytes() == told.stdout
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) & 0o444 == 0o444
    assert _kept(call, ALL, "b.csv", "--format", "ndjson", "--limit", "3").startswith("Wrote 3 rows to b.csv\nOnly the")
    assert len((tmp_path / "b.csv").read_text().splitlines()) == 3


def test_ndjson_has_an_object_a_line(call, starter):
    out = call("query", ALL, "--format", "ndjson").out
    assert [json.loads(line) for line in out.splitlines()] == json.loads(call("query", ALL, "--format", "json").out)
    nasty = "select 'a' || char(10, 13, 8232) || '\"' as a, null as b, 1e999 as c, x'00ff' as d, 7.0 as e"
    (line,) = call("query", nasty, "--format", "ndjson").out.split("\n")[:-1]
    assert json.loads(line) == {"a": 'a\n\r\u2028"', "b": None, "c": "inf", "d": "00ff", "e": 7.0}
    assert call("query", "select 1 where 0", "--format", "ndjson").out == ""


def test_what_is_larger_than_what_is_held_is_whole(call, starter, tmp_path):
    sql = f"{COUNT.format(7001)} i, i * 0.5 as half, 't' || i as t from n"
    rows = [(i, i * 0.5, f"t{i}") for i in range(1, 7002)]
    told = list(csv.reader(io.StringIO(call("query", sql, "--format", "csv").out)))
    assert told == [["i", "half", "t"], *([str(value) for value in row] for row in rows)]
    lines = call("query", sql, "--format", "ndjson").out.splitlines()
    assert [tuple(json.loads(line).values()) for line in lines] == rows
    _kept(call, sql, "n.parquet")
    table = pq.read_table(tmp_path / "n.parquet")
    assert [tuple(row.values()) for row in table.to_pylist()] == rows
    assert table.schema.types == [pa.int64(), pa.float64(), pa.string()]


def test_parquet_has_types_and_descriptions(call, starter, tmp_path):
    _kept(call, ALL, "s.parquet")
    table = pq.read_table(tmp_path / "s.parquet")
    kinds = {field.name: field.type for field in table.schema}
    assert kinds["share"] == kinds["printed_share"] == pa.float64()
    assert kinds["decimals"] == kinds["sample_size"] == kinds["batch"] == pa.int64()
    assert kinds["period_start"] == kinds["published"] == pa.date32()
    assert kinds["known_from"] == pa.timestamp("us", tz="UTC")
    assert kinds["entity"] == kinds["correction"] == pa.string()
    assert table.schema.field("share").metadata[b"unit"].startswith(b"percent, 0 to 100")
    assert all(b"description" in field.metadata for field in table.schema)
    assert table.schema.metadata == {b"tracker.query": ALL.encode()}


def test_parquet_holds_what_json_says(call, starter, tmp_path):
    _kept(call, ALL, "s.parquet")
    rows = pq.read_table(tmp_path / "s.parquet").to_pylist()
    for row in rows:
        row["known_from"] = row["known_from"].strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        row |= {name: row[name] and row[name].isoformat() for name in ("period_start", "period_end", "published")}
    told = json.loads(call("query", ALL, "--format", "json").out)
    assert [row | {"known_from": ""} for row in rows] == [row | {"known_from": ""} for row in told]


def test_a_name_alone_makes_no_day(call, starter, tmp_path):
    sql = "select entity as period_start, '20250430' as period_end, 5 as published, 'x' as share from shares"
    _kept(call, sql, "s.parquet")
    schema = pq.read_schema(tmp_path / "s.parquet")
    assert schema.types == [pa.string(), pa.string(), pa.int64(), pa.string()]


def test_parquet_without_rows(call, starter, tmp_path):
    _kept(call, "select share, period_start, 1 as x from shares where 0", "s.parquet")
    table = pq.read_table(tmp_path / "s.parquet")
    assert (table.num_rows, table.schema.types) == (0, [pa.float64(), pa.date32(), pa.string()])


def test_parquet_goes_into_a_pipe_and_not_to_a_terminal(call, starter, tmp_path, monkeypatch):
    done = subprocess.run([*QUERY, ALL, "--format", "parquet"], capture_output=True, check=True, timeout=60)
    assert pq.read_table(io.BytesIO(done.stdout)).num_rows == 152
    assert done.stderr == b""
    monkeypatch.setattr("_pytest.capture.CaptureIO.isatty", lambda _: True, raising=False)
    result = call("query", ALL, "--format", "parquet")
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("Parquet is not for reading: write it to a file with -o, or into a pipe.\n")


def test_a_table_goes_to_no_file(call, starter, tmp_path):
    result = call("query", ALL, "-o", "t.txt", "--format", "table")
    assert (result.code, result.out) == (2, "")
    assert not (tmp_path / "t.txt").exists()


@pytest.mark.parametrize("form", ["csv", "json", "ndjson", "parquet"])
def test_the_database_is_not_written_over(form, call, starter, unchanged):
    with unchanged(starter):
        result = call("query", ALL, "-o", starter, "--format", form)
    assert (result.code, result.err) == (
        1,
        "HERE/tracker.db is the database itself\nChoose another file for the output.\n",
    )


def test_a_refused_statement_writes_no_file(call, starter, tmp_path, unchanged):
    with unchanged(starter):
        assert call("query", "delete from observation", "-o", "x.parquet").code == 1
        assert call("query", "select * from nowhere", "-o", "x.csv").code == 1
        assert call("query", "select :n", "-o", "x.csv").code == 2


def test_as_of_goes_with_every_format(call, starter, tmp_path):
    _kept(call, "select * from shares", "then.parquet", "--as-of", "2000-01-01")
    assert pq.read_table(tmp_path / "then.parquet").num_rows == 0
    _kept(call, "select * from shares where share > :n", "now.parquet", "--as-of", "1", "--param", "n=90")
    assert pq.read_table(tmp_path / "now.parquet").num_rows > 0


VALUES = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.text(), st.binary())


@given(st.lists(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=3), max_size=4))
def test_whatever_sqlite_holds_fits(chunks):
    made = io.BytesIO()
    parquet.write(["a", "period_start"], chunks, made, statement="x")
    made.seek(0)
    table = pq.read_table(made)
    rows = [row for rows in chunks for row in rows]
    assert table.num_rows == len(rows)
    for place, column in enumerate(table.to_pydict().values()):
        assert [value is None for value in column] == [row[place] is None for row in rows]
        if {type(row[place]) for row in rows} <= {type(None), str}:
            assert column == [row[place] for row in rows]
