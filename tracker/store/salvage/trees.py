"""From the roots down to the rows: which page belongs to which table, and which pages nothing leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tracker.store.salvage.pages import INDEX_LEAF, INDEX_NODE, TABLE_LEAF, TABLE_NODE, Page, Pages
from tracker.store.salvage.records import Broken, Record, records

FAMILY = {TABLE_NODE: TABLE_LEAF, TABLE_LEAF: TABLE_LEAF, INDEX_NODE: INDEX_LEAF, INDEX_LEAF: INDEX_LEAF}
"""The leaf of the tree to which a page belongs."""

LOCKS = 2**30
"""The byte at which SQLite locks a file: the page there holds nothing."""


@dataclass
class Walk:
    """What was met on the way through a file.

    Parameters
    ----------
    pages : Pages
        The file.
    tell : callable, optional
        Told of each page that holds rows how many of them were met.
    """

    pages: Pages
    tell: Callable[[int], None] | None = None
    used: set[int] = field(default_factory=set)
    """Pages that belong somewhere."""
    unreadable: set[int] = field(default_factory=set)
    """Pages of which something is lost."""
    broken: int = 0
    """Rows that stand on a page and cannot be read."""

    def tree(self, root: int, leaf: int) -> Iterator[Record]:
        """Read the rows below a root, in order."""
        pending = [root]
        while pending:
            number = pending.pop()
            if number in self.used:
                continue
            page = self.pages.page(number)
            if page is None or FAMILY[page.kind] != leaf:
                self.unreadable.add(number)
                continue
            yield from self._rows(page)
            pending.extend(reversed(list(page.children())))

    def _rows(self, page: Page) -> Iterator[Record]:
        self.used.add(page.number)
        if self.tell is not None:
            self.tell(len(self.used))
        if not page.whole:
            self.unreadable.add(page.number)
        for record in records(self.pages, page, self.used):
            if isinstance(record, Broken):
                self.broken += 1
                self.unreadable.add(page.number)
            else:
                yield record

    def strays(self) -> Iterator[tuple[int, list[Record]]]:
        """Read the pages with rows to which nothing leads, each by itself: the leaf of its tree, and its rows."""
        self.used |= self.pages.free()
        for number in range(1, self.pages.count + 1):
            if number in self.used:
                continue
            page = self.pages.page(number)
            if page is None or not page.whole:
                continue
            found = list(records(self.pages, page, self.used))
            rows = [record for record in found if isinstance(record, Record)]
            if found and not rows:
                continue
            self.used.add(number)
            self.broken += len(found) - len(rows)
            if len(rows) < len(found):
                self.unreadable.add(number)
            if rows:
                yield FAMILY[page.kind], rows

    def lost(self) -> list[int]:
        """Return the pages of which something is lost: those that do not read well, or belong nowhere."""
        locks = LOCKS // self.pages.size + 1
        # Where the file is cut off, pages are named that it has not: how many is told by its header.
        there = (number for number in range(1, self.pages.count + 1) if number != locks)
        return [number for number in there if number in self.unreadable or number not in self.used]


@dataclass(frozen=True)
class Contents:
    """What the file says of its own tables: the roots of the trees.

    Parameters
    ----------
    tables, indexes : dict
        Root by name.
    statements : dict
        The statement that made each table.
    """

    tables: dict[str, int]
    indexes: dict[str, int]
    statements: dict[str, str]


def contents(walk: Walk) -> Contents:
    """Read the schema table, as far as it can be read."""
    tables: dict[str, int] = {}
    indexes: dict[str, int] = {}
    statements: dict[str, str] = {}
    for _, values in walk.tree(1, TABLE_LEAF):
        if len(values) != 5:
            continue
        kind, name, _, root, sql = values
        if isinstance(name, str) and isinstance(root, int) and root > 1:
            if kind == "table":
                tables[name], statements[name] = root, str(sql)
            elif kind == "index":
                indexes[name] = root
    return Contents(tables, indexes, statements)
