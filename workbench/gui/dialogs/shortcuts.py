"""Lists every action with its keys."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from workbench.runtime.i18n import speech as _


class Shortcuts(QDialog):
    """A window that can stay open while one works."""

    def __init__(self, lines: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """``lines`` are (menu, action, keys)."""
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.resize(440, 560)
        text = QTextBrowser()
        text.setAccessibleName(_("Keyboard shortcuts"))
        html, menu = "", ""
        for title, action, keys in lines:
            if title != menu:
                html += f'<tr><td colspan="2" style="padding-top:10px"><b>{escape(title)}</b></td></tr>'
                menu = title
            html += f"<tr><td style='padding:2px 30px 2px 0'>{escape(action)}</td>"
            html += f"<td style='padding:2px 0'>{escape(keys)}</td></tr>"
        text.setHtml(f"<table>{html}</table>")
        QVBoxLayout(self).addWidget(text)
