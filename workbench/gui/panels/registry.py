"""Every panel of the window: where it stands and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbench.gui.panels.assessments import AssessmentsPanel
from workbench.gui.panels.base import Panel
from workbench.gui.panels.bundles import BundlesPanel
from workbench.gui.panels.documents import DocumentsPanel
from workbench.gui.panels.excerpts import ExcerptsPanel
from workbench.gui.panels.history import HistoryPanel
from workbench.gui.panels.protection import ProtectionPanel
from workbench.gui.panels.redactions import RedactionsPanel
from workbench.gui.panels.search import SearchPanel
from workbench.gui.panels.subjects import SubjectsPanel
from workbench.gui.panels.timeline import TimelinePanel
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelSpec:
    """A dock: its title, its side (``left`` or ``right``) and what makes it."""

    id: str
    title: str
    side: str
    make: Callable[[Workspace], Panel]


#: In the order of their tabs. The reader in the middle and the excerpt form are made by the window itself.
PANELS: tuple[PanelSpec, ...] = (
    PanelSpec(id="documents", title=mark("Documents"), side="left", make=DocumentsPanel),
    PanelSpec(id="search", title=mark("Search"), side="left", make=SearchPanel),
    PanelSpec(id="redactions", title=mark("Redactions"), side="left", make=RedactionsPanel),
    PanelSpec(id="protection", title=mark("Protection"), side="left", make=ProtectionPanel),
    PanelSpec(id="excerpts", title=mark("Excerpts"), side="right", make=ExcerptsPanel),
    PanelSpec(id="subjects", title=mark("Subjects"), side="right", make=SubjectsPanel),
    PanelSpec(id="timeline", title=mark("Timeline"), side="right", make=TimelinePanel),
    PanelSpec(id="assessments", title=mark("Assessments"), side="right", make=AssessmentsPanel),
    PanelSpec(id="bundles", title=mark("Bundles"), side="right", make=BundlesPanel),
    PanelSpec(id="history", title=mark("History"), side="right", make=HistoryPanel),
)
