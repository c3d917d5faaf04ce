"""Runs the tour of the README. `python tests/readme_tour.py` writes what the commands print now into it."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"

_BLOCK = re.compile(r"`(?P<file>[\w.]+)`:\n\n```csv\n(?P<content>.*?)```|```console\n(?P<session>.*?)```", re.DOTALL)


def replay(text: str, folder: Path) -> str:
    """Run the console blocks of a text in a folder; return the text with what they print now."""

    def block(match: re.Match[str]) -> str:
        if match["file"]:
            (folder / match["file"]).write_text(match["content"], encoding="utf-8")
            return match[0]
        commands = [line[2:] for line in match["session"].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"$ {command}\n{_run(command, folder)}" for command in commands) + "```"

    return _BLOCK.sub(block, text)


def _run(command: str, folder: Path) -> str:
    """What a command prints, with the folder's own path written as ~/shares."""
    bin_folder = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    environment.pop("TRACKER_DB", None)
    ran = subprocess.run(
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return ran.stdout.replace(str(folder.resolve()), "~/shares")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(replay(README.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
