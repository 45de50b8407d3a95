"""The link map as a picture: SVG or PNG, written beside its place and then renamed."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from workbench.domain.errors import Refused
from workbench.gui.link_map.painter import paint_map
from workbench.gui.link_map.scene import MapScene
from workbench.gui.theme import Theme
from workbench.runtime.i18n import speech as _

_MOST_PX = 24_000
#: Pixels for each of the screen's, so that the picture can be printed.
_PNG_SCALE = 2


def write_map(scene: MapScene, path: Path, theme: Theme) -> Path:
    """Write ``.svg`` or ``.png`` by the ending of the name; raises ``Refused`` with a sentence."""
    if path.suffix.lower() not in {".svg", ".png"}:
        raise Refused(f"“{path.name}” is neither .svg nor .png. Choose one of the two endings.")
    size = QSize(round(scene.width), round(scene.height))
    if max(size.width(), size.height()) * _PNG_SCALE > _MOST_PX:
        raise Refused("The map would be too large for any program. Show fewer items or fewer steps and try again.")
    content = _svg(scene, size, theme) if path.suffix.lower() == ".svg" else _png(scene, size, theme)
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(f"“{path.name}” could not be written: {error.strerror}. Choose another folder.") from None
    return path


def _svg(scene: MapScene, size: QSize, theme: Theme) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(size)
    drawing.setViewBox(QRectF(0, 0, size.width(), size.height()))
    drawing.setTitle(_("Link map of {name}").format(name=scene.shown.centre.node.name))
    _paint(QPainter(drawing), scene, theme)
    buffer.close()
    return bytes(content.data())


def _png(scene: MapScene, size: QSize, theme: Theme) -> bytes:
    image = QImage(size * _PNG_SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_PNG_SCALE)
    _paint(QPainter(image), scene, theme)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(content.data())


def _paint(painter: QPainter, scene: MapScene, theme: Theme) -> None:
    paint_map(painter, scene, QRectF(0, 0, scene.width, scene.height), theme)
    painter.end()
