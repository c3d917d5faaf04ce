"""What pyproject.toml declares is what is used: nothing undeclared, nothing unused, every one from some version on."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("tracker", "migrations")

_NEED = re.compile(r"([\w.-]+)(?:\[[\w,.-]+\])?(.*)")

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
FOR_USERS = [need for extra, needs in EXTRAS.items() if extra not in ("test", "fuzz", "benchmarks") for need in needs]


def name_of(need):
    """The name of a distribution as the index compares it."""
    return canonical(_NEED.fullmatch(need)[1])


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def by_name(needs):
    return sorted({name_of(need) for need in needs})


@cache
def imported(*folders):
    """The top names that the modules of some folders import, wherever in a module, and not of the library."""
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    found = {name for file in files for name in _imports(ast.parse(file.read_bytes(), str(file)))}
    return found - sys.stdlib_module_names - {*OURS, "_typeshed"}  # which type checkers bring along


def _imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@cache
def distributions():
    return {top: {canonical(name) for name in names} for top, names in packages_distributions().items()}


def provided(name):
    """The top names that an installed distribution can be imported by."""
    return {top for top, names in distributions().items() if name in names}


def installed(name):
    try:
        return distribution(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed here: it is of an extra")


def test_what_is_imported_is_declared():
    declared = by_name([*PROJECT["dependencies"], *FOR_USERS])
    tops = {top for name in declared for top in provided(name) or {name.replace("-", "_")}}
    assert imported(*OURS) - tops == set()


def test_what_is_imported_is_looked_for_everywhere():
    assert {"click", "sqlalchemy", "pandas", "openpyxl", "alembic"} <= imported(*OURS)


@pytest.mark.parametrize("name", by_name(PROJECT["dependencies"]))
def test_what_everybody_installs_is_imported(name):
    installed(name)
    assert provided(name) & imported(*OURS)


@pytest.mark.parametrize("name", by_name(need for needs in EXTRAS.values() for need in needs))
def test_what_an_extra_installs_is_used(name):
    """Imported, or typed as a command, or loaded by pytest, by mypy or by Jupyter."""
    there = installed(name)
    points = there.entry_points
    typed = {re.sub(r"[-_]+", " ", point.name) for point in points.select(group="console_scripts")} | {name}
    told = [ROOT / "README.md", *(ROOT / ".ci").glob("*"), *(ROOT / "docs").glob("*.md")]
    words = re.sub(r"[-_]+", " ", "\n".join(file.read_text(encoding="utf-8") for file in told if file.is_file()))
    files = there.files or ()
    stubs = {file.parts[0].removesuffix("-stubs") for file in files if file.parts[0].endswith("-stubs")}
    kernel = any("share/jupyter/kernels" in str(file) for file in files)
    assert (
        provided(name) & imported(*OURS, "tests", "benchmarks")
        or any(re.search(rf"(?m)(?:bin/|-m |^|[`\"] ?){re.escape(word)}\b", words) for word in typed)
        or points.select(group="pytest11")
        or stubs & imported(*OURS)
        or (kernel and any((ROOT / "notebooks").glob("*.ipynb")))
    )


@pytest.mark.parametrize("need", [*PROJECT["dependencies"], *(need for needs in EXTRAS.values() for need in needs)])
def test_a_lower_bound_is_a_whole_version_and_there_is_no_upper_one(need):
    assert re.fullmatch(r">=\d+(?:\.\d+)+", _NEED.fullmatch(need)[2])
