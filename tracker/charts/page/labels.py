"""Where labels at the right of the lines go, so that none covers another.

All in points, from the bottom of the plot. Pure numbers in, pure numbers out.
"""

from __future__ import annotations

from collections.abc import Sequence

GAP = 2.0
"""Least distance between two labels."""

MOVED = 3.0
"""Labels moved further than this need leaders."""


def keep(heights: Sequence[float], importance: Sequence[float], room: float) -> list[int]:
    """Choose the labels that fit one above the other.

    Parameters
    ----------
    heights : sequence of float
        Height of each label, points.
    importance : sequence of float
        The least important are dropped first, the later one of equals; infinity is never dropped.
    room : float
        Height of the plot with its ends, points.

    Returns
    -------
    list of int
        Positions of the kept ones, in order.

    Examples
    --------
    >>> keep([10, 10, 10], [5, 1, 9], 24)
    [0, 2]
    """
    kept = list(range(len(heights)))
    while kept and sum(heights[i] for i in kept) + GAP * (len(kept) - 1) > room:
        least = min(kept, key=lambda i: (importance[i], -i))
        if importance[least] == float("inf"):
            break
        kept.remove(least)
    return kept


def place(
    wanted: Sequence[float], heights: Sequence[float], weights: Sequence[float], low: float, high: float
) -> list[float]:
    """Place labels as near to their lines as they can be without overlap.

    Parameters
    ----------
    wanted : sequence of float
        Where the centre of each label should be, points.
    heights : sequence of float
        Height of each label, points.
    weights : sequence of float
        How much each resists being moved; positive.
    low, high : float
        Bottom and top of the room, points.

    Returns
    -------
    list of float
        Centres, in the order given. Their order by height is the order of `wanted`.

    Notes
    -----
    Isotonic regression by pooling adjacent violators: after subtracting the cumulated heights, "no
    overlap" is "not decreasing", and the weighted least-squares solution pools neighbours that violate it
    into blocks at their weighted mean.

    *Not valid* where the labels together are higher than the room: see `keep`; they then leave it at the top.

    References
    ----------
    M. Ayer et al., "An empirical distribution function for sampling with incomplete information",
    Annals of Mathematical Statistics 26 (1955).

    Examples
    --------
    >>> place([5.0, 5.0], [10.0, 10.0], [1.0, 1.0], -100.0, 100.0)
    [-1.0, 11.0]
    >>> place([50.0], [10.0], [1.0], 0.0, 100.0)
    [50.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    offsets = _offsets([heights[i] for i in order])
    levels = _pool([wanted[i] - offset for i, offset in zip(order, offsets, strict=True)], [weights[i] for i in order])
    placed = [0.0] * len(wanted)
    if order:
        least = low + heights[order[0]] / 2 - offsets[0]
        most = max(least, high - heights[order[-1]] / 2 - offsets[-1])
        for i, offset, level in zip(order, offsets, levels, strict=True):
            placed[i] = min(max(level, least), most) + offset
    return placed


def _offsets(heights: Sequence[float]) -> list[float]:
    """Height of each centre above the first one when all touch with the least gap."""
    offsets = [0.0] * len(heights)
    for i in range(1, len(heights)):
        offsets[i] = offsets[i - 1] + (heights[i - 1] + heights[i]) / 2 + GAP
    return offsets


def _pool(levels: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Weighted non-decreasing least-squares fit."""
    blocks: list[tuple[float, float, int]] = []  # mean, weight, count
    for level, weight in zip(levels, weights, strict=True):
        blocks.append((level, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, heavy, count = blocks.pop()
            before, heavier, counted = blocks.pop()
            total = heavy + heavier
            blocks.append(((mean * heavy + before * heavier) / total, total, count + counted))
    return [mean for mean, _, count in blocks for _ in range(count)]
