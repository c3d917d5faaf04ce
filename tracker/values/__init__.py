"""What a number here is made of: frozen values that parse and print themselves."""

from tracker.values.period import PRECISIONS, Period
from tracker.values.records import Citation, Correction, Entity, Event, Market, Observation, Parent, Source
from tracker.values.share import Share
from tracker.values.vocabulary import (
    CITATION_KINDS,
    CORRECTIONS,
    ENTITY_KINDS,
    FREQUENCIES,
    HUES,
    REVISES,
    RULES,
    STATUSES,
    UPSTREAM,
    VERDICTS,
    WHOLES,
)

__all__ = [
    "CITATION_KINDS",
    "CORRECTIONS",
    "ENTITY_KINDS",
    "FREQUENCIES",
    "HUES",
    "PRECISIONS",
    "REVISES",
    "RULES",
    "STATUSES",
    "UPSTREAM",
    "VERDICTS",
    "WHOLES",
    "Citation",
    "Correction",
    "Entity",
    "Event",
    "Market",
    "Observation",
    "Parent",
    "Period",
    "Share",
    "Source",
]
