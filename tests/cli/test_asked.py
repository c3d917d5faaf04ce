"""What is asked in SQL: values, and statements from files and stdin."""

import io

import pytest


def test_a_value_that_is_a_number_is_one_and_all_else_is_text(call, starter):
    sql = "select typeof(:a) as a, typeof(:b) as b, typeof(:c) as c, typeof($d) as d, :e || '' as e, typeof(@f) as f"
    words = [
        f"--param={name}={value}" for name, value in zip("abcdef", ("5", "-0.5", "007", "", "a=b", "1e3"), strict=True)
    ]
    assert call("query", sql, *words, "--format", "csv").out == "a,b,c,d,e,f\ninteger,real,text,text,a=b,real\n"


def test_values_select_rows(call, starter):
    sql = "select entity, share from shares where market = :market and share > :least order by share desc"
    result = call("query", sql, "--param", "market=poe/text-messages", "--param", ":least=30", "--format", "csv")
    assert (result.code, result.out, result.err) == (0, "entity,share\nGPT-4o,35.8\n", "")
    nasty = call("query", "select count(*) as n from shares where entity = :who", "--param", "who=' or 1=1 --")
    assert nasty.out == "n\n0\n"


def test_every_missing_and_every_unknown_value_is_named(call, starter):
    result = call("query", "select :one, :two, :three", "--param", "two=2", "--param", "four=4")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "the statement has :one, and no value for it; the statement has :three, and no value for it;"
        " there is a value for four, and no :four in the statement\n"
        "Say it, in Python as params={'name': value}, else: --param one=VALUE --param three=VALUE\n"
    )
    assert call("query", "select 1", "--param", "n=5").code == 2
    assert call("query", "explain select :n").code == 2


@pytest.mark.parametrize("word", ["n", "=5", "a b=5", "1-2=3", ""])
def test_what_is_no_name_and_value(word, call, starter):
    result = call("query", "select 1", "--param", word)
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith(f"--param: {word!r} is not NAME=VALUE.\n")


def test_a_value_given_twice(call, starter):
    assert call("query", "select :n", "--param", "n=1", "--param", "n=2").err.endswith("--param: n is given twice.\n")


def test_sql_from_a_file_and_from_stdin(call, starter, tmp_path, monkeypatch):
    (tmp_path / "one.sql").write_bytes("\ufeffselect 'ü' as a\n-- end\n".encode())
    assert call("query", "@one.sql").out == "a\nü\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"select :n as n;\n")))
    assert call("query", "-", "--param", "n=5").out == "n\n5\n"


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere.sql", "No such file or directory"), ("bad.sql", "no text in UTF-8"), ("", "@")]
)
def test_no_sql_to_be_read(name, said, call, starter, tmp_path):
    (tmp_path / "bad.sql").write_bytes(b"select '\xff'")
    result = call("query", f"@{name}")
    assert (result.code, result.out) == (2, "")
    assert said in result.err or not name
