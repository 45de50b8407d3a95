"""A case study: why this one and what was considered instead, what it looks at, how far it is, its context."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from workbench.domain.change import Change
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.frame import CaseStudy, CaseStudyStatus
from workbench.domain.ids import AnyId, CaseStudyId, DocumentId, InstitutionId, ScopeParagraphId
from workbench.domain.progress import Ticket
from workbench.gui.columns import shown_date
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.sheets.target_finder import Offer, TargetFinder
from workbench.gui.widgets.chips import ChipRow
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.case_studies import (
    CaseStudyFacts,
    CaseStudyNumbers,
    add_case_study,
    edit_case_study,
    numbers_of,
)
from workbench.services.linking import Target, link_targets
from workbench.store.case_file import CaseFile

#: What is looked at, in the order it is listed.
_LOOKED_AT = ("institution", "scope", "document")
STATUS_TITLES = {
    CaseStudyStatus.PROPOSED: mark("Proposed"),
    CaseStudyStatus.SELECTED: mark("Selected"),
    CaseStudyStatus.CLOSED: mark("Closed"),
    CaseStudyStatus.NOT_PURSUED: mark("Not pursued"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the sheet is filled from."""

    study: CaseStudy | None
    numbers: CaseStudyNumbers | None
    targets: list[Target]


