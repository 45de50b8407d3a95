"""What may be shown to whom: restrictions and clearances of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
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
from workbench.gui.panels.protection_columns import CLEARANCE_COLUMNS, RESTRICTION_COLUMNS
from workbench.gui.sheets.protection_sheets import ClearanceSheet, RestrictionSheet, RevokeSheet
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import make_clearable
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.protection_list import (
    ClearanceRow,
    RestrictionRow,
    clearance_rows,
    restriction_rows,
)
from workbench.store.case_file import CaseFile

_REFRESH_MS = 150
_KINDS: tuple[tuple[str, str, tuple[Column, ...], str, str], ...] = (
    (
        "restrictions",
        mark("Restrictions"),
        RESTRICTION_COLUMNS,
        mark("No restrictions yet"),
        mark("Orders, notices, pending applications, undertakings, statutes and waivers, and what they cover."),
    ),
    (
        "clearances",
        mark("Clearances"),
        CLEARANCE_COLUMNS,
        mark("No documents yet"),
        mark("Every document stands here with what was decided for each audience beyond the team."),
    ),
)


@dataclass(slots=True)
class _Page:
    """One kind: its table, its view, and what shows it or says that it is empty."""

    model: RecordTable
    view: RecordView
    stack: QStackedWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    restrictions: list[RestrictionRow]
    clearances: list[ClearanceRow]


class ProtectionPanel(Panel):
    """One kind at a time, as a table; everything is edited in a sheet."""

    shows = ("restriction", "clearance", "document", "redaction")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("What is listed"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter what protects"))
        make_clearable(self.filter)
        self.pages: dict[str, _Page] = {}
        self._stack = QStackedWidget()
        for name, title, columns, empty, sentence in _KINDS:
            self.kind.addItem(_(title), name)
            self.pages[name] = self._make_page(columns, _(title), _(empty), _(sentence))
            self._stack.addWidget(self.pages[name].stack)
        self.restriction_sheet = RestrictionSheet(workspace, self)
        self.revoke_sheet = RevokeSheet(workspace, self)
        self.clearance_sheet = ClearanceSheet(workspace, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REFRESH_MS)
        self._later.timeout.connect(self._reload_if_open)
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._turn)
        self.filter.textChanged.connect(self._narrow)
        self._turn()

    def _make_page(self, columns: tuple[Column, ...], name: str, empty: str, sentence: str) -> _Page:
        model, view, stack = RecordTable(columns, self), RecordView(columns, name), QStackedWidget()
        view.setModel(model)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.sort_by(-1)
        view.row_opened.connect(lambda _row: self.edit())
        stack.addWidget(EmptyState(empty, sentence))
        stack.addWidget(view)
        return _Page(model, view, stack)

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        head = QVBoxLayout(bar)
        head.setContentsMargins(8, 8, 10, 8)
        head.setSpacing(6)
        head.addWidget(self.kind)
        head.addWidget(self.filter)
        foot = QFrame()
        foot.setProperty("role", "bar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(8, 6, 8, 6)
        self.buttons: dict[str, QPushButton] = {}
        does = (
            ("add", _("Add…"), self.add_restriction),
            ("edit", _("Edit…"), self.edit),
            ("revoke", _("Revoke…"), self.revoke),
        )
        for name, text, act in does:
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
            self.buttons[name] = button
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

    # Filling

    def refresh(self, change: Change) -> None:
        """Shortly after, many changes at once."""
        self._later.start()

    @Slot()
    def _reload_if_open(self) -> None:
        if self.workspace.has_case:
            self.reload()

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List what protects"), lambda case, _ticket: _read(case), self._show)

    @Slot()
    def clear(self) -> None:
        self.filter.clear()
        self._show(_Found(restrictions=[], clearances=[]))

    def _show(self, found: _Found) -> None:
        self._fill("restrictions", found.restrictions)
        self._fill("clearances", found.clearances)

    def _fill(self, name: str, rows: Sequence[RestrictionRow | ClearanceRow]) -> None:
        """Replace the rows of one kind; what was chosen stays chosen."""
        page = self.pages[name]
        kept = self._chosen_ids(page)
        page.model.show({row.id: row for row in rows})
        page.stack.setCurrentIndex(1 if rows else 0)
        page.view.fit_columns()
        selection, flags = page.view.selectionModel(), page.view.selectionModel().SelectionFlag
        for identifier in kept:
            row = page.model.row_of(identifier)
            if row >= 0:
                selection.setCurrentIndex(page.model.index(row, 0), flags.Select | flags.Rows)

    @Slot()
    def _turn(self) -> None:
        name = str(self.kind.currentData())
        self._stack.setCurrentWidget(self.pages[name].stack)
        self.buttons["add"].setVisible(name == "restrictions")
        self.buttons["revoke"].setVisible(name == "restrictions")

    @Slot(str)
    def _narrow(self, text: str) -> None:
        for page in self.pages.values():
            page.model.set_filter(text)

    @property
    def _page(self) -> _Page:
        return self.pages[str(self.kind.currentData())]

    @staticmethod
    def _chosen_ids(page: _Page) -> list[str]:
        indexes = sorted(page.view.selectionModel().selectedRows(0), key=lambda index: index.row())
        return [str(index.data(ID_ROLE)) for index in indexes]

    @property
    def chosen(self) -> list[RestrictionRow | ClearanceRow]:
        """The chosen rows of the kind that is listed."""
        return [self._page.model.record(identifier) for identifier in self._chosen_ids(self._page)]

    # Actions

    def show_kind(self, kind: str) -> None:
        """List restrictions or clearances."""
        self.window().show_panel("protection")  # type: ignore[attr-defined]
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.take_focus()

    def add_restriction(self) -> None:
        """Ask for another restriction."""
        self.show_kind("restrictions")
        self.restriction_sheet.begin(None)

    def edit(self) -> None:
        """Edit what is chosen: a restriction, or the clearance of documents."""
        rows = self.chosen
        clearances = [row for row in rows if isinstance(row, ClearanceRow)]
        if not rows:
            self.workspace.say(_("Choose a line of the table first."))
        elif clearances:
            self.clearance_sheet.begin(clearances)
        elif isinstance(rows[0], RestrictionRow):
            self.restriction_sheet.begin(rows[0].restriction)

    def revoke(self) -> None:
        """Ask from which day on the chosen restriction no longer counts."""
        row = next(iter(self.chosen), None)
        if isinstance(row, RestrictionRow):
            self.revoke_sheet.begin(row.restriction)
        else:
            self.workspace.say(_("Choose a restriction in the table first."))

    def take_focus(self) -> None:
        page = self._page
        (page.view if page.stack.currentIndex() == 1 else self.kind).setFocus()


def _read(case: CaseFile) -> _Found:
    return _Found(restrictions=restriction_rows(case), clearances=clearance_rows(case))
