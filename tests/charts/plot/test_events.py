"""Events above a plot: whom they concern decides which are left out."""

from __future__ import annotations

from charts.chart_frames import frame_of
from tracker.charts.line import line
from tracker.values import Event, Period


def test_an_event_of_somebody_in_the_picture_stays_before_others():
    rows = [("A", f"2025-{month:02d}", str(month)) for month in range(1, 7)]
    own = Event(Period.parse("2025-01-04"), "A was released to everybody", entities=("A",))
    others = [Event(Period.parse("2025-01-09"), "Something else that happened")]
    chart = line(frame_of(rows), focus="A", events=[own, *others], size=(4, 3))
    texts = {text.get_text() for text in chart.ax.texts} | {text.get_text() for text in chart.fig.texts}
    assert "A was released to everybody" in texts
    assert "Something else that happened" in chart.note
