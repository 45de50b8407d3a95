"""What is handed over: hearing bundles to build and case studies to export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from workbench.domain.bundle import Bundle
from workbench.domain.document import Document
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import BundleId, CaseStudyId
from workbench.domain.progress import Ticket
from workbench.gui.panels.base import Panel
from workbench.gui.widgets.finished_file import FinishedFile
from workbench.gui.widgets.named_list import NamedList
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.bundling import BuiltBundle, build_bundle
from workbench.services.case_study_export import ExportedFolder, export_case_study
from workbench.services.composing import compose_bundle, set_up_case_study
from workbench.store.case_file import CaseFile


class BundlesPanel(Panel):
    """Two lists, a button below each, and the path of what was made last."""

    shows = ("bundle", "case_study")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.bundles = NamedList(
            _("Hearing bundles"), _("Name of a new bundle of all documents"), _("Build bundle…"), _("Add the bundle")
        )
        self.case_studies = NamedList(
            _("Case studies"), _("Title of a new case study"), _("Export case study…"), _("Add the case study")
        )
        self.finished = FinishedFile()
        inner = QWidget()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(14)
        column.addWidget(self.bundles, 1)
        column.addWidget(self.case_studies, 1)
        column.addWidget(self.finished)
        self.bundles.added.connect(self.add_bundle)
        self.bundles.chosen.connect(self.choose_bundle_folder)
        self.case_studies.added.connect(self.add_case_study)
        self.case_studies.chosen.connect(self.choose_export_folder)

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List bundles"), _read, self._show)

    def _show(self, found: tuple[list[Bundle], list[CaseStudy]]) -> None:
        bundles, studies = found
        self.bundles.show_items([(bundle.name, bundle.id) for bundle in bundles])
        self.case_studies.show_items([(study.title, study.id) for study in studies])

    @Slot()
    def clear(self) -> None:
        self._show(([], []))
        self.finished.show_path(None)

    # Setting up

    def begin_bundle(self) -> None:
        """Put the keyboard where a new bundle is named."""
        self.window().show_panel("bundles")  # type: ignore[attr-defined]
        self.bundles.name.setFocus()

    @Slot(str)
    def add_bundle(self, name: str) -> None:
        """A bundle of all documents, in the order of their references."""
        self.workspace.write(
            _("New hearing bundle"),
            lambda case, _ticket: compose_bundle(case, name, [item.id for item in case.all(Document, "urn")]),
        )

    @Slot(str)
    def add_case_study(self, title: str) -> None:
        """A case study over the whole scope."""
        self.workspace.write(_("New case study"), lambda case, _ticket: set_up_case_study(case, title))

    # Handing over

    @Slot()
    def choose_bundle_folder(self) -> None:
        """Ask where to put the chosen bundle, then build it."""
        if self.bundles.current_id is None:
            self.workspace.say(_("There is no hearing bundle yet. Name one in the Bundles panel first."), "warning")
            return
        self._ask(_("Build hearing bundle"), self.build_into)

    @Slot()
    def choose_export_folder(self) -> None:
        """Ask where to put the chosen case study, then export it."""
        if self.case_studies.current_id is None:
            self.workspace.say(_("There is no case study yet. Name one in the Bundles panel first."), "warning")
            return
        self._ask(_("Export case study"), self.export_into)

    def _ask(self, title: str, then: object) -> None:
        chooser = QFileDialog(self, title)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly, True)
        chooser.fileSelected.connect(then)
        chooser.open()

    @Slot(str)
    def build_into(self, folder: str) -> None:
        """Build the chosen bundle into a folder."""
        bundle = BundleId(self.bundles.current_id or "")
        self.workspace.write(
            _("Build hearing bundle"),
            lambda case, ticket: build_bundle(case, bundle, Path(folder), ticket=ticket),
            self._built,
            shown=True,
        )

    @Slot(str)
    def export_into(self, folder: str) -> None:
        """Export the chosen case study into a folder."""
        study = CaseStudyId(self.case_studies.current_id or "")
        self.workspace.write(
            _("Export case study"),
            lambda case, ticket: export_case_study(case, study, Path(folder), ticket),
            self._exported,
            shown=True,
        )

    def _built(self, built: BuiltBundle) -> None:
        self.finished.show_path(built.path)
        pages = _.count("{n} page", "{n} pages", built.page_count)
        self._tell(_("The bundle is built and checked: {pages}.").format(pages=pages))

    def _exported(self, exported: ExportedFolder) -> None:
        self.finished.show_path(exported.folder)
        self._tell(_("The case study is exported. Open index.html in the folder with any browser."))

    def _tell(self, text: str) -> None:
        self.workspace.say(text, "success", do=(_("Show in folder"), self.finished.show_in_folder))

    def take_focus(self) -> None:
        self.bundles.view.setFocus()


def _read(case: CaseFile, _ticket: Ticket) -> tuple[list[Bundle], list[CaseStudy]]:
    return case.all(Bundle, "name"), case.all(CaseStudy, "title")
