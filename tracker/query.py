"""From the database to the tidy frame."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tracker import frames
from tracker.analysis.ancestry import Ancestry
from tracker.analysis.rollup import RolledUp, RollUp, Stated, WhenBoth, roll_up
from tracker.analysis.rollup_words import notes
from tracker.errors import UnknownName
from tracker.store.engine import Session
from tracker.store.entities import entities
from tracker.store.lineage import lineage
from tracker.store.markets import markets
from tracker.store.shares import Selection, Told, observations, reports_on
from tracker.store.sources import sources
from tracker.values import Citation, Entity, Market, Period, Source

if TYPE_CHECKING:
    import pandas as pd


class Part(NamedTuple):
    """What was added, with its share, and with what was printed where that is corrected."""

    entity: str
    share: str
    printed: str | None = None

    def __str__(self) -> str:
        printed = f" (printed {self.printed}%)" if self.printed else ""
        return f"{self.entity} {self.share}%{printed}"


class Rolled(NamedTuple):
    """Shares that were added up, with the observations that they are made of.

    Attributes
    ----------
    made : RollUp
        The sums, and what a reader must know of them.
    told : sequence of Told
        The observations; the parts of a sum say which of these they are.
    """

    made: RollUp
    told: Sequence[Told]

    def parts(self, row: RolledUp) -> list[Told]:
        """Return the observations that a sum is made of."""
        return [self.told[part.row] for part in row.parts]


def rolled_up(session: Session, wanted: Selection, level: str, when_both: WhenBoth | None = None) -> Rolled:
    """Add the current observations up to labs, products or models.

    Parameters
    ----------
    session : Session
        A reading one.
    wanted : Selection
        Which shares, after they were added up: a lab may be named that has none itself.
    level : {'lab', 'product', 'model'}
        What to add up to.
    when_both : {'whole', 'parts'} or None
        What counts where a whole and parts of it are both reported.

    Raises
    ------
    Conflict
        If something would be counted twice, or cannot be said to belong to one of the level; all of it is listed.
    UnknownName
        If an entity is named that is part of another one at this level.
    """
    family = lineage(session)
    known = {market.slug: market.whole for market in markets(session)}
    told = observations(session, replace(wanted, entities=sorted(family.below(wanted.entities))))
    stated = (
        Stated(one.market, known[one.market], one.entity, Period.parse(one.period), one.share, one.status, row)
        for row, one in enumerate(told)
    )
    made = roll_up(stated, family, level, when_both, wanted.markets)
    if wanted.entities:
        refuse_parts(session, wanted.entities, level, {row.entity for row in made.rows})
        made = replace(made, rows=tuple(row for row in made.rows if row.entity in wanted.entities))
    return Rolled(made, told)


def named(told: Told) -> Part:
    """Return an observation as it is listed among the parts of a sum."""
    return Part(told.entity, str(told.share), str(told.printed) if told.printed else None)


def refuse_parts(session: Session, names: Iterable[str], level: str, found: Container[str]) -> None:
    """Refuse names that were added up to another one.

    Raises
    ------
    UnknownName
        If one is not found, and belongs to another entity at this level.
    """
    ancestry = Ancestry(lineage(session), level)
    for name in names:
        heads = ancestry.ever(name) - {name}
        if name not in found and heads:
            raise UnknownName(
                f"{name} counts for {' or '.join(sorted(heads))} at the level of {level}s",
                "Name that one, or leave --level out.",
            )


def shares(
    session: Session, wanted: Selection, level: str | None = None, when_both: WhenBoth | None = None
) -> pd.DataFrame:
    """Return the current observations as a tidy frame.

    Parameters
    ----------
    session : Session
        A reading one.
    wanted : Selection
        Which observations.
    level : {'lab', 'product', 'model'} or None
        What to add shares up to, see `rolled_up`; None leaves them as they are.
    when_both : {'whole', 'parts'} or None
        What counts where a whole and parts of it are both reported.

    Returns
    -------
    pandas.DataFrame
        One row per observation, or sum of them, by market, entity and date; columns of `frames.COLUMNS`, shares in
        percent. With a level, ``attrs["notes"]`` says in sentences what was left out, and what is missing.
    """
    known = _Known(session, wanted if level is None else replace(wanted, entities=()))
    if level is None:
        return _frame(known.row(one) for one in observations(session, wanted))
    rolled = rolled_up(session, wanted, level, when_both)
    frame = _frame(known.sum(row, rolled.parts(row), level) for row in rolled.made.rows)
    frame.attrs["notes"] = notes(rolled.made)
    return frame


def _frame(rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    """Turn rows into columns one by one: there may be very many."""
    columns: dict[str, list[object]] = {name: [] for name in frames.COLUMNS}
    for row in rows:
        for name, values in columns.items():
            values.append(row.get(name))
    return frames.tidy(columns)


class _Known:
    """What the rows of a frame refer to."""

    def __init__(self, session: Session, wanted: Selection) -> None:
        self._markets = {market.slug: market for market in markets(session)}
        self._sources = {source.slug: source for source in sources(session)}
        self._entities = {entity.name: entity for entity in entities(session)}
        self._reports = _by_fact(reports_on(session, wanted))

    def row(self, told: Told) -> dict[str, object]:
        """One observation."""
        market = self._markets[told.market]
        row = _row(told, market, self._sources[market.source], self._entities[told.entity])
        return row | {"reported_by": _reported_by(told.citation, self._retellers(told))}

    def sum(self, made: RolledUp, parts: list[Told], level: str) -> dict[str, object]:
        """The sum of several observations: what they do not agree on is left out, or listed."""
        rows = [self.row(part) for part in parts]
        if not made.is_computed:
            return rows[0] | {"level": level}
        first = parts[0]._replace(entity=made.entity, share=made.share, status=made.status)
        if len(parts) > 1:  # what was printed for a part that is corrected was not printed for the sum
            first = first._replace(printed=None, printed_status=None, correction=None)
        whole = self.row(first)
        retellers = (name for row in rows if row["reported_by"] for name in str(row["reported_by"]).split("; "))
        return whole | {
            "url": _listed(row["url"] for row in rows),
            "citation": _listed(row["citation"] for row in rows),
            "reported_by": _listed(retellers),
            "sample_size": _agreed(row["sample_size"] for row in rows),
            "note": _agreed(row["note"] for row in rows),
            "citation_kind": max((str(row["citation_kind"]) for row in rows if row["citation_kind"]), default=None),
            "known_from": max(part.known_from for part in parts),
            "published": _agreed(row["published"] for row in rows),
            "level": level,
            "parts": "; ".join(str(named(part)) for part in parts),
            "missing": "; ".join(made.missing) or None,
        }

    def _retellers(self, told: Told) -> list[Citation]:
        """The citations of further pages that tell the same share."""
        reports = self._reports.get((told.market, told.entity, told.period), [])
        return [report.citation for report in reports if report.share.agrees(told.printed or told.share)]


def _listed(cells: Iterable[object]) -> str | None:
    """Every text once, joined."""
    return "; ".join(dict.fromkeys(str(cell) for cell in cells if cell)) or None


def _agreed(cells: Iterable[object]) -> object:
    """What all of them say; None where they differ."""
    found = set(cells)
    return found.pop() if len(found) == 1 else None


def _row(told: Told, market: Market, source: Source, entity: Entity) -> dict[str, object]:
    period, share = Period.parse(told.period), told.share
    earliest, latest = period.reach()
    lowest, highest = share.interval()
    return {
        "source": source.title,
        "market": market.slug,
        "counted": market.counted,
        "population": market.population,
        "region": market.region,
        "platform": market.platform,
        "frequency": market.frequency,
        "whole": market.whole,
        "market_note": market.note,
        "entity": entity.name,
        "kind": entity.kind,
        "hue": entity.hue,
        "period": told.period,
        "period_start": period.start,
        "period_end": period.end,
        "precision": period.precision,
        "earliest": earliest,
        "latest": latest,
        "printed": str(share),
        "share": share.value,
        "low": share.low,
        "high": share.high,
        "qualifier": share.qualifier,
        "decimals": share.decimals,
        "lowest": lowest,
        "highest": highest,
        "status": told.status,
        "sample_size": told.sample_size,
        "note": told.note,
        "url": told.citation.url,
        "citation": told.citation.title,
        "citation_kind": told.citation.kind,
        "credit": source.credit or source.title,
        "licence": source.licence,
        "known_from": told.known_from,
        "published": told.citation.published,
        "corrected_from": None if told.printed is None else str(told.printed),
        "correction": None if told.correction is None else told.correction.reason,
    }


def _by_fact(reports: list[Told]) -> dict[tuple[str, str, str], list[Told]]:
    """Sort what further pages tell by what the observation is known by."""
    found: dict[tuple[str, str, str], list[Told]] = {}
    for report in reports:
        found.setdefault((report.market, report.entity, report.period), []).append(report)
    return found


def _reported_by(first: Citation, further: list[Citation]) -> str | None:
    """Name those who retell it; nobody does where the source itself is cited."""
    cited = [first, *further]
    if any(citation.kind == "primary" for citation in cited):
        return None
    return "; ".join(dict.fromkeys(citation.publisher or citation.title or "" for citation in cited)) or None
