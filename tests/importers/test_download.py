"""Fetching from a real server on loopback that misbehaves in every way that servers do."""

import gzip
import logging
import socket
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

import pytest
from urllib3.exceptions import SSLError

from importers.servers import (
    CSV,
    bomb,
    chunked,
    dripping,
    moved,
    raw,
    reset,
    send,
    serving,
    silent,
    unless_known,
)
from tracker import __version__
from tracker.errors import InvalidValue, RejectedInput, TrackerError
from tracker.importers import download as module
from tracker.importers.addresses import credentials, file_name, masked, next_hop
from tracker.importers.asked import Asked
from tracker.importers.download import download, open_url
from tracker.importers.fetched import Download, Limits, NotModified
from tracker.importers.troubles import trouble
from tracker.importers.unpacking import BadPacking, TooLarge, Unpacker

SMALL = Limits(size=100_000, connect=2, read=0.4, total=5, tries=3, pause=0.02, patience=1)


@pytest.fixture
def server():
    with serving() as made:
        yield made


def get(server, path="/a.csv", limits=SMALL, **conditions):
    return download(server[path], limits=limits, **conditions)


def refused(server, path="/a.csv", limits=SMALL, **conditions):
    with pytest.raises(TrackerError) as error:
        get(server, path, limits, **conditions)
    assert error.value.hint
    assert error.value.message.startswith(masked(server[path]))
    return error.value


class TestGood:
    def test_a_file(self, server):
        server["/data/a.csv"] = send(ETag='"1"', Last_Modified="Mon, 03 Feb 2025 10:00:00 GMT")
        assert get(server, "/data/a.csv?x=1") == Download(
            server["/data/a.csv?x=1"], "a.csv", CSV, '"1"', "Mon, 03 Feb 2025 10:00:00 GMT"
        )
        ((path, headers),) = server.asked
        assert path == "/data/a.csv?x=1"
        assert headers["User-Agent"] == f"usage-share-tracker/{__version__}"
        assert headers["Accept-Encoding"] == "gzip, deflate"
        assert "If-None-Match" not in headers
        assert "Authorization" not in headers

    @pytest.mark.parametrize(
        "answer",
        [
            send(keep_open=False),
            send(length=False),
            chunked(CSV[:10], CSV[10:]),
            send(gzip.compress(CSV), Content_Encoding="gzip"),
            send(gzip.compress(CSV), length=False, Content_Encoding="GZip"),
            send(gzip.compress(CSV[:20]) + gzip.compress(CSV[20:]) + b"\0\0", Content_Encoding="x-gzip"),
            send(zlib.compress(CSV), Content_Encoding="deflate"),
            send(zlib.compress(CSV)[2:-4], Content_Encoding="deflate"),
            send(Content_Encoding="identity"),
            send(status=203),
            send(Content_Type="text/html"),
        ],
        ids=[
            "hangs up", "no length", "chunked", "gzip", "gzip without length", "two members", "zlib", "bare deflate",
            "identity", "203", "called HTML",
        ],
    )  # fmt: skip
    def test_forms_of_sending(self, server, answer):
        server["/a.csv"] = answer
        assert get(server).content == CSV

    def test_many_chunks_and_nearly_too_large(self, server):
        body = b"x" * SMALL.size
        server["/a.csv"] = [send(body), send(body, length=False), send(gzip.compress(body), Content_Encoding="gzip")]
        for _ in range(3):
            assert get(server).content == body

    def test_user_and_password(self, server):
        server["/a.csv"] = send()
        found = download(server["/a.csv"].replace("//", "//me:p%40ss@"), limits=SMALL)
        assert server.asked[0][1]["Authorization"] == "Basic bWU6cEBzcw=="
        assert found.url == server["/a.csv"].replace("//", "//***@")

    def test_what_cannot_be_said_back_is_not_kept(self, server):
        server["/a.csv"] = send(ETag='"ä"', Last_Modified="x" * 1001)
        assert get(server)[3:] == (None, None)


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_relative_and_whole(self, server, status):
        server["/old/a.csv"] = moved("../new/b.csv?x=1", status)
        server["/new/b.csv"] = moved(server["/c.csv"], status)
        server["/c.csv"] = send()
        found = get(server, "/old/a.csv")
        assert (found.url, found.name, found.content) == (server["/old/a.csv"], "c.csv", CSV)
        assert server.paths() == ["/old/a.csv", "/new/b.csv?x=1", "/c.csv"]

    def test_five_are_followed_and_six_are_not(self, server):
        for number in range(6):
            server[f"/{number}"] = moved(f"/{number + 1}")
        server["/6"] = send()
        assert get(server, "/1").content == CSV
        assert "more than 5 times" in refused(server, "/0").message

    def test_a_circle(self, server):
        server["/a.csv"] = moved("/a.csv")
        assert "perhaps in a circle" in refused(server).message
        assert len(server.asked) == 6

    @pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/a", "data:text/csv,a", "//[", "http://a b/"])
    def test_anywhere_else(self, server, to):
        server["/a.csv"] = moved(to)
        assert "which is not fetched" in refused(server).message

    def test_without_a_place(self, server):
        server["/a.csv"] = send(b"x", 302)
        assert "(302 Found)" in refused(server).message

    def test_from_https_to_http(self):
        with pytest.raises(TrackerError, match="from https on to http") as error:
            next_hop(urlsplit("https://me:p@a.org/x?key=1"), "http://a.org/x?token=abc", "https://a.org")
        assert "abc" not in str(error.value)

    @pytest.mark.parametrize(
        ("location", "kept"),
        [("/y", "me:p"), ("https://a.org/y", "me:p"), ("https://b.org/y", None), ("https://a.org:444/y", None),
         ("https://you:q@b.org/y", "you:q"), ("?x=2", "me:p")],
    )  # fmt: skip
    def test_a_password_stays_with_its_server(self, location, kept):
        assert credentials(next_hop(urlsplit("https://me:p@a.org/x"), location, "")) == kept


