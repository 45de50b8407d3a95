"""A new bundle from what the case knows, and everything that can be said about one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from workbench.domain.bundle import Bundle
from workbench.domain.change import Change
from workbench.domain.document import Document
from workbench.domain.ids import BundleId, DocumentId, EntryId
from workbench.domain.profile import MEGABYTE
from workbench.domain.progress import Ticket
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import ChoiceBox, small
from workbench.gui.wording import KIND_TITLES
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.bundle_editing import KINDS, BundleEdit, edit_bundle
from workbench.services.bundle_kinds import authorities_bundle, core_bundle, witness_pack
from workbench.services.composing import compose_bundle
from workbench.store.case_file import CaseFile

_MADE = ("hearing", "core", "authorities", "witness")
_EXPLAINED = {
    "hearing": mark("One section to begin with; documents and sections can be moved afterwards."),
    "core": mark("The entries that are chosen in the tree, in their sections, with references to the main bundle."),
    "authorities": mark("Judgments, legislation and guidance of the case, each kind in a section of its own."),
    "witness": mark("The statement, the documents it refers to, and those in which the words below stand."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginnings:
    """What a new bundle can be made from."""

    documents: tuple[Document, ...] = ()
    chosen: tuple[DocumentId, ...] = ()
    entries: tuple[EntryId, ...] = ()
    main: Bundle | None = None
    shown: DocumentId | None = None


class NewBundleSheet(FormSheet):
    """A name, a kind, and what it is made of."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("New bundle"), workspace, home, cancel=_("Cancel the new bundle"))
        self.heading.setText(_("New bundle"))
        self._from = Beginnings()
        self.first_kind = "hearing"
        self.name, self.kind, self.content, self.mention = QLineEdit(), QComboBox(), QComboBox(), QLineEdit()
        for kind in _MADE:
            self.kind.addItem(_(KIND_TITLES[kind]), kind)
        self.content.addItem(_("All documents of the case"), "all")
        self.content.addItem("", "chosen")
        self.statement = ChoiceBox(_("Statement"), hint=_("Type to find the statement"))
        self.explained = small("")
        self.add(_("&Name"), self.name)
        self.add(_("&Kind"), self.kind)
        self.add(_("&Made of"), self.content)
        self.add(_("&Statement"), self.statement)
        self.add(_("And what &mentions"), self.mention)
        self.form.addRow("", self.explained)
        self.kind.currentIndexChanged.connect(self._show_fields)

    def begin(self, beginnings: Beginnings) -> None:
        """Ask for another bundle."""
        self._from = beginnings
        self.name.clear()
        self.mention.clear()
        self.kind.setCurrentIndex(self.kind.findData(self.first_kind))
        self.first_kind = "hearing"
        count = len(beginnings.chosen)
        self.content.setItemText(1, _.count("The chosen document", "The {n} chosen documents", count))
        self.content.setCurrentIndex(1 if count > 1 else 0)
        self.statement.offer([(f"{item.urn}  {item.title}", item.id) for item in beginnings.documents])
        shown = next((item for item in beginnings.documents if item.id == beginnings.shown), None)
        self.statement.setEditText(f"{shown.urn}  {shown.title}" if shown is not None else "")
        self.complaint.say("")
        self._show_fields()
        self.open_near()
        self.name.setFocus()

    @Slot()
    def _show_fields(self) -> None:
        kind = str(self.kind.currentData())
        self.explained.setText(_(_EXPLAINED[kind]))
        self.form.setRowVisible(self.content, kind in ("hearing", "authorities") and bool(self._from.chosen))
        self.form.setRowVisible(self.statement, kind == "witness")
        self.form.setRowVisible(self.mention, kind == "witness")
        self.fit()

    @Slot()
    def save(self) -> None:
        """Make the bundle."""
        if not self.is_open:
            return
        kind, name, start = str(self.kind.currentData()), self.name.text().strip(), self._from
        chosen = start.chosen if self.content.currentData() == "chosen" and start.chosen else None
        statement, mention = self.statement.chosen_id, self.mention.text()
        if kind == "core" and (start.main is None or not start.entries):
            self.complaint.say(_("Choose the entries for the core bundle in the tree first."))
        elif kind == "witness" and statement is None:
            self.complaint.say(_("Choose the statement of the witness among the documents."))
        else:
            self.keep(_("New bundle"), lambda case, _ticket: _make(case, kind, name, start, chosen, statement, mention))
        self.fit()


