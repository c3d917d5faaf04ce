"""A PostgreSQL server for the tests: the one that `$TRACKER_TEST_POSTGRES` names, else one of their own."""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit
from uuid import uuid4

import pytest

from tracker.settings import Server

NAMED = "TRACKER_TEST_POSTGRES"
"""Names a database of a server on which databases may be made."""

_FOLDER, _PROCESS = "TRACKER_TEST_POSTGRES_FOLDER", "TRACKER_TEST_POSTGRES_PROCESS"

SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "shared_buffers=64MB")


def prepare():
    """Say where the server of this run is to be, and which process ends it by its own end; before the workers start."""
    os.environ.setdefault(_FOLDER, str(Path(tempfile.gettempdir()) / f"tracker-pg-{uuid4().hex[:8]}"))
    os.environ.setdefault(_PROCESS, str(os.getpid()))


@cache
def server():
    """The url of a database of the server. Where there can be none, the test is skipped, and says why."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'usage-share-tracker[postgres]'")
    if os.environ.get(NAMED):
        return os.environ[NAMED]
    binaries = _binaries()
    if binaries is None:
        pytest.skip(f"no PostgreSQL here: set ${NAMED} to the url of one, or install initdb and pg_ctl")
    folder = Path(os.environ[_FOLDER])
    with _alone(folder):
        if not (folder / "ready").exists():
            _start(binaries, folder)
            (folder / "ready").touch()
    return f"postgresql+psycopg://tracker@/postgres?host={quote(str(folder))}"


def _binaries():
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).parent
    others = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(others, key=lambda path: int(path.parent.name), default=None)


def _start(binaries, folder):
    # PostgreSQL does not run as root.
    user = next((name for name in ("postgres", "nobody") if _exists(name)), None) if os.geteuid() == 0 else None
    whom = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    data = folder / "data"

    def run(*words):
        return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, **whom)

    plain = (binaries / "initdb", "-D", data, "-U", "tracker", "--auth=trust", "--no-sync", "--encoding=UTF8")
    # An order of texts that is not SQLite's, where the server knows one: ours must be the same all the same.
    if run(*plain, "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US").returncode:
        made = run(*plain, "--no-locale")
        assert made.returncode == 0, made.stderr
    options = " ".join(f"-c {setting}" for setting in SETTINGS) + f" -k {folder}"
    started = subprocess.run(
        (binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"),
        **{"cwd": folder, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "check": False, **whom},
    )
    assert started.returncode == 0, (folder / "log").read_text()
    # Whoever may end the run, and however: then the server ends, too.
    end = (
        f"(while kill -0 {os.environ[_PROCESS]}; do sleep 1; done;"
        f" kill -QUIT $(head -n 1 '{data}/postmaster.pid'); rm -rf '{folder}') > /dev/null 2>&1 < /dev/null &"
    )
    subprocess.run(["sh", "-c", end], cwd="/", start_new_session=True, check=True)


def _exists(name):
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


@contextmanager
def _alone(folder):
    """Let one process at a time in."""
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def database(name):
    """The place of a database of the server."""
    return Server(urlsplit(server())._replace(path=f"/{name}").geturl())


def execute(statement, place=None):
    """Run one statement on the server."""
    import psycopg

    with psycopg.connect((place or Server(server())).conninfo, autocommit=True) as connection:
        connection.execute(statement)


@cache
def template():
    """The name of a database with our tables and nothing in them, made once for all tests."""
    from tracker.store.migrate import create, state

    server()
    name = f"tracker_template_{os.environ[_PROCESS]}"
    with _alone(Path(os.environ[_FOLDER])):
        import psycopg

        try:
            execute(f"CREATE DATABASE {name}")
        except psycopg.errors.DuplicateDatabase:
            assert state(database(name))
        else:
            create(database(name))
    return name


def new(like="template1"):
    """Make a database, and return its place."""
    name = f"tracker_test_{uuid4().hex}"
    execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    return database(name)


def empty(place):
    """Delete every row of our tables, in whatever order."""
    from tracker.store.tables import metadata

    deletes = "; ".join(f"DELETE FROM {table}" for table in metadata.tables)
    execute(f"SET session_replication_role = replica; {deletes}", place)


def copy_rows(place, to):
    """Put the rows of all our tables into another database, which has none."""
    from tracker.store.engine import reading, writing
    from tracker.store.tables import metadata

    with reading(place) as here, writing(to) as there:
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns]
            rows = [dict(zip(names, row, strict=True)) for row in here.rows(f"SELECT {', '.join(names)} FROM {table}")]
            marks = ", ".join(f":{name}" for name in names)
            there.run_many(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def drop(place):
    """Drop a database, whoever is connected to it; one on a server of our own goes with that."""
    if not os.environ.get(NAMED):
        return
    execute(f"DROP DATABASE IF EXISTS {urlsplit(place.url).path[1:]} WITH (FORCE)")
