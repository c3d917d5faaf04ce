"""A session of all commands, one a line, to be run on any database: what each prints must not depend on where it is."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import NamedTuple

import pytest

from importers.servers import Server as Site
from importers.servers import send
from tracker.cli.boundary import run
from tracker.settings import Place, Server

FILES = {
    "first.csv": (
        "market,entity,period,share,low,high,status,sample_size,role,url,title,published,citation_kind,note,"
        "source,counted,whole\n"
        "poe/a,R1,2025-02,7,,,,,,https://press.org,,2025-05-13,secondary,,poe,messages,open\n"
        "poe/a,R1,2025-03,5,4.5,5.5,,,,https://press.org,,2025-05-13,secondary,,poe,messages,open\n"
        "poe/a,R1,2025-02,7.2,,,,,report,https://late.org,,2025-07-01,secondary,,poe,messages,open\n"
        "poe/a,r-1,2025-01,8.5,,,,,,https://late.org,,2025-07-01,secondary,,poe,messages,open\n"
        "poe/a,V3,2025-01,<1,,,,,,,Only a title,,,,poe,messages,open\n"
        'poll/b,R1,2025-Q1,31.5,,,E,1003,,https://poll.org/x,,,primary,"a, b; c",poll,respondents,overlapping\n'
        "poll/b,Élan,2025-Q1,0,,,,1003,,https://poll.org/x,,,primary,,poll,respondents,overlapping\n"
    ),
    "second.csv": (
        "market,entity,period,share,url,published,citation_kind\n"
        "poe/a,R1,2025-02,7.5,https://poe.com,2025-06-01,primary\n"
        "poe/a,R1,2025-03,5,https://poe.com,2025-06-01,primary\n"
        "poe/a,V3,2025-02,2,https://poe.com,,primary\n"
    ),
    "third.csv": (
        "market,entity,period,share,url,published\n"
        "poe/a,R1,2025-03,6,https://other.org,2025-08-01\n"
        "poe/a,V3,2025-03,2.25,https://other.org,2025-08-01\n"
    ),
    "bad.csv": (
        "market,entity,period,share,url\npoe/a,R1,2025-04,seven,https://x.org\npoe/a,R1,2025-13,7,https://x.org\n"
    ),
    "votes.csv": (
        "day,who,votes\n2025-01-01,Alpha,40.5\n2025-01-01,Beta,30.5\n2025-01-08,Alpha,41.5\n2025-01-08,Beta,29.5\n"
    ),
    "later.csv": (
        "day,who,votes\n2025-01-01,Alpha,40.75\n2025-01-01,Beta,30.5\n2025-01-08,Alpha,41.5\n2025-01-15,Alpha,43\n"
    ),
    "gone.csv": "day,who\n",
    "past.sql": "select entity, period, share from shares where market = 'poe/a' order by entity, period",
}
"""What the session reads."""

SHORT, WHOLE = (Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8") for name in ("short", "whole"))
"""The sessions: a command a line."""


class Printed(NamedTuple):
    """What a command printed, and the files that it made."""

    command: str
    code: int
    out: str
    err: str
    files: dict[str, bytes]


class Clock(datetime):
    """A clock that stands still during a command, and goes on by a minute from one to the next."""

    minutes = 0

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Clock:
        """Say what time it is."""
        return cls(2026, 1, 1, tzinfo=tz) + timedelta(minutes=cls.minutes)


def play(
    script: str, place: Place, folder: Path, capsys: pytest.CaptureFixture[str], site: Site | None = None
) -> Iterator[Printed]:
    """Run a session on a place, in an empty folder that is the working one, from the first minute of `Clock` on."""
    Clock.minutes = 0
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    url = place.url if isinstance(place, Server) else str(place)
    for line in filter(None, script.splitlines()):
        if line.startswith("publish "):
            assert site is not None
            site["/votes.csv"] = send(FILES[line.split()[1]].encode())
            continue
        before = _made(folder)
        Clock.minutes += 1
        capsys.readouterr()
        code = run(["--db", url, *shlex.split(line.replace("SITE/", site["/"] if site else ""))])
        out, err = capsys.readouterr()
        files = {name: content for name, content in _made(folder).items() if before.get(name) != content}
        plain = [text.replace(shlex.quote(str(place)), "DB").replace(str(place), "DB") for text in (out, err)]
        yield Printed(line, code, *(text.replace(str(folder), "HERE") for text in plain), files)


def _made(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("tracker.db"))
    return {str(file.relative_to(folder)): file.read_bytes() for file in found}
