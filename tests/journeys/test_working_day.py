"""A working day in the window: 30 files, 50 excerpts, links, a timeline, 60 steps back and forth, reopening."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from tests.conftest import corpus_folder
from tests.gui.conftest import empty_window, workspace  # noqa: F401 - fixtures
from tests.gui.marking_steps import link
from tests.gui.steps import write_pdf
from workbench.domain.document import Document, Page
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.progress import Ticket
from workbench.gui.workspace import Place
from workbench.runtime.resources import resource_path
from workbench.services.exporting_json import export_json
from workbench.services.session import create_case, open_case
from workbench.store.case_file import CaseFile

FILES, EXCERPTS, STEPS = 30, 50, 60
PASSPHRASE = "ŵyth cwch glas"
_LARGEST_BYTES = 1_500_000


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """Thirty files: from the corpus where it is, else the samples with made-up ones beside them."""
    folder = tmp_path / "received"
    folder.mkdir()
    corpus = corpus_folder()
    if corpus is not None:
        found = sorted((corpus / "01_public_sector_pdf").rglob("*.pdf"))
        for path in [path for path in found if path.stat().st_size < _LARGEST_BYTES][:FILES]:
            shutil.copy(path, folder / path.name)
    else:
        for path in sorted(resource_path("samples/documents").iterdir()):
            shutil.copy(path, folder / path.name)
    for number in range(FILES - len(list(folder.iterdir()))):
        write_pdf(folder / f"INQ0005{number:02} Register {number}.pdf", f"Register {number}", pages=3)
    assert len(list(folder.iterdir())) == FILES
    return folder


def drop(window, folder: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in sorted(folder.iterdir())])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(400, 400), Qt.DropAction.CopyAction, carried, buttons, keys))


def pages_to_read(case: CaseFile) -> list[tuple[Document, Page]]:
    """Pages with enough words for an excerpt, spread over the documents."""
    found = []
    for document in case.all(Document, "urn"):
        pages = [page for page in case.pages(document.sha256) if len(page.text.split()) > 25]
        found += [(document, page) for page in pages[:3]]
    return found


def read_to(qtbot, window, document: Document, page_index: int) -> None:
    window.workspace.go_to(Place(document=document.id, page_index=page_index))
    view = window.reader.view
    qtbot.waitUntil(
        lambda: (
            window.reader.document is not None
            and window.reader.document.id == document.id
            and bool(view.images.words(page_index))
        ),
        timeout=30000,
    )


def mark_fifty(qtbot, window) -> None:
    case = window.workspace.case
    places = pages_to_read(case)
    assert len(places) >= 20
    for number in range(EXCERPTS):
        document, page = places[number % len(places)]
        read_to(qtbot, window, document, page.page_index)
        words = window.reader.view.images.words(page.page_index)
        first = (number // len(places)) * 6
        window.reader.view.choose(page.page_index, words[first].start, words[first + 4].end)
        window.book.actions["make_excerpt"].trigger()
        qtbot.waitUntil(lambda number=number: case.count(Excerpt) == number + 1, timeout=30000)
        qtbot.waitUntil(lambda number=number: len(window.excerpts._rows) == number + 1, timeout=30000)


def link_them(qtbot, window) -> None:
    panel = window.excerpts
    flags = panel.view.selectionModel().SelectionFlag
    for first, text in ((0, "+Northmere Telecom"), (25, "-Harbour Platform")):
        panel.view.clearSelection()
        for row in range(first, first + 25):
            panel.view.selectionModel().select(panel.model.index(row), flags.Select)
        link(qtbot, window, (text, "institution"), ("2.3", "scope"))
    for row in range(6):
        panel.view.selectionModel().setCurrentIndex(panel.model.index(row), flags.ClearAndSelect)
        link(qtbot, window, (f"Theme {row}", "theme"), note=f"Note {row}")


def lay_a_timeline(qtbot, window) -> None:
    case, panel = window.workspace.case, window.timeline
    for number in range(6):
        window.book.actions["new_event"].trigger()
        panel.sheet.on.setText(f"{2010 + number}-0{number + 1}")
        panel.sheet.title.setText(f"Event {number}")
        panel.sheet.add_chosen_sources()
        panel.sheet.save()
        qtbot.waitUntil(lambda number=number: case.count(Event) == number + 1, timeout=15000)
        qtbot.waitUntil(lambda: not panel.sheet.is_open)
    qtbot.waitUntil(lambda: len(panel._rows) == 6, timeout=15000)


def state_of(case: CaseFile) -> dict[str, object]:
    """All that a person would miss: everything exported, and how many of each."""
    return {**export_json(case), "counts": (case.count(Excerpt), case.count(Link), case.count(Event))}


def travel(qtbot, window, action: str, steps: int) -> None:
    case = window.workspace.case
    for _ in range(steps):
        before = len(case.history())
        qtbot.waitUntil(lambda: window.book.actions[action].isEnabled(), timeout=15000)
        window.book.actions[action].trigger()
        qtbot.waitUntil(lambda before=before: len(case.history()) == before + 1, timeout=15000)


def test_a_working_day(qtbot, empty_window, received, tmp_path):  # noqa: F811 - fixtures
    window, path = empty_window, tmp_path / "day.casefile"
    window.workspace.adopt(create_case(path, passphrase=PASSPHRASE, who="tester"))
    case = window.workspace.case
    drop(window, received)
    qtbot.waitUntil(lambda: "Import finished" in window.message_bar.text, timeout=120000)
    assert case.count(Document) >= FILES - 3
    search = window.panels["search"]
    search.query.setText("policy OR register OR police")
    search.search()
    qtbot.waitUntil(lambda: search.model.rowCount() > 0, timeout=30000)
    window.book.actions["next_hit"].trigger()
    qtbot.waitUntil(lambda: window.reader.document is not None, timeout=30000)

    mark_fifty(qtbot, window)
    link_them(qtbot, window)
    lay_a_timeline(qtbot, window)
    evening = state_of(case)
    assert evening["counts"] == (EXCERPTS, EXCERPTS * 2, 6)

    travel(qtbot, window, "undo", STEPS)
    assert state_of(case)["counts"] == (EXCERPTS - (STEPS - 14), 0, 0)
    travel(qtbot, window, "redo", STEPS)
    assert state_of(case) == evening

    document, page = pages_to_read(case)[5]
    read_to(qtbot, window, document, page.page_index)
    window.book.actions["beside"].trigger()
    qtbot.waitUntil(lambda: window.desk.is_double and window.reader.document is not None, timeout=15000)
    open_documents = [reader.document.id for reader in window.desk.readers]
    fractions = [reader.spot().page_index for reader in window.desk.readers]
    window.workspace.close_case()
    assert [p.name for p in tmp_path.iterdir() if "day.casefile" in p.name] == [path.name]

    window.workspace.adopt(open_case(path, passphrase=PASSPHRASE, who="tester"))
    readers = window.desk.readers
    qtbot.waitUntil(lambda: [r.document and r.document.id for r in readers] == open_documents, timeout=30000)
    qtbot.waitUntil(lambda: [r.spot().page_index for r in readers] == fractions, timeout=15000)
    qtbot.waitUntil(lambda: window.excerpts.model.rowCount() == EXCERPTS, timeout=30000)
    assert state_of(window.workspace.case) == evening
    assert "event" in (window.workspace.case.undo_name or "") or "timeline" in (window.workspace.case.undo_name or "")
    assert all(check.ok for check in window.workspace.case.verify(Ticket()))
