"""``frame.tracker``: the arithmetic of shares on the tidy frames, registered with pandas when this is imported.

One rule for all answers: name one, and its result comes back, an object that prints as a sentence; name none, and a
frame comes back with one row each, its last columns ``refused`` and ``said``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from tracker.analysis.compare import Comparison, compare
from tracker.analysis.concentration import Concentration, concentration
from tracker.analysis.drawdown import Drawdown, drawdown
from tracker.analysis.endpoint import endpoint
from tracker.analysis.instability import Instability, instability
from tracker.analysis.lead import Lead, lead
from tracker.analysis.peak import Peak, peak
from tracker.analysis.rank import Rank, ranks
from tracker.analysis.reading import Reading
from tracker.analysis.readings import readings
from tracker.analysis.refused import Refused
from tracker.analysis.snapshot import Snapshot, snapshots
from tracker.analysis.trough import Trough, trough
from tracker.analysis.words import told
from tracker.errors import TrackerError, UnknownName, UsageProblem
from tracker.frames import check, one_market
from tracker.query.answers import Result, table
from tracker.query.citing import Credits
from tracker.query.days import When
from tracker.query.days import period as the_period
from tracker.query.html import html_table
from tracker.query.nested import unless_nested
from tracker.values import Period, Source
from tracker.values.names import nearest

if TYPE_CHECKING:
    from tracker.charts.chart import Chart


R = TypeVar("R", bound=Result)


@pd.api.extensions.register_dataframe_accessor("tracker")
class Arithmetic:
    """What can be said of the shares of a tidy frame of one market.

    Every method but `cite` raises `MixedMarkets` for a frame of several markets, naming them: shares of different
    wholes are not compared. Choose one with ``frame[frame["market"] == slug]``.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame, long: as `Tracker.shares` gives it, with any of its rows.

    Raises
    ------
    TrackerError
        If it is no tidy frame: a wide one has lost what a share needs.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        if "market" not in frame.columns:
            raise TrackerError(
                "this is no long frame of shares: it does not say of which whole they are, nor how they were rounded",
                "Ask for it with format='long'.",
            )
        self._frame = check(frame)

    def change(
        self, entity: str | None = None, start: When | None = None, end: When | None = None
    ) -> Comparison | Refused | pd.DataFrame:
        """Say how far shares moved: points, percent, log-odds and days, with their ranges.

        Parameters
        ----------
        entity : str, optional
            Whose; None for a frame with one row for each.
        start, end : str, date or Period, optional
            The periods of the two readings, see `tracker.analysis.endpoint.endpoint`; else the first and the last.
            Refused where one of these contains the other.

        Returns
        -------
        Comparison, Refused or pandas.DataFrame

        Notes
        -----
        See `tracker.analysis.compare.compare`, also for when it is *not valid*.
        """
        market = one_market(self._frame)

        def moved(series: tuple[Reading, ...]) -> Comparison | Refused:
            first = None if start is None else endpoint(series, the_period(start))
            last = None if end is None else endpoint(series, the_period(end), last=True)
            if isinstance(first, Refused):
                return first
            if isinstance(last, Refused):
                return last
            return unless_nested(compare(series, start=first, end=last, market=market))

        return self._each(entity, moved, market=market)

    def peak(self, entity: str | None = None) -> Peak | Refused | pd.DataFrame:
        """Find the highest reading, and say whether it is one so far. See `tracker.analysis.peak.peak`."""
        return self._each(entity, lambda series: peak(series) or _no_extreme("peak", series))

    def trough(self, entity: str | None = None) -> Trough | Refused | pd.DataFrame:
        """Find the lowest reading. See `tracker.analysis.trough.trough`."""
        return self._each(entity, lambda series: trough(series) or _no_extreme("trough", series))

    def drawdown(self, entity: str | None = None) -> Drawdown | Refused | pd.DataFrame:
        """Find the largest fall from a peak, and the present one. See `tracker.analysis.drawdown.drawdown`.

        Refused, too, where one is between a period and a part of it.
        """
        return self._each(entity, lambda series: unless_nested(drawdown(series)))

    def rank(self, entity: str | None = None, period: When | None = None) -> Rank | Refused | pd.DataFrame:
        """Say who stands where in one period, and who cannot be told apart. See `tracker.analysis.rank.ranks`.

        Parameters
        ----------
        entity : str, optional
            Whose place; None for a frame with one row for each.
        period : str, date or Period, optional
            Of which; None for the last one of the frame, or of the entity.
        """
        if entity is not None:
            period = self._series(entity)[-1].period if period is None else period
        found = self._snapshot(period)
        of = str(the_period(period)) if isinstance(found, Refused) else found.period
        placed = found if isinstance(found, Refused) else ranks(found)
        if isinstance(placed, Refused):
            return table([({"period": of}, placed)]) if entity is None else placed
        if entity is None:
            return table([({}, one) for one in placed])
        own = next((one for one in placed if one.reading.entity == entity), None)
        names = ", ".join(one.reading.entity for one in placed)
        return own or Refused(f"{entity} has no place in {of}", "a share of it alone in that period", names)

    def lead(self, period: When | None = None) -> Lead | Refused | pd.DataFrame:
        """Say who leads, and by how much; without a period, a row for each. See `tracker.analysis.lead.lead`."""
        return self._periods(period, lead)

    def concentration(self, period: When | None = None) -> Concentration | Refused | pd.DataFrame:
        """Find the Herfindahl-Hirschman index and the effective number, with bounds for the unnamed.

        Parameters
        ----------
        period : str, date or Period, optional
            Of which; None for a frame with one row for each.

        Notes
        -----
        See `tracker.analysis.concentration.concentration`. *Not valid*, and refused, for overlapping shares.
        """
        return self._periods(period, concentration)

    def instability(self, start: When | None = None, end: When | None = None) -> Instability | Refused | pd.DataFrame:
        """Find how much changed hands between two periods; with neither, a row for each two neighbours.

        See `tracker.analysis.instability.instability`. With one of the two, the other is the first or the last.
        """
        if start is None and end is None:
            one_market(self._frame)
            found = snapshots(self._frame)
            following = found[1:] or (None,)
            return table([(_ends(*pair), _moved(*pair)) for pair in zip(found, following, strict=False)])
        first, last = self._snapshot(start, first=True), self._snapshot(end)
        if isinstance(first, Refused):
            return first
        return last if isinstance(last, Refused) else _moved(first, None if last == first else last)

    def plot(self, entity: str | None = None, kind: str = "line", **options: Any) -> Chart:
        """Draw a chart.

        Parameters
        ----------
        entity : str, optional
            Whom it is about; None for the one with the greatest share in the last period in a line chart, and for
            nobody in particular in others.
        kind : str
            One of `tracker.charts.kinds.KINDS`; revisions take two frames: `tracker.charts.revisions`.
        **options
            Of the function of that name: ``style``, ``title``, ``size``, and ``focus`` for several entities.

        Raises
        ------
        UsageProblem
            If there is no such kind.
        TrackerError
            If it cannot show these figures.
        """
        from tracker.charts.kinds import KINDS, drawing

        if kind not in KINDS or kind == "revisions":
            known = ", ".join(one for one in KINDS if one != "revisions")
            raise UsageProblem(f"there is no chart of the kind {kind!r} for one frame", f"Choose one of {known}.")
        if entity is None and kind == "line":
            one_market(self._frame)
            last = readings(self._frame)
            entity = max(last, key=lambda name: (last[name][-1].middle, last[name][-1].level))
        return drawing(kind)(self._frame, **({} if entity is None else {"focus": entity}) | options)

    def cite(self) -> Credits:
        """Return the credit lines of exactly the sources in the frame, of any number of markets.

        They are made from the columns of the frame; `Tracker.cite` adds the addresses of the licences.
        """
        columns = [self._frame[name].astype(object) for name in ("market", "source", "credit", "licence")]
        found: dict[str, Source] = {}
        for market, title, *cells in zip(*columns, strict=True):
            credit, licence = (cell if isinstance(cell, str) else None for cell in cells)
            slug = str(market).partition("/")[0]
            found.setdefault(title, Source(slug, title, credit=credit, licence=licence))
        return Credits(tuple(found[title] for title in sorted(found)))

    def to_html_table(self) -> str:
        """Write an accessible table of HTML, with the whole and the source. See `tracker.query.html.html_table`."""
        return html_table(self._frame)

    def _series(self, entity: str) -> tuple[Reading, ...]:
        """Find the readings of one entity.

        Raises
        ------
        UnknownName
            If it has none in this frame; the nearest are shown.
        """
        one_market(self._frame)
        series = readings(self._frame)
        if entity not in series:
            near = nearest(entity, list(series))
            raise UnknownName(
                f"there is no {entity!r} in this frame" + (f"; near it: {', '.join(near)}" if near else ""),
                f"There are: {', '.join(list(series)[:12])}.",
            )
        return series[entity]

    def _each(self, entity: str | None, method: Callable[[tuple[Reading, ...]], R], **keys: object) -> R | pd.DataFrame:
        """Answer for one entity, or for each of them."""
        if entity is not None:
            return method(self._series(entity))
        one_market(self._frame)
        return table([({"entity": name, **keys}, method(series)) for name, series in readings(self._frame).items()])

    def _periods(self, period: When | None, method: Callable[[Snapshot], R]) -> R | Refused | pd.DataFrame:
        """Answer for one period, or for each of them."""
        one_market(self._frame)
        if period is None:
            return table([({"period": one.period}, method(one)) for one in snapshots(self._frame)])
        one = self._snapshot(period)
        return one if isinstance(one, Refused) else method(one)

    def _snapshot(self, period: When | None, *, first: bool = False) -> Snapshot | Refused:
        """Find the one period that is meant, or the only one that holds it; None for the last, or the first."""
        one_market(self._frame)
        found = snapshots(self._frame)
        if period is None:
            return found[0 if first else -1]
        wanted = the_period(period)
        same = next((one for one in found if one.period == str(wanted)), None)
        around = [one for one in found if _holds(one, wanted)] if same is None else []
        have = ", ".join(one.period for one in found[-12:])
        no_reading = Refused(f"there is no reading in {wanted}", f"a reading in {wanted}", have)
        return same or (around[0] if len(around) == 1 else no_reading)


def _holds(one: Snapshot, wanted: Period) -> bool:
    """Whether all of the days are of its period."""
    held = Period.parse(one.period)
    return held.start <= wanted.start and wanted.end <= held.end


def _ends(first: Snapshot, last: Snapshot | None) -> dict[str, object]:
    return {"first_period": first.period, "last_period": last and last.period}


def _moved(first: Snapshot, last: Snapshot | None) -> Instability | Refused:
    if last is None:
        return Refused("instability is between two periods", "two periods", f"one, {first.period}")
    return instability(first, last)


def _no_extreme(what: str, series: tuple[Reading, ...]) -> Refused:
    have = ", ".join(told(one) for one in series[-3:])
    return Refused(f"bounds leave no {what}", "readings with a number, and no bound beyond it", have)
