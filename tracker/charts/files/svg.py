"""SVG: letters as letters, with their fonts, at the places where a PNG has them; words for those who do not see it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import StringIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from tracker.charts.files.about import SETTINGS, About
from tracker.charts.files.faces import Face, faces, families, is_bold
from tracker.charts.files.texts import lifted, measured, written
from tracker.charts.look.halo import Halo

_ILLEGAL = re.compile("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What no XML may hold."""

_AT = {"left": ("start", 0.0), "center": ("middle", 0.5), "right": ("end", 1.0)}


def svg(fig: Figure, about: About) -> bytes:
    """Return a figure as an SVG file.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        It is as before afterwards.
    about : About
        What the file says about itself.

    Notes
    -----
    Every text has the length that it was measured to have, so that it stays in its room where a program
    does not know fonts within files and takes another one.
    """
    known = faces((_legal(text.get_text()), text.get_fontproperties()) for text in written(fig))
    body = _drawn(fig, known, about)
    mark = sha256(body.encode()).hexdigest()[:10]
    head, title, rest = body.partition("<title>")
    assert title, "the file has no title"
    words = f' role="img" aria-labelledby="title-{mark} desc-{mark}"'
    if about.rebuild:
        words += f" data-rebuild={quoteattr(about.rebuild)}"
    start = head.rindex("<svg ") + len("<svg")
    head = head[:start] + words + head[start:]
    said, end, rest = rest.partition("</title>")
    more = (
        f'\n <desc id="desc-{mark}">{escape(about.alt)}</desc>\n <style>{"".join(one.rule() for one in known)}</style>'
    )
    return f'{head}<title id="title-{mark}">{said}{end}{more}{rest}'.encode()


def _drawn(fig: Figure, known: Sequence[Face], about: About) -> str:
    file, canvas, before = StringIO(), fig.canvas, fig.dpi
    said: dict[str, Any] = {
        "Title": about.title or "Chart",
        "Description": about.alt,
        "Source": about.source,
        "Rights": about.licence or None,
        "Creator": "tracker",
        "Date": None,
    }
    try:
        with rc_context(SETTINGS), lifted(fig) as halos:
            FigureCanvasSVG(fig)
            fig.dpi = 72
            wide, high = (float(side) * 72.0 for side in fig.get_size_inches())
            renderer: Any = _Renderer(wide, high, file, said, known, halos)
            fig.draw(renderer)
            renderer.finalize()
    finally:
        fig.dpi = before
        fig.set_canvas(canvas)
    return file.getvalue()


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


class _Renderer(RendererSVG):
    """Writes texts as texts, from their place and with their length."""

    def __init__(
        self,
        wide: float,
        high: float,
        file: StringIO,
        said: dict[str, Any],
        known: Sequence[Face],
        halos: Mapping[Text, Halo],
    ) -> None:
        base: Any = super()
        base.__init__(wide, high, file, metadata=said)
        self._known, self._halos = known, halos

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        long = measured(s, prop)
        anchor, part = _AT[mtext.get_horizontalalignment() if mtext is not None and not angle else "left"]
        attributes = {
            "x": f"{x + part * long:.3f}",
            "y": f"{y:.3f}",
            "textLength": f"{long:.3f}",
            "lengthAdjust": "spacingAndGlyphs",
            "style": ";".join(f"{name}:{value}" for name, value in self._look(gc, prop, anchor, mtext).items()),
        }
        if angle:
            attributes["transform"] = f"rotate({-angle:.3f} {x:.3f} {y:.3f})"
        writer: Any = self.writer
        writer.element("text", _legal(s), attrib=attributes)

    def _look(self, gc: Any, prop: FontProperties, anchor: str, mtext: Text | None) -> dict[str, str]:
        look = {
            "font": f"{700 if is_bold(prop) else 400} {prop.get_size_in_points():g}px {families(prop, self._known)}",
            "text-rendering": "geometricPrecision",
            "white-space": "pre",
            "fill": to_hex(gc.get_rgb()),
        }
        if gc.get_rgb()[3] < 1:
            look["fill-opacity"] = f"{gc.get_rgb()[3]:g}"
        if anchor != "start":
            look["text-anchor"] = anchor
        halo = self._halos.get(mtext) if mtext is not None else None
        if halo is not None:
            rim = {"paint-order": "stroke", "stroke": halo.color, "stroke-width": f"{halo.wide:g}px"}
            look |= rim | {"stroke-linejoin": "round"}
        return look
