"""What the examples in docstrings have at hand: `path`, a database with the starter data, and `t`, connected to it."""

import pytest


def pytest_addoption(parser):
    """Let a person accept pictures that have changed, once each was looked at."""
    parser.addoption("--accept-pictures", action="store_true", help="Keep the charts as drawn now as the golden ones.")


@pytest.fixture(scope="session")
def _starter_data(tmp_path_factory):
    from tracker.cli.boundary import run

    path = tmp_path_factory.mktemp("examples") / "tracker.db"
    assert run(["init", "--db", str(path)]) == 0
    return path


@pytest.fixture(autouse=True)
def _examples(request, doctest_namespace):
    if not isinstance(request.node, pytest.DoctestItem) or not request.node.name.startswith("tracker.query"):
        yield
        return
    import tracker

    path = request.getfixturevalue("_starter_data")
    with tracker.connect(path) as t:
        doctest_namespace.update(t=t, path=path)
        yield
