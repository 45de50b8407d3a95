"""Judging: assessments and their evidence, standards in force, second readings, searches that found nothing."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import ASSESSMENT, ActionSpec
from workbench.runtime.i18n import mark


def _action(identifier: str, text: str, keys: str, does: str, **more: Any) -> ActionSpec:
    more.setdefault("needs", "case")
    callback = f"assessments.{does}"
    return ActionSpec(id=identifier, text=text, shortcut=keys, callback=callback, menu=ASSESSMENT, **more)


ASSESSMENT_ACTIONS: tuple[ActionSpec, ...] = (
    _action("new_assessment", mark("&New assessment…"), "Alt+Shift+J", "add", icon="scale"),
    _action("edit_assessment", mark("&Edit what is chosen…"), "Alt+Shift+Return", "edit", icon="pencil"),
    _action("delete_assessment", mark("Re&move what is chosen"), "Alt+Shift+Backspace", "delete", icon="trash-2"),
    _action("assessment_words", mark("&Go to the words"), "Alt+Shift+G", "open_source"),
    _action(
        "evidence_for",
        mark("The chosen excerpts speak &for it"),
        "Alt+Shift+S",
        "add_evidence",
        argument="for",
        needs="excerpt",
        group=1,
    ),
    _action(
        "evidence_against",
        mark("The chosen excerpts speak a&gainst it"),
        "Alt+Shift+U",
        "add_evidence",
        argument="against",
        needs="excerpt",
        group=1,
    ),
    _action("second_reading", mark("&Second reading…"), "Alt+Shift+Z", "second_reading", icon="eye", group=2),
    _action("show_ratings", mark("Show or &hide ratings not read twice"), "Alt+Shift+R", "toggle_ratings", group=2),
    _action("reader_agreement", mark("&Agreement of readers…"), "Alt+Shift+K", "show_agreement", group=2),
    _action("new_standard", mark("New s&tandard…"), "Alt+Shift+Y", "add_standard", icon="plus", group=3),
    _action("next_version", mark("Next &version of the standard…"), "Alt+Shift+V", "next_version", group=3),
    _action("standing_on", mark("&Which stood on…"), "Alt+Shift+D", "ask_day", icon="calendar-days", group=3),
    _action("search_again", mark("Make the recorded search a&gain"), "Alt+Shift+F3", "search_again", group=4),
    _action("list_assessments", mark("&List assessments"), "Alt+Shift+L", "show_kind", argument="assessments", group=5),
    _action("list_searches", mark("List recor&ded searches"), "Alt+Shift+I", "show_kind", argument="searches", group=5),
)
