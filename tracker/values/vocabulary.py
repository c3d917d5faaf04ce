"""The words that a field may hold, each with what it means."""

from __future__ import annotations

WHOLES = ("closed", "open", "overlapping", "index")
"""How the parts of a market make a whole.

closed: they sum to 100. open: a top-N list, the rest is unnamed. overlapping: one may be counted
for several (adoption rates). index: not a share of anything (relative search interest).
"""

ENTITY_KINDS = ("lab", "product", "model", "residual", "group")
"""lab, product and model are who has a share; residual is "Other"; group is several of them reported as one."""

FREQUENCIES = ("daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "irregular")

REVISES = ("full", "window", "current-only")
"""How a source restates its past: the whole history, a moving window, or never."""

CITATION_KINDS = ("primary", "secondary")
"""primary: the source itself. secondary: somebody retelling it."""

STATUSES = ("A", "B", "D", "E", "F", "G", "I", "K", "L", "M", "N", "O", "P", "Q", "S", "U", "V", "W")
"""SDMX cross-domain code list CL_OBS_STATUS 2.2 (A normal, B break, E estimated, F forecast, P provisional ...)."""

RULES = ("primary", "latest", "first")
"""Which of several conflicting reports of one fact stands: the source's own before a retelling and then what was
published last; what was published last; what was recorded first."""

CORRECTIONS = ("drop", "override", "scale", "flag")
"""What a correction does to a printed share: withdraw it, replace it, multiply it, or give it another status."""

UPSTREAM = ("open", "reported", "fixed")
"""Whether the source knows of an error that is corrected here."""

VERDICTS = ("supported", "contradicted", "cannot tell")
"""What the recorded shares say of a claim."""

HUES = ("blue", "teal", "orange", "sky", "plum", "violet", "olive", "umber")
"""Colour slots for entities; grey is for the rest. The charts give each its tone in light and in dark."""
