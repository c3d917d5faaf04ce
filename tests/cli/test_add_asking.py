"""`tracker add` at a terminal asks for what is missing. The terminal is a pseudo-terminal of the system."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time

import pytest

pty = pytest.importorskip("pty")

PATIENCE = 30


class Terminal:
    """A process at a terminal: what it shows is awaited, what a person types is sent."""

    def __init__(self, *words: str) -> None:
        self._main, end = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tracker", *words], stdin=end, stderr=end, stdout=subprocess.PIPE
        )
        os.close(end)
        self.shown = ""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()
        os.close(self._main)

    def answer(self, question: str, text: str) -> None:
        self.wait_for(question)
        self.shown = ""
        os.write(self._main, text.encode())

    def end(self) -> tuple[int, str, str]:
        out, _ = self.process.communicate(timeout=PATIENCE)
        while self._read():
            pass
        return self.process.returncode, out.decode(), self.shown.replace("\r\n", "\n")

    def wait_for(self, text: str) -> None:
        latest = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert time.monotonic() < latest, f"{text!r} never came, but {self.shown!r}"
            assert self._read(), f"{text!r} never came, but {self.shown!r}"

    def _read(self) -> bool:
        ready, _, _ = select.select([self._main], [], [], 0.2 if self.process.poll() is not None else PATIENCE)
        if not ready:
            return False
        try:
            text = os.read(self._main, 4096)
        except OSError:  # Linux says so when the other end is closed
            return False
        self.shown += text.decode()
        return bool(text)


def test_all_that_is_missing_is_asked_for(call, starter):
    with Terminal("add") as terminal:
        terminal.answer("entity: ", "Kimi\n")
        terminal.answer("share: ", "seven\n")
        terminal.answer("share: ", "7%\n")
        terminal.answer("market: ", "poe/text-messages\n")
        terminal.answer("date: ", "~2025-04-30\n")
        terminal.answer("url: ", "https://example.org/poe\n")
        code, out, shown = terminal.end()
    assert (code, out) == (0, "")
    assert "Recorded Kimi, poe/text-messages, ~2025-04-30: 7%\n" in shown
    assert call("query", "select share from shares where entity = 'Kimi'", "--format", "csv").out == "share\n7.0\n"


def test_a_wrong_answer_is_explained_and_asked_again(starter):
    with Terminal(
        "add", "Kimi", "--market", "poe/text-messages", "--date", "2025", "--url", "https://e.org"
    ) as terminal:
        terminal.answer("share: ", "107\n")
        terminal.wait_for("Error: a share is 0 to 100 percent, not 107")
        terminal.answer("share: ", "7\n")
        assert terminal.end()[0] == 0


def _interrupt(terminal: Terminal) -> None:
    terminal.wait_for("share: ")
    for _ in range(PATIENCE):
        # A signal between the question and the wait for its answer is only seen with the next one.
        terminal.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            terminal.process.wait(1)
            return


def _close(terminal: Terminal) -> None:
    terminal.answer("share: ", "\x04")


@pytest.mark.parametrize("leave", [_interrupt, _close], ids=["Ctrl-C", "Ctrl-D"])
def test_a_person_who_leaves_stores_nothing(leave, starter, unchanged):
    with unchanged(starter), Terminal("add", "Kimi") as terminal:
        leave(terminal)
        code, out, shown = terminal.end()
    assert (code, out) == (130, "")
    assert shown.endswith("Stopped; only what is said to be done was stored.\n")
    assert "Traceback" not in shown
