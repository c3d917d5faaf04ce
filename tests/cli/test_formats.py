"""`tracker formats`, and people's own importers: a good one works, a broken one stops nothing."""

import json
from importlib.metadata import EntryPoint

import pytest

from tracker.cli.boundary import run
from tracker.errors import Problem
from tracker.importers import plugins as other_people
from tracker.importers import registry
from tracker.importers.base import Parsed
from tracker.store.plan import Entry
from tracker.values import Citation, Market, Observation, Period, Share, Source

OURS = ["tracker", "statcounter", "openrouter", "owid", "google-trends", "polls", "sdmx", "table"]
PULSE = "# PULSE 2025-04\nAlpha|60.5\nBeta|39.5\n"


class Pulse:
    """A person's own importer: a month in the first line, then a name and a share in each."""

    name = "pulse"
    title = "Pulse: a month, then NAME|SHARE"
    example = "# PULSE 2025-04\nAlpha|60.5"

    def claims(self, table):
        return "its first line begins with # PULSE" if table.text.startswith("# PULSE ") else ""

    def read(self, table, asked):
        parsed = Parsed(
            sources=[Source("pulse", "Pulse")],
            markets=[Market("pulse/users", "pulse", "users", "closed")],
            of_source="pulse",
        )
        head, *lines = table.text.splitlines()
        period = Period.parse(head.split()[-1])
        for number, line in enumerate(lines, 2):
            name, _, share = line.partition("|")
            try:
                told = Observation("pulse/users", name, period, Share.parse(share), Citation(title="Pulse"))
            except ValueError as error:
                parsed.problems.append(Problem(number, "share", share, str(error)))
                continue
            parsed.entries.append(Entry(number, told))
        return parsed


class NoReader:
    name, title, example = "noreader", "", ""


class Careless(Pulse):
    name = "careless"

    def claims(self, table):
        raise KeyError("oops")


@pytest.fixture
def plugins(monkeypatch):
    """Other people's packages, as if they were installed."""

    def install(**objects):
        found = []
        for name, target in objects.items():
            value = target if isinstance(target, str) else f"{__name__}:{target.__name__}"
            point = EntryPoint(name, value, other_people.GROUP)
            if not isinstance(target, str):
                point = _Point(name, value, other_people.GROUP)
                vars(point)["target"] = target
            found.append(point)
        monkeypatch.setattr(other_people, "points", lambda: sorted(found, key=lambda point: point.name))

    return install


class _Point(EntryPoint):
    """An entry point of a class in this file."""

    def load(self):
        return vars(self)["target"]


def _listed(call, *words):
    return json.loads(call("formats", "--format", "json", *words).out)


def test_ours_each_with_an_example(call):
    result = call("formats")
    assert (result.code, result.err) == (0, "")
    for name in OURS:
        assert f"{name} (built in): " in result.out
    assert "    Entity,Code,Year,Share of new cars that are electric\n" in result.out


def test_as_json_and_as_csv(call):
    assert [row["name"] for row in _listed(call)] == OURS
    assert all(row["reads"] and row["example"] for row in _listed(call))
    assert call("formats", "--format", "csv").out.startswith("name,origin,reads,example\ntracker,built in,")


def test_every_example_is_claimed_by_its_own_importer():
    from tracker.importers.opening import open_bytes

    for name, importer in registry.importers().items():
        assert list(registry.claims(open_bytes("t.csv", importer.example.encode()))) == [name]


def test_saved_mappings_are_listed(call, empty, tmp_path):
    (tmp_path / "t.csv").write_text("Month,Chrome,Firefox\n2025-04,66.2,22.6\n")
    new = ["--market", "lab/browsers", "--source", "lab", "--counted", "views", "--whole", "open"]
    assert call("import", "t.csv", *new, "--save-as", "mine").code == 0
    row = _listed(call)[-1]
    assert (row["name"], row["origin"]) == ("mine", "saved")
    assert "mine (saved): " in call("formats").out


def test_a_good_plug_in_works(call, empty, tmp_path, plugins):
    plugins(pulse=Pulse)
    (tmp_path / "april.txt").write_text(PULSE)
    assert {"name": "pulse", "origin": "plug-in"}.items() <= _listed(call)[0].items()
    identified = call("identify", "april.txt").out
    assert "its first line begins with # PULSE" in identified
    result = call("import", "april.txt", "--format", "json")
    assert result.code == 0, result.err
    (row,) = json.loads(result.out)
    assert (row["importer"], row["new"], row["markets"]) == ("pulse", 2, 1)
    (tmp_path / "may.txt").write_text(PULSE.replace("39.5", "139.5"))
    refused = call("import", "may.txt")
    assert refused.code == 1
    assert "line 3, column share: '139.5'" in refused.err


@pytest.mark.parametrize(
    "bad", ["no_such_module_here:Thing", "json:Nothing", NoReader], ids=["module", "name", "class"]
)
def test_a_broken_plug_in_is_listed_and_stops_nothing(bad, call, starter, tmp_path, plugins):
    plugins(mine=bad, pulse=Pulse)
    result = call("formats")
    assert result.code == 0
    assert "mine (broken): " in result.out
    (tmp_path / "april.txt").write_text(PULSE)
    assert call("import", "april.txt").code == 0
    asked = call("import", "april.txt", "--importer", "mine")
    assert asked.code == 2
    assert asked.err.startswith("the importer 'mine' is broken: ")


def test_a_plug_in_that_fails_over_a_table_claims_nothing(call, empty, tmp_path, plugins):
    plugins(careless=Careless, pulse=Pulse)
    (tmp_path / "april.txt").write_text(PULSE)
    assert call("import", "april.txt").code == 0


def test_a_plug_in_that_fails_while_it_reads_is_named(call, empty, tmp_path, plugins, unchanged):
    plugins(pulse=Pulse)
    (tmp_path / "april.txt").write_text("# PULSE\nAlpha|60.5\n")
    with unchanged(empty):
        result = call("import", "april.txt")
    assert result.code in (1, 2)
    assert "Traceback" not in result.err


def test_two_claims_name_both(call, empty, tmp_path, plugins, unchanged):
    plugins(other=type("Other", (Pulse,), {"name": "other"}), pulse=Pulse)
    (tmp_path / "april.txt").write_text(PULSE)
    with unchanged(empty):
        result = call("import", "april.txt")
    assert result.code == 1
    assert "more than one importer reads this: other (its first line" in result.err
    assert "; pulse (" in result.err
    assert "--importer" in result.err
    assert call("import", "april.txt", "--importer", "pulse").code == 0


def test_no_database_is_needed_and_none_is_made(call, tmp_path):
    assert run(["formats"]) == 0
    assert list(tmp_path.iterdir()) == []
