"""Every action of the window, menu by menu."""

from __future__ import annotations

from workbench.gui.actions.assessment_specs import ASSESSMENT_ACTIONS
from workbench.gui.actions.base import (
    ANALYSIS,
    ASSESSMENT,
    BUNDLE,
    CASE,
    DOCUMENTS,
    EDIT,
    EXCERPT,
    FINDINGS,
    HAND_OVER,
    HELP,
    INQUIRY,
    PANELS,
    PROTECTION,
    READING,
    SEARCH,
    SUBJECT,
    TIMELINE,
    VIEW,
    ActionSpec,
)
from workbench.gui.actions.bundle_specs import BUNDLE_ACTIONS
from workbench.gui.actions.case_specs import CASE_ACTIONS
from workbench.gui.actions.coverage_specs import COVERAGE_ACTIONS
from workbench.gui.actions.document_specs import DOCUMENT_ACTIONS
from workbench.gui.actions.finding_specs import FINDING_ACTIONS
from workbench.gui.actions.handing_over_specs import HAND_OVER_ACTIONS
from workbench.gui.actions.inquiry_specs import INQUIRY_ACTIONS
from workbench.gui.actions.letter_specs import LETTER_ACTIONS
from workbench.gui.actions.link_map_specs import LINK_MAP_ACTIONS
from workbench.gui.actions.marking_specs import MARKING_ACTIONS
from workbench.gui.actions.panel_specs import PANEL_ACTIONS
from workbench.gui.actions.protection_specs import PROTECTION_ACTIONS
from workbench.gui.actions.reading_specs import READING_ACTIONS
from workbench.gui.actions.search_specs import SEARCH_ACTIONS
from workbench.gui.actions.subject_specs import SUBJECT_ACTIONS
from workbench.gui.actions.timeline_specs import TIMELINE_ACTIONS

#: Menus that stand within another one.
SUBMENUS = {ANALYSIS: (ASSESSMENT, FINDINGS)}

#: Menus in order.
MENUS = (
    CASE,
    EDIT,
    DOCUMENTS,
    SEARCH,
    EXCERPT,
    SUBJECT,
    TIMELINE,
    ANALYSIS,
    READING,
    VIEW,
    PANELS,
    PROTECTION,
    INQUIRY,
    BUNDLE,
    HAND_OVER,
    HELP,
)

ACTIONS: tuple[ActionSpec, ...] = (
    *CASE_ACTIONS,
    *DOCUMENT_ACTIONS,
    *SEARCH_ACTIONS,
    *MARKING_ACTIONS,
    *SUBJECT_ACTIONS,
    *LINK_MAP_ACTIONS,
    *TIMELINE_ACTIONS,
    *COVERAGE_ACTIONS,
    *ASSESSMENT_ACTIONS,
    *FINDING_ACTIONS,
    *READING_ACTIONS,
    *PANEL_ACTIONS,
    *PROTECTION_ACTIONS,
    *LETTER_ACTIONS,
    *INQUIRY_ACTIONS,
    *BUNDLE_ACTIONS,
    *HAND_OVER_ACTIONS,
)
