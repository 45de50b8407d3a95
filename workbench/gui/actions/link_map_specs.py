"""The link map: what to put into its middle, how far to look, table and picture."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import SUBJECT, ActionSpec
from workbench.runtime.i18n import mark


def _map(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(
        id=identifier,
        text=text,
        shortcut=shortcut,
        callback=callback,
        menu=SUBJECT,
        needs="case",
        group=more.pop("group", 5),
        **more,
    )


LINK_MAP_ACTIONS: tuple[ActionSpec, ...] = (
    _map("show_in_link_map", mark("Show in the &link map"), "Ctrl+F2", "link_map.show_chosen", icon="network"),
    _map("link_map_middle", mark("Put the item into the mi&ddle of the map"), "Ctrl+F3", "link_map.put_in_middle"),
    _map("link_map_open", mark("&Open the item of the map"), "Ctrl+F4", "link_map.open_current"),
    _map("link_map_back", mark("&Back on the map"), "Ctrl+F5", "link_map.go_back"),
    _map("link_map_further", mark("One step f&urther"), "Ctrl+F6", "link_map.deepen", argument="further", group=6),
    _map("link_map_nearer", mark("One step nea&rer"), "Ctrl+Shift+F6", "link_map.deepen", argument="nearer", group=6),
    _map("link_map_table", mark("Map or &table"), "Ctrl+F7", "link_map.toggle_table", icon="table-2", group=6),
    _map(
        "link_map_picture",
        mark("E&xport the map as a picture…"),
        "Ctrl+F8",
        "link_map.choose_picture_file",
        icon="image",
        group=6,
    ),
)
