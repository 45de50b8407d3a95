"""Small pictures of all pages beside the reader."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.gui.page.view import PageView
from workbench.runtime.i18n import speech as _

WIDTH = 104
_MARGIN, _CAPTION, _LEAST_HEIGHT, _MOST_HEIGHT = 10, 18, 40, 170

Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    """One row a page."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        self._count = 0

    def recount(self) -> None:
        self.beginResetModel()
        self._count = self._view.page_count
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        is_text = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return _("Page {n}").format(n=index.row() + 1) if is_text and index.isValid() else None

    def told(self, row: int) -> None:
        self.dataChanged.emit(self.index(row), self.index(row))


class _Miniature(QStyledItemDelegate):
    """Paints one small page with its number; pictures on it stay veiled as in the reader."""

    def __init__(self, view: PageView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view

    def size_of(self, row: int) -> QSize:
        page = self._view.page_size(row)
        height = round(WIDTH * page.height_pt / max(page.width_pt, 1.0))
        return QSize(WIDTH, min(max(height, _LEAST_HEIGHT), _MOST_HEIGHT))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = self.size_of(index.row())
        return QSize(size.width() + 2 * _MARGIN, size.height() + _CAPTION + _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, theme, row = self._view, self._view.theme, index.row()
        if row >= view.page_count:
            return
        place: QRect = option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        size = self.size_of(row)
        sheet = QRect(place.left() + (place.width() - size.width()) // 2, place.top() + 6, size.width(), size.height())
        painter.save()
        painter.fillRect(sheet, QColor(theme.paper))
        picture = view.images.thumbnail(row)
        if picture is not None:
            painter.drawImage(sheet, picture)
            if view.is_veiled and row not in view.layers.unveiled:
                self._veil(painter, row, QRectF(sheet))
        painter.setPen(QPen(QColor(theme.accent if is_chosen else theme.border), 3 if is_chosen else 1))
        painter.drawRect(sheet)
        painter.setPen(QColor(theme.text if is_chosen else theme.muted))
        caption = QRect(place.left(), sheet.bottom() + 2, place.width(), _CAPTION)
        painter.drawText(caption, int(Qt.AlignmentFlag.AlignCenter), f"{row + 1:,}")
        painter.restore()

    def _veil(self, painter: QPainter, row: int, sheet: QRectF) -> None:
        page = self._view.page_size(row)
        across, down = sheet.width() / max(page.width_pt, 1.0), sheet.height() / max(page.height_pt, 1.0)
        for box in self._view.images.pictures_on(row):
            corner = QPointF(sheet.left() + box.x0 * across, sheet.top() + box.y0 * down)
            size = ((box.x1 - box.x0) * across, (box.y1 - box.y0) * down)
            painter.fillRect(QRectF(corner.x(), corner.y(), *size), QColor(self._view.theme.veil))


class PageStrip(QListView):
    """Chooses a page by its small picture; only those on the screen are drawn."""

    page_chosen = Signal(int)

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._model = _Pages(view)
        self.setModel(self._model)
        self.setItemDelegate(_Miniature(view, self))
        self.setAccessibleName(_("Small pictures of the pages"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFixedWidth(WIDTH + 2 * _MARGIN + 18)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.clicked.connect(lambda index: self.page_chosen.emit(index.row()))
        self.activated.connect(lambda index: self.page_chosen.emit(index.row()))
        self.verticalScrollBar().valueChanged.connect(self._want)
        view.images.thumbnail_ready.connect(self._model.told)
        view.page_changed.connect(self.point_out)

    @Slot()
    def show_document(self) -> None:
        """Another document is read."""
        self._model.recount()
        self._want()

    @Slot(int)
    def point_out(self, page_index: int) -> None:
        """Choose the page that is being read."""
        if self.isVisible() and 0 <= page_index < self._model.rowCount():
            self.setCurrentIndex(self._model.index(page_index))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.point_out(self._view.current_page if self._view.page_count else -1)
        self._want()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._want()

    @Slot()
    def _want(self) -> None:
        if not self.isVisible() or not self._model.rowCount():
            self._view.images.want_thumbnails({})
            return
        area = self.viewport().rect()
        first, last = self.indexAt(area.topLeft()).row(), self.indexAt(area.bottomLeft()).row()
        first = max(first, 0)
        last = min(first + 12 if last < 0 else last + 2, self._model.rowCount() - 1)
        ratio = self.devicePixelRatioF()
        pages = range(first, last + 1)
        scales = {row: WIDTH * ratio / max(self._view.page_size(row).width_pt, 1.0) for row in pages}
        self._view.images.want_thumbnails(scales)
