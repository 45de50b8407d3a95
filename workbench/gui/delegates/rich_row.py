"""Draws a row of text with a heading, a few marked words and a quiet line below."""

from __future__ import annotations

from abc import abstractmethod
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextDocument, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.domain.search import MARK_END, MARK_START
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_PAD_X, _PAD_Y = 12, 8
_ORDINARY = "What the institution knew and when it was told"


class RichRow(QStyledItemDelegate):
    """A row as a small text document; children say what stands in it, with every word of evidence escaped."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._documents: dict[tuple[str, int], QTextDocument] = {}

    @abstractmethod
    def html(self, record: object, theme: Theme) -> str:
        """The row's content; text must be escaped."""

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        self._documents.clear()
        self._view.viewport().update()

    @property
    def room(self) -> int:
        """How wide a line may be; the same whether the scroll bar shows or not, so that heights stay right."""
        return max(self._view.width() - self._view.verticalScrollBar().sizeHint().width() - 2 * _PAD_X, 80)

    @property
    def columns(self) -> int:
        """About how many letters a line has room for."""
        return max(round(self.room * len(_ORDINARY) / self._view.fontMetrics().horizontalAdvance(_ORDINARY)), 20)

    def fitted(self, text: str) -> str:
        """The text in one line, cut where the line ends."""
        flat = " ".join(text.split())
        return self._view.fontMetrics().elidedText(flat, Qt.TextElideMode.ElideRight, self.room)

    def _document(self, index: Index, font: QFont) -> QTextDocument:
        content = self.html(index.data(RECORD_ROLE), self._theme)
        width = self.room
        known = self._documents.get((content, width))
        if known is not None:
            return known
        if len(self._documents) > 400:
            self._documents.clear()
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(font)
        document.setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        document.setTextWidth(width)
        document.setHtml(f'<div style="color:{self._theme.text}">{content}</div>')
        self._documents[content, width] = document
        return document

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        document = self._document(index, self._view.font())
        return QSize(80, round(document.size().height()) + 2 * _PAD_Y)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self._theme.selected))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), QColor(self._theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(self._theme.hover))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(self._theme.border))
        painter.translate(rect.left() + _PAD_X, rect.top() + _PAD_Y)
        self._document(index, self._view.font()).drawContents(painter)
        painter.restore()


def marked_html(snippet: str, theme: Theme) -> str:
    """A snippet with its found words marked; whatever else it holds stays text."""
    start = f'<span style="background:{theme.hit};color:{theme.hit_text}">'
    safe = escape(" ".join(snippet.split()))
    return safe.replace(MARK_START, start).replace(MARK_END, "</span>")


def quiet(text: str, theme: Theme) -> str:
    """A quiet piece of text."""
    return f'<span style="color:{theme.muted}">{escape(text)}</span>'
