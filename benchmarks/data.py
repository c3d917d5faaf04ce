"""Made-up shares of models, day by day: the files that the benchmarks read.

A cell is one model on one day. Its share follows from the seed and its place alone, so that every layout holds the
same facts, and no layout needs more memory than a day. Of each day the shares add up to less than 100.

Run it alone: python benchmarks/data.py --rows 1000000 --layout shuffled --seed 7 --out shuffled.csv
"""

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SERIES = 2_000
FIRST = date(2010, 1, 1)
MARKET = "made/answers"
URL = "https://example.org/answers"

FINE = 10_000
"""Shares have four decimals: they are whole numbers of a ten-thousandth."""

_MASK = (1 << 64) - 1
_ROUNDS = 4


def mixed(number: int) -> int:
    """Return 64 bits that look random, of 64 bits: the finisher of splitmix64."""
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    number = (number ^ number >> 27) * 0x94D049BB133111EB & _MASK
    return number ^ number >> 31


def key(seed: int, what: int = 0) -> int:
    return mixed((seed * 16 + what + 1) * 0x9E3779B97F4A7C15 & _MASK)


class Shares:
    """What is stated of each cell; the first model has most, the next half of that, then a third ..."""

    def __init__(self, seed: int, series: int = SERIES, revised: bool = False) -> None:
        self.key, self.revised = key(seed), revised
        whole = sum(1 / place for place in range(1, series + 1))
        self.most = [round(99 * FINE / place / whole) for place in range(1, series + 1)]

    def text(self, day: int, model: int) -> str:
        """Return the share as it is printed. One in a hundred of each day is another one where it is revised."""
        most = self.most[model]
        share = most // 2 + mixed(self.key ^ (day * len(self.most) + model + 1)) % (most - most // 2)
        if self.revised and (model + 7 * day) % 100 == 0:
            share = share - 1 - share // 50
        return f"{share // FINE}.{share % FINE:04d}"


def shuffled(count: int, seed: int) -> Iterator[int]:
    """Yield 0 to count - 1, each once, in an order that looks random.

    A Feistel network turns numbers of an even count of bits about; those that are too high are turned again. Nothing
    is held in memory.
    """
    half = max(1, ((count - 1).bit_length() + 1) // 2)
    low, keys = (1 << half) - 1, [key(seed, turn + 1) for turn in range(_ROUNDS)]
    for number in range(count):
        place = number
        while True:
            left, right = place >> half, place & low
            for each in keys:
                left, right = right, left ^ (mixed(each ^ right) & low)
            place = left << half | right
            if place < count:
                break
        yield place


def name(model: int) -> str:
    return f"Model {model:04d}"


def lines(rows: int, layout: str, seed: int, revised: bool = False, series: int = SERIES) -> Iterator[str]:
    """Yield the file, a day at a time; shuffled, as many rows at a time.

    Parameters
    ----------
    rows : int
        Observations; a multiple of `series`, the number of models.
    layout : {'long', 'shuffled', 'own', 'wide'}
        ``long`` has date, entity and share, day by day, and ``shuffled`` the same in no order; ``own`` is our own long
        format; ``wide`` has a column for each model.
    """
    shares, names = Shares(seed, series, revised), [name(model) for model in range(series)]
    days = [(FIRST + timedelta(day)).isoformat() for day in range(rows // series)]
    if layout == "wide":
        yield f"date,{','.join(names)}\n"
        for day, said in enumerate(days):
            yield f"{said},{','.join(shares.text(day, model) for model in range(series))}\n"
        return
    before, after, order = ("", "", (1, 0, 2)) if layout != "own" else (f"{MARKET},", f",{URL}", (0, 1, 2))
    yield "market,entity,period,share,url\n" if layout == "own" else "date,entity,share\n"
    cells = shuffled(rows, seed) if layout == "shuffled" else iter(range(rows))
    for _ in days:
        block = []
        for _ in range(series):
            day, model = divmod(next(cells), series)
            told = (names[model], days[day], shares.text(day, model))
            block.append(f"{before}{','.join(told[place] for place in order)}{after}\n")
        yield "".join(block)


LAYOUTS = ("long", "shuffled", "own", "wide")


def write(
    path: Path, rows: int, layout: str = "long", seed: int = 7, revised: bool = False, series: int = SERIES
) -> Path:
    """Write a file of shares, see `lines`; a file that is there is replaced."""
    if series < 100 or series % 100:
        raise SystemExit(f"--series is a multiple of 100, so that 1 % of each day can be revised; {series:,} is none")
    if rows < series or rows % series:
        raise SystemExit(f"--rows is a multiple of {series:,}, for there are so many series; {rows:,} is none")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.writelines(lines(rows, layout, seed, revised, series))
    return path


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--rows", type=int, default=1_000_000, help="observations, a multiple of the series")
    asked.add_argument("--series", type=int, default=SERIES, help="models, a multiple of 100")
    asked.add_argument("--layout", choices=LAYOUTS, default="long")
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--revised", action="store_true", help="1 %% of the rows have another share")
    asked.add_argument("--out", type=Path, required=True)
    said = asked.parse_args()
    write(said.out, said.rows, said.layout, said.seed, said.revised, said.series)


if __name__ == "__main__":
    main()
