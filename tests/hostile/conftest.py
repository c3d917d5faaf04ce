"""The tests of hostile input call the program as those of the command line do."""

from cli.conftest import _away_from_home, call, empty, starter, templates, unchanged

__all__ = ["_away_from_home", "call", "empty", "starter", "templates", "unchanged"]
