"""A bundle: the picture, the rows that are drawn, and what it takes to make both again, byte for byte."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import tracker
from tracker.beside import apart, put_in, refusal
from tracker.charts.bundled.descriptor import SCHEMA, as_json, licences, name_of, origins, resource, table
from tracker.charts.bundled.table import as_csv, passed_on
from tracker.charts.chart import FORMATS, Chart
from tracker.errors import TrackerError
from tracker.values import Source

OWN = (*(f"chart.{form}" for form in FORMATS), "data.csv", "datapackage.json", "README.md")
"""Files that a bundle may have; a folder with others is no bundle, and is left alone."""


class ReadAt(NamedTuple):
    """The state of the database that the rows were read at.

    Attributes
    ----------
    batch : int
        The last batch that was known.
    recorded_at : str
        When that was recorded, UTC, ISO 8601.
    """

    batch: int
    recorded_at: str


@dataclass(frozen=True, slots=True)
class Bundled:
    """What was written.

    Parameters
    ----------
    folder : pathlib.Path
        Where.
    files : tuple of str
        Names, in the order of their making.
    rows : int
        In data.csv.
    withheld : dict of str to int
        Title of each source that may not be passed on, and how many of its rows were left out.
    """

    folder: Path
    files: tuple[str, ...]
    rows: int
    withheld: dict[str, int]

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what was left out."""
        return _left_out(self.withheld)


def bundle(
    chart: Chart,
    folder: str | os.PathLike[str],
    *,
    command: str,
    as_of: ReadAt,
    sources: Sequence[Source],
    formats: Sequence[str] = ("png", "svg"),
    dpi: float = 200,
) -> Bundled:
    """Write a chart with its data, and the description of both as a Data Package.

    Parameters
    ----------
    chart : Chart
        Of any kind; `data` are exactly the rows that are drawn.
    folder : path
        Made where it is missing. An earlier bundle in it is replaced, as a whole; a folder that holds anything else
        is refused.
    command : str
        What makes the bundle again, see `rebuilding`.
    as_of : Last
        The batch that the data were read at, see `tracker.store.past.last.last_batch`: its time is the time of the
        bundle, for the clock on the wall would make every one differ.
    sources : sequence of Source
        Of the rows, see `tracker.query.citing.credits_of`.
    formats : sequence of {'png', 'svg', 'pdf'}
        Of the picture.
    dpi : float
        Dots per inch of a PNG.

    Returns
    -------
    Bundled
        What was written, and what was left out because it may not be passed on.

    Raises
    ------
    TrackerError
        If the folder holds other files, a source of the rows is not given, or nothing can be written there.

    Notes
    -----
    *Not valid* as a licence: where a source does not say whether its data may be passed on, its rows are in the
    table, and the description says "not recorded".
    """
    unknown = [form for form in formats if form not in FORMATS]
    if unknown or not formats:
        raise TrackerError(f"there is no format {', '.join(unknown) or 'given'}", f"Choose of {', '.join(FORMATS)}.")
    target = _free(Path(folder))
    given = _of_rows(chart.data, sources)
    kept, withheld = passed_on(chart.data, [one.title for one in given if one.may_redistribute is False])
    pictures = {f"chart.{form}": chart.content(form, dpi) for form in dict.fromkeys(formats)}
    files = pictures | {"data.csv": as_csv(kept)}
    files["README.md"] = _readme(chart, command, as_of, withheld).encode()
    files["datapackage.json"] = as_json(_described(chart, files, kept, given, command, as_of, withheld))
    _move_in(target, files)
    return Bundled(Path(folder), tuple(files), len(kept), withheld)


def _of_rows(frame: pd.DataFrame, sources: Sequence[Source]) -> list[Source]:
    """Return the sources of the rows, by title."""
    titles = sorted(frame["source"].dropna().astype(str).unique())
    known = {source.title: source for source in sources}
    missing = [title for title in titles if title not in known]
    if missing:
        raise TrackerError(
            f"it is not known whether the data of {', '.join(missing)} may be passed on",
            "Give the source records of all rows.",
        )
    return [known[title] for title in titles]


def _described(
    chart: Chart,
    files: Mapping[str, bytes],
    kept: pd.DataFrame,
    sources: Sequence[Source],
    command: str,
    as_of: ReadAt,
    withheld: Mapping[str, int],
) -> dict[str, Any]:
    shared = [source for source in sources if source.title not in withheld]
    resources = [
        table(name, content, kept) if name == "data.csv" else resource(name, content)
        for name, content in files.items()
        if name != "README.md"
    ]
    optional = {"sources": origins(sources, chart.data), "licenses": licences(shared)}
    return {
        "$schema": SCHEMA,
        "profile": "data-package",
        "name": name_of(chart.data),
        "title": chart.title,
        "description": chart.alt,
        "created": as_of.recorded_at,
        **{name: found for name, found in optional.items() if found},
        "resources": resources,
        "tracker": {
            "version": tracker.__version__,
            "asOf": {"batch": as_of.batch, "recorded": as_of.recorded_at},
            "command": command,
            "withheld": [{"source": title, "rows": count} for title, count in withheld.items()],
        },
    }


def _readme(chart: Chart, command: str, as_of: ReadAt, withheld: Mapping[str, int]) -> str:
    said = [
        f"# {chart.title}",
        chart.alt,
        chart.source,
        "`data.csv` holds exactly the rows that are drawn; `datapackage.json` says what its columns are.",
        *_left_out(withheld),
        f"Made by tracker {tracker.__version__} from what its database knew after batch {as_of.batch}"
        f" ({as_of.recorded_at}). The same database makes it again, byte for byte, unless"
        " names, colours, titles or licences in it were changed since:",
        f"    {command}",
    ]
    return "\n\n".join(said) + "\n"


def _left_out(withheld: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(
        f"{count} row{'' if count == 1 else 's'} of {title} {'is' if count == 1 else 'are'} drawn but left out of"
        " data.csv: its data may not be passed on."
        for title, count in withheld.items()
    )


def _free(folder: Path) -> Path:
    """Return the place of the folder, or refuse one that is no bundle."""
    hint = "Name a new folder, or one that holds a bundle."
    try:
        target = folder.resolve()
        if target.exists() and not target.is_dir():
            raise TrackerError(f"{folder} is no folder", hint)
        there = sorted(target.iterdir()) if target.exists() else []
        other = [one.name for one in there if one.name not in OWN or not one.is_file()]
        if there and not other and not _is_ours(target):
            other = [one.name for one in there]
    except (OSError, RuntimeError) as error:  # a link that leads to itself is a RuntimeError before Python 3.13
        raise TrackerError(f"{folder} cannot be read: {getattr(error, 'strerror', None) or error}", hint) from None
    if other:
        more = f" and {len(other) - 3} more" if len(other) > 3 else ""
        raise TrackerError(f"{folder} holds other files: {', '.join(other[:3])}{more}; nothing was written", hint)
    return target


def _is_ours(folder: Path) -> bool:
    """Whether a folder says of itself that it is a bundle of this program."""
    try:
        told = json.loads((folder / "datapackage.json").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and "tracker" in told


def _move_in(target: Path, files: Mapping[str, bytes]) -> None:
    """Write beside the place, then move there; what stood there goes only when the new one is whole."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with apart(target, folder=True) as part:
            for name, content in files.items():
                (part / name).write_bytes(content)
            put_in(part, target)
    except OSError as error:
        raise refusal(f"the bundle cannot be written to {target}", error) from None
