"""OpenRouter's rankings by day: the CSV export and the JSON of its API. Shares are computed from tokens."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal

from tracker.errors import InvalidValue, Problem, RejectedInput
from tracker.importers.asked import Asked
from tracker.importers.base import Parsed
from tracker.importers.judgement import dates
from tracker.importers.judgement.numbers import Marks, whole_number, without_sign
from tracker.importers.judgement.units import UNITS, Unit
from tracker.importers.layout import chosen_rows
from tracker.importers.reading import EVERY
from tracker.importers.table import Row, Table
from tracker.store.entities import kind_of
from tracker.store.plan import Entry
from tracker.values import Citation, Entity, Market, Observation, Period, Share, Source
from tracker.values.checks import check_choice
from tracker.values.names import clean, fold

PAGE = "https://openrouter.ai/rankings"

SOURCE = Source(
    slug="openrouter",
    title="OpenRouter",
    url="https://openrouter.ai",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    credit="Source: OpenRouter (openrouter.ai)",
    may_redistribute=True,
    revises="window",
)

MARKET = Market(
    slug="openrouter/tokens-by-model",
    source=SOURCE.slug,
    counted="tokens",
    whole="open",
    frequency="daily",
    note="prompt and completion tokens, as each provider's own tokenizer counts them",
)

COLUMNS = {"date": "date", "modelpermaslug": "model", "totaltokens": "tokens", "shareofdailytokens": "share"}
"""What each column is, by its folded name without ``_``: the SDKs write ``modelPermaslug``."""

NEEDED = {"date", "model", "tokens"}

DECIMALS = 15

TOLERANCE = 1e-7
"""By how much, in percent, a printed share may differ from the computed one beyond its own rounding."""


def computed(fraction: float) -> Share:
    """Return a computed fraction in percent, with as many decimals as a float holds: it is exact, be it 75.

    >>> computed(0.21870872876777964).value == 21.870872876777964, str(computed(0.75))
    (True, '75.000000000000000')
    """
    percent = Decimal(repr(fraction)).scaleb(2)
    return Share(float(round(percent, DECIMALS)), decimals=DECIMALS)


class OpenRouter:
    """OpenRouter's daily rankings of models by tokens."""

    name = "openrouter"
    title = "OpenRouter rankings-daily: CSV of tokens by day and model, or the JSON of its API"
    example = (
        "date,model_permaslug,rank,total_tokens,share_of_daily_tokens\n2026-09-30,stealth/space-bunny-alpha,1,30,0.3"
    )

    def claims(self, table: Table) -> str:
        """By the names of its columns."""
        found = _places(table)
        return "it has the columns date, model_permaslug and total_tokens" if found.keys() >= NEEDED else ""

    def read(self, table: Table, asked: Asked) -> Parsed:
        """Compute the share of each model in the tokens of each day; a printed share must agree."""
        found = _places(table)
        if not found.keys() >= NEEDED:
            problem = Problem(table.first.line, "", "", "has no columns date, model_permaslug and total_tokens")
            raise RejectedInput(table.name, [problem], "Read it with --importer table.")
        return _Reading(table, asked, found).parsed()


