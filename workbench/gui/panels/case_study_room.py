"""The case studies of the Bundles panel: editing one, making its bundle, and what it holds in numbers."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workbench.domain.change import Change
from workbench.domain.ids import CaseStudyId
from workbench.gui.sheets.case_study_bundle_sheet import CaseStudyBundleSheet
from workbench.gui.sheets.case_study_sheet import CaseStudySheet, in_numbers
from workbench.gui.widgets.named_list import NamedList
from workbench.gui.workspace import Workspace, touches_any
from workbench.runtime.i18n import speech as _
from workbench.services.case_studies import CaseStudyNumbers, numbers_of

#: Tables whose rows the numbers are counted from.
_COUNTED = (
    "excerpt",
    "link",
    "event",
    "assessment",
    "scope_exclusion",
    "standard",
    "finding",
    "sentence",
    "case_study",
)


class _Numbers(QLabel):
    """Tells when it comes into sight."""

    shown = Signal()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()


class CaseStudyRoom(QObject):
    """Works on the case study that is chosen in the list."""

    def __init__(self, workspace: Workspace, studies: NamedList, home: QWidget) -> None:
        super().__init__(home)
        self._workspace, self._studies = workspace, studies
        self.sheet = CaseStudySheet(workspace, home)
        self.bundle_sheet = CaseStudyBundleSheet(workspace, home)
        self.numbers = _Numbers()
        self.numbers.setWordWrap(True)
        self.numbers.setProperty("role", "muted")
        self.numbers.shown.connect(self.show_numbers)
        studies.view.currentRowChanged.connect(lambda _row: self.show_numbers())
        workspace.changed.connect(self._follow)

    def put_into(self, column: QVBoxLayout) -> None:
        """The numbers and what can be done, for the page of case studies."""
        row = QHBoxLayout()
        for text, act in ((_("Edit the case study…"), self.edit), (_("Its bundle…"), self.begin_bundle)):
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
        column.addWidget(self.numbers)
        column.addLayout(row)

    @Slot(object)
    def _follow(self, change: Change) -> None:
        """Count again what is looked at when it may have changed."""
        if self.numbers.isVisible() and touches_any(change, _COUNTED):
            self.show_numbers()

    @property
    def _chosen(self) -> tuple[CaseStudyId, str] | None:
        item = self._studies.view.currentItem()
        if item is None or self._studies.current_id is None:
            self._workspace.say(_("There is no case study yet. Name one in the Bundles panel first."), "warning")
            return None
        return CaseStudyId(self._studies.current_id), item.text()

    @Slot()
    def show_numbers(self) -> None:
        """What the chosen case study holds."""
        identifier = self._studies.current_id
        if identifier is None or not self._workspace.has_case:
            self.numbers.setText("")
            return

        def show(numbers: CaseStudyNumbers) -> None:
            if self._studies.current_id == identifier:
                self.numbers.setText(in_numbers(numbers))

        study = CaseStudyId(identifier)
        self._workspace.read(_("Count the case study"), lambda case, _ticket: numbers_of(case, study), show)

    def edit(self) -> None:
        """Edit the chosen case study."""
        chosen = self._chosen
        if chosen is not None:
            self.sheet.begin(chosen[0])

    def begin_bundle(self) -> None:
        """Propose the bundle of the chosen case study."""
        chosen = self._chosen
        if chosen is not None:
            self.bundle_sheet.begin(*chosen)
