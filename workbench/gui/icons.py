"""The pictures on buttons and in menus, tinted to fit the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from workbench.runtime.resources import resource_text

_SIZES = (16, 20, 24, 32, 48)


def icon(name: str, color: str, *, disabled: str = "") -> QIcon:
    """The icon ``"search"`` drawn in one colour, and in another while its action cannot be used."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(picture(name, color, size), QIcon.Mode.Normal)
        if disabled:
            made.addPixmap(picture(name, disabled, size, opacity=0.55), QIcon.Mode.Disabled)
    return made


def picture(name: str, color: str, size: int, *, opacity: float = 1.0) -> QPixmap:
    """One picture of an icon, ``size`` pixels wide."""
    key = f"workbench {name} {color} {size} {opacity}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    drawing = resource_text(f"icons/{name}.svg").replace("currentColor", color).replace('-width="2"', '-width="1.75"')
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap
