"""Lets the panels of the analysis hear of each other and of the reader."""

from __future__ import annotations

from typing import Any


def wire_analysis(window: Any) -> None:
    """Connect what one panel asks for to the panel that does it; called once when the window is made."""
    window.panels["coverage"].show_excerpts_requested.connect(window.show_excerpts_of)
    findings, recommendations = window.panels["findings"], window.panels["recommendations"]
    findings.sentences.chosen_excerpts = lambda: window.excerpts.selected_ids
    recommendations.answer_sheet.chosen_excerpts = lambda: [
        (row.excerpt.id, row.reference) for row in window.excerpts.selected_rows
    ]

    def show_finding(finding: str) -> None:
        window.show_panel("findings")
        findings.point_out(finding)

    recommendations.finding_requested.connect(show_finding)
