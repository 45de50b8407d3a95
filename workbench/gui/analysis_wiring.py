"""Lets the panels of the analysis hear of each other and of the reader."""

from __future__ import annotations

from typing import Any

from workbench.gui.link_map_wiring import wire_link_map


def wire_analysis(window: Any) -> None:
    """Connect what one panel asks for to the panel that does it; called once when the window is made."""
    window.panels["coverage"].show_excerpts_requested.connect(window.show_excerpts_of)
    letters = window.panels["letters"]
    letters.chosen_excerpts = lambda: window.excerpts.selected_ids
    window.docks["letters"].visibilityChanged.connect(letters.follow_sight)
    wire_link_map(window)
