import csv
import io
import json
from contextlib import suppress

import pytest

from importers.databases import DATA, SAMPLES, ask, data, export, load, made, without_times
from tracker.errors import RejectedInput, UsageProblem
from tracker.importers.asked import Asked
from tracker.importers.opening import open_bytes
from tracker.importers.owid import SITE, SOURCE, Owid
from tracker.importers.registry import claims
from tracker.importers.table import Table
from tracker.values import Citation, Market

FILES = sorted(file for file in (SAMPLES / "owid").glob("*.csv") if ".expected" not in file.name)
SHARES = "Entity,Code,Year,Share of cars\nNorway,NOR,2022,80\nEurope,,2022,12.5\n"


def read(text, name="cars.csv", **asked):
    return Owid().read(Table(str(name), text.encode()), Asked(**asked))


def refused(text, name="cars.csv", **asked):
    with pytest.raises(RejectedInput) as error:
        read(text, name, **asked)
    return [(one.line, one.column, one.value, one.message) for one in error.value.problems], error.value.hint


def told(parsed):
    return [
        (entry.line, entry.told.market, entry.told.entity, str(entry.told.period), str(entry.told.share))
        for entry in parsed.entries
    ]


def beside(folder, unit="%", column="Share of cars", **more):
    words = {"chart": {"title": "Cars"}, "columns": {column: {"titleShort": "Cars that are electric", "unit": unit}}}
    (folder / "cars.metadata.json").write_text(json.dumps(words | more))
    return folder / "cars.csv"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_sample_becomes_its_committed_export(file, tmp_path):
    path = made(tmp_path)
    load(path, file)
    expected = file.with_suffix(".expected.csv").read_text()
    assert without_times(export(path)) == list(csv.reader(io.StringIO(expected)))
    before = path.read_bytes()
    assert load(path, file).batch is None
    assert path.read_bytes() == before


def test_each_entity_is_a_whole_of_its_own():
    parsed = read(SHARES)
    assert told(parsed) == [
        (2, "owid/share-of-cars", "Norway", "2022", "80"),
        (3, "owid/share-of-cars", "Europe", "2022", "12.5"),
    ]
    note = "every entity is a whole of its own: the shares of several do not sum to anything"
    market = Market("owid/share-of-cars", "owid", "Share of cars", "overlapping", frequency="yearly", note=note)
    assert (parsed.markets, parsed.sources) == ([market], [SOURCE])
    assert parsed.entries[0].told.citation == Citation(SITE, "Share of cars", "Our World in Data", kind="primary")
    assert parsed.notes == ["shares are read as percent: some are above 1"]


@pytest.mark.parametrize("time", ["Year,", "year,", "Day,", "day,"])
def test_names_in_any_case_and_both_kinds_of_time(time):
    text = SHARES.replace("Entity,Code,Year,", "entity,code," + time)
    assert told(read(text))[0][2:] == ("Norway", "2022", "80")


def test_the_metadata_beside_it_tell_title_unit_and_citation(tmp_path):
    chart = {"title": "Cars", "citation": "IEA (2025)", "originalChartUrl": f"{SITE}/grapher/cars?tab=map"}
    parsed = read(SHARES.replace("80", "0.8").replace("12.5", "0.1"), beside(tmp_path, chart=chart))
    assert [entry.told.share.value for entry in parsed.entries] == [0.8, 0.1]
    assert parsed.markets[0].counted == "Cars that are electric"
    page = Citation(f"{SITE}/grapher/cars", "Cars that are electric (IEA (2025))", "Our World in Data", kind="primary")
    assert parsed.entries[0].told.citation == page
    assert parsed.notes[0] == "title, unit and citation are from the .metadata.json beside it"
    assert read(SHARES, beside(tmp_path), url="https://x.org").entries[0].told.citation.url == "https://x.org"


def test_metadata_by_the_short_name_of_a_column(tmp_path):
    columns = {"Share of cars, as part of all": {"shortName": "ev", "titleLong": "Electric cars", "shortUnit": "%"}}
    parsed = read(SHARES.replace("Share of cars", "ev"), beside(tmp_path, columns=columns))
    assert [(one.slug, one.counted) for one in parsed.markets] == [("owid/ev", "Electric cars")]


@pytest.mark.parametrize(
    "content", ["{", "", "[]", '{"chart": 1, "columns": []}', '{"columns": {"Share of cars": 3}}', "[" * 9999]
)
def test_metadata_of_another_shape_say_nothing(content, tmp_path):
    (tmp_path / "cars.metadata.json").write_text(content)
    parsed = read(SHARES, tmp_path / "cars.csv")
    assert (len(parsed.entries), parsed.markets[0].counted) == (2, "Share of cars")
    assert ".metadata.json" in parsed.notes[0]


def test_the_unit_of_the_metadata_goes_before_the_name_of_the_column(tmp_path):
    file = beside(tmp_path, "people")
    assert refused(SHARES, file) == (
        [(1, "Share of cars", "people", "is the unit, which is no share")],
        "If they are shares: --unit percent or --unit fraction.",
    )
    assert len(read(SHARES, file, unit="percent").entries) == 2


def test_something_must_say_that_the_numbers_are_shares():
    years = SHARES.replace("Share of cars", "Life expectancy")
    wrong = "neither this name nor a .metadata.json beside the file says that the numbers are shares"
    assert refused(years) == (
        [(1, "Life expectancy", "", wrong)],
        "If they are shares: --unit percent or --unit fraction.",
    )
    assert len(read(years, unit="percent").entries) == 2


