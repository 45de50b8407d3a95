"""Lets the panels of the analysis hear of each other and of the reader."""

from __future__ import annotations

from typing import Any


def wire_analysis(window: Any) -> None:
    """Connect what one panel asks for to the panel that does it; called once when the window is made."""
    window.timeline.chronology.order_sheet.chosen_sources = lambda: window.timeline.sheet.chosen_sources()
    window.panels["coverage"].show_excerpts_requested.connect(window.show_excerpts_of)
