"""Reading in passing, fuzzed: a long file says, and stores, what the reader of short files makes of it."""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from fuzz.cases import Case
from importers.ways import stored
from tracker import __version__
from tracker.cli.boundary import run
from tracker.errors import RejectedInput, TrackerError
from tracker.importers import registry
from tracker.importers.asked import Asked
from tracker.importers.choosing import choose
from tracker.importers.opening import open_file
from tracker.importers.outcome import Outcome
from tracker.importers.policy import Policy
from tracker.importers.registry import importers
from tracker.importers.run import ingest
from tracker.importers.streaming import large
from tracker.importers.streaming.large import Large, Unsuited
from tracker.importers.streaming.run import ingest_large
from tracker.store.batches import Batch
from tracker.store.engine import Session, writing

SMALL = {"HEAD_LINES": 7, "LEAST_LINES": 7, "BLOCK": 224, "QUOTED": 3}
"""So little is read at a time: some lines of a fuzzer are a long file then."""

RECORDED = (
    "market,source,counted,whole,entity,period,share,url\n"
    "s/m,s,x,closed,A,2024-01-01,40,https://e.org/1\n"
    "s/m,s,x,closed,A,2024-01-02,41.5,https://e.org/1\n"
    "s/m,s,x,closed,Chrome,2024-01-01,7,https://e.org/2\n"
    "s/m,s,x,closed,Other,2024-01-01,<1,https://e.org/1\n"
)
"""What is known before: the fuzzer may meet it, repeat it, or contradict it."""

KNOWN = importers()


def passing(data: bytes) -> None:
    """A file that is read in passing says the same, and stores the same, as when it is held as a whole."""
    case = Case.of(data)
    try:
        asked = case.asked()
    except TrackerError:
        return
    if asked.only or asked.keep_repeats or asked.encoding:
        return  # which the command line reads whole
    policy = _policy(case.words)
    file = _database().with_name("f.csv")
    file.write_bytes(case.content)
    # To look for plug-ins again takes longer than all the rest.
    with ExitStack() as patches:
        patches.enter_context(patch.object(registry, "importers", return_value=KNOWN))
        for name, value in SMALL.items():
            patches.enter_context(patch.object(large, name, value))
        try:
            found = _answer(_in_passing, file, asked, policy)
        except Unsuited:
            return
        whole = _answer(_whole, file, asked, policy)
    if found[1] is None and whole[1] is None:
        # Which of several wrong lines is named first may differ: what a refusal is, may not.
        found, whole = (found[0][0], None), (whole[0][0], None)
    for one, other in zip(found, whole, strict=True):
        assert one == other, f"in passing: {one!r}, as a whole: {other!r}"


def _policy(words: list[str]) -> Policy:
    said = dict(word.partition("=")[::2] for word in words)
    change = said.get("change", "refuse")
    return Policy(
        on_change=change if change in ("refuse", "revise", "skip", "compete") else "refuse",
        new_entities="new" in said,
        skip_bad="skip" in said,
    )


@cache
def _database() -> Path:
    """A database with a few facts, in a folder that lasts as long as this process."""
    folder = Path(tempfile.mkdtemp(prefix="passing-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "t.db"
    (folder / "known.csv").write_text(RECORDED, encoding="utf-8")
    for words in (["init", "--empty"], ["import", str(folder / "known.csv")]):
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as said:
            code = run([*words, "--db", str(path)])
        assert code == 0, said.getvalue()
    return path


def _answer(way: Any, file: Path, asked: Asked, policy: Policy) -> tuple[Any, Any]:
    """What is said of a file, and what is stored then; all of it is undone."""
    try:
        with writing(_database(), dry_run=True, bulk=way is _in_passing) as session:
            said = _said(way(session, file, asked, policy))
            return said, stored(session)
    except TrackerError as refused:
        if isinstance(refused, RejectedInput) and not refused.problems:
            raise AssertionError(f"the refusal names no place: {refused}") from refused
        return (type(refused), str(refused)), None


def _whole(session: Session, file: Path, asked: Asked, policy: Policy) -> Outcome:
    table = open_file(file, asked.encoding, asked.sheet)
    importer, asked = choose(session, table, None, asked)
    batch = Batch("import", __version__, file.name, table.sha256, importer=importer.name, asked=asked.to_json())
    return ingest(session, str(file), importer.read(table, asked), batch, policy)


def _in_passing(session: Session, file: Path, asked: Asked, policy: Policy) -> Outcome:
    long = Large(file)
    try:
        importer, asked = choose(session, long.head, None, asked)
    except TrackerError as error:
        raise Unsuited from error
    batch = Batch("import", __version__, file.name, importer=importer.name, asked=asked.to_json())
    return ingest_large(session, str(file), long, importer, asked, batch, policy)


def _said(outcome: Outcome) -> list[object]:
    at_once, made = outcome.at_once, outcome.plan
    return [
        at_once.added + len(made.added),
        at_once.same + len(made.same),
        at_once.revised + len(made.revised),
        made.pages,
        outcome.batch,
        outcome.rejected,
        outcome.notes,
        outcome.rules,
    ]
