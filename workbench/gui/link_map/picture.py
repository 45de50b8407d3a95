"""The link map as a picture: SVG or PNG, fine enough to be printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from workbench.gui.link_map.painter import paint_map
from workbench.gui.link_map.scene import MapScene
from workbench.gui.theme import Theme
from workbench.gui.widgets.picture_file import write_picture_file
from workbench.runtime.i18n import speech as _

#: Pixels for each of the screen's, so that the picture can be printed.
_PNG_SCALE = 2


def write_map(scene: MapScene, path: Path, theme: Theme) -> Path:
    """Write ``.svg`` or ``.png`` by the ending of the name; raises ``Refused`` with a sentence."""

    def paint(painter: QPainter) -> None:
        paint_map(painter, scene, QRectF(0, 0, scene.width, scene.height), theme)

    return write_picture_file(
        path,
        QSize(round(scene.width), round(scene.height)),
        paint,
        title=_("Link map of {name}").format(name=scene.shown.centre.node.name),
        too_large="The map would be too large for any program. Show fewer items or fewer steps and try again.",
        png_scale=_PNG_SCALE,
    )
