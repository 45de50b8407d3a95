"""Draws every panel of the window from the sample case, in all sizes and appearances, for people to look at.

``python -m tests.pictures FOLDER`` (``make pictures``) writes one picture a view at 1366 x 768 and a sheet of all views
for each larger size; run it under Xvfb or on the offscreen platform.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from tests.event_loop import until
from workbench.domain.document import Document
from workbench.domain.protected_names import Leak
from workbench.gui.main_window import MainWindow
from workbench.gui.theme import load_fonts
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.paths import Paths
from workbench.runtime.settings import Settings
from workbench.services.demo import make_demo
from workbench.services.session import open_case
from workbench.services.sweeping import SweepReport

SIZES = {"1366x768": (1366, 768), "1920x1080": (1920, 1080)}
APPEARANCES = tuple(os.environ.get("APPEARANCES", "light dark contrast").split())


def settle(window: MainWindow) -> None:
    """Wait until all is read and the pages on the screen are drawn."""
    view = window.reader.view
    until(lambda: not window.workspace.jobs.running)
    if view.page_count:
        until(lambda: all(view.images.picture(i, view._view()) is not None for i in view.shown_pages))
    for _ in range(5):
        QApplication.processEvents()


def views(window: MainWindow) -> dict[str, Callable[[], None]]:
    """What brings each view to the front."""
    trigger = {name: action.trigger for name, action in window.book.actions.items()}

    def search() -> None:
        trigger["search"]()
        window.panels["search"].query.setText("answer")  # type: ignore[attr-defined]
        window.panels["search"].search()  # type: ignore[attr-defined]

    def link() -> None:
        trigger["show_excerpts"]()
        trigger["next_excerpt"]()
        settle(window)
        trigger["link_excerpts"]()

    def subjects() -> None:
        window.step_back()
        trigger["show_institutions"]()

    def table() -> None:
        trigger["timeline_table"]()

    def history() -> None:
        trigger["timeline_table"]()
        trigger["show_history"]()
        panel = window.history
        panel.view.setCurrentIndex(panel.model.index(0))

    def beside() -> None:
        window.step_back()
        trigger["show_documents"]()
        go_to(window, "INQ000101")
        trigger["show_excerpts"]()
        trigger["thumbnails"]()
        trigger["find"]()
        bar, images = window.reader.find_bar, window.reader.view.images
        bar.field.setText("report")
        until(lambda: bool(bar.count.text()))
        until(lambda: all(images.thumbnail(row) is not None for row in range(window.reader.view.page_count)))

    def build_again() -> None:
        trigger["build_bundle"]()

    def redactions() -> None:
        window.step_back()
        trigger["show_redactions"]()
        settle(window)
        trigger["next_mark"]()

    def redact() -> None:
        words = window.reader.view.images.words(0) or []
        window.reader.view.choose(0, words[0].start, words[4].end)
        trigger["redact"]()

    def protection() -> None:
        window.step_back()
        window.reader.view.clear_selection()
        trigger["show_restrictions"]()

    def builds() -> None:
        trigger["show_protection"]()
        trigger["show_builds"]()

    def leaks() -> None:
        found = tuple(
            Leak(file=file, place=place, page=page, label="IN-A1", kind="name", form=form, excerpt="", number=1)
            for file, place, page, form in (
                ("For core participants.pdf", "the text of page 12", 12, "as typed"),
                ("For core participants.pdf", "the text of page 16", 16, "hyphenated"),
                ("For core participants.page-map.csv", "the table", 0, "as typed"),
            )
        )
        window.bundles.building.leak_sheet.begin("For core participants", SweepReport(leaks=found), print)

    def settled(name: str) -> Callable[[], None]:
        """A panel of the analysis, which reads when it is first looked at."""

        def show() -> None:
            window.step_back()
            trigger[name]()
            settle(window)
            until(lambda: not window.workspace.jobs.running)

        return show

    def coverage() -> None:
        settled("show_coverage")()
        panel: Any = window.panels["coverage"]
        panel.cells.matrix.setCurrentIndex(panel.cells.matrix.model().index(0, 2))
        until(lambda: panel.details.place.text() != "No cell chosen")

    def findings() -> None:
        settled("show_findings")()
        window.panels["findings"].view.selectRow(4)  # type: ignore[attr-defined]

    return {
        "reading": trigger["show_documents"],
        "search": search,
        "excerpts": trigger["show_excerpts"],
        "link": link,
        "subjects": subjects,
        "timeline": trigger["show_timeline"],
        "timeline-table": table,
        "history": history,
        "bundles": trigger["show_bundles"],
        "build-again": build_again,
        "redactions": redactions,
        "redact": redact,
        "protection": protection,
        "clearances": trigger["show_clearances"],
        "coverage": coverage,
        "assessments": settled("show_assessments"),
        "findings": findings,
        "recommendations": settled("show_recommendations"),
        "letters": settled("show_letters"),
        "link-map": settled("show_link_map"),
        "inquiry": settled("show_inquiry"),
        "builds": builds,
        "leaks": leaks,
        "finding": beside,
        "palette": trigger["palette"],
    }


def go_to(window: MainWindow, urn: str) -> None:
    """Show a document, and wait until it is there."""
    document = next(item for item in window.workspace.case.all(Document) if item.urn == urn)
    window.workspace.go_to(Place(document=document.id))
    until(lambda: window.reader.document is not None and window.reader.document.id == document.id)
    settle(window)


def picture_of(window: MainWindow) -> Image.Image:
    """The window as it is painted, in few colours so that the file is small."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap: QPixmap = window.grab()
    pixmap.save(buffer, "PNG")
    buffer.close()
    with tempfile.SpooledTemporaryFile() as file:
        file.write(bytes(content.data()))
        file.seek(0)
        return Image.open(file).convert("RGB").quantize(96)


def draw(case: Path, folder: Path, appearance: str, size: str, scale: str) -> None:
    """All views of one appearance and size."""
    home = Path(tempfile.mkdtemp())
    workspace = Workspace(Settings(appearance=appearance), Paths(home / "s.toml", home / "w.ini", home / "crash"))
    window = MainWindow(workspace)
    window.resize(*SIZES[size])
    window.show()
    pictures = {"welcome": picture_of(window)}
    workspace.adopt(open_case(case))
    settle(window)
    go_to(window, "INQ000002")
    for name, show in views(window).items():
        show()
        settle(window)
        pictures[name] = picture_of(window)
    window.close()
    if size == "1366x768" and scale == "1":
        for name, picture in pictures.items():
            picture.save(folder / f"{name}-{appearance}.png", optimize=True)
    else:
        sheet(list(pictures.values())).save(folder / f"all-{size}-{scale}x-{appearance}.png", optimize=True)


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """All pictures on one sheet, three in a row, each 960 pixels wide."""
    width, across = 960, 3
    height = round(width * pictures[0].height / pictures[0].width)
    rows = -(-len(pictures) // across)
    whole = Image.new("RGB", (width * across, height * rows), "white")
    for at, picture in enumerate(pictures):
        small = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
        whole.paste(small, (at % across * width, at // across * height))
    return whole.quantize(128)


def main(folder: Path) -> None:
    """Write all pictures for the scale factor that Qt was started with."""
    application = QApplication([])
    load_fonts(application)
    folder.mkdir(parents=True, exist_ok=True)
    scale = os.environ.get("QT_SCALE_FACTOR", "1")
    with tempfile.TemporaryDirectory() as made:
        case = make_demo(Path(made)).case_path
        for appearance in APPEARANCES:
            for size in SIZES if scale == "1" else ("1366x768",):
                draw(case, folder, appearance, size, scale)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
