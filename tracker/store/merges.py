"""Merging: two recorded entities turn out to be one. Its observations move; nothing is erased, all can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from shlex import quote
from typing import Literal

from tracker.errors import Conflict
from tracker.store.amend.carry import SHARE, Row, carry, carry_report, close, close_reports, demote
from tracker.store.batches import Batch, count, open_batch
from tracker.store.contested import PRINTED
from tracker.store.corrected import CARRIED
from tracker.store.engine import Session
from tracker.store.entities import entity, recorded
from tracker.store.identity import merged
from tracker.store.lineage import links
from tracker.store.meetings import Meeting, lone, meetings
from tracker.values import Entity

WhenBoth = Literal["refuse", "compete"]
"""What is done where both say different things of one fact: it is refused, or both are kept and the rule decides."""

_SHARES = ", ".join(SHARE)


@dataclass(frozen=True, slots=True)
class Merging:
    """What became of a merge.

    Attributes
    ----------
    name, into : str
        The entity that is no more one of its own, and the one that it is now.
    batch : int
        Under which that is recorded.
    moved : int
        Observations that are of the other entity now.
    supporting : int
        Observations that say what the other entity's say, and are further pages on them now.
    settled : list of Meeting
        Facts of which both said something, and not the same.
    """

    name: str
    into: str
    batch: int
    moved: int
    supporting: int
    settled: list[Meeting]


def merge(session: Session, one: str, other: str, batch: Batch, *, when_both: WhenBoth = "refuse") -> Merging:
    """Make one entity another one, under all its names.

    Each current observation moves to the other entity. Where that has one of the same market and period, it
    becomes a further page on it; if the two differ, the rule of the market says which of them stands.

    Parameters
    ----------
    session : Session
        A writing one.
    one, other : str
        Names or aliases: who is merged, and into whom.
    batch : Batch
        Under which it is stored, with the reason.
    when_both : {'refuse', 'compete'}
        What is done where both have a share of the same market and period, and not the same one.

    Raises
    ------
    UnknownName
        If one of them is not recorded.
    Conflict
        If they cannot be one, or differ and nobody said that they may compete; every such fact is listed.
    """
    gone, kept = (recorded(session, entity(session, name)) for name in (one, other))
    _refuse(session, (one, other), gone, kept)
    met = meetings(session, gone.name, kept.name)
    _refuse_both(gone.name, kept.name, met, when_both)
    reason = f"{gone.name} was merged into {kept.name}" + (f": {batch.reason}" if batch.reason else "")
    key = open_batch(session, replace(batch, reason=reason))
    moving = _Moving(session, key, kept.name)
    alone = lone(session, gone.name, kept.name)
    for told in alone:
        moving.move(Row(told.series, told.period_id, told.batch), told.citation)
    for meeting in met:
        moving.meet(meeting)
    moving.reports(gone.name)
    session.run(
        "INSERT INTO entity_merge (entity_id, batch_id, into_id) SELECT gone.id, :key, kept.id"
        " FROM entity AS gone, entity AS kept WHERE gone.name = :gone AND kept.name = :kept",
        key=key,
        gone=gone.name,
        kept=kept.name,
    )
    settled = [meeting for meeting in met if meeting.differs]
    revised = sum(meeting.prevails for meeting in settled)
    count(session, key, moved=len(alone) + revised, revised=revised, reported=moving.beside)
    return Merging(gone.name, kept.name, key, len(alone) + revised, len(met) - len(settled), settled)


class _Moving:
    """Moves observations and reports under a batch, to the series of one entity."""

    def __init__(self, session: Session, batch: int, into: str) -> None:
        self._session = session
        self._batch = batch
        self._into = into
        self._series: dict[int, int] = {}
        self.beside = 0

    def series(self, old: int) -> int:
        """The series of the same market, which is made where there is none."""
        if old not in self._series:
            where = {"old": old, "into": self._into}
            self._session.run(
                "INSERT INTO series (market_id, entity_id) SELECT series.market_id, entity.id"
                " FROM series, entity WHERE series.id = :old AND entity.name = :into ON CONFLICT DO NOTHING",
                **where,
            )
            self._series[old] = self._session.value(
                "SELECT twin.id FROM series JOIN series AS twin ON twin.market_id = series.market_id"
                " JOIN entity ON entity.id = twin.entity_id WHERE series.id = :old AND entity.name = :into",
                **where,
            )
        return self._series[old]

    def move(self, row: Row, citation: int) -> None:
        """Move an observation to where none is."""
        new = self.series(row.series)
        close(self._session, row.series, row.period, self._batch)
        # What a citation is recorded to say of a fact is either the observation or a report, never both.
        close_reports(self._session, new, row.period, self._batch, citation)
        carry(self._session, row, self._batch, new)

    def meet(self, meeting: Meeting) -> None:
        """Move an observation to where the other entity has one: to stand in its place, or beside it."""
        row = Row(meeting.series, meeting.period_id, meeting.moves.batch)
        if meeting.prevails:
            demote(self._session, self.series(row.series), row.period, self._batch)
            self.beside += 1
            self.move(row, meeting.moves.key)
        else:
            close(self._session, row.series, row.period, self._batch)
            self._beside(row, self.series(row.series))

    def _beside(self, row: Row, new: int) -> None:
        """Keep what the page of a closed observation prints as a report, unless its citation is there already."""
        self.beside += self._session.run(
            f"INSERT INTO report (series_id, period_id, citation_id, batch_id, {_SHARES}, note)"
            f" SELECT :new, told.period_id, citation_id, :batch, {', '.join(PRINTED)}, note"
            f" FROM superseded AS told{CARRIED}"
            " WHERE told.series_id = :series AND told.period_id = :period AND told.batch_id = :before"
            " AND citation_id NOT IN (SELECT citation_id FROM report WHERE series_id = :new"
            " AND period_id = :period AND closed_by IS NULL"
            " UNION SELECT citation_id FROM observation WHERE series_id = :new AND period_id = :period)",
            new=new,
            batch=self._batch,
            series=row.series,
            period=row.period,
            before=row.batch,
        )

    def reports(self, name: str) -> None:
        """Move the open reports of an entity."""
        for series, period, citation, batch in self._session.rows(
            "SELECT told.series_id, told.period_id, told.citation_id, told.batch_id FROM report AS told"
            " JOIN series ON series.id = told.series_id JOIN entity ON entity.id = series.entity_id"
            " WHERE entity.name = :name AND told.closed_by IS NULL AND told.batch_id < :batch",
            name=name,
            batch=self._batch,
        ):
            close_reports(self._session, series, period, self._batch, citation)
            carry_report(self._session, Row(series, period, batch), citation, self._batch, self.series(series))


def _refuse(session: Session, said: tuple[str, str], gone: Entity, kept: Entity) -> None:
    """Refuse to merge what cannot be one."""
    if gone.name == kept.name:
        since = "".join(
            f", since batch {before.batch}" for name in dict.fromkeys(said) for before in merged(session, name)
        )
        names = " and ".join(map(repr, dict.fromkeys(said)))
        raise Conflict(
            f"{names}: this is one entity already, {kept.name}{since}",
            f"See it: tracker entity show {quote(kept.name)}",
        )
    if gone.kind != kept.kind and "residual" in (gone.kind, kept.kind):
        rest, other = (gone, kept) if gone.kind == "residual" else (kept, gone)
        raise Conflict(
            f"{rest.name} is the rest of each market, and {other.name} is somebody: they cannot be one",
            f"Where {other.name} is a name for the rest: tracker entity change {quote(other.name)} --kind residual",
        )
    if gone.kind != kept.kind:
        raise Conflict(
            f"{gone.name} is a {gone.kind} and {kept.name} a {kept.kind}: what belongs to another is not the same",
            f"If {gone.name} belongs to {kept.name}: tracker entity parent {quote(gone.name)} {quote(kept.name)}\n"
            f"If one of the kinds is wrong: tracker entity change {quote(gone.name)} --kind {kept.kind}",
        )
    for child, parent in ((gone.name, kept.name), (kept.name, gone.name)):
        if _belongs(session, child, parent):
            raise Conflict(
                f"{child} belongs to {parent}: nothing can belong to itself",
                f"If it does not: tracker entity parent {quote(child)} {quote(parent)} --remove",
            )


def _belongs(session: Session, child: str, parent: str) -> bool:
    """Whether an entity belongs to another, over any number of steps, on any days."""
    known = links(session)
    above = {child}
    while more := {link.parent for link in known if link.child in above} - above:
        above |= more
    return parent in above


def _refuse_both(gone: str, kept: str, met: list[Meeting], when_both: WhenBoth) -> None:
    """Refuse where both are printed with different shares: by one page, or without leave to compete."""
    differing = [meeting for meeting in met if meeting.differs]
    on_one_page = [meeting for meeting in differing if meeting.one_page]

    def listed(of: list[Meeting], line: Callable[[Meeting], str]) -> str:
        return "".join(f"\n  {meeting.market}, {meeting.period}: {line(meeting)}" for meeting in of)

    if on_one_page:
        first = on_one_page[0]
        raise Conflict(
            f"{gone} and {kept} are two on the same page, with different shares; nothing was merged"
            + listed(on_one_page, lambda meeting: f"{meeting.between(gone, kept)}, both from {meeting.moves.citation}"),
            f"Where a figure is wrong, withdraw it first: tracker retract {quote(gone)} --market {first.market}"
            f" --date {first.period} --reason '...'",
        )
    if differing and when_both == "refuse":
        raise Conflict(
            f"{gone} and {kept} have different shares of the same market and period; nothing was merged"
            + listed(differing, lambda meeting: meeting.between(gone, kept, cited=True)),
            "To keep both, and let the rule of each market say which stands: --when-both compete",
        )
