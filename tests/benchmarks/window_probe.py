"""Measures the window in a process of its own: frames while scrolling, and the longest wait of its event loop."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pymupdf
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks.large_case import DOCUMENTS, make_large_case
from tests.event_loop import until
from workbench.domain.document import Document
from workbench.domain.ids import DocumentId
from workbench.gui.main_window import MainWindow
from workbench.gui.page.view import PageView
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.paths import Paths
from workbench.runtime.settings import Settings
from workbench.services.session import create_case, open_case

PAGES, CACHED_PAGES = 1000, 20


class Pulse:
    """Beats every millisecond on the window's thread; a gap between beats is a time when the window was deaf."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self.longest_ms = 0.0

    def _beat(self) -> None:
        now = time.perf_counter()
        if self._last:
            self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now

    def during(self, work: Callable[[], None]) -> float:
        """The longest gap in milliseconds while ``work`` goes on."""
        self._last, self.longest_ms = time.perf_counter(), 0.0
        self._timer.start()
        work()
        self._beat()
        self._timer.stop()
        return self.longest_ms


def thousand_pages(path: Path) -> None:
    """A text document of a thousand pages."""
    with pymupdf.open() as document:
        for number in range(PAGES):
            page = document.new_page(width=595, height=842)
            for line in range(45):
                text = f"{number}.{line} The platform kept a register of notices and reviewed it twice a year."
                page.insert_text((60, 60 + line * 16), text, fontsize=10)
        document.save(path)


def scroll(view: PageView, pixels: int, frames: int) -> list[float]:
    """Milliseconds of each frame: scroll, paint, serve the event loop."""
    bar, spent = view.verticalScrollBar(), []
    for _ in range(frames):
        began = time.perf_counter()
        bar.setValue(bar.value() + pixels)
        view.viewport().repaint()
        QApplication.processEvents()
        spent.append((time.perf_counter() - began) * 1000)
        while time.perf_counter() - began < 1 / 60:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 2)
    return sorted(spent)


def cached_frames(window: MainWindow, document: DocumentId) -> list[float]:
    """Frames over pages that are drawn already."""
    window.workspace.go_to(Place(document=document))
    view = window.reader.view
    until(lambda: view.page_count == PAGES)
    for page in range(CACHED_PAGES):
        view.go_to_page(page)
        until(lambda: view.images.picture(view.current_page, view._view()) is not None)
    view.go_to_page(0)
    until(lambda: bool(view.images.words(0)))
    return scroll(view, 40, 400)


def blocks(window: MainWindow, material: Path, out: Path) -> dict[str, float]:
    """The longest wait of the event loop during each kind of long work."""
    pulse, workspace = Pulse(), window.workspace

    def idle() -> bool:
        return not workspace.jobs.running

    def imports() -> None:
        window.case_actions.receive([material])
        until(idle)

    def searches() -> None:
        window.panels["search"].query.setText("register OR policy OR police")
        window.panels["search"].search()
        until(idle)

    def scrolls() -> None:
        scroll(window.reader.view, 200, 200)

    def renders() -> None:
        view = window.reader.view
        for zoom in (0.5, 1.0, 2.0, 3.0):
            view.set_zoom(zoom)
            until(lambda: view.images.picture(view.current_page, view._view()) is not None)

    def builds() -> None:
        window.panels["bundles"].build_into(str(out))
        until(idle)

    def exports() -> None:
        window.panels["bundles"].export_into(str(out))
        until(idle)

    longest = {"import": pulse.during(imports), "search": pulse.during(searches)}
    first = workspace.case.all(Document, "urn")[0]
    workspace.go_to(Place(document=first.id))
    until(lambda: window.reader.document is not None)
    longest["scroll pages not yet drawn"] = pulse.during(scrolls)
    longest["render at four sizes"] = pulse.during(renders)
    panel = window.panels["bundles"]
    panel.add_bundle("All")
    panel.add_case_study("Study")
    until(lambda: panel.bundles.current_id is not None and panel.case_studies.current_id is not None)
    return longest | {"build bundle": pulse.during(builds), "export case study": pulse.during(exports)}


def large_case(window: MainWindow, path: Path, documents: int) -> dict[str, float]:
    """The longest wait in a case with very many documents, excerpts and events."""
    make_large_case(path, documents=documents)
    pulse, workspace, timeline = Pulse(), window.workspace, window.timeline

    def during(act: Callable[[], object]) -> float:
        def work() -> None:
            act()
            until(lambda: not workspace.jobs.running)

        return pulse.during(work)

    table = window.panels["documents"]
    named = {
        "open": lambda: workspace.adopt(open_case(path, passphrase="bench")),
        "filter documents": lambda: table.filter.setText("document 77"),  # type: ignore[attr-defined]
        "filter excerpts": lambda: window.excerpts.filter.setText("note 77"),
        "show timeline": lambda: window.show_panel("timeline"),
        "zoom timeline": lambda: timeline.canvas.zoom(3),
        "filter timeline": lambda: timeline.filter.setText("event 77"),
    }
    return {f"{documents:,} documents: {name}": during(act) for name, act in named.items()}


def probe(material: Path, *, is_quick: bool) -> dict[str, object]:
    """All figures, in milliseconds."""
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        home, out = Path(folder), Path(folder) / "out"
        out.mkdir()
        workspace = Workspace(Settings(appearance="light"), Paths(home / "s.toml", home / "w.ini", home / "crash"))
        window = MainWindow(workspace)
        window.show()
        workspace.adopt(create_case(home / "bench.casefile", title="Bench", passphrase="bench"))
        until(lambda: not workspace.jobs.running)
        longest = blocks(window, material, out)
        thousand_pages(home / "INQ900000 thousand.pdf")
        window.case_actions.receive([home / "INQ900000 thousand.pdf"])
        until(lambda: not workspace.jobs.running)
        large = max(workspace.case.all(Document), key=lambda document: document.page_count)
        frames = cached_frames(window, large.id)
        longest |= large_case(window, home / "large.casefile", 1_000 if is_quick else DOCUMENTS)
        window.close()
    application.processEvents()
    return {"longest_block_ms": longest, "frame_p95_ms": frames[int(len(frames) * 0.95)], "frame_max_ms": frames[-1]}


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.stdout.write(json.dumps(probe(Path(sys.argv[1]), is_quick="--quick" in sys.argv)) + "\n")
