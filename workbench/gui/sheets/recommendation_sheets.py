"""Lessons, recommendations and what was answered to them, each in a sheet of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from workbench.domain.analysis import Answer, Implementation, Lesson, Recommendation, Response
from workbench.domain.ids import AnyId, FindingId, LessonId, RecommendationId, ResponseId
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.sheets.target_finder import Offer, TargetFinder
from workbench.gui.widgets.chips import ChipRow
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.linking import Target
from workbench.services.recommending import (
    LessonFacts,
    RecommendationFacts,
    ResponseFacts,
    add_lesson,
    add_recommendation,
    add_response,
    edit_lesson,
    edit_recommendation,
    edit_response,
)

Saved = Callable[[str], None]


class _RestingSheet(FormSheet):
    """A text, and the findings and lessons it rests on."""

    def __init__(self, name: str, cancel: str, workspace: Workspace, home: QWidget) -> None:
        super().__init__(name, workspace, home, cancel=cancel, width=520)
        self._rests_on: list[Offer] = []
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 14)
        self.add(_("&Words"), self.text)
        self.finder = TargetFinder(_("What it comes from"), _("Type to find a finding or a lesson"), rows=4)
        self.finder.taken.connect(self._take)
        self.rests_on = ChipRow(name + ": " + _("what it comes from"))
        self.rests_on.removed.connect(self._leave)

    def _rest_on(self, ids: Sequence[str], targets: Sequence[Target], but: str = "") -> None:
        known = {str(target.id): target for target in targets}
        self.finder.offer([target for target in targets if str(target.id) != but])
        self._rests_on = [Offer(known[item].kind, known[item].name, item) for item in ids if item in known]
        self.finder.field.clear()
        self.complaint.say("")
        self._list()

    def _list(self) -> None:
        self.rests_on.show_chips([(f"{_(offer.kind)}: {offer.name}", str(offer.id)) for offer in self._rests_on])
        self.fit()

    @Slot(object)
    def _take(self, offer: Offer) -> None:
        if offer.id not in [known.id for known in self._rests_on]:
            self._rests_on.append(offer)
        self._list()

    @Slot(str)
    def _leave(self, key: str) -> None:
        self._rests_on = [offer for offer in self._rests_on if offer.id != key]
        self._list()

    @property
    def findings(self) -> tuple[FindingId, ...]:
        """The findings it comes from."""
        return tuple(FindingId(str(offer.id)) for offer in self._rests_on if offer.kind == "finding")

    @property
    def lessons(self) -> tuple[LessonId, ...]:
        """The lessons it comes from."""
        return tuple(LessonId(str(offer.id)) for offer in self._rests_on if offer.kind == "lesson")


class LessonSheet(_RestingSheet):
    """For a new lesson or one that is there."""

    def __init__(self, workspace: Workspace, home: QWidget, saved: Saved) -> None:
        super().__init__(_("Lesson"), _("Cancel the lesson"), workspace, home)
        self._saved = saved
        self._lesson: LessonId | None = None
        self.form.addRow(small(_("It comes from:")))
        self.form.addRow(self.finder)
        self.form.addRow(self.rests_on)

    def begin(self, lesson: Lesson | None, targets: Sequence[Target], from_these: Sequence[str] = ()) -> None:
        """Edit a lesson, or begin one that comes from some findings or lessons."""
        self._lesson = lesson.id if lesson is not None else None
        self.heading.setText(_("Edit the lesson") if lesson else _("New lesson"))
        self.text.setPlainText(lesson.text if lesson else "")
        rests_on = (*lesson.findings, *lesson.builds_on) if lesson else from_these
        self._rest_on(rests_on, targets, but=self._lesson or "")
        self.open_near()
        self.text.setFocus()

    @Slot()
    def save(self) -> None:
        """Keep the lesson; one that would build on itself is refused in place."""
        lesson = self._lesson
        facts = LessonFacts(text=self.text.toPlainText(), findings=self.findings, builds_on=self.lessons)
        self.keep(
            _("Save the lesson"),
            lambda case, _ticket: (
                add_lesson(case, facts) if lesson is None else (edit_lesson(case, lesson, facts), lesson)
            ),
            lambda made: self._saved(made[1]),
        )


class RecommendationSheet(_RestingSheet):
    """For a new recommendation or one that is there."""

    def __init__(self, workspace: Workspace, home: QWidget, saved: Saved) -> None:
        super().__init__(_("Recommendation"), _("Cancel the recommendation"), workspace, home)
        self._saved = saved
        self._recommendation: RecommendationId | None = None
        self.addressee, self.deadline, self.due_on, self.measure = (QLineEdit() for _number in range(4))
        self.deadline.setPlaceholderText(_("within six months"))
        self.due_on.setPlaceholderText(_("2027-06-30 or 2027-06"))
        self.measure.setPlaceholderText(_("how it is known to be done"))
        self.earlier = QPlainTextEdit()
        self.earlier.setTabChangesFocus(True)
        self.earlier.setPlaceholderText(_("recommendations of earlier inquiries that asked for the same, one a line"))
        self.earlier.setFixedHeight(self.fontMetrics().lineSpacing() * 2 + 14)
        self.is_final = QCheckBox(_("Final"))
        self.add(_("&To whom"), self.addressee)
        self.add(_("&Deadline"), self.deadline)
        self.add(_("&Due on"), self.due_on)
        self.add(_("&Measure"), self.measure)
        self.add(_("&Earlier"), self.earlier)
        self.form.addRow(self.is_final)
        self.form.addRow(small(_("It comes from:")))
        self.form.addRow(self.finder)
        self.form.addRow(self.rests_on)

    def begin(self, record: Recommendation | None, targets: Sequence[Target], from_these: Sequence[str] = ()) -> None:
        """Edit a recommendation, or begin one that comes from some findings or lessons."""
        self._recommendation = record.id if record is not None else None
        self.heading.setText(_("Edit the recommendation") if record else _("New recommendation"))
        self.text.setPlainText(record.text if record else "")
        for field in ("addressee", "deadline", "due_on", "measure"):
            getattr(self, field).setText(getattr(record, field) if record else "")
        self.earlier.setPlainText("\n".join(record.earlier) if record else "")
        self.is_final.setChecked(record is not None and record.is_final)
        self._rest_on((*record.findings, *record.lessons) if record else from_these, targets)
        self.open_near()
        self.text.setFocus()

    @Slot()
    def save(self) -> None:
        """Keep the recommendation; a final one that comes from nothing is refused in place."""
        known = self._recommendation
        facts = RecommendationFacts(
            text=self.text.toPlainText(),
            addressee=self.addressee.text(),
            deadline=self.deadline.text(),
            due_on=self.due_on.text(),
            measure=self.measure.text(),
            is_final=self.is_final.isChecked(),
            earlier=tuple(self.earlier.toPlainText().splitlines()),
            lessons=self.lessons,
            findings=self.findings,
        )
        self.keep(
            _("Save the recommendation"),
            lambda case, _ticket: (
                add_recommendation(case, facts) if known is None else (edit_recommendation(case, known, facts), known)
            ),
            lambda made: self._saved(made[1]),
        )


class ResponseSheet(FormSheet):
    """For a new answer to a recommendation or one that is on record."""

    def __init__(self, workspace: Workspace, home: QWidget, saved: Saved) -> None:
        super().__init__(_("Answer"), workspace, home, cancel=_("Cancel the answer"), width=480)
        self._saved = saved
        self.chosen_excerpts: Callable[[], Sequence[tuple[AnyId, str]]] = tuple
        self._recommendation: RecommendationId | None = None
        self._response: ResponseId | None = None
        self._evidence: list[tuple[AnyId, str]] = []
        self.by, self.on = QLineEdit(), QLineEdit()
        self.on.setPlaceholderText(_("2027-06-30 or 2027-06"))
        self.answer, self.state = QComboBox(), QComboBox()
        for answer in Answer:
            self.answer.addItem(_(answer.value).capitalize(), answer)
        for state in Implementation:
            self.state.addItem(_(state.value).capitalize(), state)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 14)
        self.add(_("&By"), self.by)
        self.add(_("&On"), self.on)
        self.add(_("&Answer"), self.answer)
        self.add(_("What has &become of it"), self.state)
        self.add(_("&Words"), self.text)
        self.evidence = ChipRow(_("Evidence of the answer"))
        self.evidence.removed.connect(self._leave)
        cite = QPushButton(_("Rest it on the chosen excerpts"))
        cite.setAccessibleName(_("Rest the answer on the chosen excerpts"))
        cite.clicked.connect(self.cite)
        self.form.addRow(self.evidence)
        self.foot.insertWidget(0, cite)

    def begin(
        self,
        recommendation: Recommendation,
        record: Response | None = None,
        references: Sequence[tuple[AnyId, str]] = (),
    ) -> None:
        """Edit an answer, or record another; ``references`` are (excerpt, page) of its evidence."""
        self._recommendation, self._response = recommendation.id, record.id if record is not None else None
        self.heading.setText(_("Answer to: {words}").format(words=recommendation.text))
        self.by.setText(record.by if record else recommendation.addressee)
        self.on.setText(record.on if record else "")
        self.answer.setCurrentIndex(self.answer.findData(record.answer if record else Answer.ACCEPTED))
        self.state.setCurrentIndex(self.state.findData(record.state if record else Implementation.NOT_KNOWN))
        self.text.setPlainText(record.text if record else "")
        self._evidence = list(references)
        self.complaint.say("")
        self._list()
        self.open_near()
        self.by.setFocus()

    def _list(self) -> None:
        self.evidence.show_chips([(reference, str(item)) for item, reference in self._evidence])
        self.fit()

    @Slot()
    def cite(self) -> None:
        """The excerpts chosen in their list become evidence of the answer."""
        chosen = self.chosen_excerpts()
        if not chosen:
            self._refuse(_("Choose one or more excerpts in the list first."))
        self._evidence += [item for item in chosen if item not in self._evidence]
        self._list()

    @Slot(str)
    def _leave(self, key: str) -> None:
        self._evidence = [item for item in self._evidence if str(item[0]) != key]
        self._list()

    @Slot()
    def save(self) -> None:
        """Keep the answer, as one undoable step."""
        recommendation, known = self._recommendation, self._response
        if recommendation is None:
            return
        facts = ResponseFacts(
            by=self.by.text(),
            on=self.on.text(),
            answer=Answer(self.answer.currentData()),
            text=self.text.toPlainText(),
            state=Implementation(self.state.currentData()),
            evidence=tuple(item for item, _reference in self._evidence),
        )
        self.keep(
            _("Save the answer"),
            lambda case, _ticket: (
                add_response(case, recommendation, facts)
                if known is None
                else (edit_response(case, known, facts), known)
            ),
            lambda made: self._saved(made[1]),
        )
