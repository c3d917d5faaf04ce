"""What the views hold, in words: the page docs/views.md, and the descriptions that go with exported columns."""

from __future__ import annotations

from typing import NamedTuple

from tracker.store.engine import Session


class Column(NamedTuple):
    """What is known of a column beside its name."""

    kind: str
    """text, number, whole number, day (``2025-04-30``) or time (UTC, ``2026-11-23T08:00:00.000000Z``)."""
    holds: str
    unit: str = ""
    example: str = ""
    """Shown where the starter data have none, or one that is another every time."""


VIEWS = {
    "shares": (
        "What is current: one row for each market, entity and period. Each market is a whole of its own: shares are"
        " compared, added up and drawn on one line only where `market` is the same."
    ),
    "share_history": (
        "All that was ever known, current or not: a share held from `known_from` until `known_to`, which is empty"
        " while it is current."
    ),
    "reports": (
        "What further pages say of a fact that is in `shares`: whether they support it or compete with it. Join the"
        " two by `market`, `entity` and `period`."
    ),
}

_MOMENT = "2026-11-23T08:00:00.000000Z"

COLUMNS = {
    "source": Column("text", "who measured and published: the title of the source"),
    "market": Column("text", "the whole that this is a share of; shares of two markets never go on one line"),
    "counted": Column("text", "what is counted in that market"),
    "population": Column("text", "among whom it is counted"),
    "region": Column("text", "where; empty where the source does not say", "", "US"),
    "platform": Column("text", "on which kind of device or site", "", "desktop"),
    "frequency": Column("text", "how often the source publishes: `daily` to `yearly`, or `irregular`", "", "monthly"),
    "whole": Column(
        "text",
        "`closed`: the parts sum to 100; `open`: a top list, the rest unnamed; `overlapping`: one may be counted for"
        " several; `index`: no share of anything",
    ),
    "entity": Column("text", "who has the share"),
    "kind": Column("text", "`lab`, `product`, `model`, `residual` (Other) or `group` (several reported as one)"),
    "period": Column("text", "what the share speaks of, as written; `~` where the source is vague"),
    "period_start": Column("day", "first day of the period", "ISO 8601"),
    "period_end": Column("day", "last day of the period, itself within it", "ISO 8601"),
    "precision": Column("text", "how exact the period is: `day` to `year`, `range`, or `approx`"),
    "share": Column("number", "the share, as printed unless corrected; empty where only bounds were",
                    "percent, 0 to 100; points of the index where `whole` is `index`"),
    "low": Column("number", "lower bound that was published; empty where none was", "percent", "6.5"),
    "high": Column("number", "upper bound that was published: 1 for `<1`", "percent", "7.5"),
    "qualifier": Column("text", "`<` or `>` with a bound, `~` where the source says about", "", "<"),
    "decimals": Column("whole number", "printed decimals: a 7 with 0 of them stands for 6.5 to 7.5", "digits"),
    "status": Column("text", "SDMX OBS_STATUS: `A` normal, `B` break, `E` estimated, `F` forecast, `P` provisional"),
    "sample_size": Column("whole number", "how many were asked or counted, where the source says so", "count", "1003"),
    "note": Column("text", "what else a reader must know"),
    "url": Column("text", "the page on which it was read"),
    "title": Column("text", "title of that page"),
    "publisher": Column("text", "who published that page"),
    "published": Column("day", "when that page was published; empty where nobody knows", "ISO 8601", "2025-05-13"),
    "citation_kind": Column("text", "`primary`: the source itself; `secondary`: somebody who retells it; or not said"),
    "printed_share": Column("number", "of a corrected share: what the source printed", "percent, 0 to 100", "70.0"),
    "printed_low": Column("number", "of a corrected share: the lower bound as printed", "percent", "65.0"),
    "printed_high": Column("number", "of a corrected share: the upper bound as printed", "percent", "75.0"),
    "printed_qualifier": Column("text", "of a corrected share: the qualifier as printed", "", "~"),
    "printed_decimals": Column("whole number", "of a corrected share: the decimals as printed", "digits", "0"),
    "printed_status": Column("text", "of a corrected share: its status before", "", "A"),
    "correction": Column("text", "how it is corrected: `override`, `scale` or `flag`", "", "scale"),
    "corrected_because": Column("text", "why it is corrected", "", "printed as a fraction"),
    "upstream": Column("text", "whether the source knows of its error: `open`, `reported` or `fixed`", "", "open"),
    "stated_by": Column("whole number", "the batch that first brought what the page says", "id of a batch"),
    "batch": Column("whole number", "the batch that wrote this row: a later one where it was moved or corrected",
                    "id of a batch"),
    "known_from": Column("time", "when it was recorded here", "UTC", _MOMENT),
    "known_to": Column("time", "when it ceased to hold; empty while it is current", "UTC", _MOMENT),
    "closed_because": Column("text", "why it ceased to hold, where somebody said", "", "the source restated it"),
    "printed_period": Column("text", "how this page dates the fact, which may be vaguer than `period`"),
    "stance": Column("text", "`supports` where this page has the current share, else `competes`"),
}  # fmt: skip
"""The same name means the same in each view, but for `ELSEWHERE`."""

ELSEWHERE = {
    ("reports", "share"): Column("number", "the share that this page has; empty where it has only a bound",
                                 "percent, 0 to 100"),
    ("reports", "period"): Column("text", "the period of the fact in `shares`"),
    ("reports", "batch"): Column("whole number", "the batch that recorded this report", "id of a batch"),
}  # fmt: skip
"""Where a column of a view means something of its own."""

STORED = {"text": "TEXT", "day": "TEXT", "time": "TEXT", "number": "FLOAT", "whole number": "INTEGER"}
"""The type of each kind, as SQLite names it."""


def column(view: str, name: str) -> Column:
    """Return what is known of a column.

    Raises
    ------
    KeyError
        If nobody has described it.

    Examples
    --------
    >>> column("reports", "share").unit
    'percent, 0 to 100'
    """
    return ELSEWHERE.get((view, name)) or COLUMNS[name]


def views(session: Session) -> dict[str, list[tuple[str, str]]]:
    """Return the views of a database; of each, its columns with the type of `STORED` that they have ('' for none)."""
    return session.views()


def tables(session: Session) -> str:
    """Return a Markdown section for each view, with a line a column.

    Parameters
    ----------
    session : Session
        On a database with the starter data: the examples are from it.

    Raises
    ------
    KeyError
        If nobody has described a view or a column.
    """
    parts = []
    for view, columns in views(session).items():
        parts += [f"## `{view}`\n", f"{VIEWS[view]}\n", "| column | type | what it holds | unit | example |"]
        parts.append("|---|---|---|---|---|")
        parts += [_line(session, view, name) for name, _ in columns]
        parts.append("")
    return "\n".join(parts)


def _line(session: Session, view: str, name: str) -> str:
    known = column(view, name)
    example = known.example or _example(session, view, name)
    return f"| `{name}` | {known.kind} | {known.holds} | {known.unit} | {_cell(example)} |"


def _example(session: Session, view: str, name: str) -> str:
    """What the share that this project began with has there, else the first one that has anything there."""
    # Both names are from the schema, not from a person.
    found = session.value(
        f"SELECT {name} FROM {view} WHERE {name} IS NOT NULL"
        " ORDER BY entity <> 'DeepSeek R1' OR market <> 'poe/text-messages', period_start, market, entity, url LIMIT 1"
    )
    return "" if found is None else str(found)


def _cell(text: str) -> str:
    from tracker.errors import clip

    return f"`{clip(text)}`".replace("|", "\\|") if text else ""
