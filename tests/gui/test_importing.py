"""Dropping files: they are imported beside the work, and every refusal has its reason."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton

from tests.gui.steps import write_pdf
from workbench.domain.document import Document
from workbench.gui.widgets.progress_row import ProgressRow
from workbench.services.session import create_case


def drop(window, *paths: Path) -> bool:
    """Drop files onto the window as a file browser does; whether the window takes them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys))
    return enter.isAccepted()


def test_dropped_folder_is_imported_and_refusals_have_reasons(qtbot, window, tmp_path):
    folder = tmp_path / "received"
    folder.mkdir()
    write_pdf(folder / "Letter.pdf", "Letter of the regulator", 1)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    assert drop(window, folder)
    qtbot.waitUntil(lambda: "refused" in window.message_bar.text, timeout=30000)
    assert "1 imported" in window.message_bar.text and "1 refused" in window.message_bar.text
    qtbot.waitUntil(lambda: window.panels["documents"].model.rowCount() == 4)
    window.message_bar._action.click()
    qtbot.waitUntil(lambda: window.case_actions.report_window is not None)
    report = window.case_actions.report_window
    assert report.isVisible() and not report.isModal()
    assert report.model.index(0, 0).data() == "refused"
    assert report.model.index(0, 1).data() == "broken.pdf"
    assert len(report.model.index(0, 3).data()) > 20
    assert report.model.index(0, 3).data() in report.whole.text()
    report.only_refused.setChecked(True)
    assert report.model.rowCount() == 1


def test_same_file_again_is_a_duplicate_with_a_second_receipt(qtbot, window, documents_folder):
    drop(window, next(iter(sorted(documents_folder.iterdir()))))
    qtbot.waitUntil(lambda: "duplicate" in window.message_bar.text, timeout=30000)
    model = window.panels["documents"].model
    receipts = [column.id for column in model.columns].index("receipts")
    qtbot.waitUntil(lambda: model.index(0, receipts).data() == "2")


def test_without_a_case_the_person_is_told_what_to_do(qtbot, empty_window, tmp_path):
    drop(empty_window, write_pdf(tmp_path / "a.pdf", "A", 1))
    assert "Open or create a case first" in empty_window.message_bar.text


def test_dropped_case_is_opened(qtbot, empty_window, case_path):
    drop(empty_window, case_path)
    qtbot.waitUntil(lambda: empty_window.workspace.has_case, timeout=10000)


def test_text_dragged_over_the_window_is_not_taken(empty_window):
    mime = QMimeData()
    mime.setText("no file")
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(empty_window, event)
    assert not event.isAccepted()


def test_cancel_stops_an_import_and_keeps_what_was_done(qtbot, empty_window, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(120):
        write_pdf(folder / f"{number:03}.pdf", f"Document {number}", 2)
    workspace = empty_window.workspace
    workspace.adopt(create_case(tmp_path / "c.casefile", title="C", passphrase=None, who="tester"))
    with qtbot.waitSignal(workspace.changed, timeout=30000):
        empty_window.case_actions.receive([folder])
        row = empty_window.findChild(ProgressRow)
        assert row.isVisible()
        workspace.changed.connect(row.findChild(QPushButton).click)
    qtbot.waitUntil(lambda: "stopped" in empty_window.message_bar.text, timeout=30000)
    qtbot.waitUntil(lambda: empty_window.findChild(ProgressRow) is None)
    kept = empty_window.workspace.case.count(Document)
    assert 0 < kept < 120
    qtbot.waitUntil(lambda: empty_window.panels["documents"].model.rowCount() == kept)


def test_window_is_alive_while_the_writer_is_busy(qtbot, window):
    gate = threading.Event()
    job = window.workspace.write("Wait", lambda case, ticket: gate.wait(20), shown=True)
    window.panels["documents"].filter.setText("minutes")
    qtbot.waitUntil(lambda: window.panels["documents"].model.rowCount() == 1)
    window.show_panel("search")
    with qtbot.waitSignal(job.ended):
        gate.set()


def test_closing_the_window_waits_for_its_work(qtbot, window):
    started, seen = threading.Event(), []

    def work(case, ticket) -> None:
        started.set()
        while not ticket.is_cancelled:
            started.wait(0.01)
        seen.append(case.count(Document))

    window.workspace.write("Long", work)
    assert started.wait(10)
    path = window.workspace.case.path
    window.close()
    assert seen == [3]
    assert [p.name for p in path.parent.iterdir() if p.name.startswith(path.name)] == [path.name]
