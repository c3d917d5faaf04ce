"""`tracker identify`: who claims a file, how it is understood, and its first rows as they would be stored."""

import json
import shutil

import pytest

from importers.databases import SAMPLES

NEW = ("--market", "lab/share", "--source", "lab", "--counted", "votes", "--whole", "overlapping")

FAMILIES = {
    "statcounter/ai_chatbot-ww-monthly-202504-202506.csv": ("statcounter", ["comma", "UTF-8", "percent"], ()),
    "openrouter/rankings-daily.csv": ("openrouter", ["comma", "UTF-8"], ()),
    "openrouter/rankings-daily-api.json": ("openrouter", ["model_permaslug"], ()),
    "owid/share-of-heat-pumps.csv": ("owid", ["comma", "Share of homes with a heat pump"], ()),
    "google_trends/german.csv": ("google-trends", ["semicolon", "Kategorie: Alle Kategorien"], ()),
    "google_trends/of-2026.csv": ("google-trends", ["comma", "cloud lamp"], ()),
    "polls/state-polls.csv": ("polls", ["semicolon", "Institute"], NEW[:2]),
    "sdmx/estat_nrg_ind_ren.tsv": ("sdmx", ["tab", "geo"], ("--map", "entity=geo", *NEW[:2])),
    "generic/diffusion.csv": ("table", ["comma", "percent"], NEW),
}


def _copied(sample, folder):
    """The sample, and what lies beside it."""
    file = SAMPLES / sample
    for beside in file.parent.glob(f"{file.stem}.metadata.json"):
        shutil.copy(beside, folder)
    return shutil.copy(file, folder)


def _fields(result):
    return {line.split("  ")[0]: line.partition("  ")[2].strip() for line in result.out.splitlines() if "  " in line}


@pytest.mark.parametrize("sample", FAMILIES)
def test_a_file_of_each_family(sample, call, tmp_path):
    importer, words, options = FAMILIES[sample]
    file = _copied(sample, tmp_path)
    result = call("identify", file, *options)
    assert result.code == 0, result.err + result.out
    fields = _fields(result)
    assert fields["importer"] == importer
    assert fields[f"claimed by {importer}"]
    assert int(fields["shares read"]) > 0
    assert fields["problems"] == "0"
    for word in words:
        assert word in result.out
    described, _, rows = result.out.partition("\n\n")
    assert rows.splitlines()[0].split()[:5] == ["line", "market", "entity", "period", "share"], described
    assert 1 < len(rows.splitlines()) <= 6
    assert not list(tmp_path.glob("*.db")), "no database is made"


@pytest.mark.parametrize("sample", FAMILIES)
def test_what_is_shown_is_what_is_stored(sample, call, empty, tmp_path):
    _, _, options = FAMILIES[sample]
    options = options if "--counted" in options or "sdmx" not in sample else (*options, *NEW[2:])
    file = _copied(sample, tmp_path)
    rows = call("identify", file, *options).out.partition("\n\n")[2].splitlines()[1:]
    result = call("import", file, *options)
    assert result.code == 0, result.err
    stored = json.loads(call("query", "select market, entity, period from shares", "--format", "json").out)
    for row in rows:
        market = row.split()[1]
        period = next(word for word in row.split() if word[:2] == "20")
        assert any(one["market"] == market and one["period"] == period for one in stored), row


def test_how_it_is_understood(call, tmp_path):
    (tmp_path / "t.csv").write_text("\ufeffTag;Alpha;Beta\n01.02.2025;36,5;8\n13.02.2025;37;7,5\n", encoding="utf-8")
    fields = _fields(call("identify", "t.csv", *NEW))
    assert fields["delimiter"] == "semicolon"
    assert fields["columns"] == "Tag, Alpha, Beta"
    told = json.dumps(fields)
    assert "percent" in told
    assert "day" in told


def test_as_json(call, tmp_path):
    _copied("owid/share-of-heat-pumps.csv", tmp_path)
    (told,) = json.loads(call("identify", "share-of-heat-pumps.csv", "--format", "json").out)
    assert told["importer"] == "owid"
    assert told["first rows"][0] == {
        "line": 2,
        "market": "owid/share-of-homes-with-a-heat-pump",
        "entity": "Congo",
        "period": "2023",
        "share": "0",
        "status": None,
        "sample_size": None,
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name,email\nAda,ada@example.org\n", "no importer knows this table"),
        (b"", "the file is empty"),
        (b"%PDF-1.7", "is a PDF"),
        (b"<!DOCTYPE html><html></html>", "this is a web page"),
        (b"Month,Gr\x9fn\n2025-04,2\n", "is not UTF-8"),
        (b"a\0b\n", "NUL"),
    ],
)
def test_a_file_that_nobody_reads(content, said, call, tmp_path):
    (tmp_path / "t.csv").write_bytes(content)
    result = call("identify", "t.csv")
    assert result.code in (1, 2)
    assert said in result.err
    assert "Traceback" not in result.err


def test_what_is_missing_is_said_behind_what_is_known(call, tmp_path):
    (tmp_path / "t.csv").write_text("Month,Chrome,Firefox\n2025-04,66.2,22.6\n")
    result = call("identify", "t.csv")
    assert result.code == 2
    assert "columns" in result.out
    assert "--market" in result.err


def test_a_file_that_is_not_there(call):
    assert call("identify", "none.csv").code == 2


def test_standard_input_and_a_named_importer(call, tmp_path, monkeypatch):
    import io

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Month,Chrome,Firefox\n2025-04,66.2,22.6\n")))
    result = call("identify", "-", "--importer", "table", *NEW)
    assert result.code == 0, result.err
    assert _fields(result)["importer"] == "table"
