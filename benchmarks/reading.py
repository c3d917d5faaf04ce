"""What frames cost: a million observations as the tidy frame, one series, and the wide table, beside pandas' own ways.

Run it in an environment where tracker is installed: python benchmarks/reading.py [--rows OBSERVATIONS]
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import sqlalchemy
from ledger import SERIES, fill
from measure import Asked, Line, in_turn, main, ratio, seconds

import tracker
from tracker.query.wide import wide

RUNS = 3
ONE = "SELECT * FROM shares WHERE market = 's/m' AND entity = 'E500'"
ALL = "SELECT * FROM shares"
PIVOT = {"index": "period_start", "columns": "entity", "values": "share"}

Call = Callable[[], pd.DataFrame]


def lines(asked: Asked) -> Iterator[Line]:
    """Run ours and theirs in turn."""
    runs = asked.times(RUNS)
    with asked.place() as folder:
        path = Path(folder) / "tracker.db"
        fill(path, max(20, asked.observations(1_000_000) // SERIES), revised=False)
        engine = sqlalchemy.create_engine(f"sqlite:///{path}")
        with tracker.connect(path) as t, engine.connect() as other:

            def one() -> pd.DataFrame:
                return pd.read_sql(sqlalchemy.text(ONE), other)

            def every() -> pd.DataFrame:
                return pd.read_sql(ALL, engine)

            yield compared(
                "`t.shares('E500', 's/m')`",
                lambda: t.shares("E500", "s/m"),
                "`pd.read_sql` of the same rows of `shares`",
                one,
                2,
                10 * runs,
            )
            yield compared("`t.shares()`", t.shares, "`pd.read_sql('select * from shares', engine)`", every, 0.4, runs)
            yield from _wide(t, every, runs)
        engine.dispose()


def _wide(t: tracker.Tracker, every: Call, runs: int) -> Iterator[Line]:
    long, plain = t.shares(), every()
    pivots: dict[str, Call] = {
        "`df.pivot` of the same frame": lambda: long.pivot(**PIVOT),
        "`df.pivot` of what `read_sql` gives": lambda: plain.pivot(**PIVOT),
    }
    for against, theirs in pivots.items():
        yield compared("the long frame made wide", lambda: wide(long), against, theirs, 0.3, runs)
    yield compared(
        "wide, from the file",
        lambda: t.shares(market="s/m", format="wide"),
        "`read_sql`, then `df.pivot`",
        lambda: every().pivot(**PIVOT),
        0.3,
        runs,
    )


def compared(what: str, ours: Call, against: str, theirs: Call, bound: float, runs: int) -> Line:
    """Compare two ways to the same frame."""
    assert len(ours())
    assert len(theirs())
    found = in_turn({"ours": lambda: seconds(ours), "theirs": lambda: seconds(theirs)}, runs, warm=0)
    return ratio(what, against, found["ours"], found["theirs"], bound)


if __name__ == "__main__":
    raise SystemExit(main(lines, __doc__))
