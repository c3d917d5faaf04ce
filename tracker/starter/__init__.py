"""The starter data: 159 facts on AI usage share, each with the page it was read on."""

from __future__ import annotations

from pathlib import Path

FACTS = Path(__file__).parent / "facts.csv"
"""In our own long CSV."""
