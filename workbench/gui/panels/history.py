"""Who changed what, and when; the newest change first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.change import Change
from workbench.gui.columns import RECORD_ROLE, shown_change, shown_instant
from workbench.gui.delegates.change import ChangeRow
from workbench.gui.models.record_list import RecordList
from workbench.gui.panels.base import Panel
from workbench.gui.theme import Theme
from workbench.gui.widgets.form import make_clearable
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.history import FieldChange, changes_of, record_of, undo_to

LIMIT = 2000


class HistoryPanel(Panel):
    """The entries of the history, or of one item; what the chosen one changed stands below."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        #: Names and ids of the items whose record can be shown just now; the window tells.
        self.items: Callable[[], list[tuple[str, str]]] = list
        self._known: list[Change] = []
        self._item = ""
        self.model = RecordList(_spoken, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(_("History"))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setUniformItemSizes(True)
        self.row = ChangeRow(workspace.theme, self.view)
        self.view.setItemDelegate(self.row)
        self.view.selectionModel().currentChanged.connect(lambda *_args: self._read_details())
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by what, who or day"))
        self.filter.setAccessibleName(_("Filter the history"))
        make_clearable(self.filter)
        self.filter.textChanged.connect(self._arrange)
        self.reach = QComboBox()
        self.reach.setAccessibleName(_("History of"))
        self.reach.activated.connect(self._choose_item)
        self.details = QLabel()
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setWordWrap(True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details.setMargin(10)
        self.undo_button = QPushButton(_("Undo to here"))
        self.undo_button.clicked.connect(self.undo_to_here)
        self._lay_out()
        self._offer_items([])
        workspace.changed.connect(self.add)

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        head = QVBoxLayout(bar)
        head.setContentsMargins(8, 8, 8, 8)
        head.addWidget(self.reach)
        head.addWidget(self.filter)
        below = QScrollArea()
        below.setWidgetResizable(True)
        below.setFrameShape(QFrame.Shape.NoFrame)
        below.setWidget(self.details)
        below.setFixedHeight(self.fontMetrics().height() * 8)
        below.setAccessibleName(_("What the change did"))
        foot = QFrame()
        foot.setProperty("role", "bar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(8, 6, 8, 6)
        row.addStretch(1)
        row.addWidget(self.undo_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((bar, 0), (self.view, 1), (below, 0), (foot, 0)):
            column.addWidget(widget, stretch)

    # Filling

    @Slot()
    def reload(self) -> None:
        item = self._item
        if item:
            self.workspace.read(_("Read the record"), lambda case, _ticket: record_of(case, item), self._show)
        else:
            self.workspace.read(
                _("List the history"), lambda case, _ticket: case.history(newest_first=True, limit=LIMIT), self._show
            )

    @Slot()
    def clear(self) -> None:
        self._item = ""
        self.filter.clear()
        self._offer_items([])
        self._show([])

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.row.set_theme(theme)

    @Slot(object)
    def add(self, change: Change) -> None:
        """Put a change that was just made at the top."""
        if self._item:
            if any(row.row_id == self._item for row in change.rows):
                self.reload()
        elif change.number not in {entry.number for entry in self._known}:
            self._show(sorted([change, *self._known[: LIMIT - 1]], key=lambda entry: -entry.number))

    def _show(self, entries: list[Change]) -> None:
        self._known = entries
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        words = self.filter.text().casefold().split()
        shown = [entry for entry in self._known if all(word in _spoken(entry).casefold() for word in words)]
        self.model.show(shown)
        self._read_details()

    # One item

    def _offer_items(self, items: list[tuple[str, str]]) -> None:
        self.reach.clear()
        self.reach.addItem(_("All changes"), "")
        for name, identifier in items:
            self.reach.addItem(_("Record of {name}").format(name=name), identifier)

    @Slot()
    def _choose_item(self) -> None:
        self._item = str(self.reach.currentData() or "")
        self.reload()

    def show_record(self) -> None:
        """Show only what was done to the item that is chosen elsewhere: excerpt, event, subject or document."""
        items = self.items()
        self._offer_items(items)
        if items:
            self.reach.setCurrentIndex(1)
        else:
            self.workspace.say(_("Choose an excerpt, an event or a document first; then its record can be shown."))
        self._choose_item()

    def show_all(self) -> None:
        """Show all changes again."""
        self.reach.setCurrentIndex(0)
        self._choose_item()

    # One entry

    @property
    def current(self) -> Change | None:
        """The chosen entry."""
        record = self.view.currentIndex().data(RECORD_ROLE)
        return record if isinstance(record, Change) else None

    def _read_details(self) -> None:
        entry = self.current
        self.undo_button.setEnabled(entry is not None)
        if entry is None:
            self.details.setText(_("Choose a change to see what it did."))
            return
        number = entry.number
        self.workspace.read(
            _("Read the change"),
            lambda case, _ticket: changes_of(case, number),
            lambda found: self._show_details(number, found),
        )

    def _show_details(self, number: int, found: list[FieldChange]) -> None:
        if self.current is not None and self.current.number == number:
            self.details.setText("\n".join(_line_of(item) for item in found) or _("Nothing in the case was changed."))

    def undo_to_here(self) -> None:
        """Take back every change that is newer than the chosen one."""
        entry = self.current
        if entry is None:
            self.workspace.say(_("Choose the change to go back to in the history first."))
            return
        number = entry.number

        def told(count: int) -> None:
            undone = _.count("{n} change taken back.", "{n} changes taken back.", count)
            self.workspace.say(undone + " " + _("Redo brings them back one by one."), "success")

        self.workspace.write(_("Undo to here"), lambda case, ticket: undo_to(case, number, ticket), told, shown=True)

    def take_focus(self) -> None:
        self.view.setFocus()


def _line_of(item: FieldChange) -> str:
    table = _(item.table.replace("_", " "))
    if not item.field:
        return _("{table}: sealed").format(table=table)
    field = item.field.replace("_", " ")
    if not item.before:
        return f"{table}, {field}: {item.after}"
    return f"{table}, {field}: {item.before} → {item.after or '–'}"


def _spoken(change: Change) -> str:
    return f"{shown_change(change)}, {shown_instant(change.at)}, {change.who}"
