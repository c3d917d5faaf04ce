"""The look as settings of matplotlib, for plots of people's own: what the shipped style files hold."""

from __future__ import annotations

from tracker.charts.look.fonts import FALLBACK, FAMILY
from tracker.charts.look.style import Style

Setting = str | float | bool


def settings(style: Style) -> dict[str, Setting]:
    """Return a style as settings of matplotlib; colours of lines in the order of the palette.

    Colours are written without ``#``, which begins a comment in a style file.

    Examples
    --------
    >>> from tracker.charts.look.style import DARK
    >>> settings(DARK)["axes.facecolor"]
    '15181d'
    """
    found: dict[str, Setting] = {}
    for group in (_page(style), _texts(style), _axes(style), _lines(style)):
        found |= group
    return {name: value.removeprefix("#") if isinstance(value, str) else value for name, value in found.items()}


def style_file(style: Style) -> str:
    """Return the content of a style file."""
    use = f"plt.style.use('tracker.charts.styles.{style.name}')"
    head = f"# {use}: made by tracker.charts.look.settings"
    return "\n".join([head, *(f"{name}: {value}" for name, value in settings(style).items()), ""])


def _page(style: Style) -> dict[str, Setting]:
    return {
        "figure.figsize": "7.2, 5.0",
        "figure.facecolor": style.background,
        "figure.edgecolor": style.background,
        "savefig.facecolor": "auto",
        "savefig.edgecolor": "auto",
        "savefig.dpi": 200,
        "legend.frameon": False,
        "legend.labelcolor": style.second,
        "legend.fontsize": style.label_size,
    }


def _texts(style: Style) -> dict[str, Setting]:
    return {
        "font.family": "sans-serif",
        "font.sans-serif": f"{FAMILY}, Lato, {FALLBACK}",
        "font.size": style.label_size,
        "text.color": style.ink,
        "axes.titlesize": style.title_size,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlecolor": style.ink,
        "axes.labelsize": style.label_size,
        "axes.labelcolor": style.second,
        "axes.unicode_minus": True,
        "xtick.labelsize": style.label_size,
        "ytick.labelsize": style.label_size,
        "xtick.labelcolor": style.second,
        "ytick.labelcolor": style.second,
    }


def _axes(style: Style) -> dict[str, Setting]:
    return {
        "axes.facecolor": style.background,
        "axes.edgecolor": style.axis,
        "axes.linewidth": style.axis_width,
        "axes.spines.left": False,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "grid.color": style.grid,
        "grid.linewidth": style.grid_width,
        "grid.linestyle": "-",
        "grid.alpha": 1.0,
        "xtick.color": style.axis,
        "xtick.major.size": style.tick,
        "xtick.major.width": style.axis_width,
        "xtick.direction": "out",
        "ytick.major.size": 0.0,
        "ytick.minor.size": 0.0,
    }


def _lines(style: Style) -> dict[str, Setting]:
    hues = ", ".join(f"'{style.line(hue).removeprefix('#')}'" for hue in style.tones)
    return {
        "axes.prop_cycle": f"cycler('color', [{hues}])",
        "lines.linewidth": style.named_width,
        "lines.solid_capstyle": "round",
        "lines.solid_joinstyle": "round",
        "patch.edgecolor": style.background,
        "patch.facecolor": style.line("blue"),
    }
