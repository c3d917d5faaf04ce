"""Charts that say what was found, in published figures, and how exact these are.

    from tracker.charts import line
    line(t.shares("DeepSeek R1"), focus="DeepSeek R1").save("r1.svg")

A kind of chart is a function in a module of its own name: ``tracker.charts.line`` is the function, and
``from tracker.charts.line import line`` finds it in its module. Nothing is imported before it is used.

Each kind is composed in a module at the top, from what several share: ``look`` (colours, fonts, sizes), ``words`` (all
that is said), ``axis``, ``page`` (the sheet around a plot, labels, free places), ``grid`` (entities by periods) and
``picture`` (a frame as series). What one kind, or two, have for themselves is in a package: ``plot`` (line), ``small``
(panels), ``stacked`` (area), ``between`` (slope, dumbbell), ``rows`` (bars, dumbbell), ``places`` (rank), ``cells``
(table), ``revised`` (revisions), ``concentrated`` (concentration). ``files`` writes pictures, ``bundled`` their data.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from tracker.charts.kinds import KINDS

# Type checkers read __init__.pyi.
_ELSEWHERE = {"Chart": "chart"} | {f"{start}{kind}": kind for kind in KINDS for start in ("", "draw_")}

__all__ = [*_ELSEWHERE]


class _Package(ModuleType):
    """Whoever imports a module of a kind makes Python set it here, where the function of its name belongs."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in KINDS and isinstance(value, ModuleType):
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_ELSEWHERE[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_ELSEWHERE})