class CaseStudySheet(FormSheet):
    """For a new case study or one that is there."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Case study"), workspace, home, cancel=_("Cancel the case study"), width=560)
        self._study: CaseStudyId | None = None
        self._chosen: list[Offer] = []
        self.title, self.period = QLineEdit(), QLineEdit()
        self.period.setPlaceholderText(_("2010/2015, 2014, 2014-03/.."))
        self.understood = small("")
        self.status = QComboBox()
        for status, title in STATUS_TITLES.items():
            self.status.addItem(_(title), status)
        self.reason, self.alternatives = self._lines(3), self._lines(3)
        self.alternatives.setPlaceholderText(_("One a line, and why not: Another platform, its files are lost"))
        self.finder = TargetFinder(
            _("Institutions, paragraphs and context documents"), _("Type to find one and Enter to add it"), rows=3
        )
        self.chips = {kind: ChipRow(name) for kind, name in self._chip_names()}
        self.numbers = QLabel()
        self.numbers.setWordWrap(True)
        self.numbers.setProperty("role", "muted")
        self._lay_out_fields()
        self.period.textChanged.connect(self._understand)
        self.finder.taken.connect(self._take)
        for kind, row in self.chips.items():
            row.removed.connect(lambda key, kind=kind: self._drop(kind, key))

    @staticmethod
    def _chip_names() -> tuple[tuple[str, str], ...]:
        names = (_("Institutions looked at"), _("Scope paragraphs looked at"), _("Context documents"))
        return tuple(zip(_LOOKED_AT, names, strict=True))

    def _lines(self, rows: int) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(self.fontMetrics().lineSpacing() * rows + 14)
        return field

    def _lay_out_fields(self) -> None:
        self.add(_("&Title"), self.title)
        self.add(_("&Status"), self.status)
        self.add(_("&Why this one"), self.reason)
        self.add(_("&Considered instead"), self.alternatives)
        self.add(_("&Period"), self.period)
        self.form.addRow("", self.understood)
        self.form.addRow(_("&Looks at"), self.finder)
        self.form.setRowWrapPolicy(self.form.RowWrapPolicy.WrapLongRows)
        for kind, name in self._chip_names():
            label = small(name)
            label.setVisible(False)
            self.chips[kind].setProperty("label", label)
            self.form.addRow(label)
            self.form.addRow(self.chips[kind])
        self.form.addRow(self.numbers)

    def begin(self, study: CaseStudyId | None, title: str = "") -> None:
        """Edit a case study, or begin one."""

        def read(case: CaseFile, _ticket: Ticket) -> _Known:
            targets = [item for item in link_targets(case) if item.kind in ("institution", "scope")]
            targets += [
                Target(kind="document", id=AnyId(item.id), name=f"{item.urn}  {item.title or item.filename}")
                for item in case.all(Document, "urn")
            ]
            if study is None:
                return _Known(study=None, numbers=None, targets=targets)
            return _Known(study=case.get(CaseStudy, study), numbers=numbers_of(case, study), targets=targets)

        self.workspace.read(_("Read the case study"), read, lambda known: self._fill(known, title))

    def _fill(self, known: _Known, title: str) -> None:
        study = known.study
        self._study = study.id if study is not None else None
        self.heading.setText(_("Edit the case study") if study else _("New case study"))
        self.title.setText(study.title if study else title)
        self.status.setCurrentIndex(self.status.findData(study.status if study else CaseStudyStatus.PROPOSED))
        self.reason.setPlainText(study.reason if study else "")
        self.alternatives.setPlainText("\n".join(study.alternatives) if study else "")
        self.period.setText(study.period if study else "")
        named = {target.id: target for target in known.targets}
        ids = (*study.institutions, *study.scope, *study.context) if study else ()
        self._chosen = [Offer(named[AnyId(i)].kind, named[AnyId(i)].name, i) for i in ids if AnyId(i) in named]
        self.numbers.setText(in_numbers(known.numbers) if known.numbers is not None else "")
        self.numbers.setVisible(known.numbers is not None)
        self.finder.field.clear()
        self.finder.offer(known.targets)
        self.complaint.say("")
        self._understand()
        self._list()
        self.open_near()
        self.title.setFocus()

    @Slot()
    def _understand(self) -> None:
        typed = self.period.text().strip()
        try:
            self.understood.setText(shown_date(parse_edtf(typed).text) if typed else "")
        except Refused as error:
            self.understood.setText(str(error))

    @Slot(object)
    def _take(self, offer: Offer) -> None:
        if offer.id is not None and offer not in self._chosen:
            self._chosen.append(offer)
        self._list()

    def _drop(self, kind: str, key: str) -> None:
        self._chosen = [offer for offer in self._chosen if (offer.kind, offer.id) != (kind, key)]
        self._list()

    def _list(self) -> None:
        for kind, row in self.chips.items():
            chips = [(offer.name, str(offer.id)) for offer in self._chosen if offer.kind == kind]
            row.show_chips(chips)
            row.property("label").setVisible(bool(chips))
        if self.is_open:
            self.fit()

    def _ids(self, kind: str) -> list[str]:
        return [str(offer.id) for offer in self._chosen if offer.kind == kind]

    @Slot()
    def save(self) -> None:
        """Keep the case study, as one undoable step."""
        study = self._study
        facts = CaseStudyFacts(
            title=self.title.text(),
            reason=self.reason.toPlainText(),
            alternatives=tuple(self.alternatives.toPlainText().splitlines()),
            institutions=tuple(InstitutionId(item) for item in self._ids("institution")),
            scope=tuple(ScopeParagraphId(item) for item in self._ids("scope")),
            period=self.period.text(),
            status=CaseStudyStatus(self.status.currentData()),
            context=tuple(DocumentId(item) for item in self._ids("document")),
        )

        def work(case: CaseFile, _ticket: Ticket) -> Change:
            return add_case_study(case, facts)[0] if study is None else edit_case_study(case, study, facts)

        self.keep(_("Save the case study"), work)


def in_numbers(numbers: CaseStudyNumbers) -> str:
    """A case study in numbers, with what is missing."""
    parts = [
        _.count("{n} document cited", "{n} documents cited", numbers.documents_cited),
        _.count("{n} context document", "{n} context documents", numbers.context_documents),
        _.count("{n} excerpt", "{n} excerpts", numbers.excerpts),
        _.count("{n} event", "{n} events", numbers.events),
        _.count("{n} finding", "{n} findings", numbers.findings),
        _("{rated} of {all} assessments rated").format(
            rated=numbers.cells_rated, all=numbers.cells_rated + numbers.cells_outstanding
        ),
    ]
    if numbers.cells_excluded:
        parts.append(_("{n} out of scope for a reason").format(n=numbers.cells_excluded))
    if numbers.excerpts_withdrawn:
        parts.append(_("{n} cited excerpts are withdrawn").format(n=numbers.excerpts_withdrawn))
    if numbers.findings_withdrawn:
        parts.append(_("{n} withdrawn").format(n=_.count("{n} finding", "{n} findings", numbers.findings_withdrawn)))
    return " · ".join(parts)
