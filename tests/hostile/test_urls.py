"""A url reaches the web and nothing else, and what is secret in it is kept nowhere."""

import os
from pathlib import Path

import pytest

from importers.servers import send, serving
from tracker.errors import TrackerError
from tracker.importers.addresses import has_user, masked
from tracker.importers.download import download

CSV = b"market,entity,period,share,source,counted,whole\ns/m,R1,2025-01,7,s,x,open\ns/m,R1,2025-02,x,s,x,open\n"
SECRETS = ("hush1", "hush2", "hush3", "hush4", "hush5", "hush6")
QUERY = "?region=de&api_key=hush3&auth%5Btoken%5D=hush4&next=https%3A%2F%2Fa%3Ahush5%40e.org%2F#hush6"


@pytest.fixture
def server():
    with serving() as made:
        yield made


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://e.org/a.csv",
        "data:text/csv,a",
        "gopher://e.org/",
        "jar:http://e.org!/a",
        "dict://e.org",
        "http:///a",
        "http://",
        "https://e.org:0/",
        "https://e.org:99999/",
        "http://[::1",
        "HTTP:/e.org",
        "//e.org/a",
        "javascript:1",
        "http://e.org/\r\nHost: x",
        "http://e.org/a b",
        "http://e.org\\@x.org/",
        "unix:///x",
        "ldap://e.org",
        "sftp://e.org",
    ],
)
def test_no_other_scheme(url):
    with pytest.raises(TrackerError):
        download(url)


@pytest.mark.parametrize("words", [("file:///etc/passwd",), ("ftp://e.org/a.csv",), ("data:text/csv,a,b",)])
def test_to_the_command_line_they_are_names_of_files(words, empty, call):
    result = call("import", *words)
    assert result.code == 2
    assert "does not exist" in result.err


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://127.0.0.1/a", "data:text/csv,a", "gopher://127.0.0.1:1/", "FILE:/etc/passwd"]
)
def test_no_redirect_elsewhere(to, server):
    server["/a.csv"] = send(b"", 302, Location=to)
    with pytest.raises(TrackerError, match="which is not fetched"):
        download(server["/a.csv"])


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://u:pa/hush1@e.org/a", "https://***@e.org/a"),
        ("https://u:pa?hush1@e.org/a", "https://***@e.org/a"),
        ("https://u:pa#hush1@e.org/a", "https://***@e.org/a"),
        ("//u:hush1@e.org/a", "//***@e.org/a"),
        ("https://e.org/a;jsessionid=hush1/b.csv", "https://e.org/a;jsessionid=***/b.csv"),
        ("https://e.org/token=hush1/b.csv", "https://e.org/token=***/b.csv"),
        ("https://e.org/?auth[token]=hush1", "https://e.org/?auth[token]=***"),
        ("https://e.org/?token[]=hush1", "https://e.org/?token[]=***"),
        ("https://e.org/?to%256ben=hush1", "https://e.org/?to%256ben=***"),
        ("https://e.org/?api+key=hush1", "https://e.org/?api+key=***"),
        ("https://e.org/?u=https://a:hush1@b.org", "https://e.org/?u=***"),
        ("https://e.org/?u=https%3A%2F%2Fb.org%3Fkey%3Dhush1", "https://e.org/?u=***"),
        ("https://e.org/?AWSAccessKeyId=hush1", "https://e.org/?AWSAccessKeyId=***"),
        ("https://e.org/?jwt=hush1", "https://e.org/?jwt=***"),
        ("https://e.org/?PHPSESSID=hush1", "https://e.org/?PHPSESSID=***"),
        ("https://e.org/?appid=hush1", "https://e.org/?appid=***"),
        (
            "https://e.org/?X-Amz-Credential=hush1&X-Amz-Security-Token=hush1",
            "https://e.org/?X-Amz-Credential=***&X-Amz-Security-Token=***",
        ),
        (
            "https://e.org/@me/a:b?u=https://b.org/x&geo=DE&monkey=1&code=7",
            "https://e.org/@me/a:b?u=https://b.org/x&geo=DE&monkey=1&code=7",
        ),
    ],
)
def test_masks(url, shown):
    assert masked(url) == masked(shown) == shown


def test_users():
    assert has_user("https://a@b.org")
    assert has_user("https://a:b/c@d.org")
    assert not has_user("https://b.org/x@y?z=a@b")


def _everything(folder, *texts):
    """All that was written anywhere, as one."""
    files = [Path(at) / name for at, _, names in os.walk(folder) for name in names]
    named = "".join(map(str, files)).encode()
    return named + b"".join(file.read_bytes() for file in files) + "".join(texts).encode()


def test_an_import_keeps_no_secret_anywhere(server, empty, call, tmp_path):
    url = server[f"/a.csv{QUERY}"].replace("//", "//hush1:hush2@", 1)
    server["/a.csv"] = send(b"", 302, Location="/b.csv?token=hush3")
    server["/b.csv"] = send(CSV, ETag='"1"')
    said = []
    for words in (
        ("import", url, "--dry-run", "--skip-bad"),
        ("import", url),
        ("import", url, "--skip-bad", "--save-as", "mine"),
        ("import", url, "--importer", "nothing"),
        ("log",),
        ("log", "show", "1"),
        ("log", "--format", "json"),
        ("history", "R1"),
        ("refresh",),
        ("refresh", "--format", "json"),
        ("show",),
        ("export",),
        ("query", "select * from batch"),
        ("identify", url),
        ("source", "list"),
        ("formats",),
        ("check",),
        ("chart", "R1", "-o", "a.svg"),
        ("chart", "R1", "--bundle", "b"),
    ):
        result = call(*words)
        assert result.code in (0, 1, 2), (words, result)
        said += [result.out, result.err]
    assert b"hush1:hush2" not in _everything(tmp_path, *said)
    kept = _everything(tmp_path, *said)
    assert not [secret for secret in SECRETS if secret.encode() in kept]
    assert b"***" in kept
    assert any(one.startswith("Basic ") for _, headers in server.asked for one in [headers.get("Authorization") or ""])


@pytest.mark.parametrize(
    "answer",
    [send(b"", 404), send(b"<html>x"), send(b"x,y\n1\n"), send(b"", 302, Location="ftp://a:hush4@e.org/?key=hush5")],
)
def test_no_error_tells_a_secret(answer, server, empty, call, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_TRACEBACK", "1")
    server["/a.csv"] = answer
    result = call("import", server[f"/a.csv{QUERY}"].replace("//", "//hush1:hush2@", 1))
    assert result.code in (1, 2)
    kept = _everything(tmp_path, result.out, result.err)
    assert not [secret for secret in SECRETS if secret.encode() in kept]


def test_a_page_is_not_cited_with_a_password(starter, call, unchanged, tmp_path):
    (tmp_path / "a.csv").write_bytes(CSV[:70])
    url = "https://me:hush1@e.org/a"
    for words in (
        ("add", "R9", "7", "--market", "poe/text-messages", "--date", "2025"),
        ("source", "add", "s", "--title", "S"),
        ("event", "add", "2025-01-01", "x"),
        ("import", "a.csv"),
    ):
        with unchanged(starter):
            result = call(*words, "--url", url)
        assert (result.code, "leave that out" in result.err, "hush" in result.err) == (2, True, False)
