"""Every action: text, keys, picture, something it does, and a state that fits what is there."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QToolButton

from tests.gui.steps import choose_words, open_document
from workbench.gui.actions.registry import ACTIONS, MENUS, SUBMENUS
from workbench.runtime.i18n import load_catalogue
from workbench.runtime.resources import resource_path

ALL_MENUS = (*MENUS, *(inner for menus in SUBMENUS.values() for inner in menus))


def test_no_two_actions_share_an_id_or_keys():
    assert max(Counter(spec.id for spec in ACTIONS).values()) == 1
    assert max(Counter(QKeySequence(spec.shortcut).toString() for spec in ACTIONS).values()) == 1


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.id)
def test_action_has_text_keys_and_a_menu(spec):
    assert spec.text.replace("&", "").strip()
    assert not QKeySequence(spec.shortcut).isEmpty()
    assert spec.menu in ALL_MENUS
    if spec.icon:
        assert resource_path(f"icons/{spec.icon}.svg").is_file()


def test_every_action_is_in_its_menu_and_on_the_window(empty_window):
    menus = [action.menu() for action in empty_window.menuBar().actions()]
    menus += [action.menu() for menu in menus for action in menu.actions() if action.menu() is not None]
    in_menus = {action.objectName() for menu in menus for action in menu.actions()}
    assert {spec.id for spec in ACTIONS} <= in_menus
    assert {spec.id for spec in ACTIONS} <= {action.objectName() for action in empty_window.actions()}


def test_menus_and_most_actions_speak_welsh():
    welsh = load_catalogue("cy")
    assert all(welsh.gettext(menu) != menu for menu in ALL_MENUS)
    translated = sum(welsh.gettext(spec.text) != spec.text for spec in ACTIONS)
    assert translated >= 0.75 * len(ACTIONS)


def test_tool_buttons_have_names(empty_window):
    buttons = empty_window.toolbar.findChildren(QToolButton)
    named = [button for button in buttons if button.defaultAction() is not None]
    assert len(named) == sum(spec.on_toolbar for spec in ACTIONS)
    assert all(button.accessibleName() for button in named)


def test_without_a_case_only_what_needs_none_can_be_done(empty_window):
    enabled = {spec.id for spec in ACTIONS if empty_window.book.actions[spec.id].isEnabled()}
    assert enabled == {spec.id for spec in ACTIONS if not spec.needs}


def test_selecting_words_enables_the_excerpt(qtbot, window):
    assert not window.book.actions["make_excerpt"].isEnabled()
    open_document(qtbot, window)
    assert window.book.actions["zoom_in"].isEnabled()
    choose_words(window, "register of notices")
    assert window.book.actions["make_excerpt"].isEnabled()
    window.book.actions["clear_selection"].trigger()
    assert not window.book.actions["make_excerpt"].isEnabled()


def test_undo_names_what_it_takes_back(qtbot, window):
    action = window.book.actions["undo"]
    assert "import documents" in action.text()
    action.trigger()
    qtbot.waitUntil(lambda: window.panels["documents"].model.rowCount() == 0)
    assert not action.isEnabled()
    assert "import documents" in window.book.actions["redo"].text()
    window.book.actions["redo"].trigger()
    qtbot.waitUntil(lambda: window.panels["documents"].model.rowCount() == 3)


@pytest.mark.parametrize(("action", "theme_is_dark"), [("appearance_dark", True), ("appearance_light", False)])
def test_appearance_is_chosen_and_kept(empty_window, action, theme_is_dark):
    empty_window.book.actions[action].trigger()
    assert empty_window.workspace.theme.is_dark is theme_is_dark
    assert action.removeprefix("appearance_") in empty_window.workspace.paths.settings.read_text(encoding="utf-8")


@pytest.mark.parametrize("panel", ["documents", "search", "redactions", "protection", "excerpts", "bundles", "history"])
def test_panels_come_to_the_front(qtbot, window, panel):
    window.book.actions[f"show_{panel}"].trigger()
    qtbot.waitUntil(lambda: not window.panels[panel].visibleRegion().isEmpty())
