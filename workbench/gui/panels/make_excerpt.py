"""Making an excerpt from the selected words: note, links and their stance."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.event import Event
from workbench.domain.excerpt import Stance
from workbench.domain.frame import Institution, ScopeParagraph, Theme
from workbench.domain.ids import AnyId, ThemeId
from workbench.domain.progress import Ticket
from workbench.gui.columns import shown_date
from workbench.gui.delegates.rich_row import shortened
from workbench.gui.panels.base import Panel
from workbench.gui.panels.reader import Chosen, ReaderPanel, sentence_for_many_pages
from workbench.gui.widgets.form import ChoiceBox, Complaint
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.excerpting import NewLink, add_institution, add_theme, make_excerpt
from workbench.services.page_words import PageReader
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was filled in; plain data for the writing thread."""

    chosen: Chosen
    note: str
    targets: tuple[str, ...]
    new_institution: str
    theme: str | None
    new_theme: str
    stance: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """(text, id) of everything an excerpt can be linked to."""

    institutions: tuple[tuple[str, str], ...]
    scope: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, str], ...]


class MakeExcerptPanel(Panel):
    """A small form beside the page; it is there while an excerpt is being made."""

    shows = ("institution", "theme", "event", "scope_paragraph")
    opened = Signal()
    closed = Signal()
    made = Signal(str)

    def __init__(self, workspace: Workspace, reader: ReaderPanel, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._reader = reader
        self._chosen: Chosen | None = None
        self.quote = QLabel()
        self.quote.setProperty("role", "quote")
        self.quote.setWordWrap(True)
        self.quote.setTextFormat(Qt.TextFormat.PlainText)
        self.institution = ChoiceBox(_("Institution"), hint=_("Type to find, or a new name"), may_be_new=True)
        self.scope = ChoiceBox(_("Scope paragraph"), hint=_("Type a number or words"))
        self.event_choice = ChoiceBox(_("Event"), hint=_("Type to find an event"))
        self.theme = ChoiceBox(_("Theme"), hint=_("Type to find, or a new name"), may_be_new=True)
        self.stance = QComboBox()
        self.stance.setAccessibleName(_("Stance"))
        for stance in (Stance.CONTEXT, Stance.SUPPORTS, Stance.UNDERMINES, Stance.SILENT):
            self.stance.addItem(_(stance.value).capitalize(), stance)
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(_("Note"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.fontMetrics().height() * 2 + 16)
        self.complaint = Complaint()
        self.save_button = QPushButton(_("Save excerpt"))
        self.save_button.setProperty("primary", True)
        self.save_button.clicked.connect(self.save)
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(7)
        form.setHorizontalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows = (
            (_("&Institution"), self.institution),
            (_("S&tance"), self.stance),
            (_("&Scope"), self.scope),
            (_("E&vent"), self.event_choice),
            (_("T&heme"), self.theme),
            (_("&Note"), self.note),
        )
        for label, field in rows:
            form.addRow(label, field)
        cancel = QPushButton(_("Cancel"))
        cancel.setAccessibleName(_("Cancel the excerpt"))
        cancel.clicked.connect(self.cancel)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(9)
        column.addWidget(self.quote)
        column.addLayout(form)
        column.addWidget(self.complaint)
        column.addLayout(buttons)
        column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        """Wrapped text does not count in Qt's own least height of a panel."""
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(max(layout.totalHeightForWidth(self.width()), 0))

    @property
    def is_open(self) -> bool:
        return self._chosen is not None

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List links"), _choices, self._offer)

    def _offer(self, choices: Choices) -> None:
        self.institution.offer(choices.institutions)
        self.scope.offer(choices.scope)
        self.event_choice.offer(choices.events)
        self.theme.offer(choices.themes)

    @Slot()
    def clear(self) -> None:
        self._chosen = None
        self._empty()
        self._offer(Choices(institutions=(), scope=(), events=(), themes=()))
        self.closed.emit()

    def _empty(self) -> None:
        for field in (self.institution, self.scope, self.event_choice, self.theme):
            field.reset()
        self.stance.setCurrentIndex(0)
        self.quote.clear()
        self.note.clear()
        self.complaint.say("")

    def begin(self) -> None:
        """Take the selected words and ask what they are linked to."""
        if len(self._reader.view.selected_ranges()) > 1:
            self.workspace.say(sentence_for_many_pages(), "warning")
            return
        self._chosen = self._reader.chosen()
        if self._chosen is None:
            return
        self._empty()
        self.quote.setText(f"“{shortened(self._chosen.quote, 160)}”  [{self._chosen.reference}]")
        self.opened.emit()
        self._keep_room()
        self.institution.setFocus()

    @Slot()
    def cancel(self) -> None:
        """Make no excerpt."""
        self._chosen = None
        self._empty()
        self.closed.emit()

    @Slot()
    def save(self) -> None:
        """Save the excerpt with what was filled in."""
        draft = self._draft()
        if draft is None:
            return
        words = self.workspace.words
        self.save_button.setEnabled(False)
        job = self.workspace.write(
            _("Make excerpt"), lambda case, ticket: _save(case, draft, words, ticket), self._saved
        )
        job.ended.connect(lambda: self.save_button.setEnabled(True))

    def _draft(self) -> Draft | None:
        if self._chosen is None:
            return None
        for field in (self.scope, self.event_choice):
            if field.new_name:
                self.complaint.say(
                    _("“{text}” is not in the list. Choose one that is, or empty the field.").format(
                        text=field.new_name
                    )
                )
                return None
        targets = (self.institution.chosen_id, self.scope.chosen_id, self.event_choice.chosen_id)
        return Draft(
            chosen=self._chosen,
            note=self.note.toPlainText().strip(),
            targets=tuple(target for target in targets if target),
            new_institution=self.institution.new_name,
            theme=self.theme.chosen_id,
            new_theme=self.theme.new_name,
            stance=Stance(self.stance.currentData()),
        )

    def _saved(self, change: Change) -> None:
        made = next(row.row_id for row in change.rows if row.table == "excerpt")
        self._chosen = None
        self._empty()
        self._reader.view.clear_selection()
        self.closed.emit()
        self.made.emit(made)


def _save(case: CaseFile, draft: Draft, words: PageReader, ticket: Ticket) -> Change:
    ticket.check()
    targets = list(draft.targets)
    if draft.new_institution:
        targets.append(add_institution(case, draft.new_institution))
    theme = draft.theme
    if draft.new_theme:
        theme = add_theme(case, draft.new_theme)
    return make_excerpt(
        case,
        document=draft.chosen.document.id,
        page_index=draft.chosen.page_index,
        start=draft.chosen.start,
        end=draft.chosen.end,
        note=draft.note,
        themes=(ThemeId(theme),) if theme else (),
        links=tuple(NewLink(target=AnyId(target), stance=draft.stance) for target in targets),
        reader=words,
    )


def _choices(case: CaseFile, _ticket: Ticket) -> Choices:
    return Choices(
        institutions=tuple((item.name, item.id) for item in case.all(Institution, "name")),
        scope=tuple(
            (f"{item.number}  {shortened(item.text, 90)}", item.id) for item in case.all(ScopeParagraph, "position")
        ),
        events=tuple((f"{item.title} ({shown_date(item.on)})", item.id) for item in case.all(Event, "on_earliest, id")),
        themes=tuple((item.name, item.id) for item in case.all(Theme, "name")),
    )
