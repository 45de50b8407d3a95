"""Below the timeline: what is known of the chosen event's date, the days between two, and contradictions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from workbench.gui.icons import icon
from workbench.gui.theme import Theme
from workbench.gui.widgets.form import small
from workbench.runtime.i18n import speech as _


class TimelineFoot(QFrame):
    """Takes no more room than it has to say; hidden while it has nothing."""

    contradictions_opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.line = small("")
        self.line.setAccessibleName(_("Days between two events"))
        self.warning = QPushButton()
        self.warning.clicked.connect(self.contradictions_opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(self.warning)
        self.say("")
        self.warn(())

    @property
    def text(self) -> str:
        """What is said now."""
        return self.line.text()

    def say(self, sentence: str) -> None:
        """Say something of the chosen events; "" for nothing."""
        self.line.setText(sentence)
        self.line.setVisible(bool(sentence))
        self._fit()

    def warn(self, contradictions: Sequence[str]) -> None:
        """Offer to show the contradictions between recorded orders and dates."""
        count = len(contradictions)
        self.warning.setText(_.count("{n} contradiction: show it…", "{n} contradictions: show them…", count))
        self.warning.setToolTip("\n\n".join(contradictions[:3]))
        self.warning.setHidden(not count)
        self._fit()

    def tint(self, theme: Theme) -> None:
        """Draw the sign of warning in these colours."""
        self.warning.setIcon(icon("triangle-alert", theme.failure_text))

    def _fit(self) -> None:
        self.setHidden(not self.line.text() and self.warning.isHidden())
