"""An assessment: what is asked of whom, the judgement and its reasons, the standards, evidence on both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.adequacy import faults_of
from workbench.domain.analysis import Assessment, NegativeSearch, Rating, Standard
from workbench.domain.change import Change
from workbench.domain.dates import in_words
from workbench.domain.event import Event
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.domain.ids import AnyId, AssessmentId, InstitutionId, ScopeParagraphId, new_id
from workbench.domain.progress import Ticket
from workbench.domain.standing import Reach, StandardsInForce, called, span_of
from workbench.gui.sheets.assessment_evidence import EvidenceHalf
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.chips import FlowLayout
from workbench.gui.widgets.day_field import DayField
from workbench.gui.widgets.form import ChoiceBox, small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.adequacy_vocabulary import adequacy_words
from workbench.services.assessing import (
    AGAINST,
    FOR,
    AssessmentFacts,
    AssessmentRow,
    add_assessment,
    edit_assessment,
    suggest_evidence,
)
from workbench.services.linking import Target
from workbench.store.case_file import CaseFile

#: How a standard lies to the period that is judged, with a sign that stands before its name.
_REACHES = {
    Reach.THROUGHOUT: ("✓", mark("stood throughout")),
    Reach.IN_PART: ("◐", mark("stood in part")),
    Reach.POSSIBLY: ("?", mark("may have stood")),
    Reach.NOT: ("×", mark("did not stand")),
}


@dataclass(frozen=True, slots=True)
class _Offers:
    """What can be chosen: institutions, paragraphs, standards, and events and searches as evidence."""

    institutions: list[tuple[str, str]]
    scope: list[tuple[str, str]]
    standards: list[Standard]
    others: list[tuple[str, str]]


class AssessmentSheet(FormSheet):
    """For a new assessment or one that is there; what it lacks is said while it is written."""

    def __init__(self, workspace: Workspace, home: QWidget, saved: Callable[[str], None]) -> None:
        super().__init__(_("Assessment"), workspace, home, cancel=_("Cancel the assessment"), width=940)
        self._saved = saved
        self._assessment: AssessmentId | None = None
        self._record: Assessment | None = None
        self._standards: list[Standard] = []
        self.institution = ChoiceBox(_("Institution"), hint=_("Type to find an institution"))
        self.scope = ChoiceBox(_("Scope paragraph"), hint=_("Type to find a paragraph"))
        self.period, self.question, self.author = DayField(_("2013/2014"), is_period=True), QLineEdit(), QLineEdit()
        self.question.setPlaceholderText(_("What is to be judged, as a question"))
        self.rating, self.confidence = QComboBox(), QComboBox()
        self.meaning, self.lacks = small(""), small("")
        self.gaps, self.reasoning = QPlainTextEdit(), QPlainTextEdit()
        self.gaps.setPlaceholderText(_("What is missing, one gap a line"))
        self.dimensions: dict[str, QCheckBox] = {}
        self.half = EvidenceHalf(workspace.theme)
        self._fill_choices()
        self._lay_out()
        for field in (self.institution, self.scope):
            field.currentTextChanged.connect(self._follow_place)
        self.period.textChanged.connect(self._follow_period)
        self.institution.currentTextChanged.connect(self._follow_period)
        for changed in (self.rating.currentIndexChanged, self.gaps.textChanged, self.reasoning.textChanged):
            changed.connect(self._judge)
        self.half.changed.connect(self._follow_cited)

    def _fill_choices(self) -> None:
        words = adequacy_words()
        for term in words.ratings:
            self.rating.addItem(_(term.code).capitalize(), term.code)
        self.confidence.addItem("–", "")
        for term in words.confidence:
            self.confidence.addItem(_(term.code).capitalize(), term.code)
            self.confidence.setItemData(self.confidence.count() - 1, term.wording, 3)
        for term in words.dimensions:
            box = QCheckBox(_(term.code).capitalize())
            box.setToolTip(term.wording)
            box.setAccessibleDescription(term.wording)
            self.dimensions[term.code] = box

    def _lay_out(self) -> None:
        for label, field in (
            (_("&Institution"), self.institution),
            (_("S&cope paragraph"), self.scope),
            (_("&Period"), self.period),
        ):
            self.add(label, field)
        self.form.addRow("", self.period.understood)
        self.add(_("&Question"), self.question)
        self.add(_("&Rating"), self.rating)
        self.form.addRow("", self.meaning)
        self.add(_("Con&fidence"), self.confidence)
        self.form.addRow(_("Judged by"), self._dimension_boxes())
        for label, text, lines in ((_("&Gaps"), self.gaps, 2), (_("Rea&soning"), self.reasoning, 4)):
            text.setTabChangesFocus(True)
            text.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 16)
            self.add(label, text)
        self.add(_("&Author"), self.author)
        self._right.addWidget(self.half)
        self.form.setVerticalSpacing(5)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(2, self.lacks)

    def _dimension_boxes(self) -> QWidget:
        boxes = QWidget()
        flow = FlowLayout(boxes)
        flow.setContentsMargins(0, 2, 0, 0)
        for box in self.dimensions.values():
            flow.addWidget(box)
        boxes.setFixedHeight(max(flow.heightForWidth(340), 1))
        return boxes

    def _body(self) -> QLayout:
        """The judgement at the left, what it rests on at the right."""
        body, left = QHBoxLayout(), QVBoxLayout()
        left.addLayout(self.form)
        left.addStretch(1)
        self._right = QVBoxLayout()
        body.setSpacing(18)
        body.addLayout(left, 1)
        body.addLayout(self._right, 1)
        return body

    # Opening

    def begin(self, row: AssessmentRow | None, institution: str = "", scope: str = "") -> None:
        """Edit an assessment, or ask for another (of this institution and paragraph, by their names)."""
        record = row.assessment if row is not None else None
        self._record, self._assessment = record, record.id if record else None
        self.heading.setText(_("Edit the assessment") if record else _("New assessment"))
        self.institution.setEditText(row.institution if row else institution)
        self.scope.setEditText(row.scope if row else scope)
        self.period.setText(record.period if record else "")
        self.question.setText(record.question if record else "")
        self.rating.setCurrentIndex(self.rating.findData((record.rating if record else Rating.NOT_YET_ASSESSED).value))
        self.confidence.setCurrentIndex(max(self.confidence.findData(record.confidence if record else ""), 0))
        for code, box in self.dimensions.items():
            box.setChecked(record is not None and code in record.dimensions)
        self.gaps.setPlainText("\n".join(record.gaps) if record else "")
        self.reasoning.setPlainText(record.reasoning if record else "")
        self.author.setText(record.author if record else self.workspace.case.who)
        standards, cited, against = (row.standards, row.evidence_for, row.evidence_against) if row else ((), (), ())
        self.half.show_cited(standards, cited, against)
        self.complaint.say("")
        self.workspace.read(_("List what can be cited"), lambda case, _ticket: _offers(case), self._offer)
        self.open_near()
        self._stand_aside()
        self.question.setCursorPosition(0)
        self.institution.setFocus()

    def _stand_aside(self) -> None:
        """Over the side of the window where the assessments are, so that the other side stays in sight."""
        self.fit()
        window, middle = self.window(), self._home.mapTo(self.window(), self._home.rect().center()).x()
        left = window.width() - self.width() - 12 if middle > window.width() // 2 else 12
        self.move(max(left, 0), max(window.height() - self.height() - 12, 0) // 3)

    def _offer(self, found: _Offers) -> None:
        numbers = {identifier: text for text, identifier in found.scope}
        self.institution.offer(found.institutions)
        self.scope.offer(found.scope)
        if self._record is not None:
            self.scope.setEditText(numbers.get(self._record.scope, self.scope.currentText()))
        else:
            typed = self.scope.currentText().split(" ")[0]
            self.scope.setEditText(next((text for text in numbers.values() if text.split(" ")[0] == typed), typed))
        for box in (self.institution, self.scope):
            line = box.lineEdit()
            if line is not None:
                line.setCursorPosition(0)
        self.half.other.offer(found.others)
        self._standards = found.standards
        self._follow_period()
        self._follow_place()

    # Following

    @Slot()
    def _follow_place(self) -> None:
        """What is linked to both the institution and the paragraph is suggested."""
        institution, scope = self.institution.chosen_id, self.scope.chosen_id
        if institution is None or scope is None or not self.is_open:
            self.half.suggestions.show_suggestions(())
            return
        used = [*self.half.cited(FOR), *self.half.cited(AGAINST)]
        place = (InstitutionId(institution), ScopeParagraphId(scope))
        self.workspace.read(
            _("Suggest evidence"),
            lambda case, _ticket: suggest_evidence(case, *place, used),
            self.half.suggestions.show_suggestions,
        )

    @Slot()
    def _follow_period(self) -> None:
        """Standards are offered with how they lie to the period and whom they bind, the fitting ones first."""
        inforce = StandardsInForce(self._standards)
        days = span_of(self.period.edtf) if self.period.is_date else None
        institution = self.institution.chosen_id
        found = []
        for item in self._standards:
            place, sign, said = len(_REACHES), "·", inforce.in_words(item.id)
            if institution is not None and item.institutions and institution not in item.institutions:
                place, sign, said = place + 1, "×", _("binds others")
            elif days is not None:
                reach = inforce.reach(item.id, days)
                place, (sign, said) = list(_REACHES).index(reach), _REACHES[reach]
            target = Target(
                kind=said, id=AnyId(item.id), name=f"{sign}  {called(item)}", also=inforce.in_words(item.id)
            )
            found.append((place, item.title.casefold(), target))
        found.sort(key=lambda line: line[:2])
        names = {str(item.id): called(item) for item in self._standards}
        self.half.offer_standards([target for _place, _title, target in found], names)

    @Slot()
    def _follow_cited(self) -> None:
        self._judge()
        self._follow_place()

    @Slot()
    def _judge(self) -> None:
        """Say what the rating means, and what the assessment still lacks."""
        rating = Rating(str(self.rating.currentData()))
        self.meaning.setText(adequacy_words().meaning(rating))
        place = {"id": new_id("asm"), "institution": InstitutionId(""), "scope": ScopeParagraphId("")}
        draft = Assessment(
            rating=rating,
            standards=self.half.standard_ids,
            evidence_for=self.half.cited(FOR),
            evidence_against=self.half.cited(AGAINST),
            gaps=self._gaps,
            reasoning=self.reasoning.toPlainText(),
            **place,
        )
        missing = faults_of(draft)
        self.lacks.setText("\n".join(f"⚠  {sentence}" for sentence in missing))
        self.lacks.setVisible(bool(missing))
        self.fit()

    @property
    def _gaps(self) -> tuple[str, ...]:
        return tuple(self.gaps.toPlainText().splitlines())

    # Saving

    @Slot()
    def save(self) -> None:
        """Keep it, as one undoable step."""
        if not self.is_open:
            return
        institution, scope = self.institution.chosen_id, self.scope.chosen_id
        if institution is None or scope is None:
            self._refuse(_("Choose the institution and the scope paragraph from their lists first."))
            return
        facts = AssessmentFacts(
            institution=InstitutionId(institution),
            scope=ScopeParagraphId(scope),
            period=self.period.edtf,
            question=self.question.text(),
            rating=Rating(str(self.rating.currentData())),
            standards=self.half.standard_ids,
            evidence_for=self.half.cited(FOR),
            evidence_against=self.half.cited(AGAINST),
            gaps=self._gaps,
            confidence=str(self.confidence.currentData()),
            reasoning=self.reasoning.toPlainText(),
            dimensions=self._dimensions,
            issues=self._record.issues if self._record else (),
            author=self.author.text(),
            assessed_on=self._record.assessed_on if self._record else "",
        )
        known = self._assessment

        def work(case: CaseFile, _ticket: Ticket) -> tuple[Change, AssessmentId]:
            return add_assessment(case, facts) if known is None else (edit_assessment(case, known, facts), known)

        self.keep(_("Save the assessment"), work, lambda made: self._saved(made[1]))

    @property
    def _dimensions(self) -> tuple[str, ...]:
        """Those ticked, and those that came from elsewhere and have no box."""
        own = self._record.dimensions if self._record else ()
        kept = tuple(code for code in own if code not in self.dimensions)
        return (*(code for code, box in self.dimensions.items() if box.isChecked()), *kept)


def _offers(case: CaseFile) -> _Offers:
    events = [(f"{item.title}  ·  {in_words(item.on)}", item.id) for item in case.all(Event, "on_earliest")]
    searches = [
        (_("Search for {what}").format(what=item.sought), item.id) for item in case.all(NegativeSearch, "searched_at")
    ]
    return _Offers(
        institutions=[(item.name, item.id) for item in case.all(Institution, "name")],
        scope=[(f"{item.number}  {item.text}", item.id) for item in case.all(ScopeParagraph, "position")],
        standards=case.all(Standard),
        others=[*searches, *((text, str(identifier)) for text, identifier in events)],
    )
