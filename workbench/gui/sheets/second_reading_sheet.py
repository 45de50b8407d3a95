"""A second reading: the question and the evidence without the first reader's rating, and room for one's own."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from workbench.domain.analysis import Rating
from workbench.domain.change import Change
from workbench.domain.ids import AssessmentId, SecondReadingId
from workbench.domain.periods import period_in_words
from workbench.domain.progress import Ticket
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.adequacy_vocabulary import adequacy_words
from workbench.services.assessing import AssessmentRow, record_reading
from workbench.store.case_file import CaseFile


class SecondReadingSheet(FormSheet):
    """Blind: neither rating nor confidence nor reasoning of the first reader is shown until this one is saved."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Second reading"), workspace, home, cancel=_("Cancel the second reading"), width=500)
        self._row: AssessmentRow | None = None
        self.about = small("")
        self.reader, self.rating, self.confidence = QLineEdit(), QComboBox(), QComboBox()
        self.rating.addItem(_("Choose a rating"), "")
        words = adequacy_words()
        for term in words.ratings:
            if term.code != Rating.NOT_YET_ASSESSED:
                self.rating.addItem(_(term.code).capitalize(), term.code)
        self.confidence.addItem("–", "")
        for term in words.confidence:
            self.confidence.addItem(_(term.code).capitalize(), term.code)
        self.meaning = small("")
        self.rating.currentIndexChanged.connect(self._explain)
        self.reasoning = QPlainTextEdit()
        self.reasoning.setTabChangesFocus(True)
        self.reasoning.setFixedHeight(self.fontMetrics().lineSpacing() * 5 + 14)
        self.form.addRow(self.about)
        self.add(_("&Reader"), self.reader)
        self.add(_("R&ating"), self.rating)
        self.form.addRow("", self.meaning)
        self.add(_("&Confidence"), self.confidence)
        self.add(_("Rea&soning"), self.reasoning)
        self.form.addRow(
            small(_("The first reader's rating, confidence and reasoning are kept from you until yours is saved."))
        )

    def begin(self, row: AssessmentRow, reader: str) -> None:
        """Ask what somebody else makes of it."""
        self._row = row
        record = row.assessment
        where = (row.institution, row.scope, period_in_words(record.period, _.language))
        self.heading.setText(_("Second reading: {what}").format(what=", ".join(filter(None, where))))
        self.about.setText(_about(row))
        is_author = reader.casefold() == record.author.casefold()
        self.reader.setText("" if is_author else reader)
        self.rating.setCurrentIndex(0)
        self.confidence.setCurrentIndex(0)
        self.reasoning.clear()
        self.complaint.say("")
        self._explain()
        self.open_near()
        self.fit()
        (self.reader if is_author else self.rating).setFocus()

    @Slot()
    def _explain(self) -> None:
        code = str(self.rating.currentData())
        self.meaning.setText(adequacy_words().meaning(Rating(code)) if code else "")
        self.fit()

    @Slot()
    def save(self) -> None:
        """Keep the reading; then both ratings are shown."""
        row, code = self._row, str(self.rating.currentData())
        if row is None or not self.is_open:
            return
        if not code:
            self._refuse(_("Choose a rating first."))
            return
        reader, confidence = self.reader.text(), str(self.confidence.currentData())
        reasoning = self.reasoning.toPlainText()

        def work(case: CaseFile, _ticket: Ticket) -> tuple[Change, SecondReadingId]:
            assessment = AssessmentId(row.assessment.id)
            rating = Rating(code)
            return record_reading(case, assessment, rating, reader=reader, confidence=confidence, reasoning=reasoning)

        self.keep(_("Save the second reading"), work, lambda _made: self._reveal(row, code))

    def _reveal(self, row: AssessmentRow, code: str) -> None:
        first = row.assessment.rating.value
        if first == code:
            said = _("Both readers say {rating}.").format(rating=_(code))
        else:
            said = _("You say {second}; the first reader said {first}.").format(second=_(code), first=_(first))
        self.workspace.say(said, "success" if first == code else "notice")


def _about(row: AssessmentRow) -> str:
    """What the second reader is given: everything but the judgement."""
    lines = [row.assessment.question] if row.assessment.question else []
    for title, cited in (
        (_("Standards"), row.standards),
        (_("For"), row.evidence_for),
        (_("Against"), row.evidence_against),
    ):
        lines.append(f"{title}: {', '.join(item.name for item in cited) or _('none')}")
    if row.assessment.gaps:
        lines.append(_("Gaps: {what}").format(what=" ".join(row.assessment.gaps)))
    return "\n".join(lines)
