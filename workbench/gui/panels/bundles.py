"""What is handed over: bundles composed and built, builds and who was given them, case studies to export."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QTabWidget, QVBoxLayout, QWidget

from workbench.domain.audience import AUDIENCES
from workbench.domain.bundle import Bundle, OwnProfile
from workbench.domain.change import Change
from workbench.domain.document import Document
from workbench.domain.errors import WorkbenchError
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import BundleId, CaseStudyId
from workbench.domain.numbering import Late
from workbench.domain.progress import Ticket
from workbench.gui.panels.base import Panel
from workbench.gui.panels.building import Building
from workbench.gui.panels.builds_log import BuildsLog
from workbench.gui.panels.case_study_room import CaseStudyRoom
from workbench.gui.panels.composing import Composing
from workbench.gui.panels.composing_room import ComposingRoom
from workbench.gui.panels.reporting import Reporting
from workbench.gui.sheets.disclosure_sheet import DisclosureSheet
from workbench.gui.sheets.profile_sheet import ListedProfile, list_profiles
from workbench.gui.theme import Theme
from workbench.gui.widgets.build_result import BuildResult
from workbench.gui.widgets.finished_file import FinishedFile
from workbench.gui.widgets.named_list import NamedList
from workbench.gui.workspace import Workspace, touches_any
from workbench.runtime.i18n import speech as _
from workbench.services.bundle_outline import BundleOutline, outline_of
from workbench.services.case_study_export import ExportedFolder, export_case_study
from workbench.services.composing import compose_bundle, set_up_case_study
from workbench.services.profiles import profile_names
from workbench.services.protection_list import BuildRow, build_rows
from workbench.services.releasing import LeaksFound, UnsupportedFindings
from workbench.store.case_file import CaseFile

_LISTED = ("bundle", "case_study", "own_profile", "build", "disclosure")
_COMPOSED = ("bundle", "section", "entry", "document", "restriction", "clearance", "own_profile")
_ROOM, _LOG, _STUDIES = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """What the panel lists beside the bundle that is being composed."""

    bundles: list[Bundle]
    profiles: list[ListedProfile]
    builds: list[BuildRow]
    studies: list[CaseStudy]


class BundlesPanel(Panel):
    """Three pages: composing, builds and disclosures, case studies."""

    shows = tuple(dict.fromkeys((*_LISTED, *_COMPOSED)))

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.room = ComposingRoom(workspace.theme)
        self.result = BuildResult()
        self.log = BuildsLog()
        self.case_studies = NamedList(
            _("Case studies"), _("Title of a new case study"), _("Export case study…"), _("Add the case study")
        )
        self.study_room = CaseStudyRoom(workspace, self.case_studies, self)
        self.audience = QComboBox()
        self.audience.setAccessibleName(_("Audience of the case study"))
        for audience in AUDIENCES:
            self.audience.addItem(_("For {audience}").format(audience=_(audience)), audience)
        self.finished = FinishedFile()
        self.composing = Composing(workspace, self.room, self)
        self.building = Building(workspace, self.result, self)
        self.reporting = Reporting(workspace, self.finished, lambda: self.case_studies.current_id, self)
        self.export_report, self.export_tables = self.reporting.ask_for_report, self.reporting.ask_for_tables
        self.disclosure_sheet = DisclosureSheet(workspace, self)
        self.bundles = self.room.bundles
        self._asked = 0
        self._is_reading = self._reads_again = False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.setAccessibleName(_("Handing over"))
        self.pages.tabBar().setAccessibleName(_("Handing over"))
        composing, studies = QWidget(), QWidget()
        column = QVBoxLayout(composing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.room, 1)
        column.addWidget(self.result)
        second = QVBoxLayout(studies)
        second.setContentsMargins(12, 12, 12, 12)
        second.setSpacing(14)
        second.addWidget(self.case_studies, 1)
        self.study_room.put_into(second)
        second.addWidget(self.audience)
        second.addWidget(self.finished)
        for page, title in ((composing, _("Compose")), (self.log, _("Builds")), (studies, _("Case studies"))):
            self.pages.addTab(page, title)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.pages)

    def _connect(self) -> None:
        self.bundles.chosen.connect(self._read_outline)
        self.room.asked.connect(lambda what: self.choose_bundle_folder() if what == "build" else None)
        self.log.disclosure_asked.connect(self.record_disclosure)
        self.case_studies.added.connect(self.add_case_study)
        self.case_studies.chosen.connect(self.choose_export_folder)
        self.composing.come_forward = self.show_room

    # Filling

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List bundles"), _read, self._show)

    def refresh(self, change: Change) -> None:
        """Read the lists only when they changed, and the bundle whenever it may have."""
        if touches_any(change, _LISTED):
            self.reload()
        if touches_any(change, _COMPOSED):
            self._read_outline()

    def _show(self, listed: _Listed) -> None:
        self.composing.profiles = listed.profiles
        self.room.show_bundles(listed.bundles, listed.profiles)
        self.log.show_builds(listed.builds)
        self.case_studies.show_items([(study.title, study.id) for study in listed.studies])
        if self.composing.profile_sheet.is_open:
            self.composing.profile_sheet.offer(listed.profiles)
        self._read_outline()

    @Slot()
    def _read_outline(self) -> None:
        """One reading at a time: changes come faster than large bundles are read, and only the newest is shown."""
        self._asked += 1
        asked, bundle = self._asked, self.bundles.current_id
        if self._is_reading and bundle is not None:
            self._reads_again = True
            return
        if bundle is None:
            self.room.show_outline(None)
            return
        identifier = BundleId(bundle)

        def show(found: BundleOutline | str) -> None:
            if asked == self._asked and isinstance(found, str):
                self.room.show_outline(None, found)
            elif asked == self._asked and isinstance(found, BundleOutline):
                self.room.show_outline(found)

        self._is_reading = True
        job = self.workspace.read(_("Read the bundle"), lambda case, _ticket: _outline(case, identifier), show)
        job.ended.connect(self._ended_reading)

    @Slot()
    def _ended_reading(self) -> None:
        again, self._is_reading, self._reads_again = self._reads_again, False, False
        if again and self.workspace.has_case:
            self._read_outline()

    @Slot()
    def clear(self) -> None:
        self._asked += 1
        self.room.show_bundles([], [])
        self.room.show_outline(None)
        self.log.show_builds([])
        self.case_studies.show_items([])
        self.result.show_built(None)
        self.finished.show_path(None)

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.room.recolour(theme)

    # Setting up

    def show_room(self) -> None:
        """Bring the composing room to the front, with the keyboard in it."""
        self.pages.setCurrentIndex(_ROOM)
        self.window().show_panel("bundles")  # type: ignore[attr-defined]

    def show_builds(self) -> None:
        """Bring the builds and disclosures to the front."""
        self.pages.setCurrentIndex(_LOG)
        self.window().show_panel("bundles")  # type: ignore[attr-defined]

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

    def edit_case_study(self) -> None:
        """Edit the case study that is chosen in the list."""
        self._show_studies()
        self.study_room.edit()

    def begin_study_bundle(self) -> None:
        """Propose the bundle of the case study that is chosen in the list."""
        self._show_studies()
        self.study_room.begin_bundle()

    def _show_studies(self) -> None:
        self.pages.setCurrentIndex(_STUDIES)
        self.window().show_panel("bundles")  # type: ignore[attr-defined]

    # Handing over

    @Slot()
    def choose_bundle_folder(self) -> None:
        """Ask what has to be decided and where to put the chosen bundle, then build it."""
        bundle = self.bundles.current
        if bundle is None:
            self.workspace.say(_("There is no hearing bundle yet. Make one in the Bundles panel first."), "warning")
            return
        self.building.begin(bundle)

    @Slot(str)
    def build_into(self, folder: str) -> None:
        """Build the chosen bundle into a folder, with new numbers."""
        self.building.build(BundleId(self.bundles.current_id or ""), Path(folder), Late.RENUMBER)

    @Slot()
    def record_disclosure(self) -> None:
        """Ask who was given the chosen build."""
        row = self.log.current
        if row is None:
            self.workspace.say(_("Nothing was built yet. Build a bundle first; then record who was given it."))
            return
        self.show_builds()
        self.disclosure_sheet.begin(row)

    @Slot()
    def choose_export_folder(self) -> None:
        """Ask where to put the chosen case study, then export it."""
        if self.case_studies.current_id is None:
            self.workspace.say(_("There is no case study yet. Name one in the Bundles panel first."), "warning")
            return
        chooser = QFileDialog(self, _("Export case study"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly, True)
        chooser.fileSelected.connect(self.export_into)
        chooser.open()

    @Slot(str)
    def export_into(self, folder: str) -> None:
        """Export the chosen case study for the chosen audience into a folder."""
        self._export(CaseStudyId(self.case_studies.current_id or ""), Path(folder), str(self.audience.currentData()))

    def _export(self, study: CaseStudyId, folder: Path, audience: str, override: str = "", red: str = "") -> None:
        """``override`` is the reason to hand it over in spite of names, ``red`` in spite of red findings."""

        def work(case: CaseFile, ticket: Ticket) -> ExportedFolder | LeaksFound | UnsupportedFindings:
            try:
                return export_case_study(
                    case, study, folder, ticket, audience=audience, override=override, override_findings=red
                )
            except (LeaksFound, UnsupportedFindings) as found:  # a question for the person, no failure
                return found

        def done(made: ExportedFolder | LeaksFound | UnsupportedFindings) -> None:
            if isinstance(made, ExportedFolder):
                self._exported(made)
                return
            title = self.workspace.case.get(CaseStudy, study).title
            if isinstance(made, LeaksFound):
                sheet = self.building.leak_sheet
                sheet.begin(title, made.report, lambda reason: self._export(study, folder, audience, reason, red))
            else:
                self.reporting.stopped_sheet.begin(
                    title, made.reasons, lambda reason: self._export(study, folder, audience, override, reason)
                )

        self.workspace.write(_("Export case study"), work, done, shown=True)

    def _exported(self, exported: ExportedFolder) -> None:
        self.finished.show_path(exported.folder)
        self.workspace.say(
            _("The case study is exported. Open index.html in the folder with any browser."),
            "success",
            do=(_("Show in folder"), self.finished.show_in_folder),
        )

    def take_focus(self) -> None:
        at = self.pages.currentIndex()
        if at == _ROOM:
            self.room.take_focus()
        elif at == _LOG:
            self.log.take_focus()
        else:
            self.case_studies.view.setFocus()


def _read(case: CaseFile, _ticket: Ticket) -> _Listed:
    own = [item.name for item in case.all(OwnProfile)]
    return _Listed(
        bundles=case.all(Bundle, "name"),
        profiles=list_profiles(case, profile_names(case), own),
        builds=build_rows(case),
        studies=case.all(CaseStudy, "title"),
    )


def _outline(case: CaseFile, bundle: BundleId) -> BundleOutline | str:
    """The bundle as composed so far, or the sentence that says why it cannot be shown."""
    try:
        return outline_of(case, bundle)
    except WorkbenchError as error:
        return str(error)
