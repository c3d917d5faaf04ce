"""The things that are stored, as frozen records: source, market, entity, citation, event, observation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from tracker.errors import InvalidValue, clip
from tracker.values.checks import check_choice, check_slug, check_text, check_url
from tracker.values.period import Period
from tracker.values.share import Share
from tracker.values.tidy import tidy
from tracker.values.vocabulary import (
    CITATION_KINDS,
    CORRECTIONS,
    ENTITY_KINDS,
    FREQUENCIES,
    HUES,
    REVISES,
    STATUSES,
    UPSTREAM,
    WHOLES,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Who measured and published.

    Parameters
    ----------
    slug : str
        Short name for the command line, ``poe``.
    title : str
        Name in prose, ``Poe``.
    may_redistribute : bool or None
        Whether its data may be passed on; None where that is not known.
    revises : str or None
        One of `REVISES`.
    """

    slug: str
    title: str
    producer: str | None = None
    url: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    credit: str | None = None
    may_redistribute: bool | None = None
    revises: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        tidy(self)
        check_slug(self.slug)
        check_text(self.title, "title")
        check_choice(self.revises, REVISES, "revises")
        check_url(self.url)
        check_url(self.licence_url)


@dataclass(frozen=True, slots=True)
class Market:
    """One whole that shares are parts of: a source's count of something, among somebody, somewhere.

    Parameters
    ----------
    slug : str
        ``poe/text-messages``.
    source : str
        Slug of the source.
    counted : str
        What is counted: ``messages``, ``tokens``, ``page views``.
    whole : str
        One of `WHOLES`.
    """

    slug: str
    source: str
    counted: str
    whole: str
    population: str | None = None
    region: str | None = None
    platform: str | None = None
    frequency: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        tidy(self)
        check_slug(self.slug)
        check_text(self.counted, "counted")
        check_choice(self.whole, WHOLES, "whole")
        check_choice(self.frequency, FREQUENCIES, "frequency")


@dataclass(frozen=True, slots=True)
class Parent:
    """What an entity belongs to, and from when to when (None: for ever)."""

    name: str
    from_date: date | None = None
    to_date: date | None = None

    def __post_init__(self) -> None:
        if self.from_date and self.to_date and self.to_date < self.from_date:
            raise InvalidValue(f"the parent {self.name!r} ends ({self.to_date}) before it starts ({self.from_date})")

    @classmethod
    def parse(cls, text: str) -> Parent:
        """Read ``NAME`` or ``NAME@FROM/TO``, where a day may be left out.

        >>> Parent.parse("OpenAI@2022-11-30/")
        Parent(name='OpenAI', from_date=datetime.date(2022, 11, 30), to_date=None)
        """
        name, mark, span = text.strip().rpartition("@")
        if not mark or "/" not in span:
            return cls(text.strip())
        first, _, last = span.partition("/")
        return cls(name.strip(), *(_exact_day(day) if day.strip() else None for day in (first, last)))

    def __str__(self) -> str:
        if self.from_date is None and self.to_date is None and "@" not in self.name:
            return self.name
        return f"{self.name}@{self.from_date or ''}/{self.to_date or ''}"


@dataclass(frozen=True, slots=True)
class Entity:
    """Who has a share.

    Parameters
    ----------
    name : str
        ``DeepSeek R1``; written in one way only, other spellings are aliases.
    kind : str or None
        One of `ENTITY_KINDS`; None where nobody said: the recorded one, else ``residual`` for "Other",
        else ``product``.
    hue : str or None
        One of `HUES` or ``grey``, kept for ever; None lets the database choose the least used one.
    """

    name: str
    kind: str | None = None
    hue: str | None = None
    note: str | None = None
    aliases: tuple[str, ...] = ()
    parents: tuple[Parent, ...] = field(default=())

    def __post_init__(self) -> None:
        tidy(self)
        check_text(self.name, "name")
        check_choice(self.kind, ENTITY_KINDS, "kind")
        check_choice(self.hue, (*HUES, "grey"), "hue")


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a number was read.

    Parameters
    ----------
    place : str or None
        Where on the page: a table, a chart, a paragraph.
    quote : str or None
        The few words that state the number.
    via : str or None
        Through whom the page has it; a page with a `via` retells.
    kind : str or None
        One of `CITATION_KINDS`; None where nobody said.
    """

    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    place: str | None = None
    quote: str | None = None
    via: str | None = None
    kind: str | None = None

    def __post_init__(self) -> None:
        tidy(self)
        check_choice(self.kind, CITATION_KINDS, "citation kind")
        check_url(self.url)
        if not (self.url or self.title):
            raise InvalidValue("a citation needs a url or a title")

    def covers(self, other: Citation) -> bool:
        """Whether this one says all that the other says, and perhaps more of the same page.

        The source itself may state the same again on a later day: that is no other citation.

        >>> Citation("https://poe.com/blog", "Trends").covers(Citation("https://poe.com/blog"))
        True
        """
        if self.kind == other.kind == "primary" and self.published and other.published:
            other = replace(other, published=self.published)
        return all(getattr(other, name) in (None, getattr(self, name)) for name in other.__dataclass_fields__)

    def __str__(self) -> str:
        named = self.title or self.publisher
        return f"{named} <{self.url}>" if named and self.url else named or self.url or ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: a day or a span, a label, and the entities it concerns."""

    period: Period
    label: str
    url: str | None = None
    note: str | None = None
    entities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        tidy(self)
        check_text(self.label, "label")
        check_url(self.url)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a share is corrected to, because its source printed it wrongly.

    Parameters
    ----------
    kind : str
        One of `CORRECTIONS`.
    share : Share
        What it is corrected to; the printed one stays beside it.
    status : str
        One of `STATUSES`: what it is corrected to.
    reason : str
        Why.
    upstream : str
        One of `UPSTREAM`.
    upstream_url : str or None
        Where the source was told.
    """

    kind: str
    share: Share
    status: str
    reason: str
    upstream: str = "open"
    upstream_url: str | None = None

    def __post_init__(self) -> None:
        tidy(self)
        check_choice(self.kind, CORRECTIONS, "correction")
        check_choice(self.status, STATUSES, "status")
        check_choice(self.upstream, UPSTREAM, "upstream status")
        check_text(self.reason, "reason")
        check_url(self.upstream_url)


@dataclass(frozen=True, slots=True)
class Observation:
    """A share of one entity, in one market, in one period.

    Parameters
    ----------
    status : str or None
        One of `STATUSES`; None where the input said nothing, stored as ``A``.
    sample_size : int or None
        Number of people, messages ... that were counted.
    correction : Correction or None
        What the printed share is corrected to.
    """

    market: str
    entity: str
    period: Period
    share: Share
    citation: Citation
    status: str | None = None
    sample_size: int | None = None
    note: str | None = None
    correction: Correction | None = None

    def __post_init__(self) -> None:
        tidy(self)
        check_choice(self.status, STATUSES, "status")
        if self.sample_size is not None and not 0 < self.sample_size < 2**62:
            raise InvalidValue(f"a sample size is a positive whole number, not {self.sample_size}")


def _exact_day(text: str) -> date:
    period = Period.parse(text)
    if period.precision != "day":
        raise InvalidValue(f"{clip(text)!r} is not a day", "Write NAME@2022-11-30/2023-12-31.")
    return period.start
