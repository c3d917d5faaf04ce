"""Files that nobody can store: each refused with its line and its column, and not a byte is changed."""

import io
import zipfile

import pytest

HEAD = "market,entity,period,share,url"
GOOD = "poe/text-messages,Kimi,2025-06,7,https://example.org"


def _with(column, *values):
    """A file of our own with one more column; one row for each value."""
    return "\n".join([f"{HEAD},{column}", *(f"{_row(entity=f'Kimi{n}')},{value}" for n, value in enumerate(values))])


def _row(market="poe/text-messages", entity="Kimi", period="2025-06", share="7", url="https://example.org"):
    return f"{market},{entity},{period},{share},{url}"


def _rows(*rows):
    return "\n".join([HEAD, *rows])


def _zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("facts.csv", f"{HEAD}\n{GOOD}\n")
    return file.getvalue()


PERIODS = [
    "2025-1-1",
    "20250101",
    "2025-13",
    "2025-02-30",
    "01.02.2025",
    "2025-02/2025-03",
    "2025-W54",
    "25",
    "yesterday",
]
SHARES = [
    "101",
    "-0.5",
    "NaN",
    "inf",
    "1e309",
    "1e1",
    '"7,5"',
    "7 points",
    "0x10",
    "７",
    "7%%",
    "<0",
    "8..7",
    "1" * 400,
]

