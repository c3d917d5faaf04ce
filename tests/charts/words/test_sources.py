"""The source line says who published, and only of retold figures who retold them."""

from __future__ import annotations

import pandas as pd
import pytest

from charts.chart_frames import frame_of
from tracker.charts.line import line
from tracker.charts.words.sources import source_of

ROWS = [("A", "2025-01", "5"), ("A", "2025-02", "6")]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, "Source: Poe."),
        ({"licence": "CC BY 4.0"}, "Source: Poe (CC BY 4.0)."),
        ({"credit": "Poe, CC BY 4.0", "licence": "CC BY 4.0"}, "Source: Poe, CC BY 4.0."),
        ({"citation_kind": "secondary", "reported_by": "B; C"}, "Source: Poe, as reported by B and C."),
        ({"citation_kind": None, "reported_by": "B"}, "Source: Poe, taken from B."),
        ({"citation_kind": None, "reported_by": "Poe"}, "Source: Poe."),
        ({"citation_kind": "secondary", "reported_by": None}, "Source: Poe."),
        ({"citation_kind": "secondary", "reported_by": "; B"}, "Source: Poe, as reported by B."),
        ({"credit": "Poe Inc."}, "Source: Poe Inc."),
    ],
)
def test_one_source(cells, told):
    frame = frame_of(ROWS, **cells)
    assert source_of(frame) == told
    assert line(frame, focus="A").source == told


def test_figures_of_both_kinds():
    frames = [
        frame_of(ROWS[:1], citation_kind="secondary", reported_by="B"),
        frame_of(ROWS[1:], citation_kind=None, reported_by="B; C"),
    ]
    assert source_of(pd.concat(frames)) == "Source: Poe, as reported by B; some taken from C."


def test_several_sources_keep_their_licences_apart():
    frames = [
        frame_of(ROWS, licence="CC BY 4.0"),
        frame_of(ROWS, source="StatCounter", credit="StatCounter", market="s/m", licence="CC BY-SA 3.0"),
    ]
    assert source_of(pd.concat(frames)) == "Sources: Poe (CC BY 4.0); StatCounter (CC BY-SA 3.0)."
