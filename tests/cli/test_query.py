"""`tracker query`: SQL that reads, and nothing that does more, in whatever form it comes."""

import json

import pytest

from tracker.store import select
from tracker.store.engine import reading

WRITES = [
    "delete from observation",
    "DELETE FROM observation RETURNING *",
    "insert into source (slug, title) values ('x', 'X')",
    "insert into source (slug, title) values ('x', 'X') returning id",
    "insert or replace into source (slug, title) values ('poe', 'X')",
    "update market set slug = 'x'",
    "update market set slug = 'x' returning slug",
    "with x as (select 1) delete from observation",
    "with x as (select 1) update market set slug = 'x' returning *",
    "replace into source (slug, title) values ('poe', 'X')",
    "drop view shares",
    "drop table observation",
    "create table x (y)",
    "create temp table x (y)",
    "create temp view x as select 1",
    "create trigger x after insert on source begin delete from market; end",
    "create index x on source (title)",
    "create virtual table x using fts5(y)",
    "alter table source rename to sources",
    "pragma query_only = off",
    "pragma query_only(0)",
    "pragma user_version = 7",
    "pragma journal_mode = wal",
    "pragma journal_mode = delete",
    "pragma writable_schema = on",
    "pragma foreign_keys = off",
    "pragma wal_checkpoint",
    "pragma optimize",
    "pragma writable_schema(1)",
    "pragma main.user_version = 7",
    "pragma temp_store_directory = '/tmp'",
    "pragma application_id = 1",
    "pragma auto_vacuum = 1",
    "pragma page_size = 512",
    "pragma data_store_directory = 'x'",
    "pragma mmap_size = 1",
    "pragma incremental_vacuum",
    "pragma shrink_memory",
    "select * from pragma_journal_mode('delete')",
    "insert into shares (share) values (1)",
    "insert into temp.shares (share) values (1)",
    "insert into sqlite_master values (1, 2, 3, 4, 5)",
    "update sqlite_master set sql = ''",
    "update sqlite_dbpage set data = x'00'",
    "insert into observation select * from observation on conflict do update set share = 1 returning *",
    "with x as (select 1) insert into source (slug, title) values ('x', 'X') returning id",
    "create temp trigger x after insert on source begin select 1; end",
    "create temporary table x as select * from shares",
    "create table if not exists x as select 1",
    "drop table if exists temp.shares",
    "explain query plan delete from observation",
    "attach 'other.db' as other",
    "attach database ':memory:' as other",
    "detach main",
    "vacuum",
    "vacuum into 'copy.db'",
    "reindex",
    "analyze",
    "begin",
    "begin immediate",
    "commit",
    "rollback",
    "savepoint x",
    "release x",
    "select load_extension('x')",
    "select load_extension('x', 'y')",
    "select * from pragma_user_version where load_extension('x')",
    "select writefile('x', 'y')",
    "select readfile('/etc/hostname')",
    "select edit('x')",
    "select fts3_tokenizer('x', x'00')",
    "select 1; delete from observation",
    "select 1; select 2",
    "\n-- a word\ndelete from observation",
    "/* a word */ delete /* another */ from observation",
    "explain delete from observation; delete from observation",
    " ; delete from observation",
    "select 1 -- \n; drop table observation",
    "values (1); drop view shares",
]

NOT_SQL = {
    "": "this statement returns no rows: only statements that read are run",
    " \n": "this statement returns no rows: only statements that read are run",
    " -- nothing": "this statement returns no rows: only statements that read are run",
    "selec 1": 'this SQL cannot be run: near "selec": syntax error',
    "select": "this SQL cannot be run: incomplete input",
    "select * from nowhere": "this SQL cannot be run: no such table: nowhere",
    "select x from shares": "this SQL cannot be run: no such column: x",
    "select ?": "refused: ",
    "select ?, :name": "refused: ",
    "select 'a\0b'": "",
}


@pytest.mark.parametrize("sql", WRITES)
def test_a_write_is_refused_whatever_its_form(sql, call, starter, unchanged):
    with unchanged(starter):
        result = call("query", sql)
    assert (result.code, result.out) == (1, ""), result
    assert result.err.startswith(("refused: ", "this SQL cannot be run: ", "this statement returns no rows"))
    assert "error of tracker itself" not in result.err


