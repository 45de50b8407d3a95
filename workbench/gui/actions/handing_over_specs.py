"""Bundles and exports."""

from __future__ import annotations

from workbench.gui.actions.base import HAND_OVER, ActionSpec
from workbench.runtime.i18n import mark

HAND_OVER_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        id="new_bundle",
        text=mark("&New hearing bundle"),
        shortcut="Ctrl+Shift+B",
        icon="package",
        callback="bundles.begin_bundle",
        menu=HAND_OVER,
        needs="case",
    ),
    ActionSpec(
        id="build_bundle",
        text=mark("&Build hearing bundle…"),
        shortcut="Ctrl+B",
        icon="package",
        callback="bundles.choose_bundle_folder",
        menu=HAND_OVER,
        needs="case",
    ),
    ActionSpec(
        id="export_case_study",
        text=mark("&Export case study…"),
        shortcut="Ctrl+E",
        icon="external-link",
        callback="bundles.choose_export_folder",
        menu=HAND_OVER,
        group=1,
        needs="case",
    ),
)