def test_numbers_at_most_1_are_refused_whatever_they_sum_to():
    text = "Entity,Code,Year,Share of cars\nA,AAA,2022,0.5\nB,BBB,2022,0.3\nC,CCC,2022,0.2\n"
    ((_, _, _, message),), hint = refused(text)
    assert ("all numbers are at most 1" in message, "--unit percent or --unit fraction" in hint) == (True, True)
    assert [entry.told.share.value for entry in read(text, unit="fraction").entries] == [50.0, 30.0, 20.0]


def test_absolute_numbers_are_refused():
    ((_, column, _, message),), _ = refused("Entity,Code,Year,Share of cars\nA,AAA,2022,90210\nB,BBB,2022,700\n")
    assert column == "Share of cars"
    assert "they are no shares" in message


def test_several_indicators_are_several_markets():
    text = 'Entity,Code,Year,"Share of cars, new",Share of vans,Population,World region\nA,AAA,2022,8,,1000,Europe\n'
    ((_, column, _, _),), hint = refused(text)
    assert column == "Population"
    assert hint.startswith(r"Choose: --map 'share=Share of cars\, new'. If they are shares: --unit percent")
    parsed = read(text, columns={"ignore": ("population",)})
    assert told(parsed) == [(2, "owid/share-of-cars-new", "A", "2022", "8")]
    assert parsed.notes[0] == "columns that hold no shares were left out: Share of vans, World region"
    text += "B,BBB,2022,9,3,1000,\n"
    parsed = read(text, columns={"share": ("Share of vans", "Share of cars, new")})
    assert [(one[0], one[1], one[4]) for one in told(parsed)] == [
        (2, "owid/share-of-cars-new", "8"),
        (3, "owid/share-of-vans", "3"),
        (3, "owid/share-of-cars-new", "9"),
    ]
    assert any(note.startswith("Share of vans: 1 empty cells") for note in parsed.notes)
    with pytest.raises(UsageProblem, match="is one market, and the file has 2 indicators"):
        read(text, columns={"ignore": ("Population",)}, market="owid/mine")


def test_what_the_person_says_goes_first():
    parsed = read(SHARES, market="owid/mine", counted="cars", whole="open", only={"Code": ("NOR",)})
    assert told(parsed) == [(2, "owid/mine", "Norway", "2022", "80")]
    assert [(one.slug, one.counted, one.whole) for one in parsed.markets] == [("owid/mine", "cars", "open")]


def test_every_bad_cell_is_listed_once_with_its_line_and_column():
    rows = "C,CCC,2022,101,1\nD,DDD,2022,-0.5,NaN\n,EEE,2022,3,\nF,FFF,soon,3,\nG,GGG,2022\n"
    parsed = read("Entity,Code,Year,Share of x,Share of y\n" + "A,AAA,2022,5,6\n" * 30 + rows)
    assert [(one.line, one.column) for one in parsed.problems] == [
        (32, "Share of x"),
        (33, "Share of x"),
        (33, "Share of y"),
        (34, "Share of x"),
        (35, "Year"),
        (36, ""),
    ]


def test_codes_in_the_place_of_names_are_refused():
    problems, _ = refused("Entity,Code,Year,Share of cars\nNOR,Norway,2022,80\nOWID_WRL,World,2022,12.5\n")
    assert [one[1:3] for one in problems] == [("Code", "Norway")]


@pytest.mark.parametrize(
    "text",
    ["Entity,Code,Year\nA,AAA,2022\n", "Entity,Year,Share\nA,2022,3\n", "Code,Entity,Share\nA,AAA,3\n"],
)
def test_a_table_of_other_columns_is_refused(text):
    assert Owid().claims(Table("t.csv", text.encode())) == ""
    refused(text)


def test_a_table_without_numbers_is_refused():
    problems, hint = refused("Entity,Code,Year,Share of cars\nA,AAA,2022,many\n")
    assert (problems[0][1:], hint) == (
        ("Share of cars", "", "holds no numbers"),
        "Say which column holds the shares: --map share=COLUMN.",
    )


def test_the_real_file(tmp_path):
    path, real = made(tmp_path), data("owid_electric-car-sales-share.csv")
    assert len(load(path, real).plan.added) == 492
    assert ask(path, "SELECT count(*), count(DISTINCT entity), min(period), max(period) FROM shares") == [
        (492, 34, "2010", "2024")
    ]
    checks = "SELECT entity, share FROM shares WHERE period = '2023' AND entity IN ('Norway', 'World') ORDER BY entity"
    assert ask(path, checks) == [("Norway", 90.0), ("World", 18.0)]
    regions = "'Europe', 'European Union (27)', 'Rest of World'"
    assert ask(path, f"SELECT count(*) FROM shares WHERE entity IN ({regions})") == [(45,)]
    before = path.read_bytes()
    assert load(path, real).batch is None
    assert path.read_bytes() == before


@pytest.mark.parametrize("folder", [SAMPLES, DATA], ids=["samples", "shared"])
def test_files_of_others_are_not_claimed(folder):
    others = [file for file in folder.rglob("*.*") if file.is_file() and "owid" not in str(file.relative_to(folder))]
    for file in others:
        with suppress(RejectedInput):
            table = open_bytes(file.name, file.read_bytes(), "mac-roman" if file.name.startswith("microsoft") else None)
            assert claims(table, {"owid": Owid()}) == {}, file.name
