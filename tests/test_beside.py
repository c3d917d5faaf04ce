"""A file is written whole or not at all, and what a killed program left is cleared away."""

import os
import signal
import subprocess
import sys

import pytest

from tracker.beside import apart, put_in, refusal, whole

KILLED = """
import os, signal, sys
from pathlib import Path
from tracker.beside import apart, whole
place = Path(sys.argv[1])
with apart(place, folder=True) as part, whole(place) as file:
    (part / "old").mkdir()
    (part / "old" / "kept").write_text("kept")
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def kill(place):
    ended = subprocess.run([sys.executable, "-c", KILLED, place], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len([name for name in os.listdir(place.parent) if name.endswith(".part")]) == 2


def test_a_file_that_is_whole_takes_its_place(tmp_path):
    place = tmp_path / "out"
    place.write_text("before")
    with whole(place) as file:
        file.write(b"after")
        assert place.read_text() == "before"
    assert place.read_text() == "after"
    assert os.listdir(tmp_path) == ["out"]


def _fail(place):
    with whole(place) as file:
        file.write(b"after")
        raise KeyboardInterrupt


def test_a_file_that_is_not_whole_leaves_nothing(tmp_path):
    place = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        _fail(place)
    assert os.listdir(tmp_path) == []


def test_a_link_is_followed(tmp_path):
    (tmp_path / "link").symlink_to("file")
    with whole(tmp_path / "link") as file:
        file.write(b"x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"x"


def test_what_the_killed_left_goes_with_the_next_and_what_others_write_stays(tmp_path):
    place = tmp_path / "out"
    place.write_text("before")
    kill(place)
    with apart(place) as mine:
        (tmp_path / ".other.00000000.part").touch()
        with apart(place) as another:
            assert mine.exists()
            assert sorted(os.listdir(tmp_path)) == sorted([mine.name, another.name, ".other.00000000.part", "out"])
    assert sorted(os.listdir(tmp_path)) == [".other.00000000.part", "out"]


def test_a_folder_that_was_being_replaced_comes_back(tmp_path):
    place = tmp_path / "out"
    kill(place)
    with apart(place, folder=True):
        assert (place / "kept").read_text() == "kept"


def test_a_folder_takes_the_place_of_another(tmp_path):
    place = tmp_path / "out"
    place.mkdir()
    (place / "old").touch()
    with apart(place, folder=True) as part:
        (part / "new").touch()
        put_in(part, place)
    assert os.listdir(tmp_path) == ["out"]
    assert os.listdir(place) == ["new"]


def test_a_name_as_long_as_names_may_be(tmp_path):
    with whole(tmp_path / ("n" * 255)) as file:
        file.write(b"x")
    assert os.listdir(tmp_path) == ["n" * 255]


def test_what_sqlite_keeps_beside_a_part_goes_with_it(tmp_path):
    with apart(tmp_path / "out") as part:
        part.with_name(f"{part.name}-journal").touch()
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "hint"), [(28, "Free some room"), (27, "Free some room"), (13, "Choose a folder that you can write to")]
)
def test_the_refusal_says_what_to_do(number, hint):
    assert hint in str(refusal("out", OSError(number, os.strerror(number))))
