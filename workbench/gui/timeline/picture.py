"""The whole timeline as a picture: SVG or PNG, as large as it is drawn."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from workbench.gui.theme import Theme
from workbench.gui.timeline.painter import paint_scene
from workbench.gui.timeline.scene import Scene
from workbench.gui.widgets.picture_file import write_picture_file
from workbench.runtime.i18n import speech as _


def write_picture(scene: Scene, path: Path, theme: Theme) -> Path:
    """Write ``.svg`` or ``.png`` by the ending of the name; raises ``Refused`` with a sentence."""
    size = QSize(round(scene.width), round(scene.height) + 8)

    def paint(painter: QPainter) -> None:
        paint_scene(painter, scene, QRectF(0, 0, size.width(), size.height()), theme)

    return write_picture_file(
        path,
        size,
        paint,
        title=_("Timeline"),
        too_large="At this zoom the picture would be too large for any program. Zoom out and try again.",
    )
