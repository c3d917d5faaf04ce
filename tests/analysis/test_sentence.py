"""A result in a notebook is its sentence."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import is_dataclass

import pytest

import tracker.analysis
from analysis.reading_of import monthly, snapshot
from tracker.analysis.change import change
from tracker.analysis.lead import lead
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence


def results():
    """Every class that speaks and turns into a row."""
    for found in pkgutil.iter_modules(tracker.analysis.__path__):
        module = importlib.import_module(f"tracker.analysis.{found.name}")
        for one in vars(module).values():
            own = isinstance(one, type) and one.__module__ == module.__name__
            if own and is_dataclass(one) and "__str__" in vars(one) and hasattr(one, "row"):
                yield one


@pytest.mark.parametrize("result", list(results()), ids=lambda one: one.__name__)
def test_every_result_is_shown_as_its_sentence(result):
    assert issubclass(result, Sentence)
    assert "__dict__" not in dir(result), "a mixin without slots would give every result one"


def test_all_of_them_are_found():
    assert len(list(results())) >= 18


def test_html_is_escaped():
    found = lead(snapshot("60", "<30", "5"))
    assert found._repr_html_() == f"<p>{found}</p>"
    assert Refused("<b>", "&", "<1%")._repr_html_() == ("<p>Refused: &lt;b&gt;. Needed: &amp;. There is: &lt;1%.</p>")


def test_ipython_shows_the_sentence_and_repr_the_fields():
    pretty = pytest.importorskip("IPython.lib.pretty").pretty
    found = change(*monthly("7", "3"))
    assert pretty(found) == str(found)
    assert pretty((found,)) == f"({found},)"
    assert repr(found).startswith("Change(points=-4.0, ")
