"""Files that are read in passing though they are short."""

import pytest

from tracker.cli import importlarge
from tracker.cli.boundary import run
from tracker.importers.streaming import large


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    assert run(["init", "--empty", "--db", str(path)]) == 0
    return path


@pytest.fixture
def passing(monkeypatch):
    """Chooses whether files are read in passing, in small blocks; and knows which of them were not."""
    gave_up = []

    def choose(in_passing):
        monkeypatch.setattr(large, "LARGE", 1 if in_passing else 1 << 40)
        monkeypatch.setattr(large, "HEAD_LINES", 4)
        monkeypatch.setattr(large, "BLOCK", 4096)
        monkeypatch.setattr(large, "QUOTED", 7)
        gave_up.clear()

    was = importlarge.import_large

    def watched(*words):
        done = was(*words)
        if done is None:
            gave_up.append(words[1])
        return done

    monkeypatch.setattr(importlarge, "import_large", watched)
    choose.gave_up = gave_up
    return choose
