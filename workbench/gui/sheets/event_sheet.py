"""An event of the timeline: when, what, how sure, who, and the excerpts it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.dates import parse_edtf
from workbench.domain.errors import Refused
from workbench.domain.event import EventStatus
from workbench.domain.ids import EventId, ExcerptId, InstitutionId, PersonId, ScopeParagraphId
from workbench.domain.written_dates import read_written_date
from workbench.gui.columns import shown_date
from workbench.gui.errors import sentence_of
from workbench.gui.sheets.popover import Popover
from workbench.gui.sheets.target_finder import Offer, TargetFinder
from workbench.gui.widgets.chips import ChipRow
from workbench.gui.widgets.form import Complaint
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.linking import link_targets
from workbench.services.timeline import EventFacts, EventRow, add_event, edit_event
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class Source:
    """An excerpt an event rests on, by its page reference."""

    excerpt: ExcerptId
    reference: str


class EventSheet(Popover):
    """For a new event or one that is there."""

    def __init__(self, workspace: Workspace, home: QWidget, saved: Callable[[str], None]) -> None:
        super().__init__(_("Event"), home)
        self._workspace, self._saved = workspace, saved
        self._event: EventId | None = None
        self._about: list[Offer] = []
        self._sources: list[Source] = []
        self.chosen_sources: Callable[[], Sequence[Source]] = tuple
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.on, self.title, self.kind, self.dispute = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.dispute.setPlaceholderText(_("who disputes what"))
        self.on.setPlaceholderText(_("12 March 2014, 2014-03, 2014?, 2010/2012, ../2010"))
        self.understood = QLabel()
        self.understood.setProperty("role", "muted")
        self.on.textChanged.connect(self._understand)
        self.words, self.note = QPlainTextEdit(), QPlainTextEdit()
        for field in (self.words, self.note):
            field.setTabChangesFocus(True)
            field.setFixedHeight(self.fontMetrics().height() * 2 + 14)
        self.status = QComboBox()
        for status in EventStatus:
            self.status.addItem(_(status.value).capitalize(), status)
        self.status.currentIndexChanged.connect(self._ask_who_disputes)
        self.finder = TargetFinder(
            _("Institutions, scope and people"), _("Type to find an institution, paragraph or cipher"), rows=3
        )
        self.finder.taken.connect(self._add)
        self.about = ChipRow(_("Institutions, scope and people of the event"))
        self.about.removed.connect(self._remove)
        self.sources = ChipRow(_("Sources of the event"))
        self.sources.removed.connect(self._remove_source)
        self.complaint = Complaint()
        self._lay_out()

    def _lay_out(self) -> None:
        form = self._form = QFormLayout()
        fields = (
            (_("&When"), self.on),
            ("", self.understood),
            (_("W&hat"), self.title),
            (_("In the &witness's words"), self.words),
            (_("&Status"), self.status),
            (_("&Dispute"), self.dispute),
            (_("&Kind"), self.kind),
            (_("&Note"), self.note),
        )
        for label, field in fields:
            form.addRow(label, field)
            if label:
                field.setAccessibleName(label.replace("&", ""))
        add_source = QPushButton(_("Rest it on the chosen excerpts"))
        add_source.clicked.connect(self.add_chosen_sources)
        buttons, _save_button = self.buttons(_("Cancel the event"))
        buttons.insertWidget(0, add_source)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(form)
        for widget in (self.finder, self.about, self.sources, self.complaint):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.setFixedWidth(500)

    def begin(self, row: EventRow | None, sources: Sequence[Source] = ()) -> None:
        """Edit an event, or begin one that rests on these sources."""
        event = row.event if row is not None else None
        self._event = event.id if event is not None else None
        self.heading.setText(_("Edit the event") if event else _("New event"))
        self.on.setText(event.on if event else "")
        self.title.setText(event.title if event else "")
        self.words.setPlainText(event.words if event else "")
        self.kind.setText(event.kind if event else "")
        self.dispute.setText(event.dispute if event else "")
        self.note.setPlainText(event.note if event else "")
        self.status.setCurrentIndex(self.status.findData(event.status if event else EventStatus.AGREED))
        self._about = []
        self._sources = list(sources)
        if row is not None:
            names = zip(row.institutions, row.event.institutions, strict=False)
            self._about += [Offer("institution", name, identifier) for name, identifier in names]
            numbers = zip(row.scope, row.event.scope, strict=False)
            self._about += [Offer("scope", number, identifier) for number, identifier in numbers]
            ciphers = zip(row.people, row.event.people, strict=False)
            self._about += [Offer("person", cipher, identifier) for cipher, identifier in ciphers]
            known = zip(row.event.sources, row.sources, strict=False)
            self._sources += [Source(excerpt, reference) for excerpt, reference in known]
        self._understand()
        self._ask_who_disputes()
        self.complaint.say("")
        self.finder.field.clear()
        self._list()
        self._workspace.read(
            _("List links"),
            lambda case, _ticket: [t for t in link_targets(case) if t.kind in ("institution", "scope", "person")],
            self.finder.offer,
        )
        self.open_near()
        self.on.setFocus()

    @Slot()
    def _ask_who_disputes(self) -> None:
        """Only a disputed event has a dispute; one that was written down is shown all the same."""
        is_disputed = self.status.currentData() == EventStatus.DISPUTED
        self._form.setRowVisible(self.dispute, is_disputed or bool(self.dispute.text()))
        if self.is_open:
            self.adjustSize()

    @property
    def edtf(self) -> str:
        """The date as EDTF; words are read as they are in an imported chronology, and never guessed."""
        typed = self.on.text().strip()
        return read_written_date(typed).on or typed

    @Slot()
    def _understand(self) -> None:
        try:
            parse_edtf(self.edtf)
        except Refused as error:
            self.understood.setText(str(error) if self.on.text().strip() else "")
        else:
            self.understood.setText(shown_date(self.edtf))
        self.understood.setWordWrap(True)

    def _list(self) -> None:
        self.about.show_chips([(offer.name, f"{offer.kind}:{offer.id}") for offer in self._about])
        self.sources.show_chips([(source.reference, source.excerpt) for source in self._sources])
        self.adjustSize()

    @Slot(object)
    def _add(self, offer: Offer) -> None:
        if offer not in self._about:
            self._about.append(offer)
        self._list()

    @Slot(str)
    def _remove(self, key: str) -> None:
        self._about = [offer for offer in self._about if f"{offer.kind}:{offer.id}" != key]
        self._list()

    @Slot(str)
    def _remove_source(self, key: str) -> None:
        self._sources = [source for source in self._sources if source.excerpt != key]
        self._list()

    @Slot()
    def add_chosen_sources(self) -> None:
        """The excerpts chosen in the list become sources of the event."""
        chosen = self.chosen_sources()
        if not chosen:
            self.complaint.say(_("Choose one or more excerpts in the list first."))
        self._sources += [source for source in chosen if source not in self._sources]
        self._list()

    @Slot()
    def save(self) -> None:
        """Keep the event, as one undoable step."""
        event = self._event
        facts = EventFacts(
            title=self.title.text(),
            on=self.edtf,
            words=self.words.toPlainText(),
            kind=self.kind.text(),
            status=EventStatus(self.status.currentData()),
            institutions=tuple(InstitutionId(str(o.id)) for o in self._about if o.kind == "institution"),
            scope=tuple(ScopeParagraphId(str(o.id)) for o in self._about if o.kind == "scope"),
            sources=tuple(source.excerpt for source in self._sources),
            people=tuple(PersonId(str(o.id)) for o in self._about if o.kind == "person"),
            dispute=self.dispute.text(),
            note=self.note.toPlainText(),
        )
        job = self._workspace.write(_("Save the event"), lambda case, _ticket: _save(case, event, facts), self._kept)
        job.failed.connect(lambda error: self.complaint.say(sentence_of(error) or ""))

    def _kept(self, made: tuple[Change, EventId]) -> None:
        self.close_sheet()
        self._saved(made[1])


def _save(case: CaseFile, event: EventId | None, facts: EventFacts) -> tuple[Change, EventId]:
    return add_event(case, facts) if event is None else (edit_event(case, event, facts), event)
