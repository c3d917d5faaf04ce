"""Samples: where shares are answers of people who were asked, chance moves them, too."""

from __future__ import annotations

from tracker.charts.picture import Picture
from tracker.charts.words.remarks import sampling_remark

COUNTED = ("token", "view", "visit", "traffic", "search", "message", "referral", "download", "sale")
"""What is counted and not sampled, whatever number stands beside it."""


def is_asked(picture: Picture) -> bool:
    """Whether shares may be answers: they are no index, and nothing that is counted."""
    counted = picture.market.get("counted", "").lower()
    return picture.market.get("whole") != "index" and not any(word in counted for word in COUNTED)


def sampling_note(picture: Picture) -> list[str]:
    """Say that chance is not counted where figures are of samples."""
    return sampling_remark(picture.drawn()) if is_asked(picture) else []
