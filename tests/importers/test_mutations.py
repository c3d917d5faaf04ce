"""Files of every family, each damaged in many ways: refused whole, or read right; never a traceback."""

import io
import json
import random
import re
import zipfile

import pytest

from importers.databases import DATA
from tracker.cli.boundary import run

WORDS = ("--market", "lab/share", "--source", "lab", "--counted", "votes", "--whole", "overlapping")
STATCOUNTER = "ai_chatbot-ww-monthly-202504-202506.csv"
BAR = "ai_chatbot-ww-202609-bar.csv"

WIDE = """\
"Date","ChatGPT","Perplexity","Deepseek","Other"
2025-04,84.21,12.07,3.72,0
2025-05,79.79,11.83,8.3,0.08
2025-06,79.86,11,9.14,0
"""

TEXTS = {
    STATCOUNTER: (WIDE, ()),
    BAR: ('"AI Chatbot","Market Share Perc. (Sept 2026)"\n"ChatGPT",80.47\n"Perplexity",12.84\n"Other",6.69\n', ()),
    "rankings.csv": (
        "date,model_permaslug,rank,total_tokens,share_of_daily_tokens\r\n"
        "2026-09-30,stealth/fox-alpha,1,500,0.5\r\n2026-09-30,deepseek/deepseek-v4:free,2,250,0.25\r\n"
        "2026-09-30,other,,250,0.25\r\n2026-10-01,stealth/fox-alpha,1,60,0.6\r\n2026-10-01,other,,40,0.4\r\n",
        (),
    ),
    "rankings.json": (
        json.dumps(
            {
                "data": [
                    {"date": "2026-10-01", "model_permaslug": "stealth/fox-alpha", "total_tokens": "600"},
                    {"date": "2026-10-01", "model_permaslug": "deepseek/deepseek-v4", "total_tokens": "300"},
                    {"date": "2026-10-01", "model_permaslug": "other", "total_tokens": "100"},
                ],
                "meta": {"as_of": "2026-10-03T04:00:00Z"},
            },
            indent=1,
        ),
        (),
    ),
    "share-of-heat-pumps.csv": (
        "Entity,Code,Year,Share of homes with a heat pump\n"
        "Norway,NOR,2022,60.5\nNorway,NOR,2023,63\nEurope,,2022,17.31\nEurope,,2023,20.4\n",
        (),
    ),
    "multiTimeline.csv": (
        "Category: All categories\n\nWeek,deepseek: (Worldwide),chatgpt: (Worldwide)\n"
        "2025-01-05,<1,41\n2025-01-12,2,45\n2025-01-19,18,49\n2025-01-26,100,55\n",
        (),
    ),
    "polls.csv": (
        ";UNION;SPD;GRUENE;Total;Institute\n07.11.2020;36;15,5;18;2.502;Forsa\n31.10.2020;35;16,5;19,5;1.001;INSA\n"
        "24.10.2020;36;15;20;2.503;Forsa\n",
        WORDS[:2],
    ),
    "estat_share.tsv": (
        "freq,nrg_bal,unit,geo\\TIME_PERIOD\t2022 \t2023 \t2024 \n"
        "A,REN,PC,DE\t20.8 \t21.554 e\t22.474 \nA,REN,PC,NA\t: \t: c\t12.3 ep\nA,REN,PC,FR\t20.5 b\t22.2 \t: \n",
        (*WORDS, "--map", "entity=geo"),
    ),
    "sdmx.csv": (
        "DATAFLOW,FREQ,UNIT_MEASURE,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
        "X:Y(1.0),A,PC,DE,2022,20.8,A\nX:Y(1.0),A,PC,DE,2023,21.5,E\nX:Y(1.0),A,PC,FR,2022,19.5,A\n",
        (*WORDS, "--map", "entity=REF_AREA"),
    ),
    "wide.csv": ("Month,Chrome,Firefox\n2025-04,66.2,22.6\n2025-05,65.9,23.1\n2025-06,67,22\n", WORDS),
    "long.csv": (
        "Month,Browser,Share (%)\n2025-04,Chrome,66.2\n2025-04,Firefox,22.6\n2025-05,Chrome,65.9\n2025-05,Firefox,23\n",
        WORDS,
    ),
    "across.csv": ("Browser,2025-04,2025-05\nChrome,66.2%,65.9%\nFirefox,22.6%,23.1%\nOpera,2.5%,2.4%\n", WORDS),
    "ours.csv": (
        "market,entity,period,share,url,source,counted,whole\n"
        "lab/users,Alpha,2025-01,10.0,https://lab.example/1,lab,users,open\n"
        "lab/users,Alpha,2025-02,20.5,https://lab.example/1,,,\nlab/users,Beta,2025-02,<1,https://lab.example/1,,,\n",
        (),
    ),
}

