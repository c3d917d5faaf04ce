"""The callout touches nothing."""

from __future__ import annotations

import pytest

from charts.chart_frames import FLAGSHIP_EVENTS, flagship
from tracker.charts.look.fonts import width
from tracker.charts.look.style import LIGHT
from tracker.charts.page.board import Board, Box
from tracker.charts.picture import prepare
from tracker.charts.plot.places import reading_box
from tracker.charts.plot.scene import compose


@pytest.mark.parametrize("size", [(365.0, 210.0), (250.0, 160.0), (600.0, 300.0)])
def test_the_callout_keeps_off_rules_boxes_and_the_link(size):
    picture = prepare(flagship(), "DeepSeek R1")
    scene = compose(picture, FLAGSHIP_EVENTS, size, 100.0, 3, LIGHT)
    call = scene.texts.callout
    assert call is not None
    plane = scene.plane
    boxes = [
        Box(text.x - width(text.text, text.size, text.bold), text.y - 2, text.x, text.y + 0.75 * text.size)
        for text in call.lines
    ]
    link = [(plane.x(picture.x(reading)), plane.y(reading.level)) for reading in picture.main.readings]
    board = Board(Box(0, 0, *size))
    board.line(link, 1.0)
    for box in boxes:
        assert all(not box.left - 3 <= mark.x <= box.right + 3 for mark in scene.marks)
        assert not any(box.meets(reading_box(picture, plane, reading)) for reading in picture.main.readings)
        assert board.score(box) == 0
        assert box.within(Box(0, 0, *size))
    assert all(abs(call.x - mark.x) > 4 for mark in scene.marks)
