"""Excerpts: making, changing, linking."""

from __future__ import annotations

from workbench.gui.actions.base import EXCERPT, ActionSpec
from workbench.runtime.i18n import mark

MARKING_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        id="make_excerpt",
        text=mark("&Make excerpt"),
        shortcut="E",
        icon="highlighter",
        callback="make_excerpt.begin",
        menu=EXCERPT,
        needs="selection",
        on_toolbar=True,
        has_label=True,
    ),
    ActionSpec(
        id="save_excerpt",
        text=mark("&Save the excerpt"),
        shortcut="Ctrl+Return",
        icon="circle-check",
        callback="make_excerpt.save",
        menu=EXCERPT,
        needs="case",
    ),
    ActionSpec(
        id="delete_excerpt",
        text=mark("&Remove the excerpt"),
        shortcut="Ctrl+Delete",
        icon="circle-x",
        callback="excerpts.delete_current",
        menu=EXCERPT,
        needs="excerpt",
    ),
    ActionSpec(
        id="next_excerpt",
        text=mark("&Next excerpt"),
        shortcut="Ctrl+Down",
        callback="excerpts.next_excerpt",
        menu=EXCERPT,
        group=1,
        needs="case",
    ),
    ActionSpec(
        id="previous_excerpt",
        text=mark("&Previous excerpt"),
        shortcut="Ctrl+Up",
        callback="excerpts.previous_excerpt",
        menu=EXCERPT,
        group=1,
        needs="case",
    ),
)
