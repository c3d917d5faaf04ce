"""The notebooks: stored clean, short to read, and run from end to end in a real kernel."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import nbformat
import pytest
from matplotlib.image import imread

from notebooks.kernel import run
from tracker.cli.lazy import COMMANDS

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
STEMS = ["01-deepseek-on-poe", "02-reading-statcounter", "03-one-entity-many-markets", "04-your-own-data"]

# What the prose says, and the cells have to print.
SAID = {
    "01-deepseek-on-poe": ["12.2", "6.5", "7.5", "2.5", "3.5", "secondary", "text messages", "reasoning messages"],
    "02-reading-statcounter": ["18.20", "59.02", "57.5", "0.33", "padding", "coverage"],
    "03-one-entity-many-markets": ["19.6", "0.34", "primary", "overlapping"],
    "04-your-own-data": ["18.1", "30.2", "12.1", "6.6", "HHI"],
}

# What the story turns on.
PRINTED = {
    "01-deepseek-on-poe": ["CONTRADICTED", "−4 points (−5 to −3)", "−57.1 percent (−66.7 to −46.2)", "Redcensor"],
    "02-reading-statcounter": ["nothing found", "nothing was stored", "changed", "StatCounter revised March"],
    "03-one-entity-many-markets": ["5 different wholes", "poe/text-messages", "+0.34 points (−0.165 to +0.345)"],
    "04-your-own-data": ["number 3 of the 3", "number 2 of the 3", "+66.9 percent"],
}


def stored(path):
    return nbformat.read(path, as_version=4)


def code(path):
    return [cell.source for cell in stored(path).cells if cell.cell_type == "code"]


each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_there_are_four_and_the_readme_names_them():
    assert [path.stem for path in NOTEBOOKS] == STEMS
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \[([\w-]+)\]\(\1\.ipynb\)", readme, re.M) == STEMS


@each
def test_it_is_stored_clean(path):
    notebook = stored(path)
    nbformat.validate(notebook)
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert [cell.id for cell in notebook.cells if cell.metadata] == []
    assert [cell.id for cell in notebook.cells if cell.cell_type == "code" and cell.outputs] == []
    assert [cell.id for cell in notebook.cells if cell.cell_type == "code" and cell.execution_count is not None] == []


@each
def test_its_cells_are_named_and_short(path):
    cells = stored(path).cells
    ids = [cell.id for cell in cells]
    assert 12 <= len(cells) <= 25
    assert len(set(ids)) == len(ids)
    assert [id_ for id_ in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", id_)] == []
    assert [cell.id for cell in cells if cell.cell_type == "code" and len(cell.source.splitlines()) > 8] == []


@each
def test_it_is_a_story(path):
    first, *_, last = stored(path).cells
    title, lead = first.source.split("\n\n")
    assert re.fullmatch(r"# \w.*", title)
    assert "\n" not in lead
    assert last.source.startswith("## What can be said, and what cannot\n\n**Can be said.**")
    assert "\n\n**Cannot be said.**\n\n- " in last.source


@each
def test_it_runs_anywhere(path):
    cells = stored(path).cells
    absolute = re.compile(r"(?<![\w.:/])(/[a-z]\w*/|~/|[A-Z]:[\\/])|https?://")
    assert [cell.id for cell in cells if cell.cell_type == "code" and absolute.search(cell.source)] == []
    assert [source for source in code(path) if source.startswith("import os")] == [code(NOTEBOOKS[0])[0]]


@each
def test_the_commands_that_it_names_exist(path):
    text = "\n".join(cell.source for cell in stored(path).cells)
    named = set(re.findall(r"(?:^!|`)tracker (\w+)", text, re.M))
    assert named
    assert named <= set(COMMANDS)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Each notebook is run once, by the first test that asks for it."""
    return cache(lambda path: run(path, tmp_path_factory.mktemp(path.stem)))


# The kernel runs in a process of its own; what its client deprecates is not ours to mend.
@pytest.mark.filterwarnings("ignore")
@each
def test_it_runs_and_leaves_nothing_behind(path, ran):
    assert ran(path).complaints == []
    assert ran(path).left_behind == []


@pytest.mark.filterwarnings("ignore")
@each
def test_it_shows_pictures(path, ran):
    assert ran(path).pictures
    for picture in ran(path).pictures:
        pixels = imread(BytesIO(picture), format="png")
        assert pixels.shape[0] > 300
        assert pixels.shape[1] > 500
        assert pixels[..., :3].std() > 0.03  # an empty page has no contrast


@pytest.mark.filterwarnings("ignore")
@each
def test_its_cells_print_what_its_prose_says(path, ran):
    prose = "\n".join(cell.source for cell in stored(path).cells if cell.cell_type == "markdown")
    assert [said for said in SAID[path.stem] if said not in prose] == []
    assert [said for said in SAID[path.stem] if said not in ran(path).printed] == []


@pytest.mark.filterwarnings("ignore")
@each
def test_it_comes_out_as_it_is_told(path, ran):
    assert [said for said in PRINTED[path.stem] if said not in ran(path).printed] == []
