"""What a number here is made of: frozen values that parse and print themselves."""

from tracker.values.period import PRECISIONS, Period
from tracker.values.records import (
    CITATION_KINDS,
    ENTITY_KINDS,
    FREQUENCIES,
    HUES,
    REVISES,
    STATUSES,
    WHOLES,
    Citation,
    Entity,
    Event,
    Market,
    Observation,
    Parent,
    Source,
)
from tracker.values.share import Share

__all__ = [
    "CITATION_KINDS",
    "ENTITY_KINDS",
    "FREQUENCIES",
    "HUES",
    "PRECISIONS",
    "REVISES",
    "STATUSES",
    "WHOLES",
    "Citation",
    "Entity",
    "Event",
    "Market",
    "Observation",
    "Parent",
    "Period",
    "Share",
    "Source",
]
