"""A case: the bytes that a fuzzer changes, taken apart into a file, its name, and what a person says of it."""

from __future__ import annotations

from typing import NamedTuple

from tracker.importers.asked import Asked, parse_map, parse_only

TEXTS = (
    *("market", "source", "counted", "whole", "population", "region", "platform", "frequency"),
    *("unit", "date_format", "decimal", "thousands", "encoding", "sheet", "url"),
)
"""Fields of `Asked` that are a text."""


class Case(NamedTuple):
    """A file and what is said of it.

    The first line of the bytes has the name of the file and then, each behind a tab, words such as ``unit=percent``,
    ``map=entity=Party``, ``only=geo=DE``, ``null=NA`` or ``keep=``; the content follows on the next line.
    """

    name: str
    words: list[str]
    content: bytes

    @classmethod
    def of(cls, data: bytes) -> Case:
        """Take bytes apart; every bytes are a case.

        >>> Case.of(b"t.csv\\tunit=percent\\nDate,A")
        Case(name='t.csv', words=['unit=percent'], content=b'Date,A')
        """
        first, _, content = data.partition(b"\n")
        # No NUL: the command line can hold none. No folder either: it would be one of this machine.
        name, *words = first.decode("utf-8", "replace").replace("\0", "").split("\t")
        return cls(name.replace("/", "") or "f.csv", words, content)

    def asked(self) -> Asked:
        """Return the words as they come from the command line.

        Raises
        ------
        TrackerError
            If one is of no form that the command line takes.
        """
        said: dict[str, list[str]] = {}
        for word in self.words:
            field, _, text = word.partition("=")
            said.setdefault(field, []).append(text)
        return Asked(
            **{field: said[field][-1] for field in TEXTS if field in said},
            columns=parse_map(",".join(said["map"])) if "map" in said else {},
            nulls=tuple(said.get("null", ())),
            only=parse_only(said.get("only", ())),
            keep_repeats="keep" in said,
        )
