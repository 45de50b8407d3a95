"""Every panel of the window: what it is called and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbench.gui.panels.assessments import AssessmentsPanel
from workbench.gui.panels.base import Panel
from workbench.gui.panels.bundles import BundlesPanel
from workbench.gui.panels.coverage import CoveragePanel
from workbench.gui.panels.documents import DocumentsPanel
from workbench.gui.panels.excerpts import ExcerptsPanel
from workbench.gui.panels.findings import FindingsPanel
from workbench.gui.panels.history import HistoryPanel
from workbench.gui.panels.inquiry import InquiryPanel
from workbench.gui.panels.letters import LettersPanel
from workbench.gui.panels.link_map import LinkMapPanel
from workbench.gui.panels.protection import ProtectionPanel
from workbench.gui.panels.recommendations import RecommendationsPanel
from workbench.gui.panels.redactions import RedactionsPanel
from workbench.gui.panels.search import SearchPanel
from workbench.gui.panels.subjects import SubjectsPanel
from workbench.gui.panels.timeline import TimelinePanel
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelSpec:
    """A dock: its title and what makes it. ``gui/layouts.py`` says where it stands."""

    id: str
    title: str
    make: Callable[[Workspace], Panel]


#: In the order of their tabs. The reader in the middle and the excerpt form are made by the window itself.
PANELS: tuple[PanelSpec, ...] = (
    PanelSpec(id="documents", title=mark("Documents"), make=DocumentsPanel),
    PanelSpec(id="search", title=mark("Search"), make=SearchPanel),
    PanelSpec(id="redactions", title=mark("Redactions"), make=RedactionsPanel),
    PanelSpec(id="protection", title=mark("Protection"), make=ProtectionPanel),
    PanelSpec(id="excerpts", title=mark("Excerpts"), make=ExcerptsPanel),
    PanelSpec(id="subjects", title=mark("Subjects"), make=SubjectsPanel),
    PanelSpec(id="timeline", title=mark("Timeline"), make=TimelinePanel),
    PanelSpec(id="coverage", title=mark("Coverage"), make=CoveragePanel),
    PanelSpec(id="letters", title=mark("Letters"), make=LettersPanel),
    PanelSpec(id="inquiry", title=mark("Inquiry"), make=InquiryPanel),
    PanelSpec(id="link_map", title=mark("Link map"), make=LinkMapPanel),
    PanelSpec(id="assessments", title=mark("Assessments"), make=AssessmentsPanel),
    PanelSpec(id="findings", title=mark("Findings"), make=FindingsPanel),
    PanelSpec(id="recommendations", title=mark("Recommendations"), make=RecommendationsPanel),
    PanelSpec(id="bundles", title=mark("Bundles"), make=BundlesPanel),
    PanelSpec(id="history", title=mark("History"), make=HistoryPanel),
)
