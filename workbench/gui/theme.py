"""The colours of the window, light and dark, and the style made from them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from workbench.domain.errors import NotFound
from workbench.runtime.resources import resource_path, resource_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Named colours as ``#RRGGBB`` (or ``#AARRGGBB``)."""

    is_dark: bool
    window: str
    surface: str
    raised: str
    text: str
    muted: str
    border: str
    accent: str
    on_accent: str
    selected: str
    selected_text: str
    hover: str
    desk: str
    paper: str
    paper_shade: str
    notice: str
    notice_text: str
    warning: str
    warning_text: str
    failure: str
    failure_text: str
    success: str
    success_text: str
    hit: str
    hit_text: str
    mark: str
    mark_current: str
    mark_sign: str
    selection: str
    veil: str
    veil_text: str
    supports: str
    supports_strong: str
    undermines: str
    undermines_strong: str
    context: str
    context_strong: str
    silent: str
    silent_strong: str
    series_1: str
    series_2: str
    series_3: str
    series_4: str
    series_5: str
    series_6: str

    def colour(self, tone: str, *, is_strong: bool) -> str:
        """The colour of a mark by its tone: ``mark``, a stance, or ``series_1`` to ``series_6``."""
        if tone == "mark":
            return self.mark_current if is_strong else self.mark
        if tone.startswith("series_"):
            strong = str(getattr(self, tone))
            return strong if is_strong else QColor(strong).lighter(165).name()
        return str(getattr(self, f"{tone}_strong" if is_strong else tone))


#: (text colour, what it stands on): each pair is readable.
READABLE_PAIRS = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "hover"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "raised"),
    ("muted", "desk"),
    ("muted", "selected"),
    ("on_accent", "accent"),
    ("accent", "surface"),
    ("accent", "window"),
    ("selected_text", "selected"),
    ("notice_text", "notice"),
    ("warning_text", "warning"),
    ("failure_text", "failure"),
    ("success_text", "success"),
    ("hit_text", "hit"),
    ("veil_text", "veil"),
)


def load_theme(name: str) -> Theme:
    """The theme ``"light"``, ``"dark"``, ``"contrast-light"`` or ``"contrast-dark"``."""
    return Theme(**tomllib.loads(resource_text(f"themes/{name}.toml")))


def chosen_theme(appearance: str) -> Theme:
    """The theme for a setting: ``system`` follows what the desktop says, light where it says nothing."""
    hints = QGuiApplication.styleHints()
    is_dark = hints.colorScheme() == Qt.ColorScheme.Dark
    if appearance == "system":
        appearance = "dark" if is_dark else "light"
        wishes = hints.accessibility()
        if wishes.contrastPreference() == Qt.ContrastPreference.HighContrast:
            appearance = "contrast"
    if appearance == "contrast":
        appearance = "contrast-dark" if is_dark else "contrast-light"
    return load_theme(appearance)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    brighter, darker = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole program these colours."""
    sheet = style_of(theme)
    if app.styleSheet() == sheet:  # restyling every widget takes most of the time that a window needs to open
        return
    if not app.styleSheet():  # once there is a sheet, Qt no longer tells the name of the style beneath it
        app.setStyle("Fusion")
    app.setPalette(palette_of(theme))
    app.setStyleSheet(sheet)


def palette_of(theme: Theme) -> QPalette:
    """The palette for Qt's own drawing."""
    role, palette = QPalette.ColorRole, QPalette()
    named = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.raised,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.selected,
        role.HighlightedText: theme.selected_text,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.BrightText: theme.failure_text,
        role.Mid: theme.border,
        role.Midlight: theme.hover,
        role.Light: theme.surface,
        role.Dark: theme.border,
        role.Shadow: theme.border,
    }
    for color_role, color in named.items():
        palette.setColor(color_role, QColor(color))
    for color_role in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, color_role, QColor(theme.muted))
    return palette


def style_of(theme: Theme) -> str:
    """The style sheet with the theme's colours filled in where it says ``@name``."""
    names: dict[str, Any] = {field.name: getattr(theme, field.name) for field in fields(theme)}
    names["arrow"] = resource_path(f"themes/arrow-{'dark' if theme.is_dark else 'light'}.svg").as_posix()
    names["check"] = resource_path(f"themes/check-{'dark' if theme.is_dark else 'light'}.svg").as_posix()
    return re.sub(r"@([a-z_]+)", lambda found: str(names[found[1]]), resource_text("themes/window.qss"))


def load_fonts(app: QApplication) -> None:
    """Use the text face shipped with the program, so that the window looks the same everywhere."""
    families: list[str] = []
    try:
        files = sorted(path for path in resource_path("fonts").iterdir() if path.suffix in {".ttf", ".otf"})
    except NotFound:
        files = []
    for file in files:
        families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    face = next((family for family in families if "Mono" not in family and "Serif" not in family), None)
    font = app.font()
    if face is not None:
        font.setFamily(face)
    font.setPointSizeF(10.0)
    app.setFont(font)
