"""What a report, or the tables of a case, are to hold, for whom, and as what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from workbench.domain.audience import AUDIENCES
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import CaseStudyId
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import FittedBox, small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.report.templates import template_names
from workbench.services.report_export import FORMATS, ReportOrder

_FORMATS = dict(
    zip(FORMATS, (mark("&Word document"), mark("We&b page"), mark("PD&F"), mark("Tables (&XLSX)")), strict=True)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A case study (None: the whole case) by its title, and what is to be made of it."""

    study: CaseStudyId | None
    title: str
    order: ReportOrder


class ReportSheet(FormSheet):
    """Remembers what was asked for last; for tables it asks for the case study and the audience only."""

    def __init__(self, workspace: Workspace, home: QWidget, *, for_tables: bool = False) -> None:
        name = _("Export tables") if for_tables else _("Export the report")
        super().__init__(name, workspace, home, cancel=_("Cancel the export"), width=500)
        self._for_tables = for_tables
        self._then: Callable[[Asked], None] = _nothing
        self.heading.setText(name)
        self.save_button.setText(_("Choose a folder…"))
        self.study, self.audience, self.build_name = FittedBox(), FittedBox(), QLineEdit()
        self.formats = {key: QCheckBox(_(text)) for key, text in _FORMATS.items()}
        self.template, self.choose_button = FittedBox(), QPushButton(_("&Own template…"))
        self.with_documents = QCheckBox(_("Put the &documents cited beside it, marked"))
        for audience in AUDIENCES:
            self.audience.addItem(_(audience).capitalize(), audience)
        self.add(_("&Case study"), self.study)
        self.add(_("&Audience"), self.audience)
        if not for_tables:
            self._lay_out_report()
        self.build_name.setPlaceholderText(_("the newest; or a bundle’s name, as Hearing bundle #2"))
        self.add(_("Pages of &build"), self.build_name)
        self.form.addRow(small(_told(for_tables)))

    def _lay_out_report(self) -> None:
        chosen = QGridLayout()
        chosen.setContentsMargins(0, 0, 0, 0)
        for at, box in enumerate(self.formats.values()):
            box.setChecked(True)
            chosen.addWidget(box, at // 2, at % 2)
        self.form.addRow(_("Written as"), chosen)
        for name in template_names():
            self.template.addItem(_("As shipped: {name}").format(name=name), name)
        row = QHBoxLayout()
        row.addWidget(self.template, 1)
        row.addWidget(self.choose_button)
        self.template.setAccessibleName(_("Template"))
        self.form.addRow(_("Template"), row)
        self.choose_button.clicked.connect(self.choose_template)
        self.form.addRow("", self.with_documents)

    def begin(self, studies: Sequence[CaseStudy], chosen: str | None, then: Callable[[Asked], None]) -> None:
        """Ask; ``then`` is called with what was chosen, and finds a folder for it."""
        self._then = then
        kept = chosen or self.study.currentData()
        self.study.clear()
        if self._for_tables:
            self.study.addItem(_("The whole case"), "")
        for item in studies:
            self.study.addItem(item.title, item.id)
        self.study.setCurrentIndex(max(self.study.findData(kept), 0))
        self.complaint.say("")
        self.open_near()
        self.study.setFocus()

    @Slot()
    def choose_template(self) -> None:
        """Ask for the file of a template of the team's own."""
        chooser = QFileDialog(self.window(), _("Template of a report"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilter(_("Templates (*.toml)"))
        chooser.fileSelected.connect(self.use_template)
        chooser.open()

    @Slot(str)
    def use_template(self, path: str) -> None:
        """Offer a file as template and choose it."""
        at = self.template.findData(path)
        if at < 0:
            self.template.addItem(path.replace("\\", "/").rpartition("/")[2], path)
            at = self.template.count() - 1
            self.template.setItemData(at, path, Qt.ItemDataRole.ToolTipRole)
        self.template.setCurrentIndex(at)

    @Slot()
    def save(self) -> None:
        """Hand on what was chosen; refused while nothing would be written."""
        if not self.is_open:
            return
        formats = tuple(key for key, box in self.formats.items() if box.isChecked())
        if not formats and not self._for_tables:
            self.complaint.say(_("Choose at least one form in which the report is written."))
            self.fit()
            return
        study = str(self.study.currentData() or "")
        order = ReportOrder(
            audience=str(self.audience.currentData()),
            template=str(self.template.currentData() or ""),
            build=self.build_name.text().strip(),
            with_documents=self.with_documents.isChecked(),
            formats=formats,
        )
        self.close_sheet()
        self._then(Asked(study=CaseStudyId(study) if study else None, title=self.study.currentText(), order=order))


def _nothing(_asked: Asked) -> None:
    pass


def _told(for_tables: bool) -> str:
    if for_tables:
        return _("One workbook and a CSV file for each table. Beyond the team they are swept for protected names.")
    return _("Every footnote is followed to its words before anything is written. Beyond the team the files are swept.")
