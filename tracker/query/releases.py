"""Series and their releases."""

from __future__ import annotations

import pandas as pd

from tracker.query.choosing import Day, one_market, selection
from tracker.query.long import observed
from tracker.query.past import TIME, known
from tracker.query.tables import DAY, made
from tracker.query.wide import read_wide
from tracker.store.contents import series_held
from tracker.store.engine import Session
from tracker.store.entities import entities
from tracker.store.markets import find_market
from tracker.store.past.history import Known
from tracker.values import Period


def latest(session: Session, series: str, market: str | None, start: Day = None, end: Day = None) -> pd.Series:
    """Return the current shares of a series, by the first day of the period."""
    name, slug = _parts(session, series, market)
    wanted = one_market(session, selection(session, name, slug, start, end))
    found = read_wide(session, wanted)
    title = f"{wanted.markets[0]}:{wanted.entities[0]}"
    if not len(found.columns):
        return pd.Series([], index=found.index, dtype="float64", name=title)
    return found.iloc[:, 0].rename(title)


def then(session: Session, series: str, market: str | None) -> pd.DataFrame:
    """Return the shares of a series, and since when each is known."""
    name, slug = _parts(session, series, market)
    found = observed(session, one_market(session, selection(session, name, slug)))
    return pd.DataFrame(
        {
            "date": found["period_start"],
            "realtime_start": pd.to_datetime(found["known_from"], utc=True, format="ISO8601").dt.as_unit("us"),
            "value": found["share"],
            "period": found["period"],
        }
    )


def first(session: Session, series: str, market: str | None) -> pd.Series:
    """Return of each period the share that was recorded first."""
    slug, name, releases = _released(session, series, market)
    found = [runs[0] for runs in releases.values()]
    index: pd.Index = pd.DatetimeIndex([Period.parse(one.period).start for one in found], name="period_start").as_unit(
        "s"
    )
    if not index.is_unique:
        labels = [one.period for one in found]
        index = pd.MultiIndex.from_arrays([index, labels], names=["period_start", "period"])
    return pd.Series([one.share.value for one in found], index=index, dtype="float64", name=f"{slug}:{name}")


def every(session: Session, series: str, market: str | None) -> pd.DataFrame:
    """Return every value that was ever current of a series."""
    found = [one for runs in _released(session, series, market)[2].values() for one in runs]
    columns: dict[str, list[object]] = {
        "date": [Period.parse(one.period).start for one in found],
        "realtime_start": [one.known_from for one in found],
        "realtime_end": [one.known_to for one in found],
        "value": [one.share.value for one in found],
        "period": [one.period for one in found],
    }
    return made(columns, {"date": DAY, "realtime_start": TIME, "realtime_end": TIME, "value": "float64"})


def search(session: Session, text: str) -> pd.DataFrame:
    """Return the series in whose description all words of a text stand."""
    called = {one.name: " ".join((one.name, *one.aliases)) for one in entities(session)}
    words = text.casefold().split()
    found = []
    for row in series_held(session):
        said = " ".join(str(cell) for cell in (called.get(row[1], row[1]), row[0], *row[2:6]) if cell).casefold()
        if all(word in said for word in words):
            found.append(row)
    columns: dict[str, list[object]] = {
        "id": [f"{row[0]}:{row[1]}" for row in found],
        "title": [f"{row[1]}, share of {row[3]}" for row in found],
        "entity": [row[1] for row in found],
        "market": [row[0] for row in found],
        "source": [row[2] for row in found],
        "units": ["index" if row[4] == "index" else f"percent of {row[3]}" for row in found],
    }
    for place, name in enumerate(("frequency", "observations", "observation_start", "observation_end", "last_updated")):
        columns[name] = [row[5 + place] for row in found]
    kinds = {"observations": "int64", "observation_start": DAY, "observation_end": DAY, "last_updated": TIME}
    return made(columns, kinds).set_index("id")


def _parts(session: Session, series: str, market: str | None) -> tuple[str, str | None]:
    """Entity and market of an id; an entity's name may have a colon, too."""
    slug, colon, name = series.partition(":")
    if market is None and colon and find_market(session, slug.strip()) is not None:
        return name.strip(), slug.strip()
    return series, market


def _released(session: Session, series: str, market: str | None) -> tuple[str, str, dict[str, list[Known]]]:
    """Every release of each period; one that says the same as the one before carries it on."""
    slug, name, found = known(session, *_parts(session, series, market))
    releases: dict[str, list[Known]] = {}
    for one in found:
        if one.role != "observation":
            continue
        runs = releases.setdefault(one.period, [])
        if runs and runs[-1].known_to == one.known_from and runs[-1].share.agrees(one.share):
            runs[-1] = runs[-1]._replace(known_to=one.known_to)
        else:
            runs.append(one)
    return slug, name, releases
