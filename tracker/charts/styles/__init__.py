"""The look of the charts for plots of your own: ``plt.style.use("tracker.charts.styles.light")``, or ``.dark``.

matplotlib imports this package to find the files; that makes the bundled font known to it, which changes no
plot that does not ask for it.
"""

from __future__ import annotations

from tracker.charts.look.fonts import load

load()
