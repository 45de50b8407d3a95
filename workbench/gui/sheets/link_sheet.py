"""Linking excerpts: type to find or make what they speak about, what they do for it, and a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.excerpt import Stance
from workbench.domain.ids import AnyId, ExcerptId
from workbench.gui.errors import sentence_of
from workbench.gui.sheets.popover import Popover
from workbench.gui.sheets.target_finder import Offer, TargetFinder
from workbench.gui.widgets.form import Complaint
from workbench.gui.wording import STANCE_SIGNS, shortened
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.excerpt_list import ExcerptRow
from workbench.services.linking import CREATABLE, Wanted, annotate, dated_title, link_targets, settle_links
from workbench.store.case_file import CaseFile

_TYPED_SIGNS = {"+": Stance.SUPPORTS, "-": Stance.UNDERMINES, ".": Stance.CONTEXT, "~": Stance.SILENT}
_WIDTH = 430


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is linked when the sheet is saved."""

    excerpts: tuple[ExcerptId, ...]
    wanted: tuple[Wanted, ...]
    note: str
    is_exact: bool


class _Links(QListWidget):
    """The links so far; Delete takes one away, a sign changes its stance."""

    removed = Signal(int)
    restanced = Signal(int, str)

    def show_links(self, lines: Sequence[str]) -> None:
        """Replace all lines."""
        self.clear()
        self.addItems(list(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentRow()
        if row >= 0 and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(row)
        elif row >= 0 and event.text() in _TYPED_SIGNS and event.text():
            self.restanced.emit(row, event.text())
        else:
            super().keyPressEvent(event)


class LinkSheet(Popover):
    """For one excerpt it shows and settles all its links; for several it adds to each."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(_("Link excerpts"), parent)
        self._workspace = workspace
        self._rows: tuple[ExcerptRow, ...] = ()
        self._wanted: list[Wanted] = []
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.quote = QLabel()
        self.quote.setProperty("role", "quote")
        self.quote.setWordWrap(True)
        self.quote.setTextFormat(Qt.TextFormat.PlainText)
        self.finder = TargetFinder(
            _("Link to"), _("Institution, scope, theme, event, person… (+ supports, - undermines)"), creates=_creatable
        )
        self.finder.taken.connect(self._add)
        self.finder.confirmed_empty.connect(self.save)
        self.stance = QComboBox()
        self.stance.setAccessibleName(_("Stance"))
        for stance in (Stance.CONTEXT, Stance.SUPPORTS, Stance.UNDERMINES, Stance.SILENT):
            self.stance.addItem(f"{STANCE_SIGNS[stance]}  {_(stance.value).capitalize()}", stance)
        self.links = _Links()
        self.links.setAccessibleName(_("Links"))
        self.links.setToolTip(_("Delete removes a link; + - . ~ change what it does"))
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("Note"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.fontMetrics().height() * 3 + 14)
        self.complaint = Complaint()
        self.links.removed.connect(self._remove)
        self.links.restanced.connect(self._restance)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons, self.save_button = self.buttons(_("Cancel linking"))
        form = QFormLayout()
        form.addRow(_("S&tance"), self.stance)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.quote)
        column.addWidget(self.finder)
        column.addLayout(form)
        column.addWidget(self.links)
        column.addWidget(self.note)
        column.addWidget(self.complaint)
        column.addLayout(buttons)
        self.setFixedWidth(_WIDTH)
        self.links.setFixedHeight((self.fontMetrics().height() + 14) * 3 + 4)

    # Opening

    def begin(self, rows: Sequence[ExcerptRow], at: QPoint | None = None) -> None:
        """Ask what these excerpts are linked to."""
        if not rows:
            return
        self._rows = tuple(rows)
        self._wanted = _wanted_of(rows[0]) if len(rows) == 1 else []
        one = rows[0]
        many = _.count("Link {n} excerpt", "Link {n} excerpts", len(rows))
        self.heading.setText(_("Link {reference}").format(reference=one.reference) if len(rows) == 1 else many)
        self.quote.setText(f"“{shortened(one.words, 140)}”" if one.words else _("A marked area"))
        self.quote.setVisible(len(rows) == 1)
        self.note.setPlainText(one.excerpt.note if len(rows) == 1 else "")
        self.complaint.say("")
        self.finder.field.clear()
        self._list()
        self._workspace.read(_("List links"), lambda case, _ticket: link_targets(case), self.finder.offer)
        self.open_near(at)
        self.finder.field.setFocus()

    @property
    def targets(self) -> list[Wanted]:
        """The links as they would be saved."""
        return list(self._wanted)

    def _list(self) -> None:
        self.links.show_links([_line_of(item) for item in self._wanted])

    # Changing

    @Slot(object)
    def _add(self, offer: Offer) -> None:
        typed = self.finder.field.text()[:1]
        stance = _TYPED_SIGNS.get(typed, Stance(self.stance.currentData()))
        identifier = AnyId(offer.id) if offer.id is not None else None
        wanted = Wanted(kind=offer.kind, name=offer.name, id=identifier, stance=stance)
        if wanted not in self._wanted:
            self._wanted.append(wanted)
        self._list()

    @Slot(int)
    def _remove(self, row: int) -> None:
        del self._wanted[row]
        self._list()

    @Slot(int, str)
    def _restance(self, row: int, sign: str) -> None:
        self._wanted[row] = replace(self._wanted[row], stance=_TYPED_SIGNS[sign])
        self._list()
        self.links.setCurrentRow(row)

    @Slot()
    def save(self) -> None:
        """Save the links; what was typed but not taken is taken first."""
        if not self._rows or not self.is_open:
            return
        if self.finder.bare_text:
            self.complaint.say(
                _("“{text}” is not linked yet. Press Enter to take the suggestion, or empty the field.").format(
                    text=shortened(self.finder.bare_text, 60)
                )
            )
            return
        excerpts = tuple(row.excerpt.id for row in self._rows)
        draft = _Draft(excerpts, tuple(self._wanted), self.note.toPlainText().strip(), len(self._rows) == 1)
        self.save_button.setEnabled(False)

        job = self._workspace.write(
            _("Link"), lambda case, _ticket: _save(case, draft), lambda _change: self.close_sheet()
        )
        job.failed.connect(lambda error: self.complaint.say(sentence_of(error) or ""))
        job.ended.connect(lambda: self.save_button.setEnabled(True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)


def _save(case: CaseFile, draft: _Draft) -> Change:
    if draft.is_exact:
        return settle_links(case, draft.excerpts[0], draft.wanted, note=draft.note)
    return annotate(case, draft.excerpts, draft.wanted, note=draft.note)


def _creatable(typed: str) -> Sequence[str]:
    return [kind for kind in CREATABLE if kind != "event" or dated_title(typed) is not None]


def _wanted_of(row: ExcerptRow) -> list[Wanted]:
    kinds = {
        "ins": "institution",
        "scp": "scope",
        "evt": "event",
        "per": "person",
        "cst": "case study",
        "iss": "issue",
    }
    links = [
        Wanted(
            kind=kinds.get(link.link.target.partition("_")[0], "institution"),
            name=link.name,
            id=link.link.target,
            stance=link.stance,
        )
        for link in row.links
    ]
    themes = zip(row.themes, row.excerpt.themes, strict=False)
    return links + [Wanted(kind="theme", name=name, id=AnyId(identifier)) for name, identifier in themes]


def _line_of(wanted: Wanted) -> str:
    name = shortened(wanted.name, 70)
    kind = _(wanted.kind) if wanted.id is not None else _("new {kind}").format(kind=_(wanted.kind))
    if wanted.kind == "theme":
        return f"{name}  ·  {kind}"
    return f"{STANCE_SIGNS[wanted.stance]}  {name}  ·  {kind}, {_(wanted.stance.value)}"
