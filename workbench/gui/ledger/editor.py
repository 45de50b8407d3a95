"""The sentences of the chosen finding, one below the other, each with what carries it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from workbench.domain.ids import AnyId, FindingId, SentenceId
from workbench.domain.ledger import Ground
from workbench.gui.ledger.sentence_row import SentenceRow
from workbench.gui.theme import Theme
from workbench.gui.widgets.form import small
from workbench.runtime.i18n import speech as _
from workbench.services.ledger import FindingRow

#: What stands in a sentence before it is written.
BLANK = "…"


class LedgerEditor(QScrollArea):
    """Whatever is written or dropped is handed on with the sentence it belongs to."""

    text_edited = Signal(str, str)
    enter_pressed = Signal(str, int)
    excerpts_dropped = Signal(str, object)
    evidence_opened = Signal(object)
    evidence_removed = Signal(str, str)
    add_requested = Signal()
    current_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._finding = ""
        self._wanted = ""
        self.current = ""
        self.current_evidence = ""
        self.rows: list[SentenceRow] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Sentences of the finding"))
        inner = QWidget()
        inner.setProperty("role", "ledger")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(0)
        self.heading, self.about, self.whole = QLabel(), small(""), small("")
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.whole.setProperty("role", "failure")
        head = QVBoxLayout()
        head.setContentsMargins(10, 8, 10, 4)
        head.setSpacing(3)
        for label in (self.heading, self.about, self.whole):
            head.addWidget(label)
        self._column.addLayout(head)
        self.add_button = QPushButton(_("Add a sentence"))
        self.add_button.clicked.connect(self.add_requested)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 8, 10, 0)
        foot.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(foot)
        self._column.addStretch(1)
        self.setWidget(inner)

    def show_finding(self, row: FindingRow | None, theme: Theme) -> None:
        """Show a finding; rows of the same one stay, so that the keyboard stays where it is."""
        self._theme = theme
        support = row.support if row is not None else None
        if support is None or support.finding.id != self._finding:
            self._finding = support.finding.id if support is not None else ""
            self.current = self.current_evidence = ""
            while self.rows:
                self._drop_row()
        self.setVisible(support is not None)
        if row is None or support is None:
            return
        self.heading.setText(support.name)
        self.about.setText(_about(row))
        own = "\n".join(f"{fault.text[:1].upper()}{fault.text[1:]}." for fault in support.own_faults)
        self.whole.setText(own)
        self.whole.setVisible(bool(own))
        while len(self.rows) > len(support.sentences):
            self._drop_row()
        while len(self.rows) < len(support.sentences):
            self._add_row()
        written = next((_id(item) for item in self.rows if item.text.hasFocus()), "")
        for shown, sentence in zip(self.rows, support.sentences, strict=True):
            shown.show_support(sentence, theme)
        focused = next((_id(item) for item in self.rows if item.text.hasFocus()), "")
        if self._wanted or written != focused:  # the keyboard follows a sentence that moved
            self.enter(self._wanted or written)

    def _add_row(self) -> None:
        row = SentenceRow(self._theme)
        row.text_edited.connect(lambda text: self.text_edited.emit(_id(row), text))
        row.enter_pressed.connect(lambda at: self.enter_pressed.emit(_id(row), at))
        row.excerpts_dropped.connect(lambda items: self.excerpts_dropped.emit(_id(row), items))
        row.evidence_opened.connect(self.evidence_opened)
        row.evidence_removed.connect(lambda item: self.evidence_removed.emit(_id(row), item))
        row.entered.connect(lambda item: self._enter(row, item))
        self.rows.append(row)
        self._column.insertWidget(len(self.rows), row)

    def _drop_row(self) -> None:
        row = self.rows.pop()
        row.blockSignals(True)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _enter(self, row: SentenceRow, item: str) -> None:
        self.current, self.current_evidence = _id(row), item
        self.ensureWidgetVisible(row, 0, 8)
        self.current_changed.emit()

    def enter(self, sentence: str) -> None:
        """Put the keyboard into a sentence; one that is not shown yet gets it when it comes."""
        self._wanted = sentence
        row = self._row(lambda item: _id(item) == sentence)
        if row is not None:
            self._wanted = ""
            row.text.setFocus()
            if row.text.toPlainText() == BLANK:
                row.text.selectAll()

    @property
    def finding(self) -> FindingId | None:
        """The finding whose sentences are shown."""
        return FindingId(self._finding) if self._finding else None

    @property
    def current_sentence(self) -> SentenceId | None:
        """The sentence that was entered last, else the only one."""
        ids = [_id(row) for row in self.rows]
        if self.current in ids:
            return SentenceId(self.current)
        return SentenceId(ids[0]) if len(ids) == 1 else None

    @property
    def current_ground(self) -> Ground | None:
        """The evidence that was entered last; the first of the sentence when none was."""
        row = self._row(lambda item: _id(item) == self.current_sentence)
        if row is None or row.support is None:
            return None
        grounds = row.support.grounds
        chosen = next((ground for ground in grounds if ground.item == AnyId(self.current_evidence)), None)
        return chosen or next(iter(grounds), None)

    @property
    def cursor_position(self) -> int:
        """Where the cursor stands in the sentence that was entered last."""
        row = self._row(lambda item: _id(item) == self.current_sentence)
        return row.text.textCursor().position() if row is not None else 0

    def keep_all(self) -> None:
        """Hand on words that were written and not yet kept."""
        for row in self.rows:
            row.keep()

    def _row(self, fits: Callable[[SentenceRow], bool]) -> SentenceRow | None:
        return next((row for row in self.rows if fits(row)), None)


def _id(row: SentenceRow) -> str:
    return row.support.sentence.id if row.support is not None else ""


def _about(row: FindingRow) -> str:
    finding = row.support.finding
    parts = [_(finding.kind.value), _(finding.status.value), row.case_study, finding.proof]
    if row.criticised:
        parts.append(_("criticises {who}").format(who=", ".join(row.criticised)))
    return " · ".join(part for part in parts if part)
