"""Building bundles, exporting case studies, and keeping account of who was given what."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import HAND_OVER, ActionSpec
from workbench.runtime.i18n import mark


def _hand_over(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(
        id=identifier, text=text, shortcut=shortcut, callback=callback, menu=HAND_OVER, needs="case", **more
    )


HAND_OVER_ACTIONS: tuple[ActionSpec, ...] = (
    _hand_over(
        "build_bundle", mark("&Build hearing bundle…"), "Ctrl+B", "bundles.choose_bundle_folder", icon="package"
    ),
    _hand_over("show_builds", mark("Builds and &disclosures"), "Ctrl+Shift+Y", "bundles.show_builds"),
    _hand_over(
        "record_disclosure", mark("&Record a disclosure…"), "Ctrl+Shift+U", "bundles.record_disclosure", icon="users"
    ),
    _hand_over(
        "export_case_study",
        mark("&Export case study…"),
        "Ctrl+E",
        "bundles.choose_export_folder",
        icon="external-link",
        group=1,
    ),
    _hand_over("export_report", mark("Export the re&port…"), "Ctrl+J", "bundles.export_report", group=1),
    _hand_over(
        "export_tables", mark("Export &tables…"), "Ctrl+K, T", "bundles.export_tables", icon="table-2", group=1
    ),
)
