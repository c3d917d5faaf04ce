"""Files of charts: PNG, SVG and PDF; the same chart gives the same bytes."""

from __future__ import annotations

from logging import NullHandler, getLogger

# it would tell whoever saves a chart, on the terminal, how old the fonts are
getLogger("fontTools").addHandler(NullHandler())
