"""What must not be shown: redaction marks and their review, restrictions, clearances."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import PROTECTION, ActionSpec
from workbench.runtime.i18n import mark


def _action(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    more.setdefault("needs", "case")
    return ActionSpec(id=identifier, text=text, shortcut=shortcut, callback=callback, menu=PROTECTION, **more)


PROTECTION_ACTIONS: tuple[ActionSpec, ...] = (
    _action("redact", mark("Mark as &redaction…"), "R", "redacting.mark", icon="redact", needs="selection"),
    _action("redact_everywhere", mark("Mark a &term everywhere…"), "Shift+R", "redacting.mark_everywhere"),
    _action("redact_hits", mark("Mark all &hits of the search…"), "Ctrl+Shift+X", "redacting.mark_hits"),
    _action("approve_marks", mark("&Approve the marks"), "Ctrl+Shift+Return", "redactions.approve", group=1),
    _action("reject_marks", mark("Re&ject the marks"), "Ctrl+Shift+Backspace", "redactions.reject", group=1),
    _action("edit_mark", mark("&Edit the marks…"), "Ctrl+Shift+W", "redactions.edit", icon="pencil", group=1),
    _action("remove_marks", mark("Re&move the marks"), "Ctrl+Backspace", "redactions.remove", group=1),
    _action("next_mark", mark("&Next mark"), "Alt+PgDown", "redactions.step", argument="next", group=2),
    _action("previous_mark", mark("&Previous mark"), "Alt+PgUp", "redactions.step", argument="previous", group=2),
    _action("show_marked_words", mark("Show or &veil the words"), "Ctrl+Shift+V", "redactions.toggle_words", group=2),
    _action(
        "show_restrictions",
        mark("Restr&ictions"),
        "Ctrl+Alt+6",
        "protection.show_kind",
        argument="restrictions",
        group=3,
    ),
    _action(
        "show_clearances", mark("&Clearances"), "Ctrl+Alt+7", "protection.show_kind", argument="clearances", group=3
    ),
    _action("add_restriction", mark("Add a re&striction…"), "Ctrl+Alt+9", "protection.add_restriction", group=4),
    _action("edit_protection", mark("E&dit what is chosen…"), "Ctrl+Shift+G", "protection.edit", group=4),
    _action("revoke_restriction", mark("Rev&oke the restriction…"), "Ctrl+Alt+M", "protection.revoke", group=4),
)