@pytest.mark.parametrize("sql", NOT_SQL)
def test_what_is_no_statement(sql, call, starter, unchanged):
    with unchanged(starter):
        result = call("query", sql)
    assert result.code == 1, result
    assert result.out == ""
    assert result.err.startswith(NOT_SQL[sql])
    assert "error of tracker itself" not in result.err


def test_a_refusal_is_clear(call, starter):
    assert call("query", "delete from observation").err == (
        "refused: this statement would write, attach, load or set something\n"
        "The views are shares, share_history and reports: select * from shares limit 1\n"
    )
    assert call("query", "select 1; select 2").err == "refused: this is more than one statement\nRun them one by one.\n"


def test_the_two_figures(call, starter, unchanged):
    sql = "select entity, period_start, share from shares where market='poe/text-messages' and entity='DeepSeek R1'"
    with unchanged(starter):
        result = call("query", sql)
    assert (result.code, result.out, result.err) == (
        0,
        "entity       period_start  share\nDeepSeek R1  2025-02-15        7\nDeepSeek R1  2025-04-30        3\n",
        "",
    )
    assert call("query", sql, "--format", "csv").out == (
        "entity,period_start,share\nDeepSeek R1,2025-02-15,7.0\nDeepSeek R1,2025-04-30,3.0\n"
    )
    assert json.loads(call("query", sql, "--format", "json").out) == [
        {"entity": "DeepSeek R1", "period_start": "2025-02-15", "share": 7.0},
        {"entity": "DeepSeek R1", "period_start": "2025-04-30", "share": 3.0},
    ]


READS = {
    "select 1 as one;": "one\n1\n",
    "select 1 as one;; -- a word\n ;": "one\n1\n",
    "select value from json_each('[1, 2]')": "value\n1\n2\n",
    "select name from pragma_table_info('alembic_version')": "name\nversion_num\n",
    "  -- a word\n select 1 as one -- more": "one\n1\n",
    "values (1, 'a')": "column1,column2\n1,a\n",
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3) select i from n": "i\n1\n2\n3\n",
    "select count(*) as n from share_history": "n\n152\n",
    "select count(*) as n from reports": "n\n7\n",
    "pragma foreign_key_list(market)": (
        "id,seq,table,from,to,on_update,on_delete,match\n0,0,source,source_id,id,NO ACTION,NO ACTION,NONE\n"
    ),
    "select null as a, '' as b, x'00ff' as c, 1e999 as d": "a,b,c,d\n,,00ff,inf\n",
    "select 1 as a, 2 as a, 3 as a": "a,a:1,a:2\n1,2,3\n",
    "select 'one, \"two\"' as a": 'a\n"one, ""two"""\n',
    "select upper('ß') || char(10) || 'b' as a": 'a\n"ß\nb"\n',
    "select 1 as a where 0": "a\n",
}


@pytest.mark.parametrize("sql", READS)
def test_what_reads_is_run(sql, call, starter, unchanged):
    with unchanged(starter):
        result = call("query", sql, "--format", "csv")
    assert (result.code, result.out, result.err) == (0, READS[sql], "")
    table, text = call("query", sql), call("query", sql, "--format", "json")
    assert (table.code, text.code) == (0, 0)
    json.loads(text.out, parse_constant=pytest.fail)


def test_every_view_can_be_read_whole(call, starter):
    for view in ("shares", "share_history", "reports"):
        result = call("query", f"select * from {view}", "--format", "json")
        assert len(json.loads(result.out)) in (152, 7)


def test_shares_resolves_every_id_to_words(call, starter):
    names = call("query", "select * from shares limit 0", "--format", "csv").out.strip().split(",")
    assert {
        *("source", "market", "counted", "population", "region", "entity", "kind", "period_start", "period_end"),
        *("precision", "share", "low", "high", "decimals", "status", "sample_size", "url", "known_from"),
    } <= set(names)


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select"


