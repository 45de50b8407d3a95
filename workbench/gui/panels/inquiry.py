"""The inquiry's own registers: requests and what came of them, hearings, parties, and the list of issues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.ids import new_id
from workbench.domain.inquiry import EvidenceRequest
from workbench.gui.columns import ID_ROLE, Column
from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.base import Panel
from workbench.gui.panels.inquiry_columns import HEARING_COLUMNS, ISSUE_COLUMNS, PARTY_COLUMNS, REQUEST_COLUMNS
from workbench.gui.sheets.inquiry_sheets import EntrySheet, HearingSheet, IssueSheet, PartySheet, RequestSheet
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import make_clearable
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.inquiry_list import (
    HearingRow,
    InquiryLists,
    InquiryTotals,
    IssueRow,
    PartyRow,
    RequestRow,
    inquiry_lists,
)
from workbench.services.inquiry_registers import Entry, remove_entry

_REFRESH_MS = 200
_KINDS: tuple[tuple[str, str, tuple[Column, ...], str, str], ...] = (
    (
        "requests",
        mark("Requests for evidence"),
        REQUEST_COLUMNS,
        mark("No requests yet"),
        mark("Requests stand here with how many documents came under their reference, the overdue first."),
    ),
    (
        "hearings",
        mark("Hearings"),
        HEARING_COLUMNS,
        mark("No hearings yet"),
        mark("Days of hearing, open and closed, with who was heard, by office or cipher."),
    ),
    (
        "parties",
        mark("Parties"),
        PARTY_COLUMNS,
        mark("Nobody takes part yet"),
        mark("Core participants, interested parties and witnesses, and who acts for them."),
    ),
    (
        "issues",
        mark("List of issues"),
        ISSUE_COLUMNS,
        mark("No issues yet"),
        mark("Questions under the paragraphs of the scope. Link excerpts to them with L."),
    ),
)


@dataclass(slots=True)
class _Page:
    """One register: its table, its view, what shows it or says that it is empty, and its sheet."""

    model: RecordTable
    view: RecordView
    stack: QStackedWidget
    sheet: EntrySheet


class InquiryPanel(Panel):
    """One register at a time, as a table; every entry is edited in a sheet."""

    shows = (
        "evidence_request", "hearing", "party", "issue", "receipt", "document", "institution", "person", "link",
        "assessment", "scope_paragraph",
    )  # fmt: skip

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._totals: InquiryTotals | None = None
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Which register is listed"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter the register"))
        make_clearable(self.filter)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        sheets = (RequestSheet, HearingSheet, PartySheet, IssueSheet)
        self.pages: dict[str, _Page] = {}
        self._stack = QStackedWidget()
        for (name, title, columns, empty, sentence), sheet in zip(_KINDS, sheets, strict=True):
            self.kind.addItem(_(title), name)
            page = self._make_page(columns, _(title), EmptyState(_(empty), _(sentence), does=((_("Add…"), self.add),)))
            page.sheet = sheet(workspace, self)
            self.pages[name] = page
            self._stack.addWidget(page.stack)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REFRESH_MS)
        self._later.timeout.connect(self._reload_if_open)
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._turn)
        self.filter.textChanged.connect(self._narrow)

    def _make_page(self, columns: tuple[Column, ...], name: str, empty: EmptyState) -> _Page:
        model, view, stack = RecordTable(columns, self), RecordView(columns, name), QStackedWidget()
        view.setModel(model)
        view.sort_by(-1)
        view.row_opened.connect(lambda _row: self.edit())
        stack.addWidget(empty)
        stack.addWidget(view)
        return _Page(model, view, stack, None)  # type: ignore[arg-type]

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        head = QVBoxLayout(bar)
        head.setContentsMargins(8, 8, 10, 8)
        head.setSpacing(6)
        for widget in (self.kind, self.filter, self.summary):
            head.addWidget(widget)
        foot = QFrame()
        foot.setProperty("role", "bar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(8, 6, 8, 6)
        does = ((_("Add…"), self.add), (_("Edit…"), self.edit), (_("Remove"), self.remove))
        for text, act in does:
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
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
        self.workspace.read(_("List the registers"), lambda case, _ticket: inquiry_lists(case), self._show)

    @Slot()
    def clear(self) -> None:
        self.filter.clear()
        for name in self.pages:
            self._fill(name, {})
        self._totals = None
        self._summarise()

    def _show(self, lists: InquiryLists) -> None:
        self._totals = lists.totals
        for name in self.pages:
            self._fill(name, {row.id: row for row in getattr(lists, name)})
        self._summarise()

    def _fill(self, name: str, rows: Mapping[str, Any]) -> None:
        """Replace the rows of one register; what was chosen stays chosen."""
        page = self.pages[name]
        kept = str(page.view.currentIndex().data(ID_ROLE) or "")
        page.model.show(rows)
        page.stack.setCurrentIndex(1 if rows else 0)
        page.view.fit_columns()
        at = page.model.row_of(kept) if kept else -1
        if at >= 0:
            page.view.selectRow(at)

    @Slot()
    def _turn(self) -> None:
        self._stack.setCurrentWidget(self._page.stack)
        self._summarise()

    @Slot(str)
    def _narrow(self, text: str) -> None:
        for page in self.pages.values():
            page.model.set_filter(text)

    def _summarise(self) -> None:
        told = _in_short(str(self.kind.currentData()), self._totals) if self._totals is not None else ""
        self.summary.setText(told)
        self.summary.setVisible(bool(told))

    @property
    def _page(self) -> _Page:
        return self.pages[str(self.kind.currentData())]

    @property
    def current(self) -> Any:
        """The chosen row of the register that is listed; None without one."""
        index = self._page.view.currentIndex()
        return self._page.model.record(str(index.data(ID_ROLE))) if index.isValid() else None

    @property
    def _entry(self) -> Entry | None:
        row = self.current
        if isinstance(row, RequestRow):
            return row.request
        if isinstance(row, HearingRow):
            return row.hearing
        if isinstance(row, PartyRow):
            return row.party
        return row.issue if isinstance(row, IssueRow) else None

    # Actions

    def show_kind(self, kind: str) -> None:
        """List requests, hearings, parties or issues."""
        self.window().show_panel("inquiry")  # type: ignore[attr-defined]
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.take_focus()

    def add(self) -> None:
        """Ask for another entry of the register that is listed."""
        self._page.sheet.begin(None)

    def edit(self) -> None:
        """Edit the chosen entry."""
        row, entry = self.current, self._entry
        if entry is not None:
            self._page.sheet.begin(entry)
        elif isinstance(row, RequestRow):
            # Documents name it, but it is not on record: what is missing is to put it there.
            self._page.sheet.begin(EvidenceRequest(id=new_id("req"), reference=row.reference))
        else:
            self.workspace.say(_("Choose a line of the register first."))

    def remove(self) -> None:
        """Take the chosen entry out of its register; it can be undone."""
        entry = self._entry
        if entry is None:
            self.workspace.say(_("Choose a line of the register first."))
            return
        self.workspace.write(_("Remove the entry"), lambda case, _ticket: remove_entry(case, entry))

    def take_focus(self) -> None:
        page = self._page
        (page.view if page.stack.currentIndex() == 1 else self.kind).setFocus()


def _in_short(kind: str, totals: InquiryTotals) -> str:
    """The figures of one register in a line."""
    if kind == "requests":
        return _(
            "{answered} of {requests} answered, {overdue} overdue. {under} documents came under requests, "
            "{without} without."
        ).format(
            answered=totals.requests_answered,
            requests=totals.requests,
            overdue=totals.requests_overdue,
            under=totals.documents_under_requests,
            without=totals.documents_without_request,
        )
    if kind == "hearings":
        return _("{days} days, {closed} of them closed; {witnesses} heard.").format(
            days=totals.hearing_days, closed=totals.closed_days, witnesses=totals.witnesses
        )
    if kind == "parties":
        return _("{core} core participants, {others} others.").format(
            core=totals.core_participants, others=totals.other_parties
        )
    return _("{issues} issues, {open} open.").format(issues=totals.issues, open=totals.issues_open)
