"""Every test of the store that is not about SQLite's own files runs on a PostgreSQL server, too."""

import os
import shutil

import pytest

import postgres_server
from tracker.store.engine import file_looks, file_making, files

ABOUT_FILES = {
    *("test_backup", "test_create", "test_damage", "test_engine", "test_plan", "test_restore", "test_salvage"),
    *("test_schema", "test_tokens", "test_upgrade", "test_views"),
}
"""Modules that are about files, or about no database at all."""


def pytest_generate_tests(metafunc):
    name = metafunc.module.__name__.rpartition(".")[2]
    if name in ABOUT_FILES or "postgres" in metafunc.module.__name__ or metafunc.definition.get_closest_marker("files"):
        return
    # A property makes a new database for each of its examples, and there that takes its time.
    marks = [pytest.mark.slow] if hasattr(metafunc.function, "hypothesis") else []
    metafunc.parametrize("engine", ["sqlite", pytest.param("postgres", marks=marks)], indirect=True, scope="module")


@pytest.fixture(scope="session")
def empty_ones():
    """Databases on the server that have our tables and nothing in them, to be used again."""
    postgres_server.server()
    kept = []
    yield kept
    for place in kept:
        postgres_server.drop(place)


@pytest.fixture(scope="module", autouse=True)
def engine(request):
    """The engine that the tests of a module run on: with the second, each file that they name is a database there."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield None
        return
    servers = Servers(request.getfixturevalue("empty_ones"))
    with pytest.MonkeyPatch.context() as patch:
        servers.stand_in(patch)
        yield servers
    servers.empty(keep=())


@pytest.fixture(autouse=True)
def _emptied(engine):
    """What a test made, and no fixture of the whole module, is used again by the next."""
    before = engine and engine.made()
    yield
    if engine:
        engine.empty(keep=before)


class Servers:
    """Databases on a server, by the file that each stands for."""

    def __init__(self, empty_ones):
        self._places, self._empty = {}, empty_ones

    def made(self):
        return set(self._places)

    def empty(self, keep):
        """Empty the databases, but for those to keep."""
        for path in self.made() - set(keep):
            place = self._places.pop(path)
            postgres_server.empty(place)
            self._empty.append(place)

    def stand_in(self, patch):
        """Let the engine go to the server where it is given a file that was made there."""
        from tracker.store.engine import server_looks, server_making, servers

        for module, name, there in (
            (files, "reading", servers.reading),
            (files, "writing", servers.writing),
            (file_making, "state", server_making.state),
            (file_making, "must_be_there", server_making.must_be_there),
            (file_looks, "FileLooks", server_looks.ServerLooks),
        ):
            patch.setattr(module, name, self._instead(getattr(module, name), there))
        patch.setattr(file_making, "create", self._create)
        patch.setattr(shutil, "copy", self._copy)

    def _instead(self, here, there):
        def open_(path, *args, **kwargs):
            place = self._places.get(os.path.abspath(path))
            if place is None:
                assert not os.path.isfile(path), "this file was made before the engine was chosen"
                return here(path, *args, **kwargs)
            # What else is said is about the journals of files.
            return there(place, *args, **{name: kwargs[name] for name in ("prepare", "dry_run") if name in kwargs})

        return open_

    def _create(self, path, _migrate, fill=None):
        from tracker.store.engine import servers

        place = self._empty.pop() if self._empty else postgres_server.new(postgres_server.template())
        self._places[os.path.abspath(path)] = place
        if fill is not None:
            with servers.writing(place) as session:
                fill(session)

    def _copy(self, path, to):
        self._create(to, None)
        postgres_server.copy_rows(self._places[os.path.abspath(path)], self._places[os.path.abspath(to)])
        return to