@pytest.mark.parametrize("form", ["table", "csv", "json", "ndjson", "parquet"])
def test_what_takes_too_long_is_stopped_and_prints_nothing(form, call, starter, unchanged):
    with unchanged(starter):
        result = call("query", f"{ENDLESS} count(*) from n", "--timeout", "0.2", "--format", form)
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "stopped: this statement took longer than 0.2 seconds\n"
        "Ask for less, or allow more: --timeout SECONDS, and 0 for no limit.\n"
    )


def test_a_file_is_written_whole_or_not_at_all(call, starter, tmp_path, unchanged):
    (tmp_path / "n.csv").write_text("before")
    with unchanged(tmp_path / "n.csv"):
        result = call("query", f"{ENDLESS} i from n", "--timeout", "0.2", "-o", "n.csv")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("stopped: ")


@pytest.mark.parametrize("seconds", ["nan", "inf", "-inf", "-1", "1e999", "soon"])
def test_what_is_no_number_of_seconds(seconds, call, starter):
    result = call("query", "select 1", "--timeout", seconds)
    assert (result.code, result.out) == (2, "")
    assert "--timeout" in result.err


def test_a_limit_without_an_end_is_zero(call, starter):
    assert "0 is no limit" in call("query", "select 1", "--timeout", "inf").err


def test_as_of_a_moment_what_is_there_now_is_not_to_be_had(call, starter):
    result = call("query", "--as-of", "1", "select count(*) from main.shares")
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "refused: main. names what is there now, whatever the moment that is asked for\n"
        "Write the plain name, for example shares: it is of that moment.\n"
    )


def test_no_time_limit(call, starter):
    assert call("query", f"{ENDLESS} count(*) as n from (select 1 from n limit 300000)", "--timeout", "0").code == 0


def test_the_time_of_the_reader_does_not_count(starter, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(select, "monotonic", lambda: now[0])
    counts = []
    with reading(starter) as session:
        for rows in select.start(session, f"{ENDLESS} i from n limit 5000", seconds=1).chunks():
            now[0] += 100
            counts.append(len(rows))
    assert counts == [2000, 2000, 1000]


def test_a_limit_is_said(call, starter):
    for form in ("csv", "json", "ndjson", "table"):
        result = call("query", "select share from shares", "--limit", "2", "--format", form)
        assert result.err == "Only the first 2 rows, as --limit says; there are more.\n"
    assert call("query", "values (1), (2)", "--limit", "2", "--format", "csv").err == ""
    assert call("query", "values (1), (2)", "--limit", "2", "--format", "csv").out == "column1\n1\n2\n"


def test_a_table_on_a_terminal_shows_a_thousand_rows_and_says_so(call, starter, monkeypatch):
    many = f"{ENDLESS} i from n limit 5432"
    assert len(call("query", many).out.splitlines()) == 5433
    monkeypatch.setattr("_pytest.capture.CaptureIO.isatty", lambda _: True, raising=False)
    result = call("query", many)
    assert len(result.out.splitlines()) == 1001
    assert result.err == "The first 1,000 rows are shown, 4,432 more are not: --limit 0 shows all, -o FILE keeps all.\n"
    assert len(call("query", many, "--limit", "0").out.splitlines()) == 5433
    assert call("query", f"{ENDLESS} i from n limit 1000").err == ""
    endless = call("query", f"{ENDLESS} i from n", "--timeout", "0.3")
    assert len(endless.out.splitlines()) == 1001
    assert "the others are not: " in endless.err


def test_columns_of_one_name_stay_apart(call, starter):
    sql = "select 1 as a, 2 as 'a:1', 3 as a, 4 as a"
    assert list(json.loads(call("query", sql, "--format", "json").out)[0].values()) == [1, 2, 3, 4]


def test_what_fails_in_the_middle_says_that_it_is_not_all(call, starter):
    broken = f"{ENDLESS} case when i = 4500 then cast(x'ff' as text) else i end as i from n limit 9000"
    result = call("query", broken, "--format", "csv")
    assert result.code == 1
    assert result.out.splitlines() == ["i", *map(str, range(1, 4001))]
    assert "; what was printed is not all of it\n" in result.err
    assert call("query", broken, "--format", "json").out == ""
    assert call("query", broken, "--format", "parquet").out == ""
