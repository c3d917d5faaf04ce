"""What others wrote is shown harmless to a person, and given as it is to a program."""

import csv
import io
import json
import unicodedata

import pytest

from tracker.cli.boundary import run

NASTY = {
    "ANSI": "red\x1b[31m alert\x1b[0m",
    "title": "\x1b]0;owned\x07name",
    "C1": "a\x9b31mb",
    "bidi": "abc\u202edcba\u202c",
    "isolate": "a\u2066b\u2069",
    "zero width": "Deep\u200bSeek X",
    "bell": "ding\x07",
    "backspace": "good\x08\x08\x08\x08evil",
    "carriage return": "good\rEVIL",
    "line separator": "a\u2028b\u2029c",
    "tag": "a\U000e0041b",
    "newline": "one\ntwo",
}


def _is_harmless(text):
    return all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp") for char in text)


@pytest.fixture
def nasty(call, empty, request):
    text = NASTY[request.param]
    assert run(["source", "add", "s", "--title", text, "--note", text, "--credit", text]) == 0
    assert run(["market", "add", "s/m", "--source", "s", "--counted", text, "--whole", "open", "--region", text]) == 0
    words = ["--market", "s/m", "--date", "2025", "--url", f"https://e.org/{text}", "--title", text, "--note", text]
    assert run(["add", f"Q {text}", "7", *words]) == 0
    assert run(["event", "add", "2025-01-01", text, "--tag", text]) == 0
    return text


TABLES = [
    ("show",),
    ("source", "list"),
    ("source", "show", "s"),
    ("market", "list"),
    ("market", "show", "s/m"),
    ("entity", "list"),
    ("event", "list"),
    ("query", "select * from shares"),
    ("chart", "{name}", "-o", "x.svg"),
]


@pytest.mark.parametrize("nasty", NASTY, indirect=True)
def test_tables_and_messages_are_harmless(nasty, call):
    name = json.loads(call("entity", "list", "--format", "json").out)[0]["name"]
    for words in [*TABLES, ("entity", "show", "{name}")]:
        if words[0] == "chart" and not nasty.isprintable():
            continue  # fonts have no glyphs for these
        result = call(*(word.replace("{name}", name) for word in words))
        assert result.code == 0, result.err
        assert result.out
        assert _is_harmless(result.out + result.err), (words, result.out)
    refused = call("add", name, "8", "--market", "s/m", "--date", "2025", "--url", "https://e.org", "--title", nasty)
    assert refused.code == 1
    assert _is_harmless(refused.err), refused.err
    assert _is_harmless(call("entity", "show", name + "?").err)
    assert _is_harmless(call("entity", "list", "--kind", nasty).err)
    assert _is_harmless(call(nasty).err)
    assert _is_harmless(call("show", "--db", nasty).err)


@pytest.mark.parametrize("nasty", NASTY, indirect=True)
def test_one_row_is_one_line_of_a_table(nasty, call):
    for words in TABLES[:4]:
        lines = call(*words).out.splitlines()
        assert len(lines) == {"show": 3, "list": 2}.get(words[-1], len(lines))


@pytest.mark.parametrize("nasty", NASTY, indirect=True)
def test_csv_and_json_give_what_was_given(nasty, call):
    (row,) = csv.DictReader(io.StringIO(call("source", "list", "--format", "csv").out, newline=""))
    kept = nasty.replace("\r", "\n")
    assert (row["title"], row["note"]) == (kept, kept)
    (record,) = json.loads(call("source", "list", "--format", "json").out)
    assert (record["title"], record["note"]) == (kept, kept)
    (told,) = json.loads(call("query", "select note, url from shares", "--format", "json").out)
    assert told == {"note": kept, "url": f"https://e.org/{kept}"}


def test_a_nasty_file_is_refused_harmlessly(call, empty, tmp_path):
    (tmp_path / "f.csv").write_text("market,entity,period,share,\x1b[31mx\u202e\ns/m,a,b,c,d\n", encoding="utf-8")
    result = call("import", "f.csv")
    assert result.code == 1
    assert _is_harmless(result.err)
    (tmp_path / "\x1b[31m.csv").write_text("x")
    result = call("import", "\x1b[31m.csv")
    assert result.code == 1
    assert _is_harmless(result.err)


def test_ordinary_writing_is_shown_as_it_is(call, empty):
    for text in ("Ünïcödé", "深度求索", "ДипСик", "ديب سيك", "🐋", "a\u00a0b"):
        assert call("source", "add", f"s{ord(text[0])}", "--title", text).code == 0
        assert text in call("source", "show", f"s{ord(text[0])}").out
