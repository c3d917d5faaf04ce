"""A bundle holds what is drawn and no more, says what it is, and is the same bytes every time."""

from __future__ import annotations

import csv
import json
import re
from hashlib import sha256

import pytest

from charts.chart_frames import flagship, frame_of, statcounter
from importers.databases import load, made
from tracker.charts.bundle import Bundled, ReadAt, bundle
from tracker.charts.line import line
from tracker.charts.revisions import revisions
from tracker.errors import TrackerError
from tracker.frames import COLUMNS
from tracker.query.citing import credits_of
from tracker.query.firsts import first_and_now
from tracker.store.contents import last_batch
from tracker.store.past.asof import reading_as_of
from tracker.store.shares import Selection
from tracker.values import Source
from tracker.values.asof import AsOf

AS_OF = ReadAt(7, "2026-01-01T00:00:00.000000Z")
POE = Source("poe", "Poe", url="https://poe.com", licence="CC BY 4.0", licence_url="https://creativecommons.org/by/4.0")
COMMAND = "tracker chart 'DeepSeek R1' --as-of 7 --bundle bundle"


def write(chart, folder, sources=(POE,), **more):
    return bundle(chart, folder, command=COMMAND, as_of=AS_OF, sources=sources, formats=("png",), dpi=50, **more)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def described(folder):
    return json.loads((folder / "datapackage.json").read_text())


def test_what_a_bundle_holds(tmp_path):
    chart = line(flagship(), focus="DeepSeek R1")
    found = write(chart, tmp_path / "deep" / "b")
    assert isinstance(found, Bundled)
    assert (found.files, found.rows, found.withheld, found.notes) == (
        *(("chart.png", "data.csv", "README.md", "datapackage.json"), 2, {}, ()),
    )
    assert sorted(contents(tmp_path / "deep" / "b")) == sorted(found.files)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["b"]


def test_the_table_is_exactly_what_is_drawn(tmp_path):
    rows = [("A", "2025-01", "7.0"), ("A", "2025-02", "<1"), ("A", "~2025-03-15", "0"), ("A", "2025-04", "0.00001")]
    chart = line(frame_of(rows, note='=1+1, "so"\nthey say', url="https://a.org"), focus="A")
    write(chart, tmp_path / "b")
    with (tmp_path / "b" / "data.csv").open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert list(found[0]) == list(COLUMNS)
    assert [row["printed"] for row in found] == ["7.0", "<1", "0", "0.00001"]
    assert [row["share"] for row in found] == ["7", "", "0", "1e-05"]
    assert [row["period_start"] for row in found] == ["2025-01-01", "2025-02-01", "2025-03-15", "2025-04-01"]
    assert {row["note"] for row in found} == {'=1+1, "so"\nthey say'}