def _make(
    case: CaseFile,
    kind: str,
    name: str,
    start: Beginnings,
    chosen: Sequence[DocumentId] | None,
    statement: str | None,
    mention: str,
) -> Change:
    if kind == "core" and start.main is not None:
        return core_bundle(case, start.main.id, start.entries, name)
    if kind == "authorities":
        return authorities_bundle(case, name, chosen)
    if kind == "witness" and statement is not None:
        return witness_pack(case, name, DocumentId(statement), mention=mention)
    documents = [item.id for item in case.all(Document, "urn")] if chosen is None else list(chosen)
    return compose_bundle(case, name, documents)


class BundleSheet(FormSheet):
    """Name, kind, dividers, references and the limits of a volume."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("About the bundle"), workspace, home, cancel=_("Cancel editing the bundle"))
        self.heading.setText(_("About the bundle"))
        self._bundle: Bundle | None = None
        self.name, self.kind, self.main = QLineEdit(), QComboBox(), QComboBox()
        for kind in KINDS:
            self.kind.addItem(_(KIND_TITLES[kind]), kind)
        self.is_divided = QCheckBox(_("A divider before every section"))
        self.marks_references = QCheckBox(_("Link references inside documents, in the margin"))
        self.volume_pages, self.volume_megabytes = QLineEdit(), QLineEdit()
        for number in (self.volume_pages, self.volume_megabytes):
            number.setPlaceholderText(_("as the profile says"))
            number.setValidator(QIntValidator(1, 99_999, number))
        self.add(_("&Name"), self.name)
        self.add(_("&Kind"), self.kind)
        self.add(_("Taken &from"), self.main)
        self.add(_("Most &pages in a volume"), self.volume_pages)
        self.add(_("Most &megabytes in a volume"), self.volume_megabytes)
        self.form.addRow(self.is_divided)
        self.form.addRow(self.marks_references)
        self.kind.currentIndexChanged.connect(
            lambda: self.form.setRowVisible(self.main, self.kind.currentData() == "core")
        )

    def begin(self, bundle: Bundle, others: Sequence[Bundle]) -> None:
        """Edit this bundle; ``others`` are those a core bundle may be taken from."""
        self._bundle = bundle
        self.name.setText(bundle.name)
        self.kind.setCurrentIndex(self.kind.findData(bundle.kind))
        self.main.clear()
        for other in others:
            if other.id != bundle.id:
                self.main.addItem(other.name, other.id)
        self.main.setCurrentIndex(self.main.findData(bundle.main))
        self.is_divided.setChecked(bundle.is_divided)
        self.marks_references.setChecked(bundle.marks_references)
        self.volume_pages.setText(str(bundle.volume_pages or ""))
        self.volume_megabytes.setText(_megabytes(bundle))
        self.form.setRowVisible(self.main, bundle.kind == "core")
        self.complaint.say("")
        self.open_near()
        self.name.setFocus()

    @Slot()
    def save(self) -> None:
        """Keep what was changed, as one undoable step."""
        bundle = self._bundle
        if bundle is None or not self.is_open:
            return
        main = self.main.currentData() if self.kind.currentData() == "core" else None
        is_same_size = self.volume_megabytes.text() == _megabytes(bundle)
        edit = BundleEdit(
            name=self.name.text() if self.name.text() != bundle.name else None,
            kind=str(self.kind.currentData()),
            main=BundleId(main) if main else None,
            is_divided=self.is_divided.isChecked(),
            marks_references=self.marks_references.isChecked(),
            volume_pages=int(self.volume_pages.text() or 0),
            volume_bytes=None if is_same_size else int(self.volume_megabytes.text() or 0) * MEGABYTE,
        )

        def work(case: CaseFile, _ticket: Ticket) -> Change:
            return edit_bundle(case, bundle.id, edit)

        self.keep(_("Edit the bundle"), work)


def _megabytes(bundle: Bundle) -> str:
    """The most that a volume may have, in whole megabytes; "" where the profile says it."""
    return str(-(-bundle.volume_bytes // MEGABYTE)) if bundle.volume_bytes else ""
