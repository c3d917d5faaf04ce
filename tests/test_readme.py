"""The README: its tour prints what it says, and its tables name what there is."""

import re

from readme_tour import README, replay
from tracker.importers.long_csv import COLUMNS
from tracker.values import ENTITY_KINDS, WHOLES

TEXT = README.read_text(encoding="utf-8")


def test_the_tour_prints_what_it_says(tmp_path):
    assert replay(TEXT, tmp_path) == TEXT


def test_every_column_of_the_long_csv_is_explained():
    table = TEXT[TEXT.index("| columns | what they hold |") : TEXT.index("## Where the data is from")]
    first_cells = [line.split("|")[1] for line in table.splitlines()[2:] if line.startswith("|")]
    named = [name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(named) == sorted(COLUMNS)


def test_every_whole_and_kind_is_explained():
    for word in (*WHOLES, *ENTITY_KINDS):
        assert f"`{word}`" in TEXT


def test_the_picture_is_there():
    for picture in re.findall(r"!\[.*?\]\((.*?)\)", TEXT):
        assert (README.parent / picture).stat().st_size > 10_000
