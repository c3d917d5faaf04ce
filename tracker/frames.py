"""The tidy frame: one row per observation, and the one place that says what its columns are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tracker.errors import MixedMarkets, TrackerError

if TYPE_CHECKING:
    import pandas as pd

WORDS = "category"
TEXT = "str"
DAY = "datetime64[s]"

COLUMNS: dict[str, str] = {
    "source": WORDS,  # title of the source
    "market": WORDS,  # slug
    "counted": WORDS,
    "population": WORDS,
    "region": WORDS,
    "platform": WORDS,
    "frequency": WORDS,
    "whole": WORDS,  # closed, open, overlapping, index
    "market_note": WORDS,  # what a reader must know of the whole
    "entity": WORDS,
    "kind": WORDS,  # lab, product, model, residual, group
    "hue": WORDS,  # colour slot of the entity
    "period": TEXT,  # as written: 2025-02, ~2025-02-15
    "period_start": DAY,
    "period_end": DAY,
    "precision": WORDS,
    "earliest": DAY,  # first and last day that a vague period may speak of
    "latest": DAY,
    "printed": TEXT,  # the share in writing, with its decimals: 7, 7.0, <1
    "share": "float64",  # percent; missing where only bounds were printed
    "low": "float64",  # published bounds, percent
    "high": "float64",
    "qualifier": WORDS,  # <, > or ~
    "decimals": "Int8",
    "lowest": "float64",  # percent that rounding, or the published bounds, allow
    "highest": "float64",
    "status": WORDS,  # SDMX OBS_STATUS
    "sample_size": "Int64",
    "note": TEXT,
    "url": TEXT,
    "citation": TEXT,  # title of the page
    "citation_kind": WORDS,  # primary, secondary
    "reported_by": TEXT,  # those who retell it, joined by "; "
    "credit": WORDS,  # credit line of the source, else its title
    "licence": WORDS,
    "known_from": TEXT,  # UTC, ISO 8601
    "published": DAY,  # when that page was published; missing where nobody knows
    "corrected_from": TEXT,  # what the source printed, where the share is corrected
    "correction": TEXT,  # why
    "level": WORDS,  # lab, product, model, where shares were added up
    "parts": TEXT,  # what was added or averaged, with its shares, joined by "; "
    "missing": TEXT,  # who belongs to it, too, and is not reported for this period, joined by "; "
}

RESAMPLED: dict[str, str] = {
    "coverage": "float64",  # 0 to 1: the part of the period's days that its readings speak of
    "readings": "Int64",  # how many count
}
"""What a frame has besides where its frequency was changed; `parts` names the readings then, and those left out."""


def tidy(columns: Mapping[str, Iterable[object]]) -> pd.DataFrame:
    """Make the tidy frame from columns of plain values.

    Parameters
    ----------
    columns : dict of str to iterable
        One iterable for each of `COLUMNS`, all of one length.

    Returns
    -------
    pandas.DataFrame
        Shape (observations, len(COLUMNS)); shares and bounds in percent.
    """
    import pandas as pd

    frame = pd.DataFrame({name: pd.Series(list(columns[name]), dtype=dtype) for name, dtype in COLUMNS.items()})
    return check(frame)


def check(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame, or say which of its columns is missing or of another type.

    Raises
    ------
    TrackerError
        If it is no tidy frame.
    """
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise TrackerError(f"this is no tidy frame: it has no column {', '.join(missing)}")
    for name in ("share", "lowest", "highest"):
        if frame[name].dtype != COLUMNS[name]:
            raise TrackerError(f"this is no tidy frame: {name} is {frame[name].dtype}, not {COLUMNS[name]}")
    return frame


def one_market(frame: pd.DataFrame) -> str:
    """Return the market of a frame that has just one.

    Raises
    ------
    MixedMarkets
        If there are several: shares of different wholes never stand on one axis.
    """
    markets = sorted(str(slug) for slug in frame["market"].unique())
    if len(markets) == 1:
        return markets[0]
    if not markets:
        raise TrackerError("there is no observation to choose a market from")
    raise MixedMarkets(
        f"these are shares of {len(markets)} different wholes: {', '.join(markets)}",
        "Choose one market (on the command line: --market); shares of different markets never stand on one axis.",
    )
