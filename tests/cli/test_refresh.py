"""`tracker refresh`: what was imported from a url is fetched again, from a real server on loopback."""

import csv
import io
import json

import pytest

from importers.servers import moved, reset, send, serving, unless_known
from tracker.importers import download

NAME = "ai_chatbot-ww-monthly-202504-202506.csv"
APRIL = "2025-04,84.21,12.07,3.72\n"
MAY = "2025-05,79.8,11,9.2\n"
JUNE = "2025-06,78.11,12.5,9.39\n"
WIDE = "Date,ChatGPT,Perplexity,Other\n"
AI = "statcounter/ai-chatbot-ww"
LONG = "day,who,votes\n2025-01-01,Alpha,40.5\n2025-01-01,Beta,30.5\n2025-01-08,Alpha,41.5\n2025-01-08,Beta,29.5\n"
OPTIONS = (
    *("--market", "lab/votes", "--counted", "votes", "--whole", "open", "--map", "entity=who,date=day,share=votes"),
    *("--unit", "percent"),
)
COLUMNS = ("url", "importer", "became", "batch", "new", "same", "revised", "conflicting", "vanished")


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(download, "LIMITS", download.Limits(connect=2, read=1, total=5, tries=2, pause=0.01))
    with serving() as made:
        yield made


def wide(*rows, header=WIDE, **more):
    return send((header + "".join(rows)).encode(), Content_Disposition=f"attachment; filename={NAME}", **more)


@pytest.fixture
def ours(call, empty, server):
    """StatCounter's file, whose source restates its past."""
    server["/chart"] = wide(APRIL, MAY)
    assert call("import", server["/chart"]).code == 0
    return server["/chart"]


def votes(call, server, revises, text=LONG, path="/votes.csv"):
    """A file of a source that restates its past as said."""
    words = ("--revises", revises) if revises else ()
    assert call("source", "add", "lab", "--title", "Lab", *words).code == 0
    server[path] = send(text.encode())
    assert call("import", server[path], *OPTIONS).code == 0
    return server[path]


def rows(result):
    return [dict(row) for row in csv.DictReader(io.StringIO(result.out))]


def refreshed(call, *words, code=0):
    result = call("refresh", *(words or ("--all",)), "--format", "csv")
    assert result.code == code, result.err
    return rows(result), result.err


def ask(call, sql):
    return [tuple(row.values()) for row in json.loads(call("query", sql, "--format", "json").out)]


def shares(call, market=AI, view="shares"):
    sql = f"select entity, period, share from {view} where market = '{market}' order by 2, 1, batch"
    return {(entity, period): share for entity, period, share in ask(call, sql)}


def test_the_batch_keeps_where_it_is_from(call, empty, server):
    server["/chart"] = wide(APRIL, ETag='"1"', Last_Modified="Mon, 05 May 2025 10:00:00 GMT")
    url = server["/chart?csv=1&token=hush"]
    result = call("import", url)
    assert result.code == 0
    ((command, file, kept, etag, modified, asked, digest),) = ask(
        call, "select command, file, url, etag, last_modified, asked, length(sha256) from batch"
    )
    assert (command, file, etag, modified, digest) == ("import", NAME, '"1"', "Mon, 05 May 2025 10:00:00 GMT", 64)
    assert kept == server["/chart?csv=1&token=***"]
    assert json.loads(asked) == {"url": kept}
    assert "hush" not in result.out + result.err
    assert b"hush" not in empty.read_bytes()


class TestUnchanged:
    @pytest.mark.parametrize("state", [{"etag": '"1"'}, {"last_modified": "Mon, 05 May 2025 10:00:00 GMT"}, {}])
    def test_nothing_is_written(self, call, empty, server, unchanged, state):
        body = (WIDE + APRIL).encode()
        server[f"/{NAME}"] = unless_known(body, **state)
        assert call("import", server[f"/{NAME}"]).code == 0
        with unchanged(empty):
            found, said = refreshed(call)
        assert found == [
            dict.fromkeys(COLUMNS, "") | {"url": server[f"/{NAME}"], "importer": "statcounter", "became": "unchanged"}
        ]
        assert said == ""
        asked = server.asked[-1][1]
        assert asked["If-None-Match"] == state.get("etag")
        assert asked["If-Modified-Since"] == state.get("last_modified")

    def test_other_bytes_and_the_same_shares(self, call, ours, server, empty, unchanged):
        server["/chart"] = wide(APRIL, MAY, "\n\n")
        with unchanged(empty):
            ((row,), _) = refreshed(call)
        assert (row["became"], row["batch"], row["same"]) == ("nothing new", "", "6")

    @pytest.mark.parametrize("form", ["table", "csv", "json"])
    def test_nothing_to_refresh(self, call, starter, unchanged, form):
        with unchanged(starter):
            result = call("refresh", "--all", "--format", form)
        assert result.code == 0
        assert result.err == "Nothing was imported from a url: there is nothing to refresh.\n"
        assert call("refresh", "poe").err == "Nothing was imported from a url of poe: there is nothing to refresh.\n"


