"""Measures the coverage panel in a process of its own: opening, frames while moving about, longest waits."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.benchmarks.table import percentile
from tests.benchmarks.window_probe import Pulse
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.coverage import CoveragePanel
from workbench.gui.workspace import Workspace
from workbench.runtime.paths import Paths
from workbench.runtime.settings import Settings
from workbench.services.session import open_case

#: The best of so many is told, because other work may run beside.
_ROUNDS = 6


def until(condition: Callable[[], bool]) -> None:
    """Serve the window as it serves itself, asleep between events; asking all the time would starve the reading."""
    loop, asking = QEventLoop(), QTimer(interval=3)
    asking.timeout.connect(lambda: loop.quit() if condition() else None)
    asking.start()
    if not condition():
        loop.exec()


def frame(act: Callable[[], object], panel: CoveragePanel) -> float:
    """Milliseconds of the window's thread for one step: what the person does, and all of the matrix painted after it.

    Its own time, because whatever else runs on the machine says nothing about the matrix.
    """
    began = time.thread_time()
    act()
    panel.cells.matrix.viewport().repaint()
    QApplication.processEvents()
    return (time.thread_time() - began) * 1000


def frames(panel: CoveragePanel) -> list[float]:
    """Scrolling down and across, in large and in small cells, and going from cell to cell by arrows."""
    view, found = panel.cells.matrix, []
    for _dense in range(2):
        for bar in (view.verticalScrollBar(), view.horizontalScrollBar()):
            found += [frame(lambda bar=bar: bar.setValue(bar.value() + 24), panel) for _ in range(60)]
        view.setFocus()
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right):
            found += [frame(lambda key=key: QTest.keyClick(view, key), panel) for _ in range(25)]
        panel.toggle_dense()
    return found


def probe(path: Path) -> dict[str, object]:
    """All figures, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        workspace = Workspace(Settings(appearance="light"), Paths(home / "s.toml", home / "w.ini", home / "crash"))
        window, pulse = MainWindow(workspace), Pulse()
        window.resize(1920, 1080)
        window.show()
        workspace.adopt(open_case(path))
        until(lambda: not workspace.jobs.running)
        panel = window.panels["coverage"]
        assert isinstance(panel, CoveragePanel)

        def opens() -> None:
            panel.reload()
            until(lambda: panel.cells.matrix.grid.rowCount() > 0)
            panel.cells.matrix.viewport().repaint()

        def opened() -> tuple[float, float]:
            """Milliseconds until the matrix is painted, and the longest wait on the way; from an empty panel."""
            until(lambda: not workspace.jobs.running)
            panel.clear()
            began = time.perf_counter()
            longest = pulse.during(opens)
            return (time.perf_counter() - began) * 1000, longest

        def idly(act: Callable[[], object]) -> Callable[[], None]:
            def work() -> None:
                act()
                until(lambda: not workspace.jobs.running)

            return work

        window.show_panel("coverage")  # the other panels of its layout read what they show as well; that is theirs
        until(lambda: panel.cells.matrix.grid.rowCount() > 0)
        rounds = [opened() for _ in range(_ROUNDS)]
        open_ms = min(wall for wall, _longest in rounds)
        blocks = {"opening": min(longest for _wall, longest in rounds)}
        until(lambda: not workspace.jobs.running)
        blocks["filter institutions"] = pulse.during(idly(lambda: panel.bar.filter.setText("police 2")))
        blocks["all institutions again"] = pulse.during(idly(panel.bar.filter.clear))
        blocks["point out what is missing"] = pulse.during(idly(lambda: panel.bar.states.setCurrentIndex(1)))
        blocks["all cells again"] = pulse.during(idly(lambda: panel.bar.states.setCurrentIndex(0)))
        blocks["matrix to table"] = pulse.during(idly(panel.toggle_table))
        blocks["table to matrix"] = pulse.during(idly(panel.toggle_table))
        spent = frames(panel)
        window.close()
    return {"open_ms": open_ms, "frame_p95_ms": percentile(spent, 0.95), "longest_block_ms": blocks}


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([])
    sys.stdout.write(json.dumps(probe(Path(sys.argv[1]))) + "\n")
