"""Excerpts: making, linking, changing."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import EXCERPT, ActionSpec
from workbench.runtime.i18n import mark


def _excerpt(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(id=identifier, text=text, shortcut=shortcut, callback=callback, menu=EXCERPT, **more)


MARKING_ACTIONS: tuple[ActionSpec, ...] = (
    _excerpt(
        "make_excerpt",
        mark("&Make excerpt"),
        "E",
        "marking.make",
        icon="highlighter",
        needs="selection",
        on_toolbar=True,
        has_label=True,
    ),
    _excerpt("make_and_link", mark("Make and &link excerpt"), "Shift+E", "marking.make_and_link", needs="selection"),
    _excerpt("draw_area", mark("Select an &area"), "A", "reader.draw_area", needs="document"),
    _excerpt(
        "link_excerpts",
        mark("Lin&k the excerpts…"),
        "L",
        "marking.link",
        icon="link",
        group=1,
        needs="excerpt",
        on_toolbar=True,
        has_label=True,
    ),
    _excerpt(
        "save_sheet",
        mark("&Save the open sheet"),
        "Ctrl+Return",
        "window.save_sheet",
        icon="circle-check",
        group=1,
        needs="case",
    ),
    _excerpt(
        "move_excerpt",
        mark("Mo&ve the excerpt to the selected words"),
        "Ctrl+Shift+M",
        "marking.move_here",
        group=2,
        needs="excerpt",
    ),
    _excerpt(
        "split_excerpt",
        mark("S&plit before the selected words"),
        "Ctrl+Shift+K",
        "marking.split",
        group=2,
        needs="excerpt",
    ),
    _excerpt("merge_excerpts", mark("Merge the chosen excerpts"), "Ctrl+M", "marking.merge", group=2, needs="excerpts"),
    _excerpt(
        "delete_excerpt",
        mark("&Remove the excerpts"),
        "Ctrl+Delete",
        "marking.delete",
        icon="circle-x",
        group=2,
        needs="excerpt",
    ),
    _excerpt(
        "withdraw_excerpts",
        mark("&Withdraw the excerpts…"),
        "Ctrl+Alt+Shift+1",
        "withdrawing.excerpts",
        group=2,
        needs="excerpt",
    ),
    _excerpt(
        "reinstate_excerpts",
        mark("Rely on the excerpts a&gain"),
        "Ctrl+Alt+Shift+2",
        "withdrawing.reinstate_excerpts",
        group=2,
        needs="excerpt",
    ),
    _excerpt("next_excerpt", mark("&Next excerpt"), "Ctrl+Down", "excerpts.next_excerpt", group=3, needs="case"),
    _excerpt(
        "previous_excerpt", mark("Previous e&xcerpt"), "Ctrl+Up", "excerpts.previous_excerpt", group=3, needs="case"
    ),
    _excerpt(
        "filter_excerpts",
        mark("&Filter the excerpts by…"),
        "Ctrl+Shift+L",
        "excerpts.open_filter",
        group=3,
        needs="case",
    ),
    _excerpt(
        "clear_excerpt_filter", mark("Show all excerpts"), "Ctrl+Alt+A", "excerpts.clear_filters", group=3, needs="case"
    ),
    _excerpt(
        "colour_by_stance",
        mark("Colour by s&tance"),
        "Ctrl+Alt+1",
        "program.colour_excerpts",
        argument="stance",
        group=4,
    ),
    _excerpt(
        "colour_by_theme", mark("Colour by t&heme"), "Ctrl+Alt+2", "program.colour_excerpts", argument="theme", group=4
    ),
)
