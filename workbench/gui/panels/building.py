"""Building a bundle from the window: what becomes of old numbers, where it goes, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.domain.bundle import Build, Bundle
from workbench.domain.ids import BundleId
from workbench.domain.numbering import Late
from workbench.domain.progress import Ticket
from workbench.gui.sheets.late_sheet import LateSheet
from workbench.gui.sheets.leak_sheet import LeakSheet
from workbench.gui.widgets.build_result import BuildResult, checks_line
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.builds import newest_account
from workbench.services.bundling import BuiltBundle, build_bundle
from workbench.services.profiles import load_profile
from workbench.services.releasing import LeaksFound
from workbench.store.case_file import CaseFile


class Building(QObject):
    """Asks only when there was an earlier build; the work has a progress row that can cancel it."""

    def __init__(self, workspace: Workspace, result: BuildResult, home: QWidget) -> None:
        super().__init__(home)
        self._workspace, self._result = workspace, result
        self._home = home
        self._bundle: BundleId | None = None
        self._late = Late.RENUMBER
        self.sheet = LateSheet(workspace, home)
        self.leak_sheet = LeakSheet(workspace, home)

    def begin(self, bundle: Bundle) -> None:
        """Ask what the person has to decide, then for the folder."""
        self._bundle, self._late = bundle.id, Late.RENUMBER

        def ask(found: tuple[Build, Late] | None) -> None:
            if self._bundle != bundle.id:
                return
            if found is None:
                self._choose_folder()
            else:
                self.sheet.begin(bundle.name, found[0], found[1], self._decided)

        self._workspace.read(_("Look for earlier builds"), lambda case, _ticket: _earlier(case, bundle), ask)

    def _decided(self, late: Late) -> None:
        self._late = late
        self._choose_folder()

    def _choose_folder(self) -> None:
        chooser = QFileDialog(self._home, _("Build hearing bundle"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly, True)
        chooser.fileSelected.connect(self._into_chosen)
        chooser.open()

    @Slot(str)
    def _into_chosen(self, folder: str) -> None:
        if self._bundle is not None:
            self.build(self._bundle, Path(folder), self._late)

    def build(self, bundle: BundleId, folder: Path, late: Late, override: str = "") -> None:
        """Build a bundle into a folder; ``override`` is a reason to do so although names were found."""

        def work(case: CaseFile, ticket: Ticket) -> tuple[BuiltBundle, Path | None] | LeaksFound:
            try:
                built = build_bundle(case, bundle, folder, late=late, override=override, ticket=ticket)
            except LeaksFound as found:  # a question for the person, no failure
                return found
            return built, certificate_of(built)

        def done(made: tuple[BuiltBundle, Path | None] | LeaksFound) -> None:
            if isinstance(made, LeaksFound):
                name = self._workspace.case.get(Bundle, bundle).name
                self.leak_sheet.begin(name, made.report, lambda reason: self.build(bundle, folder, late, reason))
            else:
                self._built(*made)

        self._workspace.write(_("Build hearing bundle"), work, done, shown=True)

    def _built(self, built: BuiltBundle, certificate: Path | None) -> None:
        self._result.show_built(built, certificate)
        pages = _.count("{n} page", "{n} pages", built.page_count)
        self._workspace.say(
            _("The bundle is built and checked: {pages}, {checks}.").format(
                pages=pages, checks=checks_line(built.reports)
            ),
            "success",
            do=(_("Show in folder"), self._result.show_in_folder),
        )


def _earlier(case: CaseFile, bundle: Bundle) -> tuple[Build, Late] | None:
    """The newest earlier build whose numbers can be kept, and what the profile would have done with late pages."""
    known = newest_account(case, bundle.id)
    return (known[0], load_profile(bundle.profile, case).late_pages) if known is not None else None


def certificate_of(built: BuiltBundle) -> Path | None:
    """The certificate that lies beside a build."""
    beside = next((path for path in built.beside if path.name.endswith(".certificate.pdf")), None)
    guessed = built.path.with_name(f"{built.path.stem}.certificate.pdf")
    return beside or (guessed if guessed.is_file() else None)
