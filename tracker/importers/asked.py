"""What the person who imports has said, beside the file itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from tracker.errors import InvalidValue, UsageProblem, clip
from tracker.values import Market
from tracker.values.names import nearest

ROLES = (
    *("entity", "date", "end", "share", "low", "high", "status", "sample_size", "note"),
    *("source", "market", "published", "url", "region", "ignore"),
)
"""What a column can be for `--map ROLE=COLUMN`."""


@dataclass(frozen=True)
class Asked:
    """What was said on the command line, or saved under a name.

    Parameters
    ----------
    market : str or None
        Slug of the market, which is recorded or described by the fields below.
    source, counted, whole, population, region, platform, frequency : str or None
        Fields of a market that is not recorded yet.
    columns : mapping of str to list of str
        What columns are for, by role: one of `ROLES`.
    unit, date_format, decimal, thousands, encoding, sheet : str or None
        How the file is written; None to find it out.
    nulls : sequence of str
        More texts that mean that nothing was reported.
    only : mapping of str to tuple of str
        Columns, and the values that rows must have there to be read.
    keep_repeats : bool
        Whether of several shares for one entity and period the first stands and the others compete with it.
    url : str or None
        Where the file is from.
    progress : callable or None
        Is told the line that is being read, now and then.
    """

    market: str | None = None
    source: str | None = None
    counted: str | None = None
    whole: str | None = None
    population: str | None = None
    region: str | None = None
    platform: str | None = None
    frequency: str | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unit: str | None = None
    date_format: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    nulls: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep_repeats: bool = False
    url: str | None = None
    progress: Callable[[int], None] | None = field(default=None, compare=False, repr=False)

    def described_market(self, slug: str | None = None, **known: str | None) -> Market | None:
        """Return the market that the fields describe; None where too little was said to describe one.

        Parameters
        ----------
        slug : str or None
            Where `market` was not given.
        **known
            Fields that the file itself tells; what the person said goes before them.
        """
        words = {name: getattr(self, name) or known.get(name) for name in _MARKET_FIELDS}
        counted, whole = words.pop("counted"), words.pop("whole")
        name = self.market or slug
        if not (name and counted and whole):
            return None
        return Market(name, self.source or known.get("source") or name.partition("/")[0], counted, whole, **words)

    def over(self, saved: Asked) -> Asked:
        """Return these words, and where nothing was said those that were saved.

        >>> Asked(unit="percent").over(Asked(unit="fraction", decimal=",")).decimal
        ','
        """
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(saved, **{name: value for name, value in given.items() if value})

    def to_json(self) -> str:
        """Return what was said, as JSON that `from_json` reads; the same words always give the same text.

        >>> Asked(decimal=",", columns={"entity": ("Party",)}).to_json()
        '{"columns": {"entity": ["Party"]}, "decimal": ","}'
        """
        said = {one.name: getattr(self, one.name) for one in fields(self) if one.compare}
        kept = {name: dict(value) if isinstance(value, Mapping) else value for name, value in said.items() if value}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Asked:
        """Read what `to_json` wrote.

        Raises
        ------
        InvalidValue
            If it is something else, or of a newer program.
        """
        try:
            said = json.loads(text)
            known = {one.name for one in fields(cls) if one.compare}
            if unknown := sorted(said.keys() - known):
                raise ValueError(f"it says {', '.join(unknown)}, which this program does not know")
            words: dict[str, Any] = {name: _frozen(value) for name, value in said.items()}
            return cls(**words)
        except (ValueError, TypeError, AttributeError) as error:
            raise InvalidValue(
                f"what was kept of how to read the file cannot be read: {error}", "Say it again with the options."
            ) from error

    def one(self, role: str) -> str | None:
        """Return the one column of a role, or None."""
        columns = self.columns.get(role, ())
        return columns[0] if columns else None


def _frozen(value: object) -> object:
    """A value of JSON as `Asked` has it."""
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(value) if isinstance(value, list) else value


_MARKET_FIELDS = ("counted", "whole", "population", "region", "platform", "frequency")


def parse_map(text: str) -> dict[str, tuple[str, ...]]:
    r"""Read ``--map``: ROLE=COLUMN, joined by commas; a comma in a name is written ``\,``.

    Raises
    ------
    InvalidValue
        If a role is unknown, or a part has no ``=``.

    Examples
    --------
    >>> parse_map("entity=Party,date=Day,share=Votes")
    {'entity': ('Party',), 'date': ('Day',), 'share': ('Votes',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in text.replace("\\,", "\0").split(","):
        role, mark, column = part.replace("\0", ",").partition("=")
        role = role.strip()
        if not mark or not column.strip():
            raise InvalidValue(f"{clip(part)!r} is not ROLE=COLUMN", f"The roles are {', '.join(ROLES)}.")
        if role not in ROLES:
            near = nearest(role, ROLES)
            raise InvalidValue(
                f"{clip(role)!r} is no role of a column" + (f"; near it: {', '.join(near)}" if near else ""),
                f"The roles are {', '.join(ROLES)}.",
            )
        found[role] = (*found.get(role, ()), column.strip())
    return found


def parse_only(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Read ``--only``: COLUMN=VALUE, as often as there are values.

    Raises
    ------
    InvalidValue
        If one has no ``=``.

    Examples
    --------
    >>> parse_only(["unit=PC", "geo=DE", "geo=FR"])
    {'unit': ('PC',), 'geo': ('DE', 'FR')}
    """
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        column, mark, value = text.partition("=")
        if not mark or not column.strip():
            raise InvalidValue(f"{clip(text)!r} is not COLUMN=VALUE")
        found[column.strip()] = (*found.get(column.strip(), ()), value.strip())
    return found


def missing_market(name: str, told: str = "") -> UsageProblem:
    """Build the error for a file that does not say which whole its shares are parts of."""
    return UsageProblem(
        f"{name}: the file does not say which market its shares are parts of{told}",
        "Say it: --market SLUG; and if that is new: --counted '...' --whole closed|open|overlapping, and"
        " --source, --population, --region where they are known.",
    )
