"""A bar above the page that says what happened and never blocks anything."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from workbench.gui.icons import icon, picture
from workbench.gui.theme import Theme
from workbench.gui.workspace import Message, Workspace
from workbench.runtime.i18n import speech as _

_ICONS = {"notice": "info", "warning": "triangle-alert", "failure": "circle-x", "success": "circle-check"}


class MessageBar(QFrame):
    """Shows the newest message until it is dismissed or another comes."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._message: Message | None = None
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton()
        self._action.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setAccessibleName(_("Dismiss the message"))
        self._close.setToolTip(_("Dismiss"))
        self._close.setIconSize(QSize(16, 16))
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 8, 7)
        row.setSpacing(10)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        workspace.message_posted.connect(self.show_message)
        workspace.theme_changed.connect(self._recolour)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says now, "" when it is dismissed."""
        return self._text.text() if self._message is not None else ""

    @Slot(object)
    def show_message(self, message: Message) -> None:
        """Say something."""
        self._message = message
        self._text.setText(message.text)
        self._text.setAccessibleName(message.text)
        self._action.setText(message.action_text)
        self._action.setVisible(message.action is not None)
        self.setProperty("tone", message.tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._recolour(self._workspace.theme)
        self.show()

    @Slot()
    def dismiss(self) -> None:
        """Say nothing."""
        self._message = None
        self.hide()

    @Slot()
    def _act(self) -> None:
        message = self._message
        self.dismiss()
        if message is not None and message.action is not None:
            message.action()

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        if self._message is not None:
            color = str(getattr(theme, f"{self._message.tone}_text"))
            self._sign.setPixmap(picture(_ICONS[self._message.tone], color, 18))
            self._close.setIcon(icon("x", color))
