"""Colours can be told apart, whatever eyes see them, and texts can be read: computed."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tracker.charts.look.style import DARK, LIGHT, STYLES

# the palette of the chart grammar, lines only
GRAMMAR = {
    "light": ["#2346b8", "#0a7b74", "#e0561b", "#489cc1", "#701c45", "#a855e8", "#7f9f45", "#4d3c05", "#9aa0a8"],
    "dark": ["#8ea6ff", "#62d6c6", "#ff6d3a", "#4f93b5", "#bb5f86", "#b45cff", "#f0dc4a", "#f4a79b", "#7f868f"],
}

# Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency,
# IEEE TVCG 15(6), 2009: severity 1.0, for linear RGB
EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}

# Ottosson, A perceptual color space for image processing, 2020
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def seen(colour: str, eyes: str) -> np.ndarray:
    """A colour in OKLab, as these eyes see it."""
    return TO_LAB @ np.cbrt(TO_CONES @ np.clip(EYES[eyes] @ linear(colour), 0, 1))


def nearest(colours: list[str], eyes: str) -> tuple[float, str]:
    """The least distance of two colours, hundredths of OKLab, and which two they are."""
    pairs = combinations(colours, 2)
    return min((100 * float(np.linalg.norm(seen(a, eyes) - seen(b, eyes))), f"{a} and {b}") for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2 computes it, 1 to 21."""
    light, dark = sorted((float(np.dot([0.2126, 0.7152, 0.0722], linear(c))) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measures_are_right():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert seen("#ffffff", "all cones") == pytest.approx([1, 0, 0], abs=1e-3)
    assert nearest(["#ff0000", "#00ff00"], "deuteranopia")[0] < nearest(["#ff0000", "#00ff00"], "all cones")[0]


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("name", STYLES)
def test_lines_are_told_apart_by_all_eyes(name, eyes):
    style = STYLES[name]
    ours, pair = nearest([style.line(hue) for hue in style.tones], eyes)
    theirs, _ = nearest(GRAMMAR[name], eyes)
    assert ours >= theirs - 1e-9, f"{pair} are {ours:.1f} apart with {eyes}, in the grammar the nearest {theirs:.1f}"
    named, pair = nearest([style.line(hue) for hue in style.tones if hue != "grey"], eyes)
    assert named > 3.9, f"{pair} are only {named:.1f} apart with {eyes}"


TEXTS = ("ink", "second", "third", "muted_text", "warning", "axis")


@pytest.mark.parametrize("style", [LIGHT, DARK], ids=lambda style: style.name)
def test_every_text_can_be_read(style):
    texts = {role: getattr(style, role) for role in TEXTS} | {f"text of {hue}": style.text(hue) for hue in style.tones}
    pale = {f"{role} {colour}": round(contrast(colour, style.background), 2) for role, colour in texts.items()}
    assert {role: value for role, value in pale.items() if value < 4.5} == {}


@pytest.mark.parametrize("style", [LIGHT, DARK], ids=lambda style: style.name)
def test_coloured_lines_stand_out_and_grey_ones_stand_back(style):
    found = {hue: contrast(style.line(hue), style.background) for hue in style.tones if hue != "grey"}
    assert {hue: round(value, 2) for hue, value in found.items() if value < 2.9} == {}
    back = contrast(style.muted_line, style.background)
    assert contrast(style.grid, style.background) < back < min(found.values())


@pytest.mark.parametrize("style", [LIGHT, DARK], ids=lambda style: style.name)
def test_a_line_that_is_asked_for_is_never_pale(style):
    assert contrast(style.focus("grey"), style.background) >= 4.5
    assert contrast(style.focus("no such hue"), style.background) >= 4.5
