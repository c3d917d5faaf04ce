"""Texts of others are stored just as given, and shown without the power to do anything."""

import csv
import io
import json
import shlex
import sys
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

import tracker
from hostile.nasty import TEXTS, is_harmless
from tracker.cli.boundary import run
from tracker.values.names import clean

MARKET = {"source": "s", "counted": "messages", "whole": "open"}


def _row(name, period="2025-01", share="7", **more):
    return {"market": "s/m", "entity": name, "period": period, "share": share, "url": "https://e.org/a"} | MARKET | more


def _written(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def full(empty, tmp_path):
    """A database in which every text that a person can give is every one of `TEXTS`."""
    rows = []
    for number, text in enumerate(TEXTS.values()):
        told = dict.fromkeys(("title", "publisher", "place", "quote", "via", "note"), text)
        rows += [_row(f"Q{number} {text}", f"2025-0{month}", str(month), **told) for month in (1, 2)]
        rows.append({"role": "source", "source": f"s{number}"} | {f"source_{name}": text for name in ("title", "note")})
        rows.append(
            {"role": "market", "market": f"s/m{number}", "market_note": text, "region": text, "population": text}
            | MARKET
            | {"counted": text}
        )
        rows.append({"role": "event", "period": "2025-01-05", "title": text, "note": text, "tags": f"t{number}"})
    assert run(["import", str(_written(tmp_path / "in.csv", rows)), "--new-entities"]) == 0
    return empty


def test_every_text_is_stored_as_it_is(full, call):
    told = json.loads(
        call("query", "select entity, title, publisher, note from shares where share = 1", "--format", "json").out
    )
    found = {row["entity"].partition(" ")[0]: row for row in told}
    for number, text in enumerate(TEXTS.values()):
        row = found[f"Q{number}"]
        assert row["entity"] == clean(f"Q{number} {text}")
        assert [row[name] for name in ("title", "publisher", "note")] == [text] * 3
    labels = {event["label"] for event in json.loads(call("event", "list", "--format", "json").out)}
    assert labels >= set(TEXTS.values())


def _names(call):
    told = json.loads(call("query", "select distinct entity from shares", "--format", "json").out)
    return {row["entity"].partition(" ")[0]: row["entity"] for row in told}


READING = [
    ("show",),
    ("entity", "list"),
    ("market", "list"),
    ("source", "list"),
    ("event", "list"),
    ("log",),
    ("check",),
    ("history", "{name}"),
    ("diff", "1"),
    ("entity", "show", "{name}"),
    ("chart", "{name}", "--format", "table"),
    ("market", "show", "s/m"),
    ("source", "show", "s"),
    ("alias", "list"),
    ("claim", "{name} has 5%"),
    ("entity", "show", "{name}?"),
    ("market", "show", "{text}"),
    ("source", "show", "{text}"),
    ("show", "{text}"),
    ("{text}",),
    ("import", "{text}"),
    ("add", "{text}", "{text}"),
    ("query", "{text}"),
    ("query", "select :a", "--param", "{text}"),
    ("market", "list", "--db", "{text}"),
    ("undo", "{text}"),
    ("show", "--from", "{text}"),
    ("history", "{name}", "--as-of", "{text}"),
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_everything_shown_is_harmless(words, full, call):
    names = _names(call)
    for number, text in enumerate(TEXTS.values()):
        if number and ("{" not in "".join(words) or (words[0] == "chart" and number % 8)):
            continue
        name = names[f"Q{number}"]
        result = call(*(word.replace("{name}", name).replace("{text}", text) for word in words))
        assert result.code in (0, 1, 2, 3), result.err
        assert is_harmless(result.out + result.err), result
        assert "error of tracker itself" not in result.err
        assert "Traceback" not in result.err


@pytest.mark.parametrize("form", ["csv", "json", "ndjson"])
def test_a_terminal_is_not_steered_by_data_either(form, full, call, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    result = call("query", "select * from shares", "--format", form)
    assert result.code == 0
    assert is_harmless(result.out)


def test_json_is_harmless_wherever_it_goes_and_says_the_same(full, call, tmp_path):
    for words in (("query", "select * from shares", "-o", "a.json"), ("export", "-o", "a.json")):
        assert call(*words).code == 0
        text = (tmp_path / "a.json").read_text(encoding="utf-8")
        assert is_harmless(text)
        assert any(TEXTS["bidi"] in str(row["entity"]) for row in json.loads(text) if row["entity"])
        assert "\\u202e" in text


def test_what_cannot_be_kept_is_refused_with_a_reason(empty, call, tmp_path, unchanged):
    records = [_row("a\0b"), _row("c"), _row("d\ud800e")]
    (tmp_path / "a.json").write_text(json.dumps(records))
    (tmp_path / "a.csv").write_bytes(b"market,entity,period,share,url\ns/m,a\0b,2025,7,https://e.org\n")
    for file in ("a.json", "a.csv"):
        with unchanged(empty):
            result = (
                call(
                    "import",
                    file,
                    "--map",
                    "entity=entity,date=period,share=share",
                    "--market",
                    "s/m",
                    "--counted",
                    "x",
                    "--whole",
                    "open",
                    "--source",
                    "s",
                )
                if file == "a.json"
                else call("import", file)
            )
        assert result.code == 1, result.err
        assert is_harmless(result.err)
        assert "NUL" in result.err or "half a character" in result.err


def test_a_name_of_a_megabyte(empty, call, tmp_path):
    name = "N" + "\u00e9=" * 250_000
    (tmp_path / "a.json").write_text(json.dumps([{"who": name, "day": "2025-01-01", "share": 7.5}]), encoding="utf-8")
    result = call(
        "import",
        "a.json",
        "--map",
        "entity=who,date=day,share=share",
        "--market",
        "s/m",
        "--counted",
        "x",
        "--whole",
        "open",
        "--source",
        "s",
        "--url",
        "https://e.org",
        "--unit",
        "percent",
    )
    assert result.code == 0, result.err[:500]
    assert json.loads(call("query", "select entity from shares", "--format", "json").out) == [{"entity": name}]
    for words in (("show",), ("entity", "list"), ("check",), ("export",)):
        assert call(*words).code in (0, 1), words


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_names_of_columns_are_harmless(text, empty, call):
    name = text.replace('"', '""')
    result = call("query", f'select 1 as "{name}", 2 as "{name}"')
    assert result.code == 0, result.err
    assert is_harmless(result.out)


def test_a_terminal_is_not_steered_by_the_name_of_a_file(call, monkeypatch):
    assert "\x1b" in call("db", "path", "--db", "a\x1b[31m.db").out  # which a program needs as it is
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert is_harmless(call("db", "path", "--db", "a\x1b[31m.db").out)


def test_what_is_to_be_typed_is_one_word(empty, call):
    evil = "'; touch owned; '$(touch owned)`touch owned`\""
    for words in (
        ("source", "show", evil),
        ("entity", "show", evil),
        ("market", "show", evil),
        ("history", evil),
        ("retract", evil, "--market", "s/m", "--reason", "r"),
    ):
        said = call(*words).err
        for command in [line[line.index(": tracker ") + 2 :] for line in said.splitlines() if ": tracker " in line]:
            parts = shlex.split(command)
            assert not [part for part in parts if "owned" in part and evil not in part], command


@pytest.mark.parametrize("letters", [1_001, 1_000_000])
def test_no_chart_is_as_wide_as_a_name_can_be(letters, empty, call, tmp_path):
    name = "N" * letters
    rows = [_row(who, f"2025-0{month}", str(month)) for who in (name[:100_000], "Z") for month in (1, 2)]
    assert run(["import", str(_written(tmp_path / "in.csv", rows))]) == 0
    result = call("chart", "Z", "--market", "s/m", "-o", "a.svg")
    assert (result.code, "can be drawn" in result.err, len(result.err) < 500) == (1, True, True)


@pytest.mark.slow
def test_a_long_word_is_broken_in_little_time(empty, call, tmp_path):
    rows = [_row("N" * 900 + who, f"2025-0{month}", str(month)) for who in "AB" for month in (1, 2)]
    assert run(["import", str(_written(tmp_path / "in.csv", rows)), "--new-entities"]) == 0
    result = call("chart", "N" * 900 + "A", "--kind", "bars", "--market", "s/m", "-o", "a.svg")
    assert result.code == 0, result.err[:300]


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]


def test_notebooks_show_no_markup_of_others(full):
    with tracker.connect(full) as t:
        frame = t.shares(market="s/m")
        for one in (t, frame, t.markets(), t.cite(frame), t.events()):
            html = getattr(one, "_repr_html_", lambda: "")()
            tags = _Tags()
            tags.feed(html)
            assert not tags.seen & {"script", "img", "a", "iframe"}, type(one)
        assert "\x1b" not in repr(t.cite(frame))


@pytest.mark.parametrize("which", ["mathtext", "xml", "ANSI", "bidi"])
def test_pictures_say_it_and_do_nothing(which, full, call, tmp_path):
    number = list(TEXTS).index(which)
    name = _names(call)[f"Q{number}"]
    for ending in ("svg", "png"):
        result = call("chart", name, "--market", "s/m", "-o", f"a.{ending}")
        if result.code and not TEXTS[which].isprintable():
            assert is_harmless(result.err)
            return
        assert result.code == 0, result.err
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert is_harmless(svg)
    root = ElementTree.fromstring(svg)
    assert not [one.tag for one in root.iter() if str(one.tag).endswith(("script", "image", "foreignObject"))]
    bundled = call("chart", name, "--market", "s/m", "--bundle", "b")
    assert bundled.code == 0, bundled.err
    assert sorted(path.name for path in (tmp_path / "b").iterdir())[-1] == "datapackage.json"
    assert list(csv.DictReader(io.StringIO((tmp_path / "b" / "data.csv").read_text(encoding="utf-8"), newline="")))