class TestNew:
    def test_it_is_stored_as_the_last_time(self, call, ours, server):
        server["/chart"] = wide(APRIL, MAY, JUNE, ETag='"2"')
        ((row,), _) = refreshed(call)
        assert row == dict.fromkeys(COLUMNS, "0") | {
            "url": ours, "importer": "statcounter", "became": "changed", "batch": "2", "new": "3", "same": "6",
        }  # fmt: skip
        assert shares(call)["ChatGPT", "2025-06"] == 78.11
        assert ask(call, "select command, url, etag, reason, importer, file from batch where id = 2") == [
            ("refresh", ours, '"2"', None, "statcounter", NAME)
        ]
        server["/chart"] = unless_known(b"", etag='"2"')
        assert refreshed(call)[0][0]["became"] == "unchanged"

    def test_with_the_options_of_the_import(self, call, empty, server):
        url = votes(call, server, None)
        server["/votes.csv"] = send((LONG + "2025-01-15,Alpha,42.5\n").encode())
        ((row,), _) = refreshed(call)
        assert (row["became"], row["importer"], row["new"]) == ("changed", "table", "1")
        assert len(set(ask(call, "select asked from batch"))) == 1
        assert ask(call, "select distinct url from shares") == [(url,)]

    def test_dry_run(self, call, ours, server, empty, unchanged):
        server["/chart"] = wide(APRIL.replace("84.21", "84.2").replace("3.72", "3.73"), MAY, JUNE)
        with unchanged(empty):
            found, said = refreshed(call, "--all", "--dry-run")
        assert (found[0]["became"], found[0]["batch"], found[0]["new"]) == ("would change", "", "3")
        assert found[0]["revised"] != "0"
        assert said.endswith("This was a dry run: nothing was stored.\n")

    def test_a_near_miss_among_the_names(self, call, ours, server):
        server["/chart"] = wide(APRIL, MAY, header=WIDE.replace("ChatGPT", "Chat-GPT"))
        found, said = refreshed(call, code=1)
        assert found[0]["became"] == "refused"
        assert "resembles 'ChatGPT'" in said
        assert "--new-entities" in said
        assert refreshed(call, "--all", "--new-entities")[0][0]["became"] == "changed"


class TestRestated:
    def test_a_source_that_restates_its_past(self, call, ours, server):
        server["/chart"] = wide(APRIL.replace("84.21", "84.11").replace("3.72", "3.82"), MAY)
        ((row,), _) = refreshed(call)
        assert (row["became"], row["revised"], row["same"], row["new"]) == ("changed", "2", "4", "0")
        assert shares(call)["ChatGPT", "2025-04"] == 84.11
        assert ask(call, "select share, closed_because from share_history where known_to is not null order by 1") == [
            (3.72, "restated by the source on refresh"),
            (84.21, "restated by the source on refresh"),
        ]

    @pytest.mark.parametrize("revises", [None, "current-only"])
    def test_a_source_that_does_not(self, call, empty, server, unchanged, revises):
        url = votes(call, server, revises)
        server["/votes.csv"] = send((LONG.replace("41.5", "41.7") + "2025-01-15,Alpha,42.5\n").encode())
        with unchanged(empty):
            ((row,), said) = refreshed(call, code=1)
            dry, told = refreshed(call, "--all", "--dry-run", code=1)
        assert (row["became"], row["new"]) == ("refused", "")
        assert "share 41.5% is recorded, 41.7% is given" in said
        assert f"tracker import {url} --on-change revise --reason" in said
        assert (dry[0]["became"], dry[0]["conflicting"]) == ("refused", "1")
        assert "share 41.5% is recorded, 41.7% is given" in told

    def test_a_source_with_a_window(self, call, empty, server):
        votes(call, server, "window")
        server["/votes.csv"] = send(LONG.replace("41.5", "41.7").encode())
        assert refreshed(call)[0][0]["revised"] == "1"

    def test_one_file_of_two_sources(self, call, empty, server, unchanged):
        head = "market,entity,period,share,url,source,counted,whole,revises\n"
        row = "{0}/a,R1,2025-01,{1},https://{0}.org,{0},users,open,{2}\n"
        server["/a.csv"] = send((head + row.format("x", 7, "full") + row.format("y", 8, "")).encode())
        assert call("import", server["/a.csv"]).code == 0
        server["/a.csv"] = send((head + row.format("x", 7.5, "full") + row.format("y", 8, "")).encode())
        assert refreshed(call)[0][0]["revised"] == "1"
        server["/a.csv"] = send((head + row.format("x", 7.6, "full") + row.format("y", 8.5, "")).encode())
        with unchanged(empty):
            assert "share 8% is recorded" in refreshed(call, code=1)[1]