# What is in the file, and what the message must say, besides the name of the file.
FILES = {
    "empty": (b"", ["the file is empty"]),
    "blank": (b" \n\n \r\n", ["the file is empty"]),
    "zeros": (b"\0" * 512, ["NUL"]),
    "a NUL in a cell": (_rows(GOOD, _row(entity="Ki\0mi")), ["line 3", "NUL"]),
    "random bytes": (bytes(range(256)) * 4, ["UTF-8"]),
    "latin-1": (_rows(GOOD, _row(entity="Café")).encode("latin-1"), ["line 3", "'byte 0xE9' is not UTF-8"]),
    "UTF-16 without its mark": (_rows(GOOD).encode("utf-16-le"), ["NUL"]),
    "zip": (_zipped(), []),
    "PNG": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, ["UTF-8"]),
    "HTML": (
        "<!DOCTYPE html>\n<html><body>Not found</body></html>\n",
        ["this is a web page, where data was meant"],
    ),
    "JSON": ('[{"market": "poe/text-messages", "share": 7}]\n', ["no importer knows this table"]),
    "another table": ("name,email\nAda,ada@example.org\n", ["no importer knows this table", "'name,email'"]),
    "no header": (f"{GOOD}\n{GOOD}\n", ["no importer knows this table"]),
    "a missing column": ("market,entity,share,url\n", ["no importer knows this table"]),
    "a column twice": (f"{HEAD},url\n{GOOD},\n", ["line 1, column url", "stands twice"]),
    "an unknown column": (f"{HEAD},statuss\n{GOOD},A\n", ["line 1, column statuss", "near it: status"]),
    "a column without a name": (f"{HEAD},\n{GOOD},\n", ["line 1"]),
    "10,000 columns": (f"{HEAD},{','.join(f'c{n}' for n in range(10_000))}\n", ["10000 problems", "and 9950 more"]),
    "a line of 10 MB": (f"{HEAD}\n{'x' * 10_000_000}\n", ["line 2"]),
    "a first line of 10 MB": ("x" * 10_000_000, ["line 1", "field larger than field limit"]),
    "a huge cell": (_rows(_row(entity="x" * 140_000)), ["line 2", "field larger than field limit"]),
    "a ragged row": (_rows(GOOD, f"{GOOD},more"), ["line 3", "has 6 cells, the first line has 5"]),
    "cut in a line": (_rows(GOOD, GOOD[:30]), ["line 3", "has 3 cells, the first line has 5"]),
    "an open quotation mark": (_rows(GOOD, '"' + GOOD, GOOD), ["line 3", "quotation mark"]),
    "text behind a quotation mark": (_rows('"poe"x,y,2025,1,z'), ["line 2", "cannot be read as a table"]),
    "no market": (_rows(_row(market="")), ["line 2, column market"]),
    "no entity": (_rows(_row(entity="")), ["line 2, column entity"]),
    "no period": (_rows(_row(period="")), ["line 2, column period"]),
    "no share": (_rows(_row(share="")), ["line 2, column share", "absent is not zero"]),
    "no citation": (_rows(_row(url="")), ["line 2, column url", "a citation needs a url or a title"]),
    "every cell empty but one": (
        _rows("poe/text-messages,,,,"),
        ["line 2, column entity", "column period", "column share"],
    ),
    "an unknown market": (_rows(_row(market="poe/text")), ["line 2, column market", "'poe/text'", "is not recorded"]),
    "a market that is no slug": (_rows(_row(market="Poe Text")), ["line 2, column market", "'Poe Text' is not a slug"]),
    "a misspelt entity": (_rows(_row(entity="Deepseekk")), ["line 2, column entity", "resembles 'DeepSeek'"]),
    "two rows that contradict": (_rows(GOOD, _row(share="8")), ["line 3, column share", "contradicts line 2"]),
    "another share than recorded": (
        _rows(_row(entity="DeepSeek R1", period="~2025-04-30", share="4")),
        ["line 2, column share", "share 3% is recorded, 4% is given", "--on-change revise --reason 'the reason'"],
    ),
    "end before start": (_rows(_row(period="2025-02-02/2025-02-01")), ["line 2, column period", "before it starts"]),
    **{f"period {text}": (_rows(_row(period=text)), ["line 2, column period", f"'{text}'"]) for text in PERIODS},
    **{f"share {text[:9]}": (_rows(_row(share=text)), ["line 2, column share"]) for text in SHARES},
    **{
        f"{column} {value}": (_with(column, "", value), [f"line 3, column {column}", f"'{value}'"])
        for column, value in [
            ("status", "Z"),
            ("status", "normal"),
            ("sample_size", "0"),
            ("sample_size", "-1"),
            ("sample_size", "1.5"),
            ("sample_size", "9" * 30),
            ("published", "2025-05"),
            ("published", "13/05/2025"),
            ("citation_kind", "tertiary"),
            ("period_start", "2025-05-01"),
            ("precision", "year"),
        ]
    },
    "role observation": (_with("role", "observation"), ["line 2, column role", "is none of report, source"]),
    "role event without a title": (_with("role", "event"), ["line 2, column title"]),
    "low above share": (_with("low", "8"), ["line 2, column share", "bounds are out of order"]),
    "high below share": (_with("high", "6"), ["line 2, column share", "bounds are out of order"]),
    "low that is no share": (_with("low", "x"), ["line 2, column low"]),
    "unknown kind": (_with("kind", "person"), ["line 2, column", "'person'"]),
    "unknown hue": (_with("hue", "pink"), ["line 2, column", "'pink'"]),
    "unknown whole": (_with("whole", "half"), ["line 2, column"]),
    "a market without its source": (_with("counted", "messages"), ["line 2, column market", "described with source"]),
    "an unknown parent": (_with("parents", "Nobody"), ["'Nobody'"]),
    "a market described otherwise": (
        "\n".join(
            [
                f"{HEAD},source,counted,whole",
                f"{GOOD},poe,tokens,open",
            ]
        ),
        ["market", "poe/text-messages", "counted is 'text messages', not 'tokens'"],
    ),
    "described twice, differently": (
        "\n".join([f"{HEAD},kind", f"{GOOD},lab", f"{_row(period='2025-07')},model"]),
        ["line 3, column entity", "described otherwise than before"],
    ),
    "a report on nothing": (_with("role", "report"), ["line 2, column role", "neither here nor recorded"]),
    "may_redistribute perhaps": (
        f"{HEAD},source,may_redistribute\n{GOOD},poe,perhaps\n",
        ["line 2", "'perhaps' is not yes or no"],
    ),
}

