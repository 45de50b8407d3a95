"""What may be shown to whom: restrictions and clearances of documents."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractItemView, QWidget

from workbench.gui.panels.listed import Kind, KindsPanel, filter_field, foot_bar, head_bar, set_out
from workbench.gui.panels.protection_columns import CLEARANCE_COLUMNS, RESTRICTION_COLUMNS
from workbench.gui.sheets.protection_sheets import ClearanceSheet, RestrictionSheet, RevokeSheet
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

_KINDS: tuple[Kind, ...] = (
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    restrictions: list[RestrictionRow]
    clearances: list[ClearanceRow]


class ProtectionPanel(KindsPanel):
    """One kind at a time, as a table; everything is edited in a sheet."""

    shows = ("restriction", "clearance", "document", "redaction")
    panel_name = "protection"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.kind.setAccessibleName(_("What is listed"))
        self.filter = filter_field(_("Filter what protects"))
        self.add_kinds(_KINDS)
        for page in self.pages.values():
            page.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.restriction_sheet = RestrictionSheet(workspace, self)
        self.revoke_sheet = RevokeSheet(workspace, self)
        self.clearance_sheet = ClearanceSheet(workspace, self)
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._turn)
        self.filter.textChanged.connect(self._narrow)
        self._turn()

    def _lay_out(self) -> None:
        does = ((_("Add…"), self.add_restriction), (_("Edit…"), self.edit), (_("Revoke…"), self.revoke))
        foot, (self.add_button, _edit, self.revoke_button) = foot_bar(does)
        set_out(self, head_bar(self.kind, self.filter), self.tables, foot)

    # Filling

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List what protects"), lambda case, _ticket: _read(case), self._show)

    @Slot()
    def clear(self) -> None:
        self.filter.clear()
        self._show(_Found(restrictions=[], clearances=[]))

    def _show(self, found: _Found) -> None:
        self.pages["restrictions"].fill({row.id: row for row in found.restrictions})
        self.pages["clearances"].fill({row.id: row for row in found.clearances})

    @Slot()
    def _turn(self) -> None:
        self.tables.setCurrentWidget(self._page)
        for button in (self.add_button, self.revoke_button):
            button.setVisible(self.listed == "restrictions")

    @property
    def chosen(self) -> list[RestrictionRow | ClearanceRow]:
        """The chosen rows of the kind that is listed."""
        return [self._page.model.record(identifier) for identifier in self._page.chosen_ids]

    # Actions

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


def _read(case: CaseFile) -> _Found:
    return _Found(restrictions=restriction_rows(case), clearances=clearance_rows(case))
