"""Titles, dates and page ranges for one bundle only, and the name and letter of a section."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.domain.bundle import Section
from workbench.domain.change import Change
from workbench.domain.progress import Ticket
from workbench.gui.columns import shown_date
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.bundle_editing import EntryEdit, edit_entries, edit_section
from workbench.services.bundle_outline import EntryLine
from workbench.store.case_file import CaseFile


class EntrySheet(FormSheet):
    """Only fields that were typed in are changed; an emptied one goes back to the document's own."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Edit entries"), workspace, home, cancel=_("Cancel editing the entries"), width=430)
        self._lines: tuple[EntryLine, ...] = ()
        self.title, self.on, self.pages = QLineEdit(), QLineEdit(), QLineEdit()
        self.add(_("&Title"), self.title)
        self.add(_("&Date"), self.on)
        self.add(_("&Pages"), self.pages)
        self.form.addRow("", small(_("For this bundle only. An empty field goes back to the document's own.")))

    def begin(self, lines: Sequence[EntryLine]) -> None:
        """Edit one entry, or the date and pages of several."""
        self._lines = tuple(lines)
        one = lines[0]
        many = _.count("Edit {n} entry", "Edit {n} entries", len(lines))
        self.heading.setText(one.document.urn if len(lines) == 1 else many)
        is_one = len(lines) == 1
        self.form.setRowVisible(self.title, is_one)
        self.title.setText(one.entry.title if is_one else "")
        self.title.setPlaceholderText(one.document.title or one.document.filename if is_one else "")
        self.on.setText(_shared([line.entry.on for line in lines]))
        self.on.setPlaceholderText(shown_date(one.document.on) or _("no date") if is_one else _("different"))
        self.pages.setText(_shared([line.entry.pages for line in lines]))
        every = _("all {n} pages, or such as 2-5, 9").format(n=one.document.page_count)
        self.pages.setPlaceholderText(every if is_one else _("different"))
        self.complaint.say("")
        self.open_beside()
        (self.title if is_one else self.on).setFocus()

    @Slot()
    def save(self) -> None:
        """Keep what was typed, as one undoable step."""
        if not self.is_open:
            return
        edit = EntryEdit(
            title=self.title.text() if self.title.isModified() else None,
            on=self.on.text() if self.on.isModified() else None,
            pages=self.pages.text() if self.pages.isModified() else None,
        )
        if edit == EntryEdit():
            self.close_sheet()
            return
        entries = [line.entry.id for line in self._lines]
        self.keep(_("Edit entries"), lambda case, _ticket: edit_entries(case, entries, edit))


def _shared(values: Sequence[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""


class SectionSheet(FormSheet):
    """The title of a section, and its letter where numbers restart in each."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Section"), workspace, home, cancel=_("Cancel the section"), width=380)
        self._section: Section | None = None
        self._make: Callable[[CaseFile, str], Change] | None = None
        self.title, self.letter = QLineEdit(), QLineEdit()
        self.letter.setMaxLength(2)
        self.letter.setPlaceholderText(_("the next free one"))
        self.add(_("&Title"), self.title)
        self.add(_("&Letter"), self.letter)

    def begin(self, section: Section | None, make: Callable[[CaseFile, str], Change]) -> None:
        """Edit a section, or ask for another, which ``make`` adds under its title."""
        self._section, self._make = section, make
        self.heading.setText(_("Edit the section") if section else _("New section"))
        self.title.setText(section.title if section else "")
        self.letter.setText(section.letter if section else "")
        self.form.setRowVisible(self.letter, section is not None)
        self.complaint.say("")
        self.open_beside()
        self.title.setFocus()
        self.title.selectAll()

    @Slot()
    def save(self) -> None:
        """Add the section, or change its title and letter."""
        section, make, title, letter = self._section, self._make, self.title.text(), self.letter.text()
        if make is None or not self.is_open:
            return

        def work(case: CaseFile, _ticket: Ticket) -> Change:
            if section is None:
                return make(case, title)
            return edit_section(case, section.id, title=title, letter=letter)

        self.keep(_("Edit the section"), work)
