"""Tables of polls: a column for each party, and the pollster, the fieldwork and the sample beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tracker.errors import Problem, RejectedInput, UsageProblem
from tracker.importers.asked import Asked
from tracker.importers.base import Parsed
from tracker.importers.columns import Kind, column_kinds
from tracker.importers.judgement.nulls import is_null
from tracker.importers.layout import Column, Layout, check_header, chosen_rows, places
from tracker.importers.reading import read
from tracker.importers.table import Table
from tracker.importers.wholes import wholes_by
from tracker.values import Citation
from tracker.values.names import fold

_ASKED = r"(field ?work|survey|poll|polling|interview|field)?[ -]?"

NAMES = {
    "source": r"(polling[ -]?)?(firm|institute?|pollsters?)|(polling|survey|research)[ -]?(organi[sz](ations?|er)"
    r"|institution|house|compan(y|ies)|agency)|poll(ster)? ?name|(umfrage|meinungsforschungs|forschungs)institute?"
    r"|institut de sondage|sondeur|polled by|(casa )?encuestadora|pollster/client(\(s\))?|pollster \(client\)",
    "date": _ASKED + r"(dates?|days?|period)|datum|zeitraum|(befragungs|umfrage)(datum|zeitraum)|fecha|data|field ?work"
    r"|(dates?(\(s\))? ?)?(of )?(conducted|polling|fieldwork|administered|survey)",
    "start": _ASKED + r"(date )?(start|from|begin|beginning|first)([ -]?(date|day))?|beginn|von|début",
    "end": _ASKED + r"(date )?(end|to|until|finish|last)([ -]?(date|day))?|ende|bis|fin",
    "published": r"(date[ -])?(published|publication|released?|created at|reported)([ -](date|day))?|veröffentlicht"
    r"|veröffentlichung|(publikations|veröffentlichungs)datum",
    "sample_size": r"n|total|samples?([ -]?size)?( \(n\))?|(number of )?respondents|interviews|befragte"
    r"|stichprobe(ngröße)?|fallzahl|muestra|échantillon",
    "entity": r"part(y|ei|ido|ito)|parti|candidates?|choice|option|answer|response",
    "share": r"share|pct|percent(age)?|%|value|vote( share)?|support|anteil|prozent",
}
"""What columns of such tables are called, each underscore read as a blank."""

IGNORED = re.compile(
    r"(polls?[ -]|pollster[ -])?(id|no\.?|nr\.?)|commissioners?|commissioned by|client(\(s\))?|sponsors?|auftraggeber"
    r"|sample size qualification|participation( rate)?|turnout|precision|excluded|lead|leading|margin( of error)?|moe"
    r"|error|mode|method(ology)?|methode|notes?|remarks?|comments?|url|links?|refs?\.?|references?|weight|rating|grade|sum|summe"
    r"|unnamed: \d+|index"
)
"""Columns that may hold numbers, and are no parties."""

SPLITTING = (
    *("scope", "area", "region", "country", "state", "land"),
    *("election", "parliament", "race", "population", "type"),
)
"""Columns that, where they hold several values, say that the rows are parts of several wholes."""

WHOLE: dict[str, str | None] = {"counted": "respondents", "whole": "closed"}


@dataclass(frozen=True)
class Found:
    """What was recognised in a header: places by role, and the parties."""

    roles: dict[str, int]
    parties: list[Column]
    ignored: list[int]


class Polls:
    """Polls, one row each, or one row for each party."""

    name = "polls"
    title = "tables of polls: parties across, with pollster, fieldwork and sample size"
    example = "Pollster,Fieldwork Start,Fieldwork End,Sample Size,Union,SPD\nForsa,2020-03-16,2020-03-20,2504,32%,15%"

    def claims(self, table: Table) -> str:
        """By a column of pollsters beside dates and shares."""
        roles = _roles(table, Asked())
        if "source" not in roles or not _dated(roles):
            return ""
        numbers = [kind for place, kind in enumerate(column_kinds(table, Asked())) if place not in roles.values()]
        if numbers.count("number") < (1 if "entity" in roles else 2):
            return ""
        return f"it names who asked ({table.header[roles['source']].strip()}) beside dates and shares"

    def read(self, table: Table, asked: Asked) -> Parsed:
        """Read every poll; who asked is the source of a market of its own."""
        table, notes = chosen_rows(table, asked)
        found = _found(table, asked)
        _one_whole(table, asked, found)
        if not asked.market:
            raise UsageProblem(
                f"{table.name}: the file does not say what the polls are about",
                "Give it a name, with which the slugs of the markets end: --market NAME (forsa/NAME, insa/NAME ...).",
            )
        roles = found.roles
        wholes = wholes_by(table, asked, asked.market, WHOLE, source=roles["source"], region=roles.get("region"))
        start, end = roles.get("start"), roles.get("end")
        layout = Layout(
            shares=found.parties,
            citation=_citation(asked),
            market_of=wholes.market_of,
            entity=roles.get("entity"),
            date=_first(start, end, roles.get("date"), roles.get("published")),
            end=end if start is not None else None,
            published=roles.get("published"),
            sample_size=roles.get("sample_size"),
            note=roles.get("note"),
            sources=wholes.sources,
            markets=wholes.markets,
            notes=[*notes, *_said(table, found)],
        )
        return read(table, layout, asked)


def _first(*known: int | None) -> int | None:
    return next((place for place in known if place is not None), None)


def _roles(table: Table, asked: Asked) -> dict[str, int]:
    """Find the columns that are no parties: as the person said, else by their names."""
    roles = ("source", "date", "end", "published", "sample_size", "entity", "region", "note")
    found = places(table, {role: asked.one(role) for role in roles})
    if "date" in found and "end" in found:
        found["start"] = found.pop("date")
    for role, pattern in NAMES.items():
        fits = [place for place, name in enumerate(map(_plain, table.header)) if re.fullmatch(pattern, name)]
        free = [place for place in fits if place not in found.values()]
        if role not in found and role != "share" and free:
            found[role] = free[0]
    if not _dated(found) and table.header and not table.header[0].strip() and 0 not in found.values():
        found["date"] = 0
    return found


def _dated(roles: dict[str, int]) -> bool:
    return bool({"date", "start", "end", "published"} & set(roles))


def _plain(name: str) -> str:
    return fold(name.replace("_", " "))


def _found(table: Table, asked: Asked) -> Found:
    """Tell parties from what stands beside them.

    Raises
    ------
    RejectedInput
        If there is no pollster, no date or no party.
    """
    check_header(table, nameless=0)
    roles = _roles(table, asked)
    kinds = column_kinds(table, asked)
    size = roles.get("sample_size")
    said = {place for name in asked.columns.get("ignore", ()) for place in places(table, {"ignore": name}).values()}
    if size is not None and "sample_size" not in asked.columns and _is_sum(table, asked, size):
        del roles["sample_size"]
        said.add(size)
    left = [place for place in range(len(kinds)) if place not in roles.values() and place not in said]
    parties = _parties(table, asked, roles, kinds, left)
    line = table.first.line
    there = {"a pollster": "source" in roles, "a date": _dated(roles), "a party": bool(parties)}
    missing = [what for what, is_there in there.items() if not is_there]
    problems = [Problem(line, "", "", f"no column is recognised as {what}") for what in missing]
    if problems:
        raise RejectedInput(table.name, problems, "Say which it is: --map source=COLUMN,date=COLUMN,share=COLUMN.")
    shares = {column.place for column in parties}
    ignored = [place for place in range(len(kinds)) if place not in shares and place not in roles.values()]
    return Found(roles, parties, [place for place in ignored if kinds[place] != "empty"])


def _parties(table: Table, asked: Asked, roles: dict[str, int], kinds: list[Kind], left: list[int]) -> list[Column]:
    names = [name.strip() for name in table.header]
    if said := asked.columns.get("share"):
        chosen = [places(table, {"share": name})["share"] for name in said]
    else:
        chosen = [place for place in left if kinds[place] == "number" and not IGNORED.fullmatch(_plain(names[place]))]
    if "entity" not in roles:
        return [Column(place, names[place]) for place in chosen]
    named = [place for place in chosen if re.fullmatch(NAMES["share"], _plain(names[place]))]
    return [Column(place) for place in (named or chosen)[:1]]


def _is_sum(table: Table, asked: Asked, place: int) -> bool:
    """Whether a column called Total is what the parties sum to, rather than how many were asked."""
    cells = [row.cells[place].strip("% ") for row in table.rows() if len(row.cells) == len(table.header)]
    known = [cell for cell in cells if not is_null(cell, asked.nulls)]
    return bool(known) and all(re.fullmatch(r"(9\d|10\d)([.,]\d+)?", cell) for cell in known)


def _one_whole(table: Table, asked: Asked, found: Found) -> None:
    """Refuse rows about several areas, or several elections, that would stand in one market.

    Raises
    ------
    RejectedInput
        If there are such; the hint names the options.
    """
    said = {place for name in asked.columns.get("ignore", ()) for place in places(table, {"ignore": name}).values()}
    for place in found.ignored:
        name = table.header[place].strip()
        if _plain(name) not in SPLITTING or place in said:
            continue
        values = {row.cells[place].strip(): row.line for row in table.rows() if len(row.cells) == len(table.header)}
        if len(values) > 1:
            shown = ", ".join(repr(value) for value in sorted(values)[:6])
            problem = Problem(table.first.line, name, "", f"says that the rows are about several wholes: {shown}")
            one = max(values)
            raise RejectedInput(
                table.name,
                [problem],
                f"For one of them: --only '{name}={one}'. For a market each: --map 'region={name}'."
                f" If it does not matter: --map 'ignore={name}'.",
            )


def _said(table: Table, found: Found) -> list[str]:
    """Say which columns are not stored, and what stands in for a day of fieldwork."""
    roles, notes = found.roles, []
    if not {"date", "start", "end"} & set(roles):
        notes.append(f"no day of fieldwork is given: {table.header[roles['published']].strip()} dates the polls")
    if found.ignored:
        names = ", ".join(table.header[place].strip() or "(no name)" for place in found.ignored)
        notes.append(f"columns that are no parties were left out: {names}")
    return notes


def _citation(asked: Asked) -> Citation:
    """Such a table retells what pollsters publish."""
    return replace(Citation(title=f"polls of {asked.market}", kind="secondary"), url=asked.url)
