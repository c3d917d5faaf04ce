"""Small files that would be large: each is built in the process that opens it, which tells what that cost."""

import gzip
import io
import resource
import sys
import zipfile

from tracker.errors import TrackerError
from tracker.importers.opening import open_bytes

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/a.xml" ContentType="{_SHEET}.worksheet+xml"/>'
    f'<Override PartName="/xl/s.xml" ContentType="{_SHEET}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" '
    f'Type="{_OFFICE}/worksheet" Target="a.xml"/><Relationship Id="s" Type="{_OFFICE}/sharedStrings" Target="s.xml"/>'
    "</Relationships>",
}
_CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'


def _workbook(rows, before="", strings="", **parts):
    file = io.BytesIO()
    sheet = f'{before}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            _PARTS | {"xl/a.xml": sheet, "xl/s.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>'} | parts
        ).items():
            archive.writestr(name, text)
    return file.getvalue()


def _doctype(depth):
    inner = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE x [<!ENTITY a0 "lol">{inner}]>'


def _sheets(count):
    """A workbook that says of one part that it is so many sheets."""
    names = "".join(f'<sheet name="S{n}" sheetId="{n + 1}" r:id="r"/>' for n in range(count))
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>'
    return _workbook('<row r="1"><c r="A1"><v>1</v></c></row>' * 1_000, **{"xl/workbook.xml": book})


def _parquet(make):
    import pyarrow as pa
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pa.table({"a": make(pa)}), file, compression="zstd", store_schema=False)
    return file.getvalue()


BOMBS = {
    "laughs": lambda: _workbook(_CELL.format("&a8;"), _doctype(9)),
    "few laughs": lambda: _workbook(_CELL.format("&a2;"), _doctype(3)),
    "laughs in UTF-16": lambda: _workbook("", **{"xl/a.xml": f"{_doctype(9)}<x>&a8;</x>".encode("utf-16")}),
    "laughs in another code": lambda: _workbook(
        "", **{"xl/a.xml": b'<?xml version="1.0" encoding="cp037"?>' + f"{_doctype(9)}<x>&a8;</x>".encode("cp037")}
    ),
    "entity of a file": lambda: _workbook(
        _CELL.format("&a;"), '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "zeros": lambda: _workbook(_CELL.format("0" * 100_000_000)),
    "strings": lambda: _workbook("", strings="<si><t/></si>" * 4_000_000),
    "row far away": lambda: _workbook('<row r="99999999999"><c r="A1"><v>1</v></c></row>'),
    "wide rows": lambda: _workbook('<row><c r="XFD1"><v>1</v></c></row>' * 2_000),
    "dictionary": lambda: _parquet(
        lambda pa: pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int32()), pa.array(["x" * 1_000_000]))
    ),
    "lists": lambda: _parquet(lambda pa: pa.array([[0] * 1_000] * 5_000, pa.list_(pa.int8()))),
    "deep JSON": lambda: b'[{"a":' + b"[" * 1_000_000,
    "deep objects": lambda: b'[{"x":' + b'{"a":' * 500_000,
    "many objects": lambda: b"[" + b"{}," * 6_000_000 + b"{}]",
    "many numbers": lambda: b'[{"a":[' + b"0," * 21_000_000 + b"0]}]",
    "a name twice": lambda: b"[{" + b"".join(b'"k%d":1,' % n for n in range(200_000)) + b'"k199999":1}]',
    "commas": lambda: b"a,b\n" + b"," * 60_000_000,
    "one cell": lambda: b"a,b\n" + b"x" * 40_000_000,
    "open quote": lambda: b'a,b\n"' + b"x\n" * 20_000_000,
    "gzip": lambda: gzip.compress(b"0" * 100_000_000),
    "cut zip": lambda: _workbook("")[:-30],
    "many sheets": lambda: _sheets(30_000),
    "one sheet many times": lambda: _sheets(900),
    "deep XML": lambda: _workbook('<row r="1">' + "<a>" * 3_000_000),
    "one wide row": lambda: _workbook('<row r="1">' + "<c/>" * 3_900_000 + "</row>"),
    "attributes": lambda: _workbook("<row " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>"),
    "names outside": lambda: _workbook("", **{"../../evil.xml": "<!DOCTYPE a>", "/tmp/evil": "x"}),
}

if __name__ == "__main__":
    content = BOMBS[sys.argv[1]]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Beyond this the process would have to hold what the bomb unpacks to.
    room = int(sys.argv[2]) * 2**20 + before * 1024
    with open("/proc/self/statm", encoding="ascii") as told:
        mapped = int(told.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + room, mapped + room))
    try:
        table = open_bytes("bomb", content)
        print("read", sum(1 for _ in table.rows()))
    except TrackerError as error:
        print("refused", error)
    print("grew", (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
