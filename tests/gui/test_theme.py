"""Light and dark: every text is readable on what it stands on."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from workbench.gui.theme import READABLE_PAIRS, apply_theme, contrast, load_theme, palette_of, style_of


def test_contrast_is_counted_as_wcag_does():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark", "contrast-light", "contrast-dark"])
@pytest.mark.parametrize(("text", "ground"), READABLE_PAIRS)
def test_text_is_readable(name, text, ground):
    theme = load_theme(name)
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark", "contrast-light", "contrast-dark"])
@pytest.mark.parametrize("layer", ["hit", "mark", "mark_current", "selection"])
def test_black_print_stays_readable_under_marks(name, layer):
    assert contrast("#000000", getattr(load_theme(name), layer)) >= 7


@pytest.mark.parametrize("name", ["light", "dark", "contrast-light", "contrast-dark"])
def test_style_sheet_has_no_unfilled_colour(name):
    assert "@" not in style_of(load_theme(name))


def test_qt_draws_with_the_theme(qapp):
    theme = load_theme("dark")
    apply_theme(qapp, theme)
    assert QApplication.palette().color(QPalette.ColorRole.Base).name() == theme.surface.lower()
    assert palette_of(theme).color(QPalette.ColorRole.Text).name() == theme.text.lower()
