"""Charts that say what was found, in published figures, and how exact these are.

    from tracker.charts import line
    line(t.shares("DeepSeek R1"), focus="DeepSeek R1").save("r1.svg")

A kind of chart is a function in a module of its own name: ``tracker.charts.line`` is the function, and
``from tracker.charts.line import line`` finds it in its module. Nothing is imported before it is used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_KINDS = ("area", "bars", "concentration", "dumbbell", "line", "panels", "rank", "revisions", "slope", "table")

# Type checkers read __init__.pyi.
_ELSEWHERE = {"Chart": "chart"} | {f"{start}{kind}": kind for kind in _KINDS for start in ("", "draw_")}

__all__ = [*_ELSEWHERE]


class _Package(ModuleType):
    """Whoever imports a module of a kind makes Python set it here, where the function of its name belongs."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in _KINDS and isinstance(value, ModuleType):
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
