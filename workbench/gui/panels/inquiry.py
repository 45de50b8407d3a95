"""The inquiry's own registers: requests and what came of them, hearings, parties, and the list of issues."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from workbench.domain.ids import new_id
from workbench.domain.inquiry import EvidenceRequest
from workbench.gui.panels.inquiry_columns import HEARING_COLUMNS, ISSUE_COLUMNS, PARTY_COLUMNS, REQUEST_COLUMNS
from workbench.gui.panels.listed import Kind, KindsPanel, filter_field, foot_bar, head_bar, set_out
from workbench.gui.sheets.inquiry_sheets import EntrySheet, HearingSheet, IssueSheet, PartySheet, RequestSheet
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

_KINDS: tuple[Kind, ...] = (
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


class InquiryPanel(KindsPanel):
    """One register at a time, as a table; every entry is edited in a sheet."""

    shows = (
        "evidence_request", "hearing", "party", "issue", "receipt", "document", "institution", "person", "link",
        "assessment", "scope_paragraph",
    )  # fmt: skip
    panel_name = "inquiry"
    refresh_ms = 200

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._totals: InquiryTotals | None = None
        self.kind.setAccessibleName(_("Which register is listed"))
        self.filter = filter_field(_("Filter the register"))
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.add_kinds(_KINDS, does=((_("Add…"), self.add),))
        sheets = (RequestSheet, HearingSheet, PartySheet, IssueSheet)
        self.sheets: dict[str, EntrySheet] = {
            name: sheet(workspace, self) for name, sheet in zip(self.pages, sheets, strict=True)
        }
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._turn)
        self.filter.textChanged.connect(self._narrow)

    def _lay_out(self) -> None:
        foot, _buttons = foot_bar(((_("Add…"), self.add), (_("Edit…"), self.edit), (_("Remove"), self.remove)))
        set_out(self, head_bar(self.kind, self.filter, self.summary), self.tables, foot)

    # Filling

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List the registers"), lambda case, _ticket: inquiry_lists(case), self._show)

    @Slot()
    def clear(self) -> None:
        self.filter.clear()
        for page in self.pages.values():
            page.fill({})
        self._totals = None
        self._summarise()

    def _show(self, lists: InquiryLists) -> None:
        self._totals = lists.totals
        for name, page in self.pages.items():
            page.fill({row.id: row for row in getattr(lists, name)})
        self._summarise()

    @Slot()
    def _turn(self) -> None:
        self.tables.setCurrentWidget(self._page)
        self._summarise()

    def _summarise(self) -> None:
        told = _in_short(self.listed, self._totals) if self._totals is not None else ""
        self.summary.setText(told)
        self.summary.setVisible(bool(told))

    @property
    def current(self) -> Any:
        """The chosen row of the register that is listed; None without one."""
        return self._page.current

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

    def add(self) -> None:
        """Ask for another entry of the register that is listed."""
        self.sheets[self.listed].begin(None)

    def edit(self) -> None:
        """Edit the chosen entry."""
        row, entry = self.current, self._entry
        if entry is not None:
            self.sheets[self.listed].begin(entry)
        elif isinstance(row, RequestRow):
            # Documents name it, but it is not on record: what is missing is to put it there.
            self.sheets[self.listed].begin(EvidenceRequest(id=new_id("req"), reference=row.reference))
        else:
            self.workspace.say(_("Choose a line of the register first."))

    def remove(self) -> None:
        """Take the chosen entry out of its register; it can be undone."""
        entry = self._entry
        if entry is None:
            self.workspace.say(_("Choose a line of the register first."))
            return
        self.workspace.write(_("Remove the entry"), lambda case, _ticket: remove_entry(case, entry))


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
