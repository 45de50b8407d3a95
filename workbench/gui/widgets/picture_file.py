"""What is painted in the window as a picture file: SVG or PNG, written beside its place and then renamed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from workbench.domain.errors import Refused

_MOST_PX = 24_000


def write_picture_file(
    path: Path, size: QSize, paint: Callable[[QPainter], None], *, title: str, too_large: str, png_scale: int = 1
) -> Path:
    """Write ``.svg`` or ``.png`` by the ending of the name; raises ``Refused`` with a sentence, one of them given.

    A PNG has ``png_scale`` times ``png_scale`` pixels for each one of ``size``.
    """
    ending = path.suffix.lower()
    if ending not in {".svg", ".png"}:
        raise Refused(f"“{path.name}” is neither .svg nor .png. Choose one of the two endings.")
    if max(size.width(), size.height()) * png_scale > _MOST_PX:
        raise Refused(too_large)
    content = _svg(size, paint, title) if ending == ".svg" else _png(size, paint, png_scale)
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(f"“{path.name}” could not be written: {error.strerror}. Choose another folder.") from None
    return path


def _svg(size: QSize, paint: Callable[[QPainter], None], title: str) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(size)
    drawing.setViewBox(QRectF(0, 0, size.width(), size.height()))
    drawing.setTitle(title)
    painter = QPainter(drawing)
    paint(painter)
    painter.end()
    buffer.close()
    return bytes(content.data())


def _png(size: QSize, paint: Callable[[QPainter], None], scale: int) -> bytes:
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(content.data())
