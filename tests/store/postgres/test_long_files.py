"""A long file is stored on a server as it is in a file: by COPY, and with the same words."""

import postgres_server
from tracker.cli import importlarge
from tracker.cli.boundary import run
from tracker.importers.streaming import large
from tracker.store.engine import reading

MARKET = ("--market", "bench/share", "--counted", "things", "--whole", "closed", "--unit", "percent")


def table(days, changed=()):
    rows = [
        f"2024-01-{day + 1:02d},E{one},{99 if (day, one) in changed else (day * 7 + one) % 20}.50"
        for day in range(days)
        for one in range(5)
    ]
    return "date,entity,share\n" + "\n".join(rows) + "\n"


TEXTS = (
    (table(20), ()),
    (table(20), ()),
    (table(25, {(3, 1), (19, 4)}), ("--on-change", "revise", "--reason", "restated")),
    (table(26, {(3, 2)}), ()),
    (table(26, {(3, 1), (19, 4), (3, 2)}), ("--on-change", "skip")),
    (table(27, {(5, 2)}), ("--on-change", "compete", "--url", "https://other.example/")),
    (table(3) + "2024-03-01,E1,<1\n2024-03-01,E2,many\n", ("--on-change", "revise", "--reason", "r")),
)


def told(place, folder, capsys):
    said = []
    for text, more in TEXTS:
        (folder / "t.csv").write_text(text)
        code = run(["import", str(folder / "t.csv"), "--db", place, *MARKET, *more])
        said.append((code, *capsys.readouterr()))
    return said


def content(place):
    """What is recorded, but for the moment of recording."""
    with reading(place) as session:
        return [
            sorted(session.rows(f"SELECT entity, period, share, decimals, high, url, batch FROM {view}"), key=repr)
            for view in ("shares", "share_history")
        ] + [session.rows("SELECT id, sha256, added, same, revised, reported, reason FROM batch ORDER BY id")]


def test_a_server_gets_what_a_file_gets(tmp_path, capsys, monkeypatch):
    server, was, ways = postgres_server.new(), importlarge.import_large, []
    monkeypatch.setattr(importlarge, "import_large", lambda *words: ways.append(was(*words)) or ways[-1])
    monkeypatch.setattr(large, "LARGE", 1)
    monkeypatch.setattr(large, "HEAD_LINES", 4)
    monkeypatch.setattr(large, "BLOCK", 300)
    found = []
    try:
        for place in (tmp_path / "t.db", server):
            where = getattr(place, "url", str(place))
            assert run(["init", "--empty", "--db", where]) == 0
            capsys.readouterr()
            found.append((told(where, tmp_path, capsys), content(place)))
    finally:
        postgres_server.drop(server)
    assert found[1] == found[0]
    assert None not in ways
    assert [code for code, *_ in found[0][0]] == [0, 0, 0, 1, 0, 0, 1]
