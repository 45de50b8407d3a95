"""A finding: what sort of statement it is, where it belongs, how far it has come and whom it criticises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from workbench.domain.analysis import FindingKind, FindingStatus
from workbench.domain.change import Change
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import AnyId, CaseStudyId, FindingId
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.sheets.target_finder import Offer, TargetFinder
from workbench.gui.widgets.chips import ChipRow
from workbench.gui.widgets.form import FittedBox, small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.findings import FindingFacts, add_finding, edit_finding
from workbench.services.ledger import FindingRow
from workbench.services.linking import Target, link_targets
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class _Choices:
    studies: list[CaseStudy]
    targets: list[Target]


class FindingSheet(FormSheet):
    """For a new finding or one that is there; a new one is given its sentences too, one a line."""

    def __init__(self, workspace: Workspace, home: QWidget, saved: Callable[[str], None]) -> None:
        super().__init__(_("Finding"), workspace, home, cancel=_("Cancel the finding"), width=500)
        self._saved = saved
        self._finding: FindingId | None = None
        self._study = ""
        self._evidence: tuple[AnyId, ...] = ()
        self._criticised: list[Offer] = []
        self.title, self.proof = QLineEdit(), QLineEdit()
        self.title.setPlaceholderText(_("a name for lists; the first words are used without one"))
        self.proof.setPlaceholderText(_("balance of probabilities, unless it says otherwise"))
        self.sentences = QPlainTextEdit()
        self.sentences.setTabChangesFocus(True)
        self.sentences.setPlaceholderText(_("One sentence a line"))
        self.sentences.setFixedHeight(self.fontMetrics().lineSpacing() * 5 + 14)
        self.kind, self.status, self.study = QComboBox(), QComboBox(), FittedBox()
        for kind in FindingKind:
            self.kind.addItem(_(kind.value).capitalize(), kind)
        for status in FindingStatus:
            self.status.addItem(_(status.value).capitalize(), status)
        self.add(_("&Title"), self.title)
        self.add(_("&Kind"), self.kind)
        self.add(_("&Status"), self.status)
        self.add(_("Case stud&y"), self.study)
        self.add(_("Standard of &proof"), self.proof)
        self.add(_("Se&ntences"), self.sentences)
        self.finder = TargetFinder(
            _("Whom it criticises"), _("Type to find an institution, or a person by cipher"), rows=3
        )
        self.finder.taken.connect(self._add)
        self.criticised = ChipRow(_("Criticised by the finding"))
        self.criticised.removed.connect(self._remove)
        self.form.addRow(small(_("It criticises:")))
        self.form.addRow(self.finder)
        self.form.addRow(self.criticised)

    def begin(self, row: FindingRow | None, *, study: str = "", evidence: Sequence[AnyId] = ()) -> None:
        """Edit a finding, or begin one of a case study whose first sentence rests on ``evidence``."""
        finding = row.support.finding if row is not None else None
        self._finding = finding.id if finding is not None else None
        self._study = (finding.case_study or "") if finding is not None else study
        self._evidence = tuple(evidence)
        self.heading.setText(_("Edit the finding") if finding else _("New finding"))
        self.title.setText(finding.title if finding else "")
        self.proof.setText(finding.proof if finding else "")
        self.kind.setCurrentIndex(self.kind.findData(finding.kind if finding else FindingKind.FACT))
        self.status.setCurrentIndex(self.status.findData(finding.status if finding else FindingStatus.DRAFT))
        self.sentences.clear()
        self.form.setRowVisible(self.sentences, finding is None)
        pairs = zip(finding.criticised, row.criticised, strict=True) if finding and row else ()
        self._criticised = [
            Offer("person" if identifier.startswith("per_") else "institution", name, identifier)
            for identifier, name in pairs
        ]
        self.complaint.say("")
        self.finder.field.clear()
        self._list()
        self.workspace.read(_("List institutions"), lambda case, _ticket: _choices(case), self._offer)
        self.open_near()
        (self.sentences if finding is None else self.title).setFocus()

    def _offer(self, choices: _Choices) -> None:
        self.finder.offer(choices.targets)
        self.study.clear()
        self.study.addItem(_("None"), "")
        for item in choices.studies:
            self.study.addItem(item.title, item.id)
        self.study.setCurrentIndex(max(self.study.findData(self._study), 0))

    def _list(self) -> None:
        self.criticised.show_chips([(offer.name, str(offer.id)) for offer in self._criticised])
        self.fit()

    @Slot(object)
    def _add(self, offer: Offer) -> None:
        if offer.id not in [known.id for known in self._criticised]:
            self._criticised.append(offer)
        self._list()

    @Slot(str)
    def _remove(self, key: str) -> None:
        self._criticised = [offer for offer in self._criticised if offer.id != key]
        self._list()

    @Slot()
    def save(self) -> None:
        """Keep the finding, as one undoable step."""
        finding, evidence = self._finding, self._evidence
        study = str(self.study.currentData() or "") if self.study.count() else self._study
        facts = FindingFacts(
            kind=FindingKind(self.kind.currentData()),
            title=self.title.text(),
            case_study=CaseStudyId(study) if study else None,
            status=FindingStatus(self.status.currentData()),
            criticised=tuple(AnyId(str(offer.id)) for offer in self._criticised),
            proof=self.proof.text(),
        )
        lines = [line for line in self.sentences.toPlainText().splitlines() if line.strip()]
        if finding is None and not lines:
            self._refuse(_("Type at least one sentence: what was found."))
            return

        def work(case: CaseFile, _ticket: object) -> tuple[Change, FindingId]:
            if finding is None:
                return add_finding(case, facts, lines, evidence)
            return edit_finding(case, finding, facts), finding

        self.keep(_("Save the finding"), work, lambda made: self._saved(made[1]))


def _choices(case: CaseFile) -> _Choices:
    targets = [target for target in link_targets(case) if target.kind in ("institution", "person")]
    return _Choices(studies=case.all(CaseStudy, "title"), targets=targets)
