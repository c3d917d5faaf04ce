"""Names that a notebook completes: ``t.names["Deep<TAB>``, ``t.names.DeepSeek_R1``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from tracker.errors import UnknownName
from tracker.values.names import nearest


class Names(Mapping[str, str]):
    """The names of entities, looked up when they are asked for.

    Each is found by itself, and as an attribute by its letters and digits: ``names.DeepSeek_R1``.
    """

    def __init__(self, read: Callable[[], list[str]]) -> None:
        self._read = read

    def __getitem__(self, name: str) -> str:
        known = self._read()
        if name in known:
            return name
        near = nearest(name, known)
        raise UnknownName(f"there is no entity {name!r}" + (f"; near it: {', '.join(near)}" if near else ""))

    def __getattr__(self, attribute: str) -> str:
        found = None if attribute.startswith("_") else self._by_attribute().get(attribute)
        if found is None:
            raise AttributeError(f"no entity is called {attribute} here")
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._by_attribute()})

    def _ipython_key_completions_(self) -> list[str]:
        return self._read()

    def __repr__(self) -> str:
        return f"{len(self)} names: {', '.join(self)}"

    def _by_attribute(self) -> dict[str, str]:
        """Attributes and the names that they stand for; one that two names would have stands for neither."""
        found: dict[str, str | None] = {}
        for name in self._read():
            attribute = as_attribute(name)
            found[attribute] = None if attribute in found else name
        return {attribute: name for attribute, name in found.items() if name is not None}


def as_attribute(name: str) -> str:
    """Write a name so that Python can read it.

    >>> as_attribute("DeepSeek R1"), as_attribute("4o-mini")
    ('DeepSeek_R1', 'n_4o_mini')
    """
    plain = re.sub(r"\W+", "_", name).strip("_") or "n"
    return plain if plain.isidentifier() else f"n_{plain}"