class TestVanished:
    def test_from_a_full_history(self, call, ours, server, empty):
        server["/chart"] = wide(MAY.replace("11,9.2", "11,"), JUNE)
        ((row,), said) = refreshed(call)
        assert (row["became"], row["new"], row["vanished"]) == ("changed", "3", "4")
        for entity, period, share in [
            ("ChatGPT", "2025-04", "84.21"), ("Perplexity", "2025-04", "12.07"), ("Other", "2025-04", "3.72"),
            ("Other", "2025-05", "9.20"),
        ]:  # fmt: skip
            assert f"{ours}: proposed for withdrawal, no longer there: {entity}, {AI}, {period}: {share}%\n" in said
        assert said.endswith(f"{ours}: nothing of that was changed\n")
        assert shares(call)["ChatGPT", "2025-04"] == 84.21

    def test_it_is_said_again_while_nothing_else_changes(self, call, ours, server, empty, unchanged):
        server["/chart"] = wide(MAY.replace("79.8", "79.80"))
        for _ in range(2):
            with unchanged(empty):
                ((row,), said) = refreshed(call)
            assert (row["became"], row["vanished"]) == ("nothing new", "3")
            assert "ChatGPT" in said

    def test_from_a_window(self, call, empty, server):
        text = LONG + "2025-01-15,Alpha,42.5\n2025-01-15,Beta,28.5\n"
        votes(call, server, "window", text)
        moved_on = [line for line in text.splitlines() if "01-01" not in line and line != "2025-01-15,Alpha,42.5"]
        server["/votes.csv"] = send("\n".join([*moved_on, "2025-01-22,Alpha,43.5", ""]).encode())
        ((row,), said) = refreshed(call)
        assert row["vanished"] == "1"
        assert "Alpha, lab/votes, 2025-01-15: 42.5%\n" in said
        assert "2025-01-01" not in said

    @pytest.mark.parametrize("revises", ["current-only", None])
    def test_from_what_only_shows_today(self, call, empty, server, revises):
        votes(call, server, revises)
        server["/votes.csv"] = send(b"day,who,votes\n2025-01-15,Alpha,42.5\n2025-01-15,Beta,28.5\n")
        ((row,), said) = refreshed(call)
        assert (row["new"], row["vanished"]) == ("2", "0")
        assert "withdrawal" not in said

    def test_what_others_have_told_is_none_of_its_business(self, call, ours, server, tmp_path):
        (tmp_path / NAME).write_text(WIDE + JUNE)
        assert call("import", NAME).code == 0
        server["/chart"] = wide(APRIL, MAY, "\n")
        assert refreshed(call)[0][0]["vanished"] == "0"


