"""Every command prints the same, and makes the same files, whether the database is a file or on a server."""

import pytest

import postgres_server
from importers.servers import serving
from store.postgres.scripted import SHORT, WHOLE, Clock, play
from tracker.cli.boundary import run
from tracker.settings import Server
from tracker.store import batches


@pytest.fixture
def server():
    made = postgres_server.new()
    yield made
    postgres_server.drop(made)


@pytest.fixture
def both(tmp_path, monkeypatch, capsys, server):
    """Play a session on both, and hold each command against itself."""
    monkeypatch.setattr(batches, "datetime", Clock)

    def played(script):
        with serving() as site:
            sessions = []
            for name, place in (("file", tmp_path / "file" / "tracker.db"), ("server", server)):
                folder = tmp_path / name
                folder.mkdir()
                monkeypatch.chdir(folder)
                sessions.append(list(play(script, place, folder, capsys, site)))
        for here, there in zip(*sessions, strict=True):
            assert there == here
        return sessions[0]

    return played


def test_a_short_session_prints_the_same(both):
    found = both(SHORT)
    refused = {one.command.split()[0] for one in found if one.code}
    assert refused == {"query", "check"}


@pytest.mark.slow
def test_a_session_of_all_commands_prints_the_same(both):
    from tracker.cli.lazy import COMMANDS

    found = both(SHORT + WHOLE)
    # A demo makes a file of its own, and a shell is one for its whole process.
    assert {one.command.split()[0] for one in found} == set(COMMANDS) - {"demo", "shell"}
    assert {one.code for one in found} == {0, 1, 2}


def test_a_password_is_shown_nowhere(server, capsys):
    named = Server(server.url.replace("://tracker@", "://tracker:geheim@"))
    assert "geheim" in named.url
    for words in (["init"], ["show"], ["db", "path"], ["show", "Nobody"], ["query", "select nothing"], ["undo", "9"]):
        run(["--db", named.url, *words])
    assert "geheim" not in "".join(capsys.readouterr())


def test_no_server_is_told_in_a_line(capsys):
    code = run(["--db", "postgresql+psycopg://ada:geheim@127.0.0.1:1/shares", "show"])
    said = capsys.readouterr().err
    assert code == 3
    assert "geheim" not in said
    assert "127.0.0.1" in said
    assert len(said.strip().splitlines()) == 2
