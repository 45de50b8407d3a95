"""Searching: order, narrowing, excerpts from hits, saved searches."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import SEARCH, ActionSpec
from workbench.runtime.i18n import mark


def _search(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(id=identifier, text=text, shortcut=shortcut, callback=callback, menu=SEARCH, needs="case", **more)


SEARCH_ACTIONS: tuple[ActionSpec, ...] = (
    _search(
        "search",
        mark("&Search the case"),
        "Ctrl+Shift+F",
        "window.show_panel",
        argument="search",
        icon="search",
        on_toolbar=True,
        has_label=True,
    ),
    _search("next_hit", mark("Ne&xt hit"), "F3", "window.step_hit", argument="next", icon="arrow-right"),
    _search(
        "previous_hit", mark("&Previous hit"), "Shift+F3", "window.step_hit", argument="previous", icon="arrow-left"
    ),
    _search("show_more_hits", mark("Show &more pages"), "Ctrl+Alt+Down", "search.show_more"),
    _search(
        "excerpt_from_hit", mark("Make &excerpt from the hit"), "Ctrl+Alt+Return", "search.excerpt_from_hit", group=1
    ),
    _search(
        "record_search",
        mark("Re&cord that nothing was found…"),
        "Alt+Shift+Q",
        "search.ask_to_record",
        icon="search",
        group=1,
    ),
    _search("order_relevance", mark("&Best first"), "Ctrl+Alt+B", "search.set_order", argument="relevance", group=2),
    _search("order_date", mark("&Oldest first"), "Ctrl+Alt+O", "search.set_order", argument="date", group=2),
    _search("facets", mark("&Narrow the search"), "Ctrl+Alt+N", "search.toggle_facets", icon="list-filter", group=2),
    _search("clear_facets", mark("Search in &all pages"), "Ctrl+Alt+W", "search.clear_facets", group=2),
    _search("save_search", mark("&Keep this search…"), "Ctrl+Alt+Q", "search.save_search", icon="bookmark", group=3),
    _search("remove_search", mark("&Remove the saved search"), "Ctrl+Alt+U", "search.remove_search", group=3),
)