class TestWhich:
    def test_a_source_or_all(self, call, ours, server):
        votes(call, server, None)
        assert [row["importer"] for row in refreshed(call)[0]] == ["statcounter", "table"]
        assert [row["importer"] for row in refreshed(call, "statcounter")[0]] == ["statcounter"]
        assert [row["importer"] for row in refreshed(call, "lab")[0]] == ["table"]

    @pytest.mark.parametrize("words", [(), ("statcounter", "--all")])
    def test_one_of_the_two(self, call, starter, words):
        result = call("refresh", *words)
        assert (result.code, result.out) == (2, "")
        assert result.err.endswith("Say which: SOURCE, or --all.\n")

    def test_an_unknown_source(self, call, ours):
        result = call("refresh", "stat-counter")
        assert (result.code, result.out) == (1, "")
        assert "there is no source 'stat-counter'; near it: statcounter" in result.err

    def test_a_url_is_fetched_once_however_often_it_was_imported(self, call, ours, server):
        server["/chart"] = wide(APRIL, MAY, JUNE)
        assert call("import", ours).code == 0
        before = len(server.asked)
        assert len(refreshed(call)[0]) == 1
        assert len(server.asked) == before + 1

    def test_one_url_for_two_markets_is_two_files(self, call, empty, server):
        votes(call, server, "full")
        other = [word.replace("lab/votes", "lab/seats") for word in OPTIONS]
        assert call("import", server["/votes.csv"], *other).code == 0
        server["/votes.csv"] = send(LONG.replace("2025-01-01,Alpha,40.5\n", "").encode())
        found, said = refreshed(call)
        assert [row["vanished"] for row in found] == ["1", "1"]
        assert "lab/votes, 2025-01-01" in said
        assert "lab/seats, 2025-01-01" in said


class TestFailing:
    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (send(b"", 404), "there is nothing at this url (404 Not Found)"),
            (send(b"<html><title>Moved</title>"), "a web page came"),
            (send(b"", 503), "503 Service Unavailable, 2 times in a row"),
            (reset(), "2 times in a row"),
            (moved("file:///etc/passwd"), "which is not fetched"),
        ],
    )
    def test_one_does_not_stop_the_others(self, call, ours, server, answer, said):
        votes(call, server, None)
        server["/chart"] = answer
        server["/votes.csv"] = send((LONG + "2025-01-15,Alpha,42.5\n").encode())
        found, told = refreshed(call, code=1)
        assert [row["became"] for row in found] == ["failed", "changed"]
        assert told.startswith(f"{ours}: ")
        assert said in told

    def test_a_file_that_cannot_be_read_any_more(self, call, ours, server, empty, unchanged):
        server["/chart"] = wide(APRIL, MAY.replace("79.8", "798"))
        with unchanged(empty):
            found, said = refreshed(call, code=1)
        assert found[0]["became"] == "refused"
        assert said.startswith(f"{ours}: {NAME}: 1 problem, nothing was stored\n")

    def test_a_secret_is_asked_for_again(self, call, empty, server):
        server["/chart"] = wide(APRIL)
        for url in (server["/chart?api_key=hush"], server["/chart"].replace("//", "//me:hush@")):
            server["/chart"] = wide(APRIL if "?" in url else MAY)
            assert call("import", url).code == 0
        before = len(server.asked)
        found, said = refreshed(call, code=1)
        assert [row["became"] for row in found] == ["failed", "failed"]
        assert said.count("it was fetched with a secret, which is not kept\nImport it again, with the secret") == 2
        assert len(server.asked) == before

    def test_its_importer_is_gone(self, call, ours, empty):
        import sqlite3

        connection = sqlite3.connect(empty)
        connection.execute("UPDATE batch SET importer = 'theirs'")
        connection.commit()
        connection.close()
        found, said = refreshed(call, code=1)
        assert found[0]["became"] == "failed"
        assert "there is no importer 'theirs'" in said

    def test_what_was_said_cannot_be_read(self, call, ours, empty):
        import sqlite3

        connection = sqlite3.connect(empty)
        connection.execute("UPDATE batch SET asked = '{\"speed\": 1}'")
        connection.commit()
        connection.close()
        assert "it says speed, which this program does not know" in refreshed(call, code=1)[1]


def test_importing_from_a_url_that_fails_stores_nothing(call, empty, server, unchanged):
    server["/a.csv"] = send(b"", 404)
    with unchanged(empty):
        result = call("import", server["/a.csv?key=hush"])
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"{server['/a.csv?key=***']}: there is nothing at this url (404 Not Found)\n")
    server["/a.csv"] = wide(APRIL.replace("84.21", "842.1"))
    with unchanged(empty):
        result = call("import", server["/a.csv?key=hush"])
    assert result.code == 1
    assert "hush" not in result.err
