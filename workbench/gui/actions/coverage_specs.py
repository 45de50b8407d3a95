"""The coverage matrix: what is missing, what is contested, what is out of scope, pictures and tables of it."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import ANALYSIS, ActionSpec
from workbench.runtime.i18n import mark


def _coverage(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(
        id=identifier, text=text, shortcut=shortcut, callback=callback, menu=ANALYSIS, needs="case", **more
    )


COVERAGE_ACTIONS: tuple[ActionSpec, ...] = (
    _coverage("coverage_evidence", mark("&Evidence of the cell"), "Alt+Shift+E", "coverage.open_evidence", icon="eye"),
    _coverage("coverage_excerpts", mark("E&xcerpts of the cell in the list"), "Alt+Shift+X", "coverage.show_excerpts"),
    _coverage("assess_cell", mark("&Assess the cell…"), "Ctrl+Alt+J", "coverage.assess", icon="scale"),
    _coverage("next_missing", mark("Next &missing cell"), "Alt+Shift+M", "coverage.step", argument="missing"),
    _coverage("next_contested", mark("Next c&ontested cell"), "Alt+Shift+N", "coverage.step", argument="contested"),
    _coverage("rule_out", mark("Put out of &scope…"), "Alt+Shift+O", "coverage.rule_out", icon="x", group=1),
    _coverage("rule_in", mark("Put &back in scope"), "Alt+Shift+B", "coverage.rule_in", group=1),
    _coverage(
        "coverage_table", mark("Matrix or &table"), "Alt+Shift+T", "coverage.toggle_table", icon="table-2", group=2
    ),
    _coverage(
        "coverage_dense",
        mark("&Large or small cells"),
        "Ctrl+Shift+F7",
        "coverage.toggle_dense",
        icon="zoom-out",
        group=2,
    ),
    _coverage(
        "coverage_wide",
        mark("&Wide or narrow matrix"),
        "Alt+Shift+W",
        "coverage.toggle_wide",
        icon="move-horizontal",
        group=2,
    ),
    _coverage(
        "coverage_picture",
        mark("Coverage as a &picture…"),
        "Alt+Shift+P",
        "coverage.choose_picture_file",
        icon="image",
        group=3,
    ),
    _coverage(
        "coverage_export",
        mark("Coverage as a sprea&dsheet…"),
        "Ctrl+Alt+Y",
        "coverage.choose_export_folder",
        icon="external-link",
        group=3,
    ),
)