class _Reading:
    """One file on its way to entries."""

    def __init__(self, table: Table, asked: Asked, found: dict[str, int]) -> None:
        self.table, self.asked, self.places = table, asked, found
        check_choice(asked.unit, tuple(UNITS), "unit")
        self.unit = Unit(asked.unit or "fraction", "")
        self.marks = Marks(asked.decimal or ".", asked.thousands or "")
        self.dates = self._judged_dates()
        known = {name: value for name, value in asdict(MARKET).items() if name not in ("slug", "note")}
        market = asked.described_market(MARKET.slug, **known)
        self.market = replace(market or MARKET, note=MARKET.note)
        self.citation = Citation(
            asked.url or PAGE, "OpenRouter rankings-daily", SOURCE.title, self._as_of(), kind="primary"
        )
        self.done = Parsed(sources=[SOURCE], markets=[self.market], of_source=SOURCE.slug)
        self.rows: dict[Period, list[tuple[Row, str, int]]] = defaultdict(list)
        self.first: dict[tuple[Period, str], tuple[int, int]] = {}
        self.unknown: set[Period | None] = set()

    def parsed(self) -> Parsed:
        """Count the tokens of each day, then compute the shares of each day whose every row can be read."""
        for number, row in enumerate(self.table.rows(), 1):
            if self.asked.progress and number % EVERY == 0:
                self.asked.progress(row.line)
            self._count(row)
        printed = 0
        for day, rows in self.rows.items():
            tokens = {model: count for _, model, count in rows}
            total = sum(tokens.values())
            for row, model, count in rows if self.unknown.isdisjoint((day, None)) else ():
                printed += bool(self._cell(row, "share"))
                self._entry(row, model, day, count / total if total else None)
        table, notes = chosen_rows(self.table, self.asked)
        wanted = {row.line for row in table.rows()}
        self.done.entries = [entry for entry in self.done.entries if entry.line in wanted]
        self.done.notes += notes
        models = dict.fromkeys(entry.told.entity for entry in self.done.entries)
        self.done.entities = [Entity(model, "model") for model in models if kind_of(model) != "residual"]
        self._note(printed)
        self.done.understood = {
            "unit": "tokens: the share is their part of the day's sum",
            "dates": f"{self.dates.named}: {self.dates.why}",
            **{role: self.table.header[place].strip() for role, place in self.places.items()},
        }
        self.done.entries.sort(key=lambda entry: entry.line)
        self.done.problems.sort()
        return self.done

    def _judged_dates(self) -> dates.Dates:
        place = self.places["date"]
        texts = dict.fromkeys(row.cells[place] for row in self.table.rows() if len(row.cells) > place)
        try:
            return dates.judge(texts, self.asked.date_format)
        except InvalidValue as error:
            problem = Problem(0, self.table.header[place], "", error.message)
            raise RejectedInput(self.table.name, [problem], error.hint) from error

    def _as_of(self) -> date | None:
        """The day on which the API says that it counted."""
        text = next((self.table.beside[name] for name in ("meta.as_of", "meta.asOf") if name in self.table.beside), "")
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            return None

    def _cell(self, row: Row, role: str) -> str:
        place = self.places.get(role, len(row.cells))
        return row.cells[place].strip() if place < len(row.cells) else ""

    def _wrong(self, row: Row, role: str, message: str) -> None:
        column = self.table.header[self.places[role]] if role else ""
        self.done.problems.append(Problem(row.line, column, self._cell(row, role), message))

    def _lost(self, row: Row, role: str, message: str, day: Period | None) -> None:
        """A row that cannot be read: the sum of its day, or of every day, is then unknown."""
        self.unknown.add(day)
        self._wrong(row, role, f"{message}; without this row no share of {day or 'any day'} is known")

    def _count(self, row: Row) -> None:
        """Read one row."""
        try:
            day = self.dates.period(self._cell(row, "date"))
        except InvalidValue as error:
            self._lost(row, "date", error.message, None)
            return
        model = clean(self._cell(row, "model"))
        if len(row.cells) != len(self.table.header):
            wrong = f"has {len(row.cells)} cells, the first line has {len(self.table.header)}"
            self._lost(row, "", wrong, day)
        elif not model:
            self._lost(row, "model", "names no model", day)
        elif (count := self._tokens(row, day)) is not None:
            line, before = self.first.setdefault((day, model), (row.line, count))
            if before != count:
                self._lost(row, "tokens", f"contradicts line {line}: {before} for {model} there", day)
            self.rows[day].append((row, model, count))

    def _tokens(self, row: Row, day: Period) -> int | None:
        try:
            return whole_number(self._cell(row, "tokens"), self.marks)
        except InvalidValue as error:
            self._lost(row, "tokens", error.message, day)
            return None

    def _entry(self, row: Row, model: str, day: Period, fraction: float | None) -> None:
        """Take the share of one model, which is exact; a printed one must be the same, as far as it is printed."""
        if fraction is None:
            self._wrong(row, "tokens", f"all tokens of {day} sum to zero")
            return
        share = computed(fraction)
        text = self._cell(row, "share")
        try:
            low, high = self.unit.share(self.marks.plain(without_sign(text))).interval() if text else (0, 100)
        except InvalidValue as error:
            self._wrong(row, "share", error.message)
            return
        if share.value is None or not low - TOLERANCE <= share.value <= high + TOLERANCE:
            self._wrong(row, "share", f"by its tokens the share is {share}% of those of {day} in this file")
            self.done.hint = "Shares are of all the tokens of a day: are rows of that day missing?"
            return
        told = Observation(self.market.slug, model, day, share, self.citation)
        self.done.entries.append(Entry(row.line, told))

    def _note(self, printed: int) -> None:
        """Say what was decided."""
        notes = self.done.notes
        agree = f"; the {printed} printed ones agree" if printed and not self.done.problems else ""
        notes.append(f"shares are computed: the tokens of a model, by the sum of the day's tokens{agree}")
        if self.dates.form != "iso":
            notes.append(f"dates are read as {self.dates.named}: {self.dates.why}")
        whole = [
            str(day) for day, rows in self.rows.items() if not any(kind_of(model) == "residual" for _, model, _ in rows)
        ]
        if whole:
            shown = ", ".join(whole[:5]) + (f" and {len(whole) - 5} more" if len(whole) > 5 else "")
            notes.append(f"without a row 'other', so that the models listed are taken for all: {shown}")
        if self.citation.published:
            notes.append(f"as of {self.citation.published}")


def _places(table: Table) -> dict[str, int]:
    """Where the columns stand."""
    folded = [fold(name).replace("_", "") for name in table.header]
    return {role: folded.index(name) for name, role in COLUMNS.items() if name in folded}
