"""The shares of one long input: staged by id, held against what is recorded, and written as part of a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from tracker.store.citations import citation_id
from tracker.store.engine import Row, Session
from tracker.store.ledger import reports, standing
from tracker.store.periods import add_periods
from tracker.store.plan import Entry, Key, Standing
from tracker.store.staging.loading import ANY, MEETING, SAID, Rows, loader, sift
from tracker.values import Citation, Observation, Period, Share

_CAREFUL = (
    " AND EXISTS (SELECT 1 FROM careful WHERE careful.series_id = told.series_id"
    " AND careful.period_id = told.period_id)"
)
_STATED = "staged.share, staged.low, staged.high, staged.qualifier, staged.decimals"


class Stated(NamedTuple):
    """What a row says beside its share."""

    status: str | None
    sample_size: int | None
    note: str | None
    citation: Citation


class Series(NamedTuple):
    """A series that an input speaks of, by the names that are recorded, or would be."""

    market: str
    entity: str


class Staged:
    """One long input on its way into the ledger.

    Parameters
    ----------
    session : Session
        A writing one.

    Attributes
    ----------
    series : dict of Series to int
        The id of each that was asked for: a recorded one, or one that `write_keys` makes.
    stated : list of Stated
        What is said beside the shares, by its number.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.loading = loader(session)
        self.series: dict[Series, int] = {}
        self._recorded: dict[str, dict[str, int]] = {}
        self._next = int(session.value("SELECT coalesce(max(id), 0) + 1 FROM series"))
        self._new: list[Series] = []
        self._periods: dict[int, Period] = {}
        self._new_periods: dict[int, Period] = {}
        self._free_period = 1
        self.stated: list[Stated] = []
        self._meets = False

    @property
    def same(self) -> int:
        """How many rows say what is recorded just so."""
        return self.loading.recorded

    @cached_property
    def corrected(self) -> bool:
        """Whether any share was ever corrected: what is printed then stands elsewhere."""
        return bool(self.session.value("SELECT 1 FROM carried WHERE correction_id IS NOT NULL LIMIT 1"))

    @cached_property
    def is_first(self) -> bool:
        """Whether nothing at all is recorded yet."""
        return not self.session.value("SELECT 1 FROM observation LIMIT 1")

    def series_id(self, wanted: Series) -> int:
        """Return the id of a series, which need not be recorded yet."""
        if wanted.market not in self._recorded:
            self._look_up(wanted.market)
        if wanted not in self.series:
            found = self._recorded[wanted.market].get(wanted.entity)
            if found is None:
                found, self._next = self._next, self._next + 1
                self._new.append(wanted)
            self.series[wanted] = found
        return self.series[wanted]

    def _look_up(self, market: str) -> None:
        self._recorded[market] = dict(
            self.session.rows(
                "SELECT entity.name, series.id FROM series JOIN entity ON entity.id = series.entity_id"
                " JOIN market ON market.id = series.market_id WHERE market.slug = :market",
                market=market,
            )
        )
        if self._recorded[market] and not self._meets:
            self.loading.flush()  # rows that were kept back have no place for what is asked of rows from here on
            self._meets = True
        # What was corrected or withdrawn is not the same though it looks so: that is looked at with care.
        self.loading.meets = self._meets
        self.loading.sifts = self._meets and not self.corrected

    def period_id(self, period: Period) -> int:
        """Return the id of a period, which need not be recorded yet."""
        named = period.named()
        key = self._labels.get(str(named))
        if key is None:
            key = self._labels[str(named)] = self._free_period
            self._free_period += 1
            self._new_periods[key] = named
        self._periods[key] = named
        return key

    @cached_property
    def _labels(self) -> dict[str, int]:
        """The ids of periods: the recorded ones, and those that `write_keys` will record."""
        known: dict[str, int] = dict(self.session.rows("SELECT label, id FROM period"))
        self._free_period = 1 + max(known.values(), default=0)
        return known

    def stated_id(self, stated: Stated) -> int:
        """Return the number of what is said beside a share."""
        self.stated.append(stated)
        key = len(self.stated) - 1
        cited = citation_id(self.session, stated.citation)
        if stated[:3] == (None, None, None):
            self.loading.bare[key] = cited
        self.session.run(
            "INSERT INTO stated (id, status, sample_size, note, citation_id)"
            " VALUES (:key, :status, :size, :note, :citation)",
            key=key,
            status=stated.status,
            size=stated.sample_size,
            note=stated.note,
            citation=cited,
        )
        return key

    def put(self, rows: Rows) -> None:
        """Stage plain shares."""
        self.loading.put(rows)

    def put_one(self, series: int, period: int, share: Share, line: int, stated: int) -> None:
        """Stage a share of any kind."""
        self.loading.put_one(
            (series, period, share.value, share.decimals, stated, line, share.low, share.high, share.qualifier)
        )

    def sift(self) -> None:
        """Leave out what is recorded already, once all is staged."""
        self.loading.flush()
        if self._meets:
            unless = (
                " AND NOT EXISTS (SELECT 1 FROM carried WHERE carried.series_id = staged.series_id"
                " AND carried.period_id = staged.period_id AND carried.batch_id = observation.batch_id"
                " AND carried.correction_id IS NOT NULL)"
            )
            sift(self.loading, unless if self.corrected else "")

    def set_apart(self, withdrawn: Iterable[Key], *, revise: bool) -> None:
        """Put aside what is planned row by row: all that meets something, or the little that is no mere revision.

        Parameters
        ----------
        withdrawn : iterable of Key
            What stood once and was withdrawn.
        revise : bool
            Whether a share that differs takes the place of the recorded one without further thought.
        """
        session = self.session
        if self._meets:
            agreeing = (
                f" JOIN stated ON stated.id = staged.stated WHERE {ANY.format('staged')}{SAID}"
                if revise and not self.corrected
                else ""
            )
            session.run("INSERT INTO careful SELECT DISTINCT staged.series_id, staged.period_id" + MEETING + agreeing)
        gone = [ids for key in withdrawn if (ids := self._ids(key)) is not None]
        session.run_many(
            "INSERT INTO careful SELECT series_id, period_id FROM staged WHERE series_id = :series"
            " AND period_id = :period ON CONFLICT DO NOTHING",
            [{"series": series, "period": period} for series, period in gone],
        )

    def _ids(self, key: Key) -> tuple[int, int] | None:
        market, entity, label = key
        series = self.series.get(Series(market, entity))
        period = next((number for number, known in self._periods.items() if str(known) == label), None)
        return None if series is None or period is None else (series, period)

    def entries(self, column_of: Callable[[str], str]) -> list[Entry]:
        """Return the rows that were set apart, by line, and leave them out of what is written.

        Parameters
        ----------
        column_of : callable
            The column of the input that the shares of an entity stand in.
        """
        if not self.session.value("SELECT 1 FROM careful LIMIT 1"):
            return []
        rows = self.session.rows(
            f"SELECT staged.line, staged.series_id, staged.period_id, staged.stated, {_STATED} FROM staged"
            " JOIN careful ON careful.series_id = staged.series_id AND careful.period_id = staged.period_id"
            " ORDER BY staged.line"
        )
        self.session.run(
            "DELETE FROM staged WHERE EXISTS (SELECT 1 FROM careful WHERE careful.series_id = staged.series_id"
            " AND careful.period_id = staged.period_id)"
        )
        by_id = {key: series for series, key in self.series.items()}
        return [self._entry(row, by_id[row[1]], column_of) for row in rows]

    def _entry(self, row: Row, series: Series, column_of: Callable[[str], str]) -> Entry:
        line, _, period, stated, *share = row
        said = self.stated[stated]
        told = Observation(
            series.market,
            series.entity,
            self._periods[period],
            Share(*share),
            said.citation,
            said.status,
            said.sample_size,
            said.note,
        )
        return Entry(line, told, column=column_of(series.entity))

    def standing(self, markets: Iterable[str]) -> dict[Key, Standing]:
        """Return what is recorded of the rows that were set apart."""
        return standing(self.session, markets, _CAREFUL)

    def reports(self, markets: Iterable[str]) -> dict[tuple[Key, Citation], Share]:
        """Return what further pages say of the rows that were set apart."""
        return reports(self.session, markets, _CAREFUL)

    def stands_twice(self) -> bool:
        """Whether two rows are of one series and period."""
        return bool(
            self.session.value("SELECT 1 FROM staged GROUP BY series_id, period_id HAVING count(*) > 1 LIMIT 1")
        )

    def count(self) -> tuple[int, int]:
        """Count what `write` would add, and what it would revise."""
        staged = int(self.session.value("SELECT count(*) FROM staged"))
        revised = int(self.session.value(f"SELECT count(*){MEETING}")) if self._meets and staged else 0
        return staged - revised, revised

    def write_keys(self) -> None:
        """Record the series and periods that are new; their markets and entities are recorded by now."""
        ids: dict[str, dict[str, int]] = {
            what: dict(self.session.rows(f"SELECT {name}, id FROM {what}"))
            for what, name in (("market", "slug"), ("entity", "name"))
        }
        self.session.run_many(
            "INSERT INTO series (id, market_id, entity_id) VALUES (:id, :market, :entity)",
            [
                {"id": self.series[one], "market": ids["market"][one.market], "entity": ids["entity"][one.entity]}
                for one in self._new
            ],
        )
        add_periods(self.session, self._new_periods)
        if self._new or self._new_periods:
            self.session.renumber()
