"""The compartment of the letters in the window: closed until somebody opens it, and closed again when nobody reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from workbench.gui.columns import shown_date
from workbench.gui.widgets.form import small
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.letter_list import STALE
from workbench.services.letter_reading import QuotedPlace, ShownLetter

#: Without a choice or a key for so long, the compartment closes by itself.
OPEN_FOR_MS = 300_000
_OUTCOMES = {
    "unchanged": mark("The criticism stands unchanged."),
    "changed": mark("The criticism was changed."),
    "withdrawn": mark("The criticism was withdrawn."),
}
_CLOSED, _OPEN = range(2)


class LetterDrawer(QWidget):
    """``opened`` asks for the chosen letter; ``place_asked`` for the words an excerpt stands at."""

    opened = Signal()
    closed = Signal()
    place_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open_button = QPushButton(_("Open the letters"))
        self.open_button.clicked.connect(self.open)
        self.close_button = QPushButton(_("Close the letters"))
        self.close_button.clicked.connect(self.close_drawer)
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(_("The letter"))
        self.page.setTabChangesFocus(True)
        self.page.anchorClicked.connect(self._go)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._closed_page())
        self._stack.addWidget(self._open_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(OPEN_FOR_MS)
        self._timer.timeout.connect(self.close_drawer)

    def _closed_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 12, 14, 14)
        column.addWidget(
            small(
                _(
                    "What the letters say, and to whom they are addressed, is confidential and stands in no list, no "
                    "search and no export. Open them to read."
                )
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _open_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.page, 1)
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 6)
        marking = QLabel(_("Confidential"))
        marking.setProperty("role", "failure")
        row.addWidget(marking)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)
        return page

    @property
    def is_open(self) -> bool:
        """True while words can be read."""
        return self._stack.currentIndex() == _OPEN

    @Slot()
    def open(self) -> None:
        """Show the words of the letter that is chosen, until they are closed or nobody reads any more."""
        self._stack.setCurrentIndex(_OPEN)
        self.stay()
        self.opened.emit()

    @Slot()
    def close_drawer(self) -> None:
        """Take the words away."""
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.open_button)
        self._timer.stop()
        self.page.clear()
        self._stack.setCurrentIndex(_CLOSED)
        if had_focus and self.isVisible():
            self.open_button.setFocus()
        self.closed.emit()

    def stay(self) -> None:
        """Somebody reads: count the time anew."""
        if self.is_open:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight is closed."""
        self.close_drawer()
        super().hideEvent(event)

    def show_letter(self, shown: ShownLetter | None) -> None:
        """The words of a letter; None where there is none."""
        if self.is_open:
            self.page.setHtml("".join(_html(shown)) if shown is not None else f"<p>{_none()}</p>")

    @Slot(QUrl)
    def _go(self, link: QUrl) -> None:
        self.stay()
        self.place_asked.emit(link.toString())


def _none() -> str:
    return escape(_("There is no letter here yet. Draft one from the finding."))


def _html(shown: ShownLetter) -> Iterator[str]:
    record, words = shown.letter.record, shown.letter.words
    yield f"<p><b>{_lines(words.addressee)}</b></p>"
    if shown.letter.is_stale:
        yield f"<p><i>{escape(_(STALE).capitalize())}.</i></p>"
    yield from _part(_("The criticism"), words.criticism)
    yield from _part(_("The facts"), words.facts)
    yield from _places(_("The evidence"), shown.evidence)
    dates = (
        (_("Sent: {day}"), record.sent_on),
        (_("Answer due: {day}"), record.due_on),
        (_("Answered: {day}"), record.answered_on),
    )
    told = [text.format(day=shown_date(day)) for text, day in dates if day]
    if told:
        yield f"<p>{escape(' · '.join(told))}</p>"
    yield from _part(_("The response"), words.response)
    if shown.answer:
        yield from _places(_("Where the response says so"), shown.answer)
    if record.is_waived:
        yield from _part(_("Expressly dispensed with"), words.reason or _("Nobody said why."))
    elif record.outcome:
        yield from _part(_("The outcome"), "\n".join(filter(None, (_(_OUTCOMES[record.outcome]), words.reason))))
    yield from _part(_("Note"), words.note)


def _part(title: str, text: str) -> Iterator[str]:
    if text:
        yield f"<h4>{escape(title)}</h4><p>{_lines(text)}</p>"


def _places(title: str, places: Sequence[QuotedPlace]) -> Iterator[str]:
    yield f"<h4>{escape(title)}</h4>"
    if not places:
        yield f"<p>{escape(_('No page is referred to.'))}</p>"
    for place in places:
        quote = f"“{escape(place.words)}”" if place.words else escape(_("(marked area)"))
        gone = f" <i>{escape(_('Withdrawn: {reason}').format(reason=place.withdrawn))}</i>" if place.withdrawn else ""
        yield f"<p><a href='{escape(place.excerpt)}'>{escape(place.reference)}</a> {quote}{gone}</p>"


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
