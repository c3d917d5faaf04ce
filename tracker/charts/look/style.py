"""Colours, sizes and widths, in light and in dark: the whole look of a chart in one record."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

from tracker.errors import TrackerError

# hue of an entity: tone of its line, tone of its text
_LIGHT_TONES = {
    "blue": ("#2346b8", "#2346b8"),
    "teal": ("#0a7b74", "#0a7b74"),
    "orange": ("#e0561b", "#c24a14"),
    "sky": ("#489cc1", "#2a7da2"),
    "plum": ("#701c45", "#701c45"),
    "violet": ("#a855e8", "#9440d6"),
    "olive": ("#7f9f45", "#5f7a2c"),
    "umber": ("#4d3c05", "#4d3c05"),
    "grey": ("#9aa0a8", "#626972"),
}
_DARK_TONES = {
    "blue": ("#8ea6ff", "#8ea6ff"),
    "teal": ("#62d6c6", "#62d6c6"),
    "orange": ("#ff6d3a", "#ff6d3a"),
    "sky": ("#4f93b5", "#4f93b5"),
    "plum": ("#bb5f86", "#d884ab"),
    "violet": ("#b45cff", "#b45cff"),
    "olive": ("#f0dc4a", "#f0dc4a"),
    "umber": ("#f4a79b", "#f4a79b"),
    "grey": ("#7f868f", "#98a1ab"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a chart. Colours are hex; sizes and widths are points at final size.

    Parameters
    ----------
    tones : mapping of str to (str, str)
        Hue to the colours of its line and of its text.
    band : float
        Opacity of rounding bands and boxes, 0 to 1.
    """

    name: str
    background: str
    ink: str
    second: str
    third: str
    grid: str
    axis: str
    muted_line: str
    muted_text: str
    warning: str
    band: float
    tones: MappingProxyType[str, tuple[str, str]] = field(repr=False)

    margin: float = 16.0
    kicker_size: float = 8.0
    title_size: float = 15.0
    title_least: float = 13.0
    title_height: float = 1.22
    subtitle_size: float = 10.5
    label_size: float = 9.5
    event_size: float = 8.5
    event_row: float = 27.0
    callout_size: float = 11.5
    note_size: float = 8.0
    note_height: float = 1.35
    focus_width: float = 2.6
    named_width: float = 1.9
    context_width: float = 1.3
    halo: float = 0.9
    grid_width: float = 0.7
    axis_width: float = 0.8
    tick: float = 4.0

    def line(self, hue: str) -> str:
        """Return the colour of a line; an unknown hue is grey.

        >>> LIGHT.line("blue"), LIGHT.line("nan")
        ('#2346b8', '#9aa0a8')
        """
        return self.tones.get(hue, self.tones["grey"])[0]

    def text(self, hue: str) -> str:
        """Return the colour of a text about an entity; it has more contrast than its line."""
        return self.tones.get(hue, self.tones["grey"])[1]

    def focus(self, hue: str) -> str:
        """Return the colour of a line that is asked for: grey takes its text tone, to stand before the rest."""
        return self.line(hue) if hue in self.tones and hue != "grey" else self.text("grey")


LIGHT = Style(
    name="light",
    background="#ffffff",
    ink="#16191d",
    second="#4d545c",
    third="#68707a",
    grid="#e3e6ea",
    axis="#16191d",
    muted_line="#c3c8ce",
    muted_text="#68707a",
    warning="#b42318",
    band=0.16,
    tones=MappingProxyType(_LIGHT_TONES),
)
DARK = Style(
    name="dark",
    background="#15181d",
    ink="#f2f4f6",
    second="#bcc3cb",
    third="#98a1ab",
    grid="#2c323a",
    axis="#d5dae0",
    muted_line="#4a525c",
    muted_text="#98a1ab",
    warning="#ff8a7a",
    band=0.24,
    tones=MappingProxyType(_DARK_TONES),
)

STYLES = {"light": LIGHT, "dark": DARK}


def style_named(style: str | Style) -> Style:
    """Return a style by its name; a `Style` is returned as it is.

    Raises
    ------
    TrackerError
        If there is none of this name.
    """
    if isinstance(style, Style):
        return style
    if style not in STYLES:
        raise TrackerError(f"there is no style {style!r}", f"Choose {' or '.join(STYLES)}.")
    return STYLES[style]
