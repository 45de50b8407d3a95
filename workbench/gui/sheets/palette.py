"""Every action by its name: type a few letters, Enter does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from workbench.gui.columns import RECORD_ROLE
from workbench.gui.models.record_list import RecordList
from workbench.gui.sheets.choosing import is_plain_enter, moves_through
from workbench.gui.sheets.popover import Popover
from workbench.gui.widgets.form import make_clearable
from workbench.runtime.i18n import speech as _


@dataclass(frozen=True, slots=True)
class PaletteLine:
    """An action with its menu and keys, as words."""

    action: QAction
    menu: str
    text: str
    keys: str
    is_possible: bool


class Palette(Popover):
    """What can be done now stands before what cannot."""

    def __init__(self, home: QWidget) -> None:
        super().__init__(_("All actions"), home)
        self._actions: list[tuple[QAction, str]] = []
        self._recent: list[str] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("What do you want to do?"))
        self.field.setAccessibleName(_("Find an action"))
        make_clearable(self.field)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._narrow)
        self.model = RecordList(_spoken, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(_("Actions"))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setUniformItemSizes(True)
        self.view.setMinimumHeight(320)
        self.view.clicked.connect(self._do)
        self.why = QLabel()
        self.why.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        for widget in (self.field, self.view, self.why):
            column.addWidget(widget)
        self.setFixedWidth(520)

    def offer(self, actions: Sequence[tuple[QAction, str]]) -> None:
        """(action, menu) of everything there is."""
        self._actions = list(actions)

    def begin(self) -> None:
        """Ask what to do."""
        self.field.clear()
        self._narrow("")
        self.open_near()
        self.field.setFocus()

    @Slot(str)
    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        lines = [
            line
            for line in map(_line, self._actions)
            if all(word in f"{line.menu} {line.text} {line.keys}".casefold() for word in words)
        ]
        recent = self._recent
        lines.sort(key=lambda line: (not line.is_possible, _rank(recent, line.action.objectName())))
        self.model.show(lines)
        self.why.clear()
        if lines:
            self.view.setCurrentIndex(self.model.index(0))

    @Slot()
    def _do(self) -> None:
        line = self.view.currentIndex().data(RECORD_ROLE)
        if not isinstance(line, PaletteLine):
            return
        if not line.action.isEnabled():
            self.why.setText(_("This cannot be done just now: open a case or a document, or choose something, first."))
            return
        name = line.action.objectName()
        self._recent = [name, *(other for other in self._recent if other != name)][:20]
        self.close_sheet()
        line.action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and moves_through(event, self.view):
            return True
        if watched is self.field and is_plain_enter(event):
            self._do()
            return True
        return super().eventFilter(watched, event)


def _line(entry: tuple[QAction, str]) -> PaletteLine:
    action, menu = entry
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return PaletteLine(action, menu, action.text().replace("&", ""), keys, action.isEnabled())


def _rank(recent: list[str], name: str) -> int:
    return recent.index(name) if name in recent else len(recent)


def _spoken(line: PaletteLine) -> str:
    keys = f"   {line.keys}" if line.keys else ""
    missing = "" if line.is_possible else "   ·   " + _("not now")
    return f"{line.text}   ·   {line.menu}{keys}{missing}"
