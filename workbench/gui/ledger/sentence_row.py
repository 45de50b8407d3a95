"""One sentence of a finding: its words, written in place, with what carries it and what is wrong with that."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QIcon, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.ledger import Ground, SentenceSupport
from workbench.gui.ledger.lights import GROUND_TITLES, SUPPORT_TITLES, light_picture
from workbench.gui.models.excerpt_model import excerpts_in
from workbench.gui.theme import Theme
from workbench.gui.widgets.chips import FlowLayout
from workbench.gui.wording import shortened
from workbench.runtime.i18n import speech as _

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SentenceText(QPlainTextEdit):
    """As high as its words; leaving it keeps them, Enter splits it or begins the next sentence."""

    left = Signal()
    entered = Signal()
    enter_pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(False)
        self.textChanged.connect(self._fit)

    def _fit(self) -> None:
        lines = max(round(self.document().size().height()), 1)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Undo belongs to the words while they can be undone, else to the case."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            is_undo = event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable()
            if is_undo or (event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enter_pressed.emit(self.textCursor().position())
        else:
            super().keyPressEvent(event)


class EvidenceChip(QToolButton):
    """A piece of evidence: Enter goes to its page, Delete takes it away."""

    opened = Signal()
    removed = Signal()
    entered = Signal()

    def __init__(self, ground: Ground, theme: Theme) -> None:
        super().__init__()
        self.ground = ground
        kind = _(GROUND_TITLES.get(ground.kind, ground.kind))
        title = ground.title if ground.kind == "excerpt" else f"{kind}: {ground.title}"
        self.setText(shortened(title, 44).replace("&", "&&"))
        self.setProperty("role", "chip")
        state = ground.state
        if state.light != "green":
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self.setIcon(QIcon(light_picture(state.light, theme)))
            self.setIconSize(QSize(14, 14))
        pages = ", ".join(dict.fromkeys(page.reference for page in ground.pages)) or _("no page")
        faults = "\n".join(fault.text for fault in ground.faults)
        told = f"{kind}: {ground.title}\n{pages}\n{_(SUPPORT_TITLES[state])}"
        lines = "\n".join(part for part in (told, faults) if part)
        self.setToolTip(f"<qt>{escape(lines).replace(chr(10), '<br>')}</qt>")
        self.setAccessibleName(f"{kind}: {ground.title}, {pages}, {_(SUPPORT_TITLES[state])}")
        self.setAccessibleDescription(faults)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self.opened)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class SentenceRow(QFrame):
    """Takes excerpts that are dropped on it; whatever changes is asked for by a signal."""

    text_edited = Signal(str)
    enter_pressed = Signal(int)
    excerpts_dropped = Signal(object)
    evidence_opened = Signal(object)
    evidence_removed = Signal(str)
    entered = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sentence")
        self.setAcceptDrops(True)
        self._theme = theme
        self.support: SentenceSupport | None = None
        self._shown: object = None
        self._light, self.state = QLabel(), QLabel()
        self.text = SentenceText()
        self.text.left.connect(self.keep)
        self.text.entered.connect(lambda: self.entered.emit(""))
        self.text.enter_pressed.connect(self.enter_pressed)
        self.evidence = QWidget()
        self._flow = FlowLayout(self.evidence)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.faults = QLabel()
        self.faults.setWordWrap(True)
        self.faults.setTextFormat(Qt.TextFormat.PlainText)
        self.faults.setProperty("role", "muted")
        self.faults.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._light)
        head.addWidget(self.state, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(5)
        column.addLayout(head)
        for widget in (self.text, self.evidence, self.faults):
            column.addWidget(widget)

    @property
    def chips(self) -> list[EvidenceChip]:
        """What carries the sentence, in order."""
        items = (self._flow.itemAt(at) for at in range(self._flow.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, EvidenceChip)]

    def show_support(self, support: SentenceSupport, theme: Theme) -> None:
        """Show how a sentence stands; words that are being written are left alone."""
        is_same = self.support is not None and self.support.sentence.id == support.sentence.id
        is_writing = is_same and self.text.hasFocus() and self._is_edited
        if not is_same:
            self.keep()
        self.support, self._theme = support, theme
        light, word = support.state.light, _(SUPPORT_TITLES[support.state])
        self._light.setPixmap(light_picture(light, theme))
        self.state.setText(_("Sentence {n}: {state}").format(n=support.number, state=word))
        self.text.setAccessibleName(_("Sentence {n}, {state}").format(n=support.number, state=word))
        told = "\n".join(f"–  {_(SUPPORT_TITLES[fault.state])}: {fault.text}." for fault in support.faults)
        self.faults.setText(told)
        self.faults.setVisible(bool(told))
        self.text.setAccessibleDescription(told)
        if not is_writing and self.text.toPlainText() != support.sentence.text:
            self.text.setPlainText(support.sentence.text)
        if self._shown != (support.grounds, theme):
            self._shown = (support.grounds, theme)
            self._show_chips(support)

    def _show_chips(self, support: SentenceSupport) -> None:
        focused = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), -1)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for ground in support.grounds:
            chip = EvidenceChip(ground, self._theme)
            chip.setParent(self.evidence)
            chip.opened.connect(lambda ground=ground: self.evidence_opened.emit(ground))
            chip.removed.connect(lambda item=ground.item: self.evidence_removed.emit(str(item)))
            chip.entered.connect(lambda item=ground.item: self.entered.emit(str(item)))
            self._flow.addWidget(chip)
            chip.show()
        self.evidence.setVisible(bool(support.grounds))
        self.evidence.updateGeometry()
        if focused >= 0:
            chips = self.chips
            (chips[min(focused, len(chips) - 1)] if chips else self.text).setFocus()

    @property
    def _is_edited(self) -> bool:
        return self.support is not None and self.text.toPlainText() != self.support.sentence.text

    def keep(self) -> None:
        """Hand on words that were written and not yet kept."""
        if self._is_edited:
            self.text_edited.emit(self.text.toPlainText())

    @property
    def unkept(self) -> str:
        """Words that were written and not yet kept; "" when there are none."""
        return self.text.toPlainText() if self._is_edited else ""

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if excerpts_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.excerpts_dropped.emit(excerpts_in(event.mimeData()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
