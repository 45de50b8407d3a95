"""Signs and words for how well something is carried, so that nothing is told by colour alone."""

from __future__ import annotations

from PySide6.QtGui import QPixmap

from workbench.domain.ledger import Support
from workbench.gui.icons import picture
from workbench.gui.theme import Theme
from workbench.runtime.i18n import mark

LIGHT_ICONS = {"red": "circle-x", "amber": "triangle-alert", "green": "circle-check"}
SUPPORT_TITLES = {
    Support.UNSUPPORTED: mark("Unsupported"),
    Support.WITHDRAWN: mark("Withdrawn"),
    Support.CHANGED: mark("Changed"),
    Support.SUPERSEDED: mark("Superseded"),
    Support.DISPUTED: mark("Disputed"),
    Support.CONTRADICTED: mark("Contradicted"),
    Support.SUPPORTED: mark("Supported"),
}
GROUND_TITLES = {
    "excerpt": mark("Excerpt"),
    "event": mark("Event"),
    "assessment": mark("Assessment"),
    "standard": mark("Standard"),
    "negative search": mark("Search without result"),
}


def light_colour(light: str, theme: Theme) -> str:
    """The colour of a light on the window's surface."""
    return {"red": theme.undermines_strong, "amber": theme.series_2}.get(light, theme.supports_strong)


def light_picture(light: str, theme: Theme, size: int = 16) -> QPixmap:
    """The sign of a light: a cross, a triangle or a tick."""
    return picture(LIGHT_ICONS[light], light_colour(light, theme), size)
