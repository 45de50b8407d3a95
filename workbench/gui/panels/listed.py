"""What panels that list records have in common: when they read, what they keep chosen, and how they are set out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.change import Change
from workbench.gui.columns import ID_ROLE, Column
from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.base import Panel
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import make_clearable
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _

#: What buttons say and do.
Does = tuple[tuple[str, Callable[[], None]], ...]
#: One kind of records: its name, its title, its columns, and the heading and the sentence said while there are none.
Kind = tuple[str, str, tuple[Column, ...], str, str]


class ListedPage(QStackedWidget):
    """A table of records, or what is said while there are none; ``around`` is what holds the table, if not itself."""

    def __init__(self, model: RecordTable, view: RecordView, empty: EmptyState, around: QWidget | None = None) -> None:
        super().__init__()
        self.model, self.view = model, view
        self.addWidget(empty)
        self.addWidget(around or view)

    def fill(self, rows: Mapping[str, Any], wanted: str = "") -> None:
        """Replace the rows; the wanted one is chosen, else what was chosen stays chosen."""
        kept = self.chosen_ids
        self.model.show(rows)
        self.setCurrentIndex(1 if rows else 0)
        self.view.fit_columns()
        for identifier in [wanted] if self.model.row_of(wanted) >= 0 else kept:
            row = self.model.row_of(identifier)
            if row >= 0:
                self._choose(row)

    def _choose(self, row: int) -> None:
        if self._takes_one:
            self.view.selectRow(row)
            return
        selection = self.view.selectionModel()
        flags = selection.SelectionFlag
        selection.setCurrentIndex(self.model.index(row, 0), flags.Select | flags.Rows)

    @property
    def _takes_one(self) -> bool:
        return self.view.selectionMode() == QAbstractItemView.SelectionMode.SingleSelection

    @property
    def chosen_ids(self) -> list[str]:
        """The chosen rows from the top down; where only one is chosen at a time, the current one."""
        current = self.view.currentIndex()
        if self._takes_one:
            return [str(current.data(ID_ROLE))] if current.isValid() else []
        indexes = sorted(self.view.selectionModel().selectedRows(0), key=lambda index: index.row())
        return [str(index.data(ID_ROLE)) for index in indexes]

    @property
    def current(self) -> Any:
        """The current row; None without one."""
        index = self.view.currentIndex()
        return self.model.record(str(index.data(ID_ROLE))) if index.isValid() else None

    def take_focus_or(self, otherwise: QWidget) -> None:
        """Put the keyboard into the table, or elsewhere while it is empty."""
        (self.view if self.currentIndex() == 1 else otherwise).setFocus()


class ListedPanel(Panel):
    """A panel that reads what it lists anew shortly after a change, many changes at once."""

    refresh_ms = 150

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(self.refresh_ms)
        self._later.timeout.connect(self._reload_if_open)

    def refresh(self, change: Change) -> None:
        """Shortly after, many changes at once."""
        self._later.start()

    @Slot()
    def _reload_if_open(self) -> None:
        if self.workspace.has_case:
            self.reload()


class KindsPanel(ListedPanel):
    """One kind of records at a time, each in a table of its own; children say how one is edited."""

    #: By which the window knows the panel.
    panel_name = ""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.kind = QComboBox()
        self.tables = QStackedWidget()
        self.pages: dict[str, ListedPage] = {}

    def add_kinds(self, kinds: Iterable[Kind], does: Does = ()) -> None:
        """Make a table for each kind; ``does`` are the buttons of one that is empty."""
        for name, title, columns, empty, sentence in kinds:
            model, view = RecordTable(columns, self), RecordView(columns, _(title))
            view.setModel(model)
            view.sort_by(-1)
            view.row_opened.connect(lambda _row: self.edit())
            self.kind.addItem(_(title), name)
            self.pages[name] = ListedPage(model, view, EmptyState(_(empty), _(sentence), does=does))
            self.tables.addWidget(self.pages[name])

    @property
    def listed(self) -> str:
        """The name of the kind that is listed."""
        return str(self.kind.currentData())

    @property
    def _page(self) -> ListedPage:
        return self.pages[self.listed]

    @Slot(str)
    def _narrow(self, text: str) -> None:
        for page in self.pages.values():
            page.model.set_filter(text)

    def edit(self) -> None:
        """Edit what is chosen."""

    def show_kind(self, kind: str) -> None:
        """List this kind, in front."""
        self.window().show_panel(self.panel_name)  # type: ignore[attr-defined]
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.take_focus()

    def take_focus(self) -> None:
        self._page.take_focus_or(self.kind)


def filter_field(name: str) -> QLineEdit:
    """The field that narrows a list."""
    field = QLineEdit()
    field.setPlaceholderText(_("Filter"))
    field.setAccessibleName(name)
    make_clearable(field)
    return field


def head_bar(*parts: QWidget | QLayout, right: int = 10) -> QFrame:
    """What stands above a list, one below the other."""
    bar = QFrame()
    bar.setProperty("role", "bar")
    column = QVBoxLayout(bar)
    column.setContentsMargins(8, 8, right, 8)
    column.setSpacing(6)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return bar


def foot_bar(does: Does, *, stretches: bool = True) -> tuple[QFrame, list[QPushButton]]:
    """What stands below a list: buttons, at the left unless they are to fill the room."""
    foot = QFrame()
    foot.setProperty("role", "bar")
    row = QHBoxLayout(foot)
    row.setContentsMargins(8, 6, 8, 6)
    buttons = []
    for text, act in does:
        button = QPushButton(text)
        button.clicked.connect(lambda _checked=False, act=act: act())
        row.addWidget(button)
        buttons.append(button)
    if stretches:
        row.addStretch(1)
    return foot, buttons


def set_out(panel: QWidget, bar: QWidget, middle: QWidget, foot: QWidget | None = None) -> None:
    """Fill a panel: its list between what stands above and below."""
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(bar)
    column.addWidget(middle, 1)
    if foot is not None:
        column.addWidget(foot)
