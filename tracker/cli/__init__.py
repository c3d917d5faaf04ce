"""The command line: one error boundary here, one file per command."""

from __future__ import annotations

from tracker.cli.boundary import main

__all__ = ["main"]