class TestSlow:
    def _quickly(self, server, limits):
        start = time.monotonic()
        error = refused(server, limits=limits)
        assert time.monotonic() - start < 3
        return error.message

    def test_no_headers(self, server):
        server["/a.csv"] = silent(5)
        limits = Limits(connect=1, read=0.1, tries=2, pause=0.01)
        assert "nothing came for 0.1 seconds, 2 times in a row" in self._quickly(server, limits)

    def test_no_body(self, server):
        server["/a.csv"] = silent(5, b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nmarket,")
        limits = Limits(connect=1, read=0.1, tries=2, pause=0.01)
        assert "nothing came for 0.1 seconds" in self._quickly(server, limits)

    @pytest.mark.parametrize(
        "before", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"], ids=["headers", "body"]
    )
    def test_byte_by_byte(self, server, before):
        server["/a.csv"] = dripping(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200, 0.05, before)
        assert "not here after 0.5 seconds" in self._quickly(server, Limits(read=1, total=0.5))

    def test_a_server_that_takes_no_connection(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
            with pytest.raises(TrackerError) as error:
                download(f"http://127.0.0.1:{port}/a.csv", limits=SMALL)
        assert error.value.message == (
            f"http://127.0.0.1:{port}/a.csv: 127.0.0.1 cannot be reached: connection refused, 3 times in a row"
        )

    def test_a_proxy_that_is_set_is_not_used_and_that_is_said(self, monkeypatch):
        monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
        with pytest.raises(TrackerError, match="A proxy is set here, and tracker does not use it"):
            download("http://127.0.0.1:9/a.csv", limits=SMALL)

    def test_no_such_name(self, monkeypatch):
        def unknown(*_args, **_more):
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        with pytest.raises(TrackerError, match=r"the name nowhere\.invalid is not known, or there is no network"):
            download("http://nowhere.invalid/a.csv", limits=SMALL)


class TestTooLarge:
    @pytest.mark.parametrize(
        "answer",
        [
            send(b"x", length=10**9),
            send(b"x", length=10**30),
            send(b"x" * 100_001),
            send(b"x" * 200_000, length=False),
            chunked(*[b"x" * 60_000] * 2),
            send(bomb(50_000_000), Content_Encoding="gzip"),
            send(gzip.compress(CSV) + bomb(50_000_000), Content_Encoding="gzip"),
            send(zlib.compress(b"0" * 10**7), length=False, Content_Encoding="deflate"),
        ],
        ids=["declared", "absurd", "sent", "no length", "chunked", "bomb", "bomb behind", "deflate bomb"],
    )
    def test_it_stops(self, server, answer):
        server["/a.csv"] = answer
        assert refused(server).message.endswith(": it is larger than 100,000 bytes")
        assert len(server.asked) == 1

    def test_a_bomb_is_never_unpacked(self):
        unpacker = Unpacker("gzip", 1000)
        with pytest.raises(TooLarge):
            unpacker.take(bomb(10_000_000))
        assert len(unpacker._found) <= 1001


class TestCutOff:
    @pytest.mark.parametrize(
        "answer",
        [
            send(length=len(CSV) + 1),
            chunked(CSV, end=False),
            send(gzip.compress(CSV)[:-10], length=False, Content_Encoding="gzip"),
            send(gzip.compress(CSV)[:-10], Content_Encoding="gzip"),
            send(zlib.compress(CSV)[:-1], length=False, Content_Encoding="deflate"),
        ],
        ids=["length", "chunked", "gzip without length", "gzip", "deflate"],
    )
    def test_less_than_was_said(self, server, answer):
        server["/a.csv"] = answer
        assert "it was cut off: less came than the server said, 3 times in a row" in refused(server).message

    @pytest.mark.parametrize(
        "answer",
        [reset(), reset(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nmar"), raw(b""), raw(b"hello\r\n\r\n"),
         raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")],
        ids=["at once", "in the body", "nothing", "no http", "no chunk"],
    )  # fmt: skip
    def test_broken_off(self, server, answer):
        server["/a.csv"] = answer
        assert "3 times in a row" in refused(server).message
        assert len(server.asked) == 3
        server["/a.csv"] = [answer, send()]
        assert get(server).content == CSV

    @pytest.mark.parametrize(
        "packed", [CSV, gzip.compress(CSV)[:30] + b"\xff" * 40 + gzip.compress(CSV)[30:]], ids=["bare", "damaged"]
    )
    def test_not_packed_as_said(self, server, packed):
        server["/a.csv"] = send(packed, Content_Encoding="gzip")
        assert "not compressed in the way that the server says" in refused(server).message

    def test_packed_with_what_was_not_asked_for(self, server):
        server["/a.csv"] = send(Content_Encoding="br")
        assert "compressed with 'br'" in refused(server).message
        with pytest.raises(BadPacking):
            Unpacker("gzip, gzip", 9)


class TestBusy:
    @pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
    def test_once(self, server, status):
        server["/a.csv"] = [send(b"busy", status), send()]
        assert get(server).content == CSV

    def test_for_ever(self, server):
        server["/a.csv"] = send(b"busy", 503)
        assert "the server says 503 Service Unavailable, 3 times in a row" in refused(server).message
        assert len(server.asked) == 3

    @pytest.mark.parametrize("as_date", [False, True])
    def test_it_waits_as_long_as_it_is_asked(self, server, monkeypatch, as_date):
        waited = []
        monkeypatch.setattr(module, "sleep", waited.append)
        when = format_datetime(datetime.now(UTC) + timedelta(seconds=42), usegmt=True) if as_date else "42"
        server["/a.csv"] = [send(b"", 429, Retry_After=when), send(b"", 503), send()]
        assert get(server, limits=Limits(patience=60, pause=0.5)).content == CSV
        assert waited == [pytest.approx(42, abs=1.5), 1]

    def test_but_not_for_ever(self, server):
        server["/a.csv"] = send(b"", 429, Retry_After="86400")
        error = refused(server)
        assert "429 Too Many Requests, and to come back in 86400 seconds" in error.message
        assert len(server.asked) == 1

    @pytest.mark.parametrize("word", ["soon", "-5", "9" * 5000, ""])
    def test_nonsense_is_not_waited_for(self, server, word):
        server["/a.csv"] = [send(b"", 503, Retry_After=word), send()]
        assert get(server).content == CSV
        server["/a.csv"] = send(b"", 503, Retry_After="9" * 500)
        assert "to come back in 1000000000 seconds" in refused(server).message


@pytest.mark.parametrize(
    ("status", "said", "hint"),
    [
        (401, "the server wants to know who asks (401 Unauthorized)", "https://USER:PASSWORD@127.0.0.1/"),
        (403, "the server refuses to give it (403 Forbidden)", "download it by hand"),
        (404, "there is nothing at this url (404 Not Found)", "Look at the url"),
        (410, "it was there, and is gone (410 Gone)", "newer url"),
        (418, "the server does not give it (418", "Look at the url"),
        (206, "the server sent a part of it only", "by hand"),
        (304, "the server says that nothing has changed, but was not asked", "Try again"),
    ],
)
def test_answers_in_plain_words(server, status, said, hint):
    server["/a.csv"] = send(b"", status)
    error = refused(server)
    assert said in error.message
    assert hint in error.hint
    assert len(server.asked) == 1


def test_nothing(server):
    server["/a.csv"] = [send(b""), send(b"", 204)]
    assert "the server sent nothing" in refused(server).message
    assert "(204 No Content)" in refused(server).message


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (b"<!DOCTYPE html><html><head><title>Sign in\n to Data</title>", "it begins: 'Sign in to Data'"),
        (b"\n<HTML><body><script>var x = 1</script><h1>Not</h1> <b>today</b>", "it begins: 'Not today'"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><!-- c --><html xmlns="x"><p>Hello', "it begins: 'Hello'"),
        (b"<html></html>", "where data was meant"),
    ],
)
@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/csv", None])
def test_a_web_page(server, page, words, kind):
    server["/a.csv"] = send(page, **({"Content_Type": kind} if kind else {}))
    error = refused(server)
    assert f"a web page came ({kind or 'of no named type'}), where data was meant" in error.message
    assert words in error.message


class TestConditions:
    def test_etag(self, server):
        server["/a.csv"] = unless_known(CSV, etag='W/"1"')
        assert get(server, etag='W/"1"') == NotModified(server["/a.csv"])
        assert get(server, etag='"2"').content == CSV

    def test_last_modified(self, server):
        when = "Mon, 03 Feb 2025 10:00:00 GMT"
        server["/a.csv"] = unless_known(CSV, last_modified=when)
        assert isinstance(get(server, last_modified=when), NotModified)
        assert get(server, last_modified="Mon, 03 Feb 2020 10:00:00 GMT").content == CSV

    def test_behind_a_redirect(self, server):
        server["/a.csv"] = moved("/b.csv")
        server["/b.csv"] = unless_known(CSV, etag='"1"')
        assert isinstance(get(server, etag='"1"'), NotModified)


SECRETS = "/a.csv?region=de&api_key=hush1&X-Amz-Signature=hush2&accessToken=hush3#hush4"


class TestSecrets:
    @pytest.mark.parametrize(
        ("url", "shown"),
        [
            ("https://a.org/x", "https://a.org/x"),
            ("https://a.org/x?", "https://a.org/x?"),
            ("https://me@a.org", "https://***@a.org"),
            ("https://me:a@b:c@a.org/x@y?z=@", "https://***@a.org/x@y?z=@"),
            ("https://a.org/x?Key=1&sort=key&TOKEN=2;sig=3", "https://a.org/x?Key=***&sort=key&TOKEN=***;sig=***"),
            ("https://a.org/x?my%5Fapi%5Fkey=1&password=&monkey=2", "https://a.org/x?my%5Fapi%5Fkey=***&password=&monkey=2"),
            ("https://a.org/x?client_secret=1&subscription-key=2", "https://a.org/x?client_secret=***&subscription-key=***"),
            ("https://a.org/x#access_token=1", "https://a.org/x"),
        ],
    )  # fmt: skip
    def test_masks(self, url, shown):
        assert masked(url) == masked(masked(url)) == shown

    def test_they_are_sent_and_not_kept(self, server):
        server["/a.csv"] = send()
        found = get(server, SECRETS)
        assert server.asked[0][0] == SECRETS.partition("#")[0]
        assert "hush" not in repr(found)

    @pytest.mark.parametrize(
        "answer",
        [
            send(b"", 404), send(b"", 503), send(b"", 429, Retry_After="999"), moved("/a.csv?token=hush5"),
            moved("file:///hush6?token=hush5".replace("hush6", "x")), send(length=9999), reset(), raw(b"x\r\n"),
            send(b"<html>"), send(b"x" * 100_001), silent(1), raw(b"HTTP/1.1 200 OK\r\n: bad\r\nx y z\r\n\r\n"),
        ],
    )  # fmt: skip
    def test_no_error_and_no_log_tells_them(self, server, answer, caplog, capfd):
        caplog.set_level(logging.DEBUG)
        server["/a.csv"] = answer
        url = server[SECRETS].replace("//", "//hush7:hush8@")
        with pytest.raises(TrackerError) as error:
            download(url, limits=SMALL)
        seen = [str(error.value), caplog.text, *capfd.readouterr()]
        cause = error.value
        while cause is not None and not cause.__suppress_context__:
            cause = cause.__cause__ or cause.__context__
            seen.append(str(cause))
        assert "hush" not in "".join(seen)


@pytest.mark.parametrize(
    "url",
    ["ftp://a.org/x", "file:///etc/passwd", "http://", "https:///x", "http://a.org:99999/", "http://a.org:0/", "http://[x/",
     "http://a.org/\n", "http://a b/", "a.csv", "", "http://a.org/\0"],
)  # fmt: skip
def test_no_url(url):
    with pytest.raises(InvalidValue, match="is no url that can be fetched"):
        download(url)


@pytest.mark.parametrize(
    "why", ["self-signed certificate", "IP address mismatch, certificate is not valid for 'a.org'."]
)
def test_a_certificate_that_does_not_hold(why):
    error = SSLError(f"[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {why} (_ssl.c:1006)")
    said = trouble(error, "https://a.org", "a.org", 1, 1)
    assert isinstance(said, TrackerError)
    assert said.message == f"https://a.org: no secure connection: {why}"


def test_http_where_https_was_meant(server):
    server["/a.csv"] = send()
    with pytest.raises(TrackerError, match="no secure connection") as error:
        download(server["/a.csv?key=hush"].replace("http:", "https:"), limits=SMALL)
    assert "hush" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "disposition", "name"),
    [
        ("https://a.org/x/y%20z.csv", None, "y z.csv"),
        ("https://a.org/x/", None, "a.org"),
        ("https://a.org", None, "a.org"),
        ("https://a.org/..", None, "a.org"),
        ("https://a.org/a%2F..%2Fb.csv", None, "b.csv"),
        ("https://a.org/a%00%1b.csv", None, "a.csv"),
        ("https://a.org/x", 'attachment; filename="../../etc/passwd"', "passwd"),
        ("https://a.org/x", 'attachment; filename="C:\\\\data\\\\a.csv"', "a.csv"),
        ("https://a.org/x", "attachment; filename=a.csv", "a.csv"),
        ("https://a.org/x", "attachment; filename*=UTF-8''T%C3%BCrkiye.csv", "Türkiye.csv"),
        ("https://a.org/x.csv", "attachment", "x.csv"),
        ("https://a.org/x.csv", 'attachment; filename=""', "x.csv"),
        ("https://a.org/x.csv", ";;;=", "x.csv"),
    ],
)
def test_names_of_files(url, disposition, name):
    assert file_name(urlsplit(url), disposition) == name


class TestOpening:
    def test_the_name_tells_the_family(self, server):
        name = "ai_chatbot-ww-monthly-202504-202505.csv"
        server["/chart.php"] = send(b"Date,A\n", Content_Disposition=f"attachment; filename={name}")
        table, batch = open_url(server["/chart.php?csv=1&token=hush"], Asked(), limits=SMALL)
        assert (table.name, table.header) == (name, ["Date", "A"])
        assert (batch.command, batch.file, batch.sha256) == ("import", name, table.sha256)
        assert batch.url == server["/chart.php?csv=1&token=***"]

    def test_nothing_lies_beside_it(self, server, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "a.metadata.json").write_text("{}")
        server["/a.csv"] = send()
        table, _ = open_url(server["/a.csv"], Asked(), limits=SMALL)
        assert table.neighbour(".metadata.json") is None

    @pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "nonsense", "utf-8"])
    def test_the_bytes_tell_the_characters_not_the_server(self, server, charset):
        server["/a.csv"] = send("entity,share\nTürkiye,7\n".encode(), Content_Type=f"text/csv; charset={charset}")
        table, _ = open_url(server["/a.csv"], Asked(), limits=SMALL)
        assert "Türkiye" in table.text
        server["/a.csv"] = send(
            "entity,share\nTürkiye,7\n".encode("latin-1"), Content_Type=f"text/csv; charset={charset}"
        )
        table, _ = open_url(server["/a.csv"], Asked(), limits=SMALL)
        with pytest.raises(RejectedInput, match="is not UTF-8"):
            _ = table.text
        table, _ = open_url(server["/a.csv"], Asked(encoding="cp1252"), limits=SMALL)
        assert "Türkiye" in table.text

    def test_what_is_json_is_opened_as_json(self, server):
        server["/api"] = send(b'[{"a": 1}]', Content_Type="text/plain")
        assert open_url(server["/api"], Asked(), limits=SMALL)[0].header == ["a"]
