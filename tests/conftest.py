"""No test touches anybody's data, and all of them draw the same examples."""

import pytest
from hypothesis import HealthCheck, settings

import postgres_server

settings.register_profile(
    "tracker", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("tracker")


def pytest_configure(config):
    config.addinivalue_line("markers", "files: is about SQLite's files, and is not run on PostgreSQL")
    postgres_server.prepare()


@pytest.fixture(autouse=True)
def _away_from_home(tmp_path, monkeypatch):
    monkeypatch.delenv("TRACKER_DB", raising=False)
    monkeypatch.chdir(tmp_path)
