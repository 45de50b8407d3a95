"""Where the last finished file or folder is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from workbench.runtime.i18n import speech as _


class FinishedFile(QWidget):
    """A path that can be copied, and a button that opens its folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        heading = QLabel(_("Made last"))
        heading.setProperty("role", "heading")
        self._text = QLabel()
        self._text.setProperty("role", "quote")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        button = QPushButton(_("Show in folder"))
        button.clicked.connect(self.show_in_folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (heading, self._text, button):
            column.addWidget(widget)
        self.hide()

    def show_path(self, path: Path | None) -> None:
        """Show where something was put; None for nothing."""
        self.path = path
        self._text.setText(str(path).replace("/", "/\u200b") if path else "")
        self._text.setAccessibleName(str(path) if path else "")
        self.setVisible(path is not None)

    @Slot()
    def show_in_folder(self) -> None:
        """Open the folder with the system's own program."""
        if self.path is not None:
            folder = self.path if self.path.is_dir() else self.path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
