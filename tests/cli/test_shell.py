"""`tracker shell`: IPython with the database open, and no way to write."""

import os
import subprocess
import sys

import pytest


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of its own, beside the database."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("IPYTHONDIR", raising=False)
    return folder


def test_the_names_are_there(call, starter, home, unchanged):
    code = (
        "print(t.shares('DeepSeek R1', 'poe/text-messages')['share'].tolist(), pd.__name__, line.__name__)\n"
        "int(t.sql('select 6 * 7 as n')['n'].sum())"
    )
    with unchanged(starter):
        result = call.spawn("shell", "-c", code)
    assert (result.code, result.out, result.err) == (0, "[7.0, 3.0] pandas line\n42\n", "")
    assert not (home / ".ipython").exists()


def test_the_database_that_is_named(call, starter, home, tmp_path):
    os.rename(starter, tmp_path / "other.db")
    result = call.spawn("--db", "other.db", "shell", "-c", "print(len(t.markets()))")
    assert (result.code, result.out, result.err) == (0, "27\n", "")
    assert call("shell", "-c", "1").code == 3


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("t.sql('delete from observation')", "refused: this statement would write, attach, load or set something"),
        ("t.shares('DeepSek')", "DeepSek"),
    ],
    ids=["write", "unknown"],
)
def test_what_is_refused_is_a_sentence(code, said, call, starter, home, unchanged):
    with unchanged(starter):
        result = call.spawn("shell", "-c", code)
    assert (result.code, result.out.strip()) == (1, "")
    assert said in result.err
    assert "Traceback" not in result.err


def test_an_error_of_the_code_is_shown_and_ends_with_1(call, starter, home):
    result = call.spawn("shell", "-c", "1 / 0")
    assert result.code == 1
    assert "ZeroDivisionError" in result.out + result.err


def test_a_talk(starter, home, unchanged):
    words = [sys.executable, "-m", "tracker", "shell"]
    # A history is kept as IPython always keeps it: in the home of the person.
    with unchanged(starter):
        done = subprocess.run(
            words, input="len(t.markets())\nt.shares('DeepSek')\nexit\n", capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 0, done.stderr
    assert "\nt = " in f"\n{done.stdout}"
    assert "pd = pandas; charts: line" in done.stdout
    assert "Out[1]: 27" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_without_ipython_it_says_what_to_install(call, starter, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = call("shell", "-c", "1")
    assert (result.code, result.out) == (1, "")
    assert result.err == "IPython is not installed\nInstall it: pip install 'usage-share-tracker[notebook]'\n"
