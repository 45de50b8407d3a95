"""What is wrong with something, and what to know of it, one sentence a line with a sign before it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from workbench.gui.icons import picture
from workbench.gui.theme import Theme
from workbench.runtime.i18n import speech as _

_SIGN_PX = 16


class FaultList(QListWidget):
    """Faults first, then notes; says so when there is neither."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setIconSize(QSize(_SIGN_PX, _SIGN_PX))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "plain")
        self._theme = theme
        self._shown: tuple[tuple[str, ...], tuple[str, ...], str] = ((), (), "")

    def show_faults(self, faults: Sequence[str], notes: Sequence[str] = (), *, sound: str = "") -> None:
        """Replace all lines; ``sound`` is said when nothing is wrong."""
        self._shown = (tuple(faults), tuple(notes), sound)
        self.clear()
        for sentence in faults:
            self._add("triangle-alert", self._theme.warning_text, sentence, _("Fault: {what}").format(what=sentence))
        if not faults and sound:
            self._add("circle-check", self._theme.success_text, sound, sound)
        for sentence in notes:
            self._add("info", self._theme.muted, sentence, _("Note: {what}").format(what=sentence))

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in other colours."""
        self._theme = theme
        faults, notes, sound = self._shown
        self.show_faults(faults, notes, sound=sound)

    def _add(self, sign: str, colour: str, text: str, said: str) -> None:
        item = QListWidgetItem(text)
        item.setIcon(picture(sign, colour, _SIGN_PX))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        self.addItem(item)
