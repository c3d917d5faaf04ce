"""The words of somebody's SQL: where a statement ends, and whether it names a schema."""

import sqlite3

import pytest

from tracker.store.tokens import names_schema, without_empty_statements


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from main.shares",
        "select 1 from MAIN . shares",
        'select 1 from "main"."shares"',
        "select 1 from [main].shares",
        "select 1 from `main`.shares",
        "select 1 from 'main'.'shares'",
        "select 1 from main/* a word */.shares",
        "select 1 from main -- a word\n . shares",
        "with shares as (select * from main.shares) select * from shares",
    ],
)
def test_a_schema_is_named_in_every_form_that_sqlite_knows(sql):
    assert names_schema(sql, "main")


@pytest.mark.parametrize(
    "sql",
    [
        "select 'main.shares'",
        "select 1 -- main.shares",
        "select 1 /* main.shares */",
        "select 'it''s main.shares'",
        'select share as "main.shares" from shares',
        "select domain.share from shares as domain",
        "select 'main' || '.' from shares",
        "select share from shares as main",
        "select '",
    ],
)
def test_what_only_looks_like_it_is_none(sql):
    assert not names_schema(sql, "main")


@pytest.mark.parametrize(
    ("sql", "kept"),
    [
        ("select 1;;", "select 1"),
        ("select 1; ; -- a word\n ;/* two */;", "select 1"),
        ("select ';;';", "select ';;'"),
        ("select 1", "select 1"),
        ("select 1 -- a word", "select 1 -- a word"),
        ("select 1; select 2;;", "select 1; select 2"),
        (";;", ""),
        ("", ""),
    ],
)
def test_empty_statements_at_the_end_are_nothing(sql, kept):
    assert without_empty_statements(sql) == kept


def test_sqlite_itself_takes_what_is_called_a_schema():
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t (x)")
    for name in ("main.t", "MAIN . t", '"main"."t"', "[main].t", "`main`.t", "'main'.'t'", "main/**/.t"):
        assert connection.execute(f"select count(*) from {name}").fetchone() == (0,)
    connection.close()
