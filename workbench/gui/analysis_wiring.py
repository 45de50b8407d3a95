"""Lets the panels of the analysis hear of each other and of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbench.domain.ids import AnyId
from workbench.gui.link_map_wiring import wire_link_map
from workbench.runtime.i18n import speech as _
from workbench.services.assessing import Named
from workbench.services.excerpt_list import ExcerptRow


def wire_analysis(window: Any) -> None:
    """Connect what one panel asks for to the panel that does it; called once when the window is made."""
    window.timeline.chronology.order_sheet.chosen_sources = lambda: window.timeline.sheet.chosen_sources()
    window.panels["coverage"].show_excerpts_requested.connect(window.show_excerpts_of)
    window.panels["coverage"].assessment_requested.connect(window.panels["assessments"].assess)
    _wire_letters(window)
    wire_link_map(window)
    _wire_assessments(window)
    _wire_findings(window)


def _wire_assessments(window: Any) -> None:
    """Excerpts chosen in their list are evidence; a search that found nothing is recorded beside the assessments."""
    assessments, excerpts = window.panels["assessments"], window.excerpts

    def chosen() -> list[Named]:
        return [_named(row.excerpt.id, row) for row in excerpts.selected_rows]

    def names_of(identifiers: Sequence[str]) -> list[Named]:
        return [_named(identifier, excerpts.row_of(identifier)) for identifier in dict.fromkeys(identifiers)]

    for part in (assessments, assessments.sheet.half, assessments.standard_sheet):
        part.chosen_excerpts = chosen
    for part in (assessments, assessments.sheet.half):
        part.names_of = names_of
    window.panels["search"].record_asked.connect(assessments.record_search)


def _named(identifier: str, row: ExcerptRow | None) -> Named:
    """An excerpt by its page and words; one that is not in the list (any more) by its kind."""
    name, words = (row.reference, row.words) if row is not None else (_("Excerpt"), "")
    return Named(id=AnyId(identifier), name=name, words=words)


def _wire_findings(window: Any) -> None:
    """Excerpts chosen in their list carry sentences and answers; a recommendation leads back to its finding."""
    findings, recommendations = window.panels["findings"], window.panels["recommendations"]
    findings.sentences.chosen_excerpts = lambda: window.excerpts.selected_ids
    recommendations.answer_sheet.chosen_excerpts = lambda: [
        (row.excerpt.id, row.reference) for row in window.excerpts.selected_rows
    ]

    def show_finding(finding: str) -> None:
        window.show_panel("findings")
        findings.point_out(finding)

    recommendations.finding_requested.connect(show_finding)


def _wire_letters(window: Any) -> None:
    """A letter is drafted for the finding that is chosen, answered by the excerpts that are, and closed when unseen."""
    letters, findings = window.panels["letters"], window.panels["findings"]
    letters.chosen_excerpts = lambda: window.excerpts.selected_ids
    letters.chosen_finding = lambda: findings.current.id if findings.current is not None else ""
    window.docks["letters"].visibilityChanged.connect(letters.follow_sight)

    def show_finding(finding: str) -> None:
        window.show_panel("findings")
        findings.point_out(finding)

    letters.finding_requested.connect(show_finding)
