"""Fairness: the warning letters of criticisms, drafted, opened, answered and written."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import INQUIRY, ActionSpec
from workbench.runtime.i18n import mark


def _letter(identifier: str, text: str, key: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(
        id=identifier,
        text=text,
        shortcut=f"Ctrl+K, {key}",
        callback=f"letters.{callback}",
        menu=INQUIRY,
        needs="case",
        **more,
    )


LETTER_ACTIONS: tuple[ActionSpec, ...] = (
    _letter("open_letters", mark("&Open or close the letters"), "L", "toggle", icon="lock-open"),
    _letter("edit_letter", mark("&Draft or edit the letter…"), "D", "edit", icon="pencil"),
    _letter("letter_of_finding", mark("Draft the letter of the &finding…"), "F", "draft_for_finding"),
    _letter("finding_of_letter", mark("Go to &its finding"), "G", "show_finding"),
    _letter("link_response", mark("Link the excerpts as its &response"), "R", "link_answer", icon="link"),
    _letter("write_letter", mark("Save the letter as &Word…"), "W", "choose_folder", icon="external-link"),
    _letter("remove_letter", mark("Re&move the draft"), "Backspace", "remove", icon="trash-2"),
)
