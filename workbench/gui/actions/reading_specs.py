"""Reading: how large, which page, what is found on it."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import READING, VIEW, ActionSpec
from workbench.runtime.i18n import mark


def _view(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(id=identifier, text=text, shortcut=shortcut, callback=callback, menu=VIEW, **more)


def _read(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    more.setdefault("needs", "document")
    return ActionSpec(id=identifier, text=text, shortcut=shortcut, callback=callback, menu=READING, **more)


READING_ACTIONS: tuple[ActionSpec, ...] = (
    _read("find", mark("&Find in this document"), "Ctrl+F", "reader.find", icon="text-search"),
    _read("next_page", mark("&Next page"), "Ctrl+PgDown", "reader.next_page", group=1),
    _read("previous_page", mark("&Previous page"), "Ctrl+PgUp", "reader.previous_page", group=1),
    _read("go_to_page", mark("&Go to page…"), "Ctrl+G", "reader.ask_for_page", icon="hash", group=1),
    _read("next_text", mark("Skip to the next page with &text"), "Ctrl+Shift+PgDown", "reader.next_text", group=1),
    _read("go_back", mark("&Back"), "Alt+Left", "reader.go_back", icon="arrow-left", group=2, on_toolbar=True),
    _read(
        "go_forward", mark("F&orward"), "Alt+Right", "reader.go_forward", icon="arrow-right", group=2, on_toolbar=True
    ),
    _read("choose_by_keyboard", mark("Select words by &keyboard"), "F7", "reader.choose_by_keyboard", group=3),
    _read("choose_page", mark("Select the words of the p&age"), "Ctrl+A", "reader.choose_page", group=3),
    _read("thumbnails", mark("Small pictures of the pa&ges"), "F4", "reader.show_side", argument="pages", group=4),
    _read("outline", mark("O&utline of the document"), "Shift+F4", "reader.show_side", argument="outline", group=4),
    _read("beside", mark("Two documents &side by side"), "F8", "reader.toggle_beside", icon="columns-2", group=4),
    _read("other_reader", mark("Go to the other document"), "F6", "reader.other_reader", group=4),
    _read("draw_again", mark("&Draw the page again"), "F5", "reader.draw_again", icon="rotate-cw", group=5),
    _read("lift_veil", mark("Show or &veil the pictures on this page"), "V", "reader.lift_veil", icon="eye", group=5),
    _view("zoom_in", mark("Zoom &in"), "Ctrl++", "reader.zoom_in", icon="zoom-in", needs="document"),
    _view("zoom_out", mark("Zoom &out"), "Ctrl+-", "reader.zoom_out", icon="zoom-out", needs="document"),
    _view("actual_size", mark("&Actual size"), "Ctrl+0", "reader.actual_size", needs="document"),
    _view("fit_width", mark("Fit &width"), "Ctrl+2", "reader.fit_width", icon="move-horizontal", needs="document"),
    _view("fit_page", mark("Fit &page"), "Ctrl+3", "reader.fit_page", icon="maximize", needs="document"),
    _view(
        "turn_right",
        mark("Turn &right"),
        "Ctrl+Shift+Right",
        "reader.turn_right",
        icon="rotate-cw",
        group=1,
        needs="document",
    ),
    _view(
        "turn_left",
        mark("Turn &left"),
        "Ctrl+Shift+Left",
        "reader.turn_left",
        icon="rotate-ccw",
        group=1,
        needs="document",
    ),
    _view(
        "appearance_system",
        mark("Appearance of the &system"),
        "Ctrl+Alt+S",
        "program.choose_appearance",
        argument="system",
        icon="sun-moon",
        group=2,
    ),
    _view(
        "appearance_light",
        mark("&Light appearance"),
        "Ctrl+Alt+L",
        "program.choose_appearance",
        argument="light",
        group=2,
    ),
    _view(
        "appearance_dark", mark("&Dark appearance"), "Ctrl+Alt+D", "program.choose_appearance", argument="dark", group=2
    ),
    _view(
        "appearance_contrast",
        mark("High &contrast"),
        "Ctrl+Alt+H",
        "program.choose_appearance",
        argument="contrast",
        group=2,
    ),
)
