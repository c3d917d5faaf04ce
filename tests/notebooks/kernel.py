"""Run a notebook in a real kernel, as a reader with a database of their own would, and keep what it shows."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from nbclient import NotebookClient


class Ran(NamedTuple):
    """A notebook that was run, and what lies where it could have left something."""

    cells: list[nbformat.NotebookNode]
    left_behind: list[Path]

    @property
    def pictures(self) -> list[bytes]:
        """Every PNG that is shown."""
        return [base64.b64decode(data["image/png"]) for data in self._shown() if "image/png" in data]

    @property
    def printed(self) -> str:
        """Every text that is shown, without colours, tables as they are in HTML."""
        streams = (output.text for output in self._outputs() if output.output_type == "stream")
        shown = (f"{data.get('text/plain', '')} {data.get('text/html', '')}" for data in self._shown())
        return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join([*streams, *shown]))

    @property
    def complaints(self) -> list[str]:
        """What the kernel wrote to stderr: warnings, mostly."""
        return [o.text for o in self._outputs() if o.output_type == "stream" and o.name == "stderr"]

    def _outputs(self) -> Iterator[nbformat.NotebookNode]:
        return (output for cell in self.cells for output in cell.get("outputs", []))

    def _shown(self) -> Iterator[dict[str, str]]:
        return (output.data for output in self._outputs() if "data" in output)


def run(path: Path, folder: Path) -> Ran:
    """Run it in an empty folder, with a place for temporary files and a database that are not there yet."""
    here, temporary = folder / "here", folder / "temporary"
    here.mkdir()
    temporary.mkdir()
    notebook = nbformat.read(path, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        patch.setenv("TRACKER_DB", str(folder / "mine.db"))
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(here)}}).execute()
    left = [found for found in folder.rglob("*") if found not in (here, temporary)]
    return Ran(notebook.cells, left)
