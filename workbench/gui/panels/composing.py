"""What can be done while a bundle is composed: sections, entries, order, rules and audience."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Slot
from PySide6.QtWidgets import QWidget

from workbench.domain.bundle import Bundle
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.ids import BundleId, DocumentId, EntryId, SectionId
from workbench.domain.page_ranges import parse_page_range
from workbench.domain.progress import Ticket
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.panels.composing_room import ComposingRoom
from workbench.gui.sheets.bundle_sheet import Beginnings, BundleSheet, NewBundleSheet
from workbench.gui.sheets.entry_sheet import EntrySheet, SectionSheet
from workbench.gui.sheets.profile_sheet import ListedProfile, ProfileSheet
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.bundle_editing import (
    BundleEdit,
    add_section,
    edit_bundle,
    move_entries,
    move_section,
    remove_bundle,
    remove_entries,
    remove_section,
    sort_section,
)
from workbench.services.bundle_moving import put_documents, step_entries, step_section
from workbench.services.bundle_outline import EntryLine
from workbench.store.case_file import CaseFile

_BY = {"up": -1, "down": 1}


class Composing(QObject):
    """Each method is one action; all are undoable. ``come_forward`` brings the room to the front."""

    def __init__(self, workspace: Workspace, room: ComposingRoom, home: QWidget) -> None:
        super().__init__(home)
        self._workspace, self._room, self._home = workspace, room, home
        self.profiles: list[ListedProfile] = []
        self.chosen_documents: Callable[[], Sequence[DocumentId]] = tuple
        self.shown_document: Callable[[], DocumentId | None] = lambda: None
        self.come_forward: Callable[[], None] = lambda: None
        self.new_sheet = NewBundleSheet(workspace, home)
        self.sheet = BundleSheet(workspace, home)
        self.entry_sheet = EntrySheet(workspace, home)
        self.section_sheet = SectionSheet(workspace, home)
        self.profile_sheet = ProfileSheet(workspace, home)
        room.asked.connect(self._answer)
        room.profile_chosen.connect(lambda name: self._edit(BundleEdit(profile=name)))
        room.audience_chosen.connect(lambda name: self._edit(BundleEdit(audience=name)))
        room.model.entries_dropped.connect(self._move)
        room.model.section_dropped.connect(self._move_section)
        room.model.documents_dropped.connect(self._put)
        room.tree.removal_asked.connect(self.remove)
        room.tree.activated.connect(self._open)

    @Slot(str)
    def _answer(self, what: str) -> None:
        does: dict[str, Callable[[], None]] = {
            "begin": self.begin,
            "add_section": self.add_section,
            "edit": self.edit,
            "about": self.about,
        }
        if what in does:
            does[what]()

    @property
    def _bundle(self) -> Bundle | None:
        """The chosen bundle; says what to do when there is none."""
        bundle = self._room.bundles.current
        if bundle is None:
            self._workspace.say(_("There is no bundle yet. Make one first (New bundle)."), "warning")
        return bundle

    def _write(self, name: str, work: Callable[[CaseFile], Any]) -> None:
        self._workspace.write(name, lambda case, _ticket: work(case))

    # Bundles

    def begin(self) -> None:
        """Ask for another bundle: its kind and what it is made of."""
        self.come_forward()
        main, shown = self._room.bundles.current, self.shown_document()
        chosen = tuple(self.chosen_documents())
        entries = tuple(line.entry.id for line in self._room.tree.chosen_entries)

        def ask(documents: list[Document]) -> None:
            self.new_sheet.begin(
                Beginnings(documents=tuple(documents), chosen=chosen, entries=entries, main=main, shown=shown)
            )

        self._workspace.read(_("List documents"), lambda case, _ticket: case.all(Document, "urn"), ask)

    def begin_core(self) -> None:
        """Ask for a core bundle of the chosen entries."""
        if self._bundle is None:
            return
        if not self._room.tree.chosen_entries:
            self._workspace.say(_("Choose the entries for the core bundle in the tree first."))
            return
        self.new_sheet.first_kind = "core"
        self.begin()

    def about(self) -> None:
        """Name, kind, dividers, references and limits of the chosen bundle."""
        bundle = self._bundle
        if bundle is not None:
            self.come_forward()
            self.sheet.begin(bundle, self._room.bundles.records.records)

    def remove_bundle(self) -> None:
        """Take the chosen bundle away; undo brings it back."""
        bundle = self._bundle
        if bundle is not None:
            self._write(_("Remove the bundle"), lambda case: remove_bundle(case, bundle.id))

    def _edit(self, edit: BundleEdit) -> None:
        bundle = self._bundle
        if bundle is not None:
            self._write(_("Edit the bundle"), lambda case: edit_bundle(case, bundle.id, edit))

    def show_profiles(self) -> None:
        """The rules of every profile; a copy of one can be changed."""
        bundle = self._room.bundles.current
        self.profile_sheet.begin(self.profiles, bundle.profile if bundle is not None else "")

    # Sections

    def add_section(self) -> None:
        """Ask for the title of another section."""
        bundle = self._bundle
        if bundle is None:
            return
        identifier = bundle.id
        self.come_forward()
        self.section_sheet.begin(None, lambda case, title: add_section(case, identifier, title))

    def sort(self, by: str) -> None:
        """Put the section of the current row in order of date, title or reference."""
        part = self._room.tree.section_here
        if self._bundle is not None and part is not None:
            section = part.section.id
            self._write(_("Sort the section"), lambda case: sort_section(case, section, by))

    @Slot(str, int)
    def _move_section(self, section: str, position: int) -> None:
        self._write(_("Move the section"), lambda case: move_section(case, SectionId(section), position))

    # Entries

    def add_documents(self) -> None:
        """Put the documents that are chosen in the list behind the current entry."""
        bundle, documents = self._bundle, list(self.chosen_documents())
        if bundle is None:
            return
        if not documents:
            self._workspace.say(_("Choose one or more documents in the list first."))
            return
        index = self._room.tree.currentIndex()
        part = self._room.tree.section_here
        position = index.row() + 1 if index.parent().isValid() else None
        self._put(documents, part.section.id if part is not None else "", position)

    @Slot(object, str, int)
    def _put(self, documents: Sequence[DocumentId], section: str, position: int | None) -> None:
        bundle = self._bundle
        if bundle is None:
            return
        identifier = BundleId(bundle.id)

        def told(_change: object) -> None:
            count = _.count("{n} document", "{n} documents", len(documents))
            self._workspace.say(_("{count} put into {name}.").format(count=count, name=bundle.name), "success")

        self._workspace.write(
            _("Put documents in"),
            lambda case, _ticket: put_documents(case, identifier, documents, section, position),
            told,
        )

    @Slot(object, str, int)
    def _move(self, entries: Sequence[EntryId], section: str, position: int) -> None:
        self._write(_("Move entries"), lambda case: move_entries(case, entries, SectionId(section), position))

    def step(self, which: str) -> None:
        """Move the chosen entries or section one place ``up`` or ``down``."""
        by, tree = _BY[which], self._room.tree
        entries = [line.entry.id for line in tree.chosen_entries]
        sections = [part.section.id for part in tree.chosen_sections]
        if entries:
            self._write(_("Move entries"), lambda case: step_entries(case, entries, by))
        elif sections:
            self._write(_("Move the section"), lambda case: step_section(case, sections[0], by))

    def edit(self) -> None:
        """Edit title, date and pages of the chosen entries, or title and letter of the chosen section."""
        tree = self._room.tree
        lines, sections = tree.chosen_entries, tree.chosen_sections
        if lines:
            self.come_forward()
            self.entry_sheet.begin(lines)
        elif sections and self._bundle is not None:
            self.come_forward()
            bundle = sections[0].section.bundle
            self.section_sheet.begin(sections[0].section, lambda case, title: add_section(case, bundle, title))
        elif self._bundle is not None:
            self._workspace.say(_("Choose entries or a section of the bundle first."))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        """Show the first page of an entry in the reader."""
        line = index.data(RECORD_ROLE)
        if isinstance(line, EntryLine):
            self._workspace.go_to(Place(document=line.document.id, page_index=first_page(line)))

    @Slot()
    def remove(self) -> None:
        """Take the chosen entries out, or the chosen sections with all they hold; the documents stay in the case."""
        entries = [line.entry.id for line in self._room.tree.chosen_entries]
        sections = [part.section.id for part in self._room.tree.chosen_sections]

        def work(case: CaseFile, _ticket: Ticket) -> None:
            if entries:
                remove_entries(case, entries)
                return
            for section in sections:
                remove_section(case, section)

        if entries or sections:
            self._workspace.write(_("Take out of the bundle"), work)
        elif self._bundle is not None:
            self._workspace.say(_("Choose entries or a section of the bundle first."))


def first_page(line: EntryLine) -> int:
    """The first page that the bundle takes from a document."""
    try:
        return next(iter(parse_page_range(line.entry.pages, line.document.page_count, where=line.document.urn)), 0)
    except Refused:
        return 0
