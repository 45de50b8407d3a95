"""Composing bundles: making them, their sections and entries, their order and rules."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import BUNDLE, ActionSpec
from workbench.runtime.i18n import mark


def _bundle(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(id=identifier, text=text, shortcut=shortcut, callback=callback, menu=BUNDLE, needs="case", **more)


def _sorts(by: str, text: str, digit: int) -> ActionSpec:
    return _bundle(f"sort_section_by_{by}", text, f"Ctrl+Shift+{digit}", "composing.sort", argument=by, group=3)


BUNDLE_ACTIONS: tuple[ActionSpec, ...] = (
    _bundle("new_bundle", mark("&New bundle…"), "Ctrl+Shift+B", "composing.begin", icon="package"),
    _bundle("core_bundle", mark("&Core bundle of the chosen entries…"), "Ctrl+Shift+C", "composing.begin_core"),
    _bundle("about_bundle", mark("&About the bundle…"), "Ctrl+Shift+O", "composing.about", icon="pencil"),
    _bundle(
        "study_bundle", mark("&Bundle of the case study…"), "Ctrl+F10", "bundles.begin_study_bundle", icon="package"
    ),
    _bundle("edit_case_study", mark("Edit the case stud&y…"), "Ctrl+F11", "bundles.edit_case_study", icon="pencil"),
    _bundle("profiles", mark("&Profiles…"), "Ctrl+Shift+R", "composing.show_profiles", icon="scale"),
    _bundle(
        "add_to_bundle",
        mark("Put the chosen &documents in"),
        "Ctrl+Shift+D",
        "composing.add_documents",
        icon="file-plus",
        group=1,
    ),
    _bundle("add_section", mark("Add a &section…"), "Ctrl+Shift+S", "composing.add_section", icon="plus", group=1),
    _bundle("edit_entries", mark("&Edit entries or section…"), "Shift+F2", "composing.edit", icon="pencil", group=1),
    _bundle("move_up", mark("Move &up"), "Alt+Up", "composing.step", argument="up", group=2),
    _bundle("move_down", mark("Move d&own"), "Alt+Down", "composing.step", argument="down", group=2),
    _sorts("date", mark("Sort the section by d&ate"), 7),
    _sorts("title", mark("Sort the section by &title"), 8),
    _sorts("reference", mark("Sort the section by &reference"), 9),
    _bundle("remove_entries", mark("Take out o&f the bundle"), "Alt+Delete", "composing.remove", icon="x", group=4),
    _bundle(
        "remove_bundle",
        mark("Re&move the bundle"),
        "Alt+Shift+Delete",
        "composing.remove_bundle",
        icon="trash-2",
        group=4,
    ),
)
