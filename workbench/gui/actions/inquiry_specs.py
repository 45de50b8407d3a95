"""The inquiry's own registers: requests, hearings, parties and issues."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import INQUIRY, ActionSpec
from workbench.runtime.i18n import mark


def _inquiry(identifier: str, text: str, key: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(
        id=identifier,
        text=text,
        shortcut=f"Ctrl+K, {key}",
        callback=f"inquiry.{callback}",
        menu=INQUIRY,
        needs="case",
        **more,
    )


INQUIRY_ACTIONS: tuple[ActionSpec, ...] = (
    _inquiry("show_requests", mark("Re&quests for evidence"), "1", "show_kind", argument="requests", group=1),
    _inquiry("show_hearings", mark("&Hearings"), "2", "show_kind", argument="hearings", group=1),
    _inquiry("show_parties", mark("&Parties"), "3", "show_kind", argument="parties", group=1),
    _inquiry("show_issues", mark("List of &issues"), "4", "show_kind", argument="issues", group=1),
    _inquiry("add_entry_of_inquiry", mark("&Add to the register…"), "N", "add", icon="plus", group=2),
    _inquiry("edit_entry_of_inquiry", mark("&Edit the entry…"), "E", "edit", icon="pencil", group=2),
    _inquiry("remove_entry_of_inquiry", mark("Remove the entr&y"), "Delete", "remove", icon="trash-2", group=2),
)