CELLS = {
    STATCOUNTER: ["84.21", "11.83", "9.14"],
    BAR: ["80.47", "6.69"],
    "rankings.csv": ["0.25\r\n2026-09-30,other", "0.6"],
    "share-of-heat-pumps.csv": ["60.5", "17.31"],
    "multiTimeline.csv": ["45", "49", "2,45"],
    "polls.csv": ["36;15,5", "16,5", "15,5"],
    "estat_share.tsv": ["21.554", "22.2"],
    "sdmx.csv": ["20.8", "19.5"],
    "wide.csv": ["66.2", "23.1"],
    "long.csv": ["66.2", "65.9"],
    "across.csv": ["66.2%", "22.6%", "2.4%"],
    "ours.csv": ["10.0", "20.5", "<1"],
}
"""Texts that begin with a share, by sample."""

_SHARE = re.compile(r"<?\d+(?:\.\d+|,5)?%?")


def _workbook(text):
    from openpyxl import Workbook

    book = Workbook()
    for line in text.splitlines():
        book.active.append([float(cell) if re.fullmatch(r"\d+\.\d+", cell) else cell for cell in line.split(",")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SAMPLES = {name: (text.encode(), words) for name, (text, words) in TEXTS.items()}
SAMPLES["book.xlsx"] = (_workbook(TEXTS["wide.csv"][0]), WORDS)


def _bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(40):
                part.write(b" " * 2**20)
    return file.getvalue()


def _lines(content):
    return content.splitlines(keepends=True)


def _marks(content):
    """The delimiter, as far as one can be seen."""
    first = next((line for line in _lines(content) if any(mark in line for mark in b",;\t")), b",")
    return max((b",", b";", b"\t"), key=first.count)


def _swapped(content, chance):
    mark, lines = _marks(content), _lines(content)
    rows = [line.rstrip(b"\r\n").split(mark) for line in lines]
    one, other = chance.sample(range(max(map(len, rows))), 2) if max(map(len, rows)) > 1 else (0, 0)
    for row in rows[: max(2, len(rows) // 2)]:
        if len(row) > max(one, other):
            row[one], row[other] = row[other], row[one]
    return b"\n".join(mark.join(row) for row in rows)


def _mixed(content, chance):
    mark, lines = _marks(content), _lines(content)
    other = chance.choice([one for one in (b",", b";", b"\t") if one != mark])
    return b"".join(line.replace(mark, other) if chance.random() < 0.4 else line for line in lines)


def _another_value(content, chance):
    lines = [line for line in _lines(content) if re.search(rb"\d", line)]
    line = chance.choice(lines)
    return content.rstrip(b"\r\n") + b"\n" + re.sub(rb"(\d)(\D*)$", rb"7\2", line)


def _anywhere(junk):
    def put(content, chance):
        place = chance.randrange(len(content))
        return content[:place] + junk + content[place:]

    return put


def _random_bytes(content, chance):
    damaged = bytearray(content)
    for _ in range(5):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def _header_of(content):
    return next((number for number, line in enumerate(_lines(content)) if _marks(content) in line), 0)


def _without_header(content, chance):
    lines = _lines(content)
    del lines[_header_of(content)]
    return b"".join(lines)


def _twice_the_header(content, chance):
    lines, place = _lines(content), _header_of(content)
    return b"".join([*lines[: place + 1], lines[place], *lines[place + 1 :]])


ANYWHERE = {
    "cut": lambda content, chance: content[: chance.randrange(1, len(content))],
    "swapped columns": _swapped,
    "mixed delimiters": _mixed,
    "a NUL": _anywhere(b"\0"),
    "a quotation mark": _anywhere(b'"'),
    "a byte of another encoding": _anywhere(b"\x9f"),
    "random bytes": _random_bytes,
    "huge integer": _anywhere(b"9" * 5_000),
    "no header": _without_header,
    "header twice": _twice_the_header,
    "a row with another value": _another_value,
    "UTF-16 without a mark": lambda content, chance: content.decode("utf-8", "ignore").encode("utf-16-le"),
    "only its first line": lambda content, chance: _lines(content)[0],
}

ALONE = {
    "empty": b"",
    "only a mark": b"\xef\xbb\xbf",
    "only a mark of UTF-16": b"\xff\xfe",
    "half a unit of UTF-16": b"\xff\xfea\0b",
    "blank": b"\n\n  \n",
    "a bomb": _bomb(),
    "a zip that is cut": _bomb()[:200],
    "10 MB in a line": b"Date,Chrome,Firefox\n2025-04," + b"1" * 10_000_000 + b",2\n",
    "10 MB of names": b"Date," + b"x" * 10_000_000 + b"\n2025-04,2\n",
    "10 MB of words": b"Date,Chrome\n" + b"2025-04 " * 1_250_000,
    "50,000 columns": b",".join([b"Date", *(b"c%d" % n for n in range(50_000))])
    + b"\n2025-04"
    + b",1.5" * 50_000
    + b"\n",
    "deep JSON": b"[" * 100_000,
    "JSON of numbers": b"[1, 2, 3]",
    "JSON with NaN": b'[{"date": "2025-04", "Chrome": NaN, "Firefox": 1e309}]',
    "JSON with a huge integer": b'[{"date": "2025-04", "Chrome": ' + b"9" * 5_000 + b', "Firefox": 12.5}]',
    "JSON that is cut": b'[{"date": "2025-04", "Chr',
    "JSON with half a character": b'[{"date": "2025-04", "Chr\\ud800ome": 10.5, "Firefox": 12.5}]',
    "Parquet": b"PAR1" + b"\0" * 100,
    "a compound file": b"\xd0\xcf\x11\xe0" + b"\0" * 100,
}

VALUES = ("1e309", "NaN", "Infinity", "-inf", "101", "-0.5", "1\0", "9" * 400, "1.5.5", "٣", "0x1p3")


class Stored:
    """A call of the program over one file and one database."""

    def __init__(self, folder, capsys):
        self.db, self.capsys, self.folder = folder / "tracker.db", capsys, folder
        assert run(["init", "--empty", "--db", str(self.db)]) == 0
        self.empty = self.db.read_bytes()

    def __call__(self, name, content, words):
        """Import; hold what must be true of every import; return the code and what was said."""
        self.db.write_bytes(self.empty)
        (self.folder / name).write_bytes(content)
        before = sorted(path.name for path in self.folder.iterdir())
        self.capsys.readouterr()
        code = run(["import", str(self.folder / name), "--db", str(self.db), "--format", "csv", *words])
        out, err = self.capsys.readouterr()
        assert "Traceback" not in err, err
        assert "error of tracker itself" not in err, err
        assert "the database refused" not in err, err
        assert code in (0, 1, 2), err
        assert len(err) < 60_000
        if code:
            assert self.db.read_bytes() == self.empty, "a refused file has left something"
            assert err.strip()
        assert sorted(path.name for path in self.folder.iterdir()) == before
        return code, out + err

    def impossible(self):
        """How many shares are stored that none can be."""
        self.capsys.readouterr()
        sql = "select count(*) from shares where not (coalesce(share, high, low) between 0 and 100)"
        assert run(["query", sql, "--db", str(self.db), "--format", "csv"]) == 0
        return int(self.capsys.readouterr().out.split()[-1])


@pytest.fixture
def stored(tmp_path, capsys):
    return Stored(tmp_path, capsys)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_read(name, stored):
    code, said = stored(name, *SAMPLES[name])
    assert code == 0, said


@pytest.mark.parametrize("name", SAMPLES)
def test_damage_anywhere(name, stored):
    content, words = SAMPLES[name]
    for kind, damage in ANYWHERE.items():
        for seed in range(3 if kind in ("cut", "random bytes") else 1):
            code, _ = stored(name, damage(content, random.Random(f"{name} {kind} {seed}")), words)
            if code == 0:
                assert stored.impossible() == 0, kind


@pytest.mark.parametrize("kind", ALONE)
@pytest.mark.parametrize("name", [STATCOUNTER, "t.csv"])
def test_files_that_are_nothing(name, kind, stored):
    code, said = stored(name, ALONE[kind], () if name == STATCOUNTER else WORDS)
    assert code in (1, 2), said
    assert name in said


@pytest.mark.parametrize("name", CELLS)
def test_a_value_that_is_none_is_refused_where_it_stands(name, stored):
    text, words = TEXTS[name]
    for number, value in enumerate(VALUES):
        start = text.index(CELLS[name][number % len(CELLS[name])])
        share = _SHARE.match(text, start)
        line = text.count("\n", 0, start) + 1
        code, said = stored(name, (text[:start] + value + text[share.end() :]).encode(), words)
        assert code == 1, (value, said)
        assert re.search(rf"\bline {line}\b", said), (value, line, said)
        if "\0" not in value:
            assert re.search(rf"\bline {line}, column \w", said), (value, line, said)


REAL = {
    "german_polls_2012-2020_semicolon.csv": ("--market", "de", "--repeats", "keep"),
    "eopaod_german_polls_excerpt.csv": ("--market", "de", "--repeats", "keep"),
    "microsoft_ai_diffusion_economies_2025H1-2026Q1.csv": (*WORDS, "--encoding", "mac-roman"),
    "search_engine_share_us_2001-2008.csv": (*WORDS, "--map", "date=Date,source=Source,region=Country"),
    "w3schools_browser_stats.csv": WORDS,
    "eurostat_nrg_ind_ren.tsv": ("--only", "nrg_bal=REN"),
    "google_trends_deepseek_daily_dmy.csv": (),
    "google_trends_ozempic_glp1_us_weekly.csv": (),
    "google_trends_ai_chatbots_ww_weekly_mdy.csv": (),
    "owid_electric-car-sales-share.csv": (),
    "openrouter_rankings-daily_sample.csv": (),
    "statcounter_ai_chatbot-ww-202609-bar.csv": (),
    "statcounter_ai_chatbot-ww-monthly-202301-202609.csv": (),
    "statcounter_browser-ww-monthly-201910-202110.csv": (),
}
NO_SHARES = ("epoch_ai_companies_usage_reports.csv", "ai_usage_facts.csv")

_REAL_SHARE = {
    "german_polls_2012-2020_semicolon.csv": rb"(?<=;)\d\d?,\d(?=;)",
    "eopaod_german_polls_excerpt.csv": rb"(?<=\d%,)\d\d?\.\d%(?=,\d)",
    "microsoft_ai_diffusion_economies_2025H1-2026Q1.csv": rb"(?<=,)\d+\.\d+%(?=[,\r])",
    "eurostat_nrg_ind_ren.tsv": rb"(?<=\t)\d+\.\d+(?= \t)",
}
_ANY_SHARE = rb"(?<=,)\d\d?(?:\.\d+)?(?=[,\r\n])"


def _real(name):
    if not (DATA / name).exists():
        pytest.skip(f"the shared data are not here: {name}")
    return (DATA / name).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("name", [*REAL, *NO_SHARES])
def test_damage_in_real_files(name, stored):
    content, words = _real(name), REAL.get(name, WORDS)
    code, said = stored(name, content, words)
    assert code == (1 if name in NO_SHARES else 0), said
    for kind, damage in ANYWHERE.items():
        code, _ = stored(name, damage(content, random.Random(f"{name} {kind}")), words)
        if code == 0:
            assert stored.impossible() == 0, kind


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in REAL if "openrouter" not in name and "trends" not in name])
def test_a_value_that_is_none_in_real_files(name, stored):
    content = _real(name)
    wanted = rb"^(?:A,REN,)[^\n]*" if "eurostat" in name else None
    chance = random.Random(name)
    places = list(re.finditer(_REAL_SHARE.get(name, _ANY_SHARE), content))
    if wanted:
        rows = [row.span() for row in re.finditer(wanted, content, re.MULTILINE)]
        places = [one for one in places if any(start <= one.start() < end for start, end in rows)]
    for value in VALUES:
        place = chance.choice(places)
        line = content.count(b"\n", 0, place.start()) + 1
        damaged = content[: place.start()] + value.encode() + content[place.end() :]
        if "microsoft" in name and not value.isascii():
            continue
        code, said = stored(name, damaged, REAL[name])
        assert code == 1, (value, line, said)
        assert re.search(rf"\bline {line}\b", said), (value, line, said)
