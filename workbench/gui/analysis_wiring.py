"""Joins the panels of the analysis with the lists they take from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.domain.ids import AnyId
from workbench.gui.panels.findings import FindingsPanel

if TYPE_CHECKING:
    from workbench.gui.main_window import MainWindow


def wire_analysis(window: MainWindow) -> None:
    """Let each panel know what is chosen in the others."""
    findings = window.panels["findings"]
    assert isinstance(findings, FindingsPanel)
    findings.chosen_excerpts = lambda: [AnyId(item) for item in window.excerpts.selected_ids]
