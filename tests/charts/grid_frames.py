"""Random frames of one market for pictures with a column for each period."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

from charts.chart_frames import frame_of

STYLES = ("light", "dark")
SIZES = st.sampled_from(["print", "web", "slide", "square", (4.0, 3.0), (4.0, 9.0), (9.0, 3.0)])

NAMES = st.text(alphabet="abcdeg MWiljyÀЖΩ$_^{}\\الع市", min_size=1, max_size=40).map(
    lambda t: " ".join(t.split()) or "x"
)
PRINTED = st.one_of(
    st.integers(0, 100).map(str),
    st.floats(0, 100).map(lambda x: f"{x:.2f}"),
    st.floats(0, 0.1).map(lambda x: f"{x:.2f}"),
    st.floats(0, 100).map(lambda x: f"{x:.12f}"),
    st.integers(1, 9).map(lambda x: f"<{x}"),
    st.integers(1, 90).map(lambda x: f">{x}"),
    st.integers(1, 90).map(lambda x: f"{x}..{x + 3}"),
)


@st.composite
def market_frames(draw, least=1):
    """From `least` to 20 entities in up to 28 months, years, days or vague dates, with gaps and statuses."""
    names = draw(st.lists(NAMES, min_size=least, max_size=20, unique=True))
    form = draw(st.sampled_from(["month", "year", "day", "vague", "range"]))
    rows = []
    for name in names:
        for step in sorted(draw(st.sets(st.integers(0, 27), min_size=1, max_size=draw(st.sampled_from([1, 3, 28]))))):
            month = f"{2023 + step // 12}-{step % 12 + 1:02d}"
            text = {
                "month": month,
                "year": str(1990 + step),
                "day": f"2025-02-{step + 1:02d}",
                "vague": f"~{month}-15",
                "range": f"{month}-11/{month}-20",
            }
            rows.append((name, text[form], draw(PRINTED)))
    made = frame_of(rows, hues={names[0]: draw(st.sampled_from(["blue", "orange", "grey"]))})
    status = draw(st.lists(st.sampled_from("AAAAAFPEB"), min_size=len(rows), max_size=len(rows)))
    return made.assign(status=pd.Categorical(status))
