"""What importing costs, and that a chart leaves nothing behind in the process."""

from __future__ import annotations

import subprocess
import sys
from inspect import isfunction
from pathlib import Path

import pytest

import tracker.charts
from tracker.charts.kinds import KINDS


def run(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize("name", ["tracker", "tracker.charts"])
def test_importing_brings_in_nothing_heavy(name):
    code = f"import sys, {name}; print(*({{'matplotlib', 'numpy', 'pandas', 'fontTools'}} & set(sys.modules)))"
    assert run(code) == []


SAVE = """
import sys, tempfile, pathlib
import matplotlib
settings = lambda: {{name: matplotlib.rcParams[name] for name in matplotlib.rcParams if name != "backend"}}
before = settings()
sys.path.insert(0, {tests!r})
from charts.chart_frames import flagship
from tracker.charts import line
chart = line(flagship(), focus="DeepSeek R1")
chart._repr_mimebundle_()
with tempfile.TemporaryDirectory() as folder:
    for kind in ("png", "svg", "pdf"):
        chart.save(pathlib.Path(folder) / f"a.{{kind}}")
print("pyplot" if "matplotlib.pyplot" in sys.modules else "no-pyplot")
print("same" if settings() == before else "changed")
"""


def test_charts_leave_no_pyplot_and_no_settings_behind():
    assert run(SAVE.format(tests=str(Path(__file__).parents[1]))) == ["no-pyplot", "same"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_function_of_the_package(kind):
    chart, draw = getattr(tracker.charts, kind), getattr(tracker.charts, f"draw_{kind}")
    assert isfunction(chart)
    assert isfunction(draw)
    assert chart is sys.modules[f"tracker.charts.{kind}"].__dict__[kind]


@pytest.mark.parametrize(
    "code",
    [
        "from tracker.charts import line; from tracker.charts.line import line as same",
        "from tracker.charts.line import line; from tracker.charts import line as same",
        "import tracker.charts.line; line = tracker.charts.line; from tracker.charts import line as same",
    ],
)
def test_a_kind_is_its_function_in_whatever_order_things_are_imported(code):
    assert run(f"{code}; print(line is same and callable(line))") == ["True"]


def test_what_is_offered_is_what_type_checkers_read():
    stub = Path(tracker.charts.__file__).with_suffix(".pyi").read_text().split()
    assert sorted(stub[i + 1] for i, word in enumerate(stub) if word == "as") == sorted(tracker.charts.__all__)
    assert set(tracker.charts.__all__) <= set(dir(tracker.charts))
    with pytest.raises(AttributeError, match="no attribute 'pie'"):
        tracker.charts.pie  # noqa: B018
