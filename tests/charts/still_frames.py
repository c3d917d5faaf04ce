"""Frames of two periods for the tests of slopes, dumbbells and bars."""

from __future__ import annotations

from hypothesis import strategies as st

from charts.chart_frames import frame_of

NAMES = st.text(alphabet="abcdeg MWiljyÀЖΩ$_^{}\\", min_size=1, max_size=40).map(lambda t: " ".join(t.split()) or "x")
PRINTED = st.one_of(
    st.integers(0, 100).map(str),
    st.floats(0, 100).map(lambda x: f"{x:.2f}"),
    st.floats(0, 0.1).map(lambda x: f"{x:.2f}"),
    st.integers(1, 9).map(lambda x: f"<{x}"),
    st.integers(1, 90).map(lambda x: f">{x}"),
    st.integers(1, 90).map(lambda x: f"{x}..{x + 3}"),
)
SIZES = st.sampled_from([(7.2, 5.0), (4.0, 3.0), (12.0, 6.0), (4.0, 9.0), (9.0, 3.0)])
ENDS = [("2025-02", "2025-08"), ("~2025-02-15", "~2025-04-30"), ("2024-12-28/2025-01-03", "2025-03-01/2025-04-02")]


@st.composite
def two_periods(draw):
    """A frame, its names and its two periods; the first name has both."""
    names = draw(st.lists(NAMES, min_size=1, max_size=20, unique=True))
    ends = draw(st.sampled_from(ENDS))
    rows = []
    for name in names:
        held = ends if name == names[0] else draw(st.sampled_from([ends, ends, ends[:1], ends[1:]]))
        rows += [(name, period, draw(PRINTED)) for period in held]
    frame = frame_of(rows, hues={names[0]: draw(st.sampled_from(["blue", "orange", "grey"]))})
    frame["status"] = [draw(st.sampled_from("AAAAFPEB")) for _ in range(len(frame))]
    frame["kind"] = ["residual" if name == names[-1] else "model" for name in frame["entity"].astype(str)]
    return frame, names, ends


MIXED = ["7 3", "3.7 4.7", "<1 2", ">2 >5", "1..3 3.2", "0 1.2", "4 4", "30 28"]
MIXED_NAMES = [
    "DeepSeek",
    "Google",
    "Meta",
    "Mistral",
    "Qwen",
    "xAI",
    "A name of forty characters, no more, yes",
    "Other",
]


def mixed(**same):
    """Every sort of figure, in two vague periods; `Other` is the rest, and `Late` has the second only."""
    rows = [
        (name, period, value)
        for name, pair in zip(MIXED_NAMES, MIXED, strict=True)
        for period, value in zip(ENDS[1], pair.split(), strict=True)
    ]
    frame = frame_of([*rows, ("Late", ENDS[1][1], "5")], hues={"DeepSeek": "blue", "Google": "sky"}, **same)
    frame["kind"] = ["residual" if name == "Other" else "model" for name in frame["entity"].astype(str)]
    return frame
