"""Tables that once ended an importer with something else than a refusal; a fuzzer of random tables found them."""

from contextlib import suppress

import pytest

from tracker.errors import TrackerError
from tracker.importers.asked import Asked
from tracker.importers.opening import open_bytes
from tracker.importers.registry import importers

FOUND = [
    ("sdmx", " ,inf,<1,Sept 2026,OBS_STATUS\n\n", Asked()),
    ("google-trends", "99\n101\n2025-03\n8.69\nnan", Asked()),
    (
        "polls",
        "Pollster,Fieldwork Start,Fieldwork End,Sample Size,Union,SPD\nUnion,2025-01-01,2025-01-02,9,0.5,0.4\n",
        Asked(market="x", thousands="."),
    ),
]


@pytest.mark.parametrize(("name", "text", "asked"), FOUND, ids=[name for name, _, _ in FOUND])
def test_it_is_read_or_refused(name, text, asked):
    table = open_bytes("f.csv", text.encode())
    with suppress(TrackerError):
        importers()[name].read(table, asked)