STATCOUNTER = "ai_chatbot-ww-monthly-202504-202506.csv"
WIDE = {
    "a day": ("Date,ChatGPT\n2025-04-01,100\n", ["line 2, column Date", "'2025-04-01'", "is not a month"]),
    "a month in words": ("Date,ChatGPT\nApr 2025,100\n", ["line 2, column Date"]),
    "text for a share": ("Date,ChatGPT,Claude\n2025-04,90,ten\n", ["line 2, column Claude", "'ten'"]),
    "a share above 100": ("Date,ChatGPT,Claude\n2025-04,90,110\n", ["line 2, column Claude", "'110'"]),
    "a bound below nothing": ("Date,ChatGPT,Claude\n2025-04,90,<0\n", ["line 2, column Claude", "'<0'"]),
    "a name twice": ("Date,ChatGPT,ChatGPT\n2025-04,90,10\n", ["line 1, column ChatGPT", "stands twice"]),
    "no name": ("Date,ChatGPT,\n2025-04,90,10\n", ["line 1, column 3", "has no name"]),
    "ragged": ("Date,ChatGPT,Claude\n2025-04,90\n", ["line 2", "has 2 cells, the first line has 3"]),
    "a month twice": ("Date,ChatGPT,Claude\n2025-04,90,10\n2025-04,80,20\n", ["line 3", "contradicts line 2"]),
}


def _refused(call, name, said, *options):
    result = call("import", name, *options)
    assert "Traceback" not in result.err
    assert "error of tracker itself" not in result.err
    assert (result.code, result.out) == (1, ""), result.err
    assert result.err.startswith(f"{name}: "), result.err
    for words in said:
        assert words in result.err, result.err
    assert len(result.err) < 20_000


@pytest.mark.parametrize("kind", FILES)
def test_a_malformed_file_is_refused_whole(kind, call, starter, unchanged, tmp_path):
    content, said = FILES[kind]
    (tmp_path / "facts.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    with unchanged(starter):
        _refused(call, "facts.csv", said)


@pytest.mark.parametrize("kind", WIDE)
def test_a_malformed_export_of_statcounter_is_refused_whole(kind, call, empty, unchanged, tmp_path):
    content, said = WIDE[kind]
    (tmp_path / STATCOUNTER).write_text(content)
    with unchanged(empty):
        _refused(call, STATCOUNTER, said)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("a missing column", ["line 1, column period", "is missing"]),
        ("HTML", ["this is a web page"]),
        ("another table", ["is missing"]),
    ],
)
def test_an_importer_that_is_named_must_understand_the_file(kind, said, call, starter, unchanged, tmp_path):
    content, _ = FILES[kind]
    (tmp_path / "facts.csv").write_text(content)
    with unchanged(starter):
        _refused(call, "facts.csv", said, "--importer", "tracker")


def test_every_bad_place_is_listed_in_order(call, starter, unchanged, tmp_path):
    (tmp_path / "facts.csv").write_text(
        _rows(_row(share="101"), GOOD, _row(period="2025-13", share="x"), "short", _row(market="nope/x"))
    )
    with unchanged(starter):
        result = call("import", "facts.csv")
    assert result.code == 1
    first, *listed = result.err.splitlines()
    assert first == "facts.csv: 5 problems, nothing was stored"
    assert [line.partition(":")[0] for line in listed[:5]] == [
        "  line 2, column share",
        "  line 4, column period",
        "  line 4, column share",
        "  line 5",
        "  line 6, column market",
    ]


def test_a_refused_file_prints_only_the_head_of_the_summary(call, starter, tmp_path):
    (tmp_path / "facts.csv").write_text(_rows(_row(share="101")))
    result = call("import", "facts.csv", "--format", "csv")
    assert result.out == "file,importer,batch,new,same,revised,conflicting,skipped,rejected,reports,entities,markets\n"
    assert call("import", "facts.csv", "--format", "json").out == "[]\n"
