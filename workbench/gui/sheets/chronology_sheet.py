"""Handing over the chronology: for whom, of which case study, in which order, and where it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from workbench.domain.audience import AUDIENCES
from workbench.domain.event_order import SortBy, statement_of
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.domain.progress import Ticket
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.sheets.leak_sheet import LeakSheet
from workbench.gui.widgets.form import FittedBox, small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.chronology_export import export_chronology
from workbench.services.chronology_sheet import ChronologyAsked
from workbench.services.releasing import LeaksFound
from workbench.store.case_file import CaseFile

_Exported = tuple[list[Path], list[str]]
_Choices = list[tuple[str, str]]


class ChronologyExportSheet(FormSheet):
    """Word, web page, workbook and CSV at once; beyond the team the gate looks at them first."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Export the chronology"), workspace, home, cancel=_("Cancel the export"), width=440)
        self.audience, self.study, self.institution = QComboBox(), FittedBox(), FittedBox()
        self.scope, self.sort = FittedBox(), FittedBox()
        self.leaks = LeakSheet(workspace, home)
        for audience in AUDIENCES:
            self.audience.addItem(_(audience).capitalize(), audience)
        for sort in SortBy:
            self.sort.addItem(_(statement_of(sort, is_narrowed=False).partition(".")[0]), sort)
        self.add(_("&For"), self.audience)
        self.add(_("&Case study"), self.study)
        self.add(_("&Institution"), self.institution)
        self.add(_("Scope &paragraph"), self.scope)
        self.add(_("&Order"), self.sort)
        self.form.addRow("", small(_("Written as Word, web page, workbook and CSV. The order stands in each of them.")))
        self.save_button.setText(_("Choose folder…"))

    def begin(self) -> None:
        """Ask what is wanted."""
        self.heading.setText(_("Export the chronology"))
        self.complaint.say("")
        self.workspace.read(_("List case studies"), lambda case, _ticket: _choices(case), self._offer)
        self.open_near()
        self.audience.setFocus()

    def _offer(self, found: tuple[_Choices, _Choices, _Choices]) -> None:
        every = (_("All case studies"), _("All institutions"), _("All scope paragraphs"))
        for box, name, choices in zip((self.study, self.institution, self.scope), every, found, strict=True):
            kept = box.currentData()
            box.clear()
            box.addItem(name, None)
            for text, identifier in choices:
                box.addItem(text, identifier)
            box.setCurrentIndex(max(box.findData(kept), 0))

    @property
    def asked(self) -> ChronologyAsked:
        """What was chosen."""
        institution, scope = self.institution.currentData(), self.scope.currentData()
        return ChronologyAsked(
            case_study=self.study.currentData(),
            institutions=(institution,) if institution else (),
            scope=(scope,) if scope else (),
            sort=SortBy(self.sort.currentData()),
        )

    @Slot()
    def save(self) -> None:
        """Ask for the folder."""
        if not self.is_open:
            return
        chooser = QFileDialog(self.window(), _("Export the chronology"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly, True)
        chooser.fileSelected.connect(lambda name: self.export_into(Path(name)))
        chooser.open()

    def export_into(self, folder: Path, override: str = "") -> None:
        """Write into a folder; names that may not leave are shown with a way to give a reason."""
        asked, audience = self.asked, str(self.audience.currentData())

        def work(case: CaseFile, ticket: Ticket) -> _Exported | LeaksFound:
            try:
                return export_chronology(case, folder, asked, audience=audience, override=override, ticket=ticket)
            except LeaksFound as found:  # a question for the person, no failure
                return found

        def done(made: _Exported | LeaksFound) -> None:
            if isinstance(made, LeaksFound):
                self.leaks.begin(_("Chronology"), made.report, lambda reason: self.export_into(folder, reason))
            else:
                self._say(folder, made[1])

        self.keep(_("Export the chronology"), work, done, shown=True)

    def _say(self, folder: Path, told: list[str]) -> None:
        text = " ".join([_("The chronology was written to “{name}”.").format(name=folder.name), *told[:3]])

        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

        self.workspace.say(text, "warning" if told else "success", do=(_("Show in folder"), show))


def _choices(case: CaseFile) -> tuple[_Choices, _Choices, _Choices]:
    return (
        [(item.title, str(item.id)) for item in case.all(CaseStudy, "title")],
        [(item.name, str(item.id)) for item in case.all(Institution, "name")],
        [(f"{item.number}  {item.text}", str(item.id)) for item in case.all(ScopeParagraph, "position")],
    )