def test_the_description_is_a_data_package(tmp_path):
    chart = line(flagship(), focus="DeepSeek R1")
    write(chart, tmp_path / "b")
    told, files = described(tmp_path / "b"), contents(tmp_path / "b")
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[-a-z0-9._/]+", told["name"])
    assert (told["title"], told["description"], told["created"]) == (chart.title, chart.alt, AS_OF.recorded_at)
    assert told["licenses"] == [
        {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/by/4.0"}
    ]
    assert told["sources"] == [
        {"title": "Poe", "path": "https://poe.com", "credit": "Poe", "licence": "CC BY 4.0",
         "redistribution": "not recorded"}
    ]  # fmt: skip
    assert told["tracker"] == {
        "version": "0.1.0", "asOf": {"batch": 7, "recorded": AS_OF.recorded_at}, "command": COMMAND, "withheld": [],
    }  # fmt: skip
    names = [one["name"] for one in told["resources"]]
    assert len(set(names)) == len(names)
    for one in told["resources"]:
        content = files[one["path"]]
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{sha256(content).hexdigest()}")
        assert re.fullmatch(r"[-a-z0-9._]+", one["name"])
    table = next(one for one in told["resources"] if one["path"] == "data.csv")
    assert (table["type"], table["mediatype"], table["encoding"]) == ("table", "text/csv", "utf-8")
    kinds = {one["name"]: (one["type"], one.get("unit")) for one in table["schema"]["fields"]}
    assert [one["name"] for one in table["schema"]["fields"]] == list(COLUMNS)
    assert all(one["description"] for one in table["schema"]["fields"])
    assert kinds["share"] == ("number", "percent")
    assert kinds["period_start"] == ("date", None)
    assert kinds["decimals"] == ("integer", None)
    assert kinds["known_from"] == ("datetime", None)


def test_no_licence_is_no_list_of_licences(tmp_path):
    write(line(flagship(), focus="DeepSeek R1"), tmp_path / "b", sources=[Source("poe", "Poe")])
    told = described(tmp_path / "b")
    assert "licenses" not in told
    assert told["sources"][0]["licence"] == "not recorded"


def test_an_index_has_no_percent(tmp_path):
    write(line(frame_of([("A", "2025-01", "40"), ("A", "2025-02", "90")], whole="index"), focus="A"), tmp_path / "b")
    fields = described(tmp_path / "b")["resources"][1]["schema"]["fields"]
    assert {one["unit"] for one in fields if "unit" in one} == {"index"}


def test_what_may_not_be_passed_on_is_left_out_and_said(tmp_path):
    found = write(
        line(flagship(), focus="DeepSeek R1"), tmp_path / "b", sources=[Source("poe", "Poe", may_redistribute=False)]
    )
    said = "2 rows of Poe are drawn but left out of data.csv: its data may not be passed on."
    assert (found.rows, found.withheld, found.notes) == (0, {"Poe": 2}, (said,))
    assert (tmp_path / "b" / "data.csv").read_text() == ",".join(COLUMNS) + "\n"
    assert said in (tmp_path / "b" / "README.md").read_text()
    told = described(tmp_path / "b")
    assert told["tracker"]["withheld"] == [{"source": "Poe", "rows": 2}]
    assert told["sources"][0]["redistribution"] == "no"
    assert "licenses" not in told


def test_only_the_source_that_may_not_is_left_out(tmp_path):
    frame = frame_of([("A", "2025-01", "40"), ("A", "2025-02", "41"), ("A", "2025-03", "42")])
    frame["source"] = ["Poe", "Secret", "Poe"]
    sources = [POE, Source("secret", "Secret", licence="none", may_redistribute=False)]
    found = write(line(frame, focus="A"), tmp_path / "b", sources=sources)
    assert (found.rows, found.withheld) == (2, {"Secret": 1})
    assert "Secret" not in (tmp_path / "b" / "data.csv").read_text()
    assert [one["title"] for one in described(tmp_path / "b")["licenses"]] == ["CC BY 4.0"]


def test_sources_that_nobody_gave_are_not_guessed(tmp_path):
    with pytest.raises(TrackerError, match="not known whether the data of Poe may be passed on"):
        write(line(flagship(), focus="DeepSeek R1"), tmp_path / "b", sources=[])
    assert list(tmp_path.iterdir()) == []


def test_two_bundles_are_the_same_files(tmp_path):
    write(line(statcounter(), focus="DeepSeek"), tmp_path / "a", sources=[Source("s", "StatCounter")])
    write(line(statcounter(), focus="DeepSeek"), tmp_path / "b", sources=[Source("s", "StatCounter")])
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_every_format_is_stable(tmp_path, form):
    for name in "ab":
        chart = line(flagship(), focus="DeepSeek R1")
        bundle(chart, tmp_path / name, command=COMMAND, as_of=AS_OF, sources=[POE], formats=[form], dpi=50)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert f"chart.{form}" in contents(tmp_path / "a")


def test_an_earlier_bundle_is_replaced_as_a_whole(tmp_path):
    chart = line(flagship(), focus="DeepSeek R1")
    bundle(chart, tmp_path / "b", command=COMMAND, as_of=AS_OF, sources=[POE], formats=["svg"])
    write(chart, tmp_path / "b")
    assert sorted(contents(tmp_path / "b")) == ["README.md", "chart.png", "data.csv", "datapackage.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    chart = line(flagship(), focus="DeepSeek R1")
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(TrackerError, match=r"holds other files: mine\.txt; nothing was written"):
        write(chart, tmp_path)
    with pytest.raises(TrackerError, match="is no folder"):
        write(chart, tmp_path / "mine.txt")
    with pytest.raises(TrackerError, match="cannot be written"):
        write(chart, tmp_path / "mine.txt" / "b")
    assert contents(tmp_path) == {"mine.txt": b"mine"}
    (tmp_path / "c" / "data.csv").mkdir(parents=True)
    with pytest.raises(TrackerError, match="holds other files"):
        write(chart, tmp_path / "c")


def test_a_picture_in_no_known_format(tmp_path):
    chart = line(flagship(), focus="DeepSeek R1")
    for formats in (["gif"], []):
        with pytest.raises(TrackerError, match="there is no format"):
            bundle(chart, tmp_path / "b", command=COMMAND, as_of=AS_OF, sources=[POE], formats=formats)
    assert list(tmp_path.iterdir()) == []


HEAD = "market,entity,period,share,url,source,whole,counted,published\n"


def drawn(path, folder, as_of=None):
    """What the command line does: read, draw, bundle."""
    with reading_as_of(path, as_of) as session:
        chart = revisions(*first_and_now(session, Selection(["m/a"])), focus="A")
        last, sources = ReadAt(*last_batch(session)[:2]), credits_of(session, chart.data).sources
        command = f"tracker chart A --kind revisions --as-of {last.batch} --bundle bundle"
    bundle(chart, folder, command=command, as_of=last, sources=sources, formats=["png"], dpi=50)
    return contents(folder)


def test_the_columns_of_revisions_are_described(tmp_path):
    path = made(tmp_path)
    load(path, HEAD + "m/a,A,2025-01,40,https://a.org,s,open,users,\n")
    told = json.loads(drawn(path, tmp_path / "b")["datapackage.json"])
    fields = {one["name"]: one for one in told["resources"][1]["schema"]["fields"]}
    assert (fields["editions"]["type"], fields["release"]["type"]) == ("integer", "string")
    assert fields["editions"]["description"]
    assert fields["release"]["description"]


def test_a_later_import_changes_nothing_of_the_batch(tmp_path):
    path = made(tmp_path)
    load(path, HEAD + "m/a,A,2025-01,40,https://a.org,s,open,users,\nm/a,A,2025-02,41,https://a.org,s,open,users,\n")
    before = drawn(path, tmp_path / "b")
    load(path, HEAD + "m/a,B,2025-01,10,https://a.org,s,open,users,\n")
    assert drawn(path, tmp_path / "b") != before
    assert b"--as-of 1 --bundle bundle" in before["datapackage.json"]
    assert drawn(path, tmp_path / "again", AsOf.parse("1")) == before


def test_a_time_means_its_batch(tmp_path):
    path = made(tmp_path)
    load(path, HEAD + "m/a,A,2025-01,40,https://a.org,s,open,users,\n")
    assert drawn(path, tmp_path / "a", AsOf.parse("2999-01-01")) == drawn(path, tmp_path / "b", AsOf.parse("1"))
