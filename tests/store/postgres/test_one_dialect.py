"""Which database it is, only the engine knows, and the one loader of many rows."""

import ast
from pathlib import Path

import tracker

PACKAGE = Path(tracker.__file__).parent
KNOW = {"store/engine", "store/staging/loading.py"}
ASK_FOR_A_FILE = {"cli/db.py", "cli/dbfile.py", "cli/writing.py", "store/integrity.py"}
"""What is of files alone: to copy one, to write over one, to look at its pages. SQL does not depend on it."""

TELLING = {"psycopg", "PostgresSession", "POSTGRES", "get_dialect", "dialect"}


def sources():
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not any(name.startswith(known) for known in KNOW) and "_migrations" not in name:
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def words(tree):
    """The names that a file imports, reads or calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (getattr(node, "module", None) or "").split(".")
            yield from (part for one in node.names for part in one.name.split("."))


def kinds(tree):
    """The classes that a value is held against."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "isinstance":
            yield from (one.id for one in ast.walk(node.args[1]) if isinstance(one, ast.Name))


def test_no_other_file_knows_which_database_it_is():
    told = {name: found for name, tree in sources() if (found := TELLING & set(words(tree)))}
    assert told == {"settings.py": {"POSTGRES"}}


def test_no_other_file_branches_by_it():
    branching = {name for name, tree in sources() if {"Server", "PostgresSession"} & set(kinds(tree))}
    # What `connect` is given may be a place already.
    assert branching == {"query/tracker.py"}
    asking = {name for name, tree in sources() if "file_of" in set(words(tree))}
    assert asking == ASK_FOR_A_FILE


def test_the_engine_does():
    engine = ast.parse((PACKAGE / "store/engine/opening.py").read_text(encoding="utf-8"))
    assert "Server" in set(kinds(engine))
    assert "psycopg" in set(words(ast.parse((PACKAGE / "store/engine/servers.py").read_text(encoding="utf-8"))))
