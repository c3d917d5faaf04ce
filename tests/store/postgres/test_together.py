"""Eight who import at one time: each waits for its turn, and no row of any is lost."""

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

import postgres_server
from importers.databases import load
from tracker.store.engine import reading

IMPORTERS = 8
HEAD = "market,entity,period,share,url,source,counted,whole\n"


@pytest.fixture
def place():
    made = postgres_server.new(postgres_server.template())
    yield made
    postgres_server.drop(made)


def table(number, part=0, rows=200):
    """What one of them brings: periods of its own, of entities that all of them bring."""
    lines = (
        f"poe/a,Model {row % 20},{2000 + number * 2 + part}-{1 + row // 20:02},{row % 90}.{number},https://{number}.org,"
        "poe,messages,overlapping\n"
        for row in range(rows)
    )
    return HEAD + "".join(lines)


def held(place):
    """Hold what is stored against what was brought; return the batches of the imports, in their order."""
    with reading(place) as session:
        found = session.rows("SELECT entity, period, share, url, batch FROM shares")
        batches = session.rows("SELECT id, recorded_at, added FROM batch ORDER BY id")
        names = session.rows("SELECT name FROM entity ORDER BY name")
    assert len(names) == len(set(names)) == 20
    assert [batch for batch, _, _ in batches] == list(range(1, len(batches) + 1))
    assert sorted(times := [time for _, time, _ in batches]) == times
    assert len(set(times)) == len(times)
    assert Counter(row[4] for row in found) == {batch: added for batch, _, added in batches}
    assert len({row[3] for row in found if row[4] == 1}) == 1
    return {row[:4] for row in found}


def expected(tables):
    lines = (line.split(",") for one in tables for line in one.splitlines()[1:])
    return {(entity, period, float(share), url) for _, entity, period, share, url, *_ in lines}


def test_threads_take_turns(place):
    tables = [table(number, part, rows=40) for number in range(IMPORTERS) for part in range(2)]
    with ThreadPoolExecutor(IMPORTERS) as pool:
        list(pool.map(lambda one: load(place, one), tables))
    assert held(place) == expected(tables)


@pytest.mark.slow
def test_processes_take_turns(place, tmp_path):
    tables = [table(number) for number in range(IMPORTERS)]
    running = []
    for number, one in enumerate(tables):
        file = tmp_path / f"{number}.csv"
        file.write_text(one, encoding="utf-8")
        command = (sys.executable, "-m", "tracker", "import", str(file), "--new-entities", "--db", place.url)
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ))
    said = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0] * IMPORTERS, said
    assert held(place) == expected(tables)
