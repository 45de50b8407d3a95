"""Institutions, scope, themes, people and case studies."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import SUBJECT, ActionSpec
from workbench.runtime.i18n import mark


def _subject(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(
        id=identifier, text=text, shortcut=shortcut, callback=callback, menu=SUBJECT, needs="case", **more
    )


def _listed(identifier: str, text: str, digit: int, kind: str) -> ActionSpec:
    return _subject(identifier, text, f"Ctrl+Shift+{digit}", "window.show_subjects", argument=kind)


SUBJECT_ACTIONS: tuple[ActionSpec, ...] = (
    _listed("show_institutions", mark("&Institutions"), 1, "institution"),
    _listed("show_scope", mark("&Scope paragraphs"), 2, "scope"),
    _listed("show_themes", mark("&Themes"), 3, "theme"),
    _listed("show_people", mark("&People, by cipher"), 4, "person"),
    _listed("show_case_studies", mark("&Case studies"), 5, "case study"),
    _subject("excerpts_of_subject", mark("Show its &excerpts"), "Ctrl+Shift+E", "subjects.show_excerpts", group=1),
    _subject("add_subject", mark("&Add…"), "Ctrl+Shift+N", "subjects.add", group=1, icon="plus"),
    _subject("edit_subject", mark("E&dit…"), "F2", "subjects.edit", group=1, icon="pencil"),
    _subject("merge_subjects", mark("&Merge into one"), "Ctrl+Shift+J", "subjects.merge", group=1, icon="merge"),
    _subject("remove_subject", mark("&Remove"), "Ctrl+Shift+Delete", "subjects.remove", group=1, icon="trash-2"),
    _subject("protected_names", mark("Protected &names…"), "Ctrl+Shift+6", "subjects.names", group=2, icon="lock"),
)
