"""What is known of the chosen assessment, standard or search: evidence on both sides, and what is wrong in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from workbench.domain.looked_for import Comparison
from workbench.gui.ledger.evidence_list import EvidenceList
from workbench.gui.theme import Theme
from workbench.gui.widgets.fault_list import FaultList
from workbench.gui.widgets.form import small
from workbench.runtime.i18n import speech as _
from workbench.services.adequacy_vocabulary import adequacy_words
from workbench.services.assessing import AGAINST, FOR, AssessmentRow
from workbench.services.negative_evidence import NegativeRow
from workbench.services.standards import StandardRow


@dataclass(frozen=True, slots=True)
class ShownAssessment:
    """An assessment as this person may see it: its rating is kept from whoever is to read it a second time."""

    row: AssessmentRow
    is_veiled: bool

    @property
    def id(self) -> str:
        return self.row.id


class AssessmentDetails(QWidget):
    """``dropped(excerpts, side)``, ``removed(id)`` and ``opened(id)`` of the evidence of the chosen assessment."""

    dropped = Signal(object, str)
    removed = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = small("")
        self.faults = FaultList(_("What is wrong or to be known"), theme)
        self.lists = {FOR: EvidenceList(_("Evidence for"), theme), AGAINST: EvidenceList(_("Evidence against"), theme)}
        self._evidence = QWidget()
        grid = QGridLayout(self._evidence)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for at, (side, title) in enumerate(((FOR, _("For")), (AGAINST, _("Against")))):
            label = QLabel(title)
            label.setProperty("role", "heading")
            grid.addWidget(label, 0, at)
            evidence = self.lists[side]
            evidence.setMaximumHeight((self.fontMetrics().height() + 12) * 5)
            evidence.dropped.connect(lambda found, side=side: self.dropped.emit(found, side))
            evidence.removed.connect(self.removed)
            evidence.opened.connect(self.opened)
            grid.addWidget(evidence, 1, at)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.about)
        column.addWidget(self._evidence, 1)
        column.addWidget(self.faults, 1)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in other colours."""
        self.faults.set_theme(theme)
        for evidence in self.lists.values():
            evidence.set_theme(theme)

    def show_chosen(self, row: ShownAssessment | StandardRow | NegativeRow | None) -> None:
        """Show what is known of a row; nothing without one."""
        self.setVisible(row is not None)
        self._evidence.setVisible(isinstance(row, ShownAssessment))
        if isinstance(row, ShownAssessment):
            self._show_assessment(row)
        elif isinstance(row, StandardRow):
            self._show_standard(row)
        elif isinstance(row, NegativeRow):
            self._show_search(row)

    def _show_assessment(self, shown: ShownAssessment) -> None:
        row, record = shown.row, shown.row.assessment
        self.lists[FOR].show_items(row.evidence_for)
        self.lists[AGAINST].show_items(row.evidence_against)
        standards = ", ".join(item.name for item in row.standards) or _("no standard")
        lines = [record.question, _("Judged by: {standards}").format(standards=standards)]
        if shown.is_veiled:
            self.about.setText("\n".join(filter(None, lines)))
            hidden = _("The rating is hidden until your own reading is saved: press Enter to read it yourself.")
            self.faults.show_faults((), (hidden,))
            return
        meaning = adequacy_words().meaning(record.rating)
        lines.append(f"{_(record.rating.value).capitalize()}: {meaning}")
        self.about.setText("\n".join(filter(None, lines)))
        readings = [
            _("{reader} read it as {rating}. {why}").format(
                reader=item.reader, rating=_(item.rating.value), why=item.reasoning
            )
            for item in row.readings
        ]
        gaps = [_("Gap: {what}").format(what=gap) for gap in record.gaps]
        self.faults.show_faults(row.faults, (*row.notes, *gaps, *readings), sound=_("Nothing is missing or wrong."))

    def _show_standard(self, row: StandardRow) -> None:
        whom = ", ".join(row.institutions) or _("everybody")
        lines = (
            row.name,
            _("It stood {when}.").format(when=row.stood),
            _("Binds {whom}. Written in: {where}.").format(whom=whom, where=row.source or _("no excerpt yet")),
            row.standard.note,
        )
        self.about.setText("\n".join(filter(None, lines)))
        cited = _.count("Cited {n} time.", "Cited {n} times.", row.used) if row.used else _("Not cited yet.")
        self.faults.show_faults(row.faults, (cited,), sound=_("Its days agree with the other versions."))

    def _show_search(self, row: NegativeRow) -> None:
        self.about.setText(row.sentence)
        faults = []
        if row.documents_since:
            came = _.count("{n} document came since.", "{n} documents came since.", row.documents_since)
            faults = [_("{came} Search again to see what changed.").format(came=came)]
        notes = [
            _("Understood as: {query}").format(query=row.record.understood_as),
            *(_("Not searched: {what}").format(what=item) for item in row.record.not_searchable),
        ]
        self.faults.show_faults(faults, notes, sound=_("Nothing came since."))

    def show_comparison(self, found: Comparison) -> None:
        """What is different now that the search was made again."""
        self.faults.show_faults(found.sentences, (), sound=_("Searched again: it still gives the same."))
