"""A working day through the window: dropped files, an excerpt with links, search, undo and redo, a proved bundle."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import documents_folder, empty_window, workspace  # noqa: F401 - fixtures
from tests.gui.marking_steps import link
from tests.gui.steps import choose_words, open_document
from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.services.checking import check_pdf
from workbench.services.session import open_case
from workbench.services.verifying import verify_case


def create_encrypted_case(qtbot, window, path: Path) -> None:
    window.book.actions["new_case"].trigger()
    dialog = window.case_actions.dialog
    dialog.name.setText("Liaison")
    dialog.path.setText(str(path))
    dialog.passphrase.insert("ŵyth cwch glas")
    dialog.again.insert("ŵyth cwch glas")
    dialog.chief.click()
    qtbot.waitUntil(lambda: window.workspace.has_case, timeout=20000)


def drop(window, folder: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(400, 400), Qt.DropAction.CopyAction, mime, buttons, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 400), Qt.DropAction.CopyAction, mime, buttons, keys))


def excerpt_with_links(qtbot, window, quote: str) -> None:
    choose_words(window, quote)
    window.book.actions["copy_with_citation"].trigger()
    assert QGuiApplication.clipboard().text() == f"“{quote}” [INQ000002_001]"
    window.book.actions["make_excerpt"].trigger()
    qtbot.waitUntil(lambda: window.excerpts.current_id is not None, timeout=20000)
    link(qtbot, window, ("-Harbour Platform", "institution"), ("Training", "theme"), ("2.2", "scope"))


def search_and_follow(qtbot, window) -> None:
    panel = window.panels["search"]
    window.book.actions["search"].trigger()
    panel.query.setText("liaison")
    qtbot.keyClick(panel.query, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4, timeout=20000)
    window.book.actions["next_hit"].trigger()
    qtbot.waitUntil(lambda: bool(window.reader.view.layers.hits), timeout=20000)


def undo_and_redo(qtbot, window) -> None:
    excerpts = window.panels["excerpts"].model
    assert "link excerpt" in window.book.actions["undo"].text()
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: "make excerpt" in window.book.actions["undo"].text())
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: excerpts.rowCount() == 0)
    window.book.actions["redo"].trigger()
    qtbot.waitUntil(lambda: excerpts.rowCount() == 1)
    window.book.actions["redo"].trigger()
    qtbot.waitUntil(lambda: not window.book.actions["redo"].isEnabled())


def build_bundle(qtbot, window, folder: Path) -> Path:
    panel = window.panels["bundles"]
    panel.add_bundle("Preliminary hearing")
    qtbot.waitUntil(lambda: panel.bundles.current_id is not None)
    panel.build_into(str(folder))
    qtbot.waitUntil(lambda: panel.result.path is not None, timeout=60000)
    assert "built and checked" in window.message_bar.text
    return panel.result.path


def test_from_dropped_files_to_a_proved_bundle(qtbot, empty_window, documents_folder, tmp_path):  # noqa: F811 - fixtures
    window, path = empty_window, tmp_path / "liaison.casefile"
    received = Path(shutil.copytree(documents_folder, tmp_path / "received"))
    (received / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    create_encrypted_case(qtbot, window, path)
    drop(window, received)
    qtbot.waitUntil(lambda: "3 imported" in window.message_bar.text, timeout=60000)
    assert "1 refused" in window.message_bar.text
    qtbot.waitUntil(lambda: window.panels["documents"].model.rowCount() == 3)
    open_document(qtbot, window, at=1)
    excerpt_with_links(qtbot, window, "No member of staff had been trained")
    search_and_follow(qtbot, window)
    undo_and_redo(qtbot, window)
    out = tmp_path / "out"
    out.mkdir()
    bundle = build_bundle(qtbot, window, out)

    assert check_pdf(bundle, "ctj-2021").ok
    with pikepdf.open(bundle) as pdf:
        assert len(pdf.pages) >= 2 + 4 + 6
    window.book.actions["close_case"].trigger()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(path.name)] == [path.name]
    with open_case(path, passphrase="ŵyth cwch glas", who="tester") as case:
        (excerpt,) = case.all(Excerpt)
        assert excerpt.quote == "No member of staff had been trained"
        assert case.get(Document, excerpt.document).urn == "INQ000002"
        assert {link.stance for link in case.all(Link, excerpt=excerpt.id)} == {Stance.UNDERMINES, Stance.CONTEXT}
        assert case.count(Link) == 2
        assert all(check.ok for check in verify_case(case))
