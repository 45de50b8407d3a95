"""A bundle as it is composed: sections with their entries, which are dragged into their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QByteArray, QMimeData, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon

from workbench.domain.ids import EntryId, SectionId
from workbench.gui.columns import ID_ROLE, RECORD_ROLE, shown_date
from workbench.gui.icons import icon
from workbench.gui.models.document_table import DOCUMENTS_MIME, documents_in, ids_in
from workbench.gui.models.record_list import Index
from workbench.gui.theme import Theme
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.bundle_outline import BundleOutline, EntryLine, SectionOutline

ENTRIES_MIME = "application/x-workbench-entries"
SECTION_MIME = "application/x-workbench-section"
TITLE, REFERENCE, DATE, PAGES = range(4)
_HEADINGS = (mark("Title"), mark("Document"), mark("Date"), mark("Pages"))
_TOP = 0
Role = Qt.ItemDataRole


class BundleTree(QAbstractItemModel):
    """An index holds 0 for a section, else the number of its section plus one.

    Drops are told as (ids, section, position), the position counted without what is moved.
    """

    entries_dropped = Signal(object, str, int)
    section_dropped = Signal(str, int)
    documents_dropped = Signal(object, str, int)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[SectionOutline, ...] = ()
        self._places: dict[str, tuple[int, int]] = {}
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw signs in these colours."""
        self._muted = QColor(theme.muted)
        self._signs: dict[str, QIcon] = {
            "lock": icon("lock", theme.muted),
            "problem": icon("triangle-alert", theme.failure_text),
        }

    def show(self, outline: BundleOutline | None) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._sections = outline.sections if outline is not None else ()
        self._places = {part.section.id: (at, _TOP) for at, part in enumerate(self._sections)}
        for at, part in enumerate(self._sections):
            self._places |= {line.entry.id: (row, at + 1) for row, line in enumerate(part.entries)}
        self.endResetModel()

    @property
    def sections(self) -> tuple[SectionOutline, ...]:
        return self._sections

    def index_of(self, identifier: str) -> QModelIndex:
        """The first cell of a section or an entry; invalid when it is not there."""
        place = self._places.get(identifier)
        return QModelIndex() if place is None else self.createIndex(place[0], 0, place[1])

    # Qt: where things are

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not (0 <= column < self.columnCount() and 0 <= row < self.rowCount(parent)):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: Index | None = None) -> Any:
        if index is None:
            return super().parent()
        above = int(index.internalId()) if index.isValid() else _TOP
        return self.createIndex(above - 1, 0, _TOP) if above else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        if not parent.isValid():
            return len(self._sections)
        return 0 if parent.internalId() or parent.column() > 0 else len(self._sections[parent.row()].entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(_HEADINGS)

    def _record(self, index: Index) -> SectionOutline | EntryLine:
        above = int(index.internalId())
        return self._sections[above - 1].entries[index.row()] if above else self._sections[index.row()]

    # Qt: what they say

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record, column = self._record(index), index.column()
        if role == RECORD_ROLE:
            return record
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column == PAGES else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if isinstance(record, SectionOutline):
            return self._of_section(record, column, role)
        return self._of_entry(record, column, role)

    def _of_section(self, part: SectionOutline, column: int, role: int) -> Any:
        pages = sum(line.page_count for line in part.entries)
        name = f"{part.section.letter}  {part.section.title}" if part.section.letter else part.section.title
        if role == ID_ROLE:
            return part.section.id
        if role == Role.FontRole:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Role.DisplayRole:
            return {TITLE: name, PAGES: f"{pages:,}" if pages else "–"}.get(column, "")
        if role == Role.AccessibleTextRole and column == TITLE:
            count = _.count("{n} document", "{n} documents", len(part.entries))
            return _("Section {name}, {count}").format(name=name, count=count)
        return None

    def _of_entry(self, line: EntryLine, column: int, role: int) -> Any:
        is_gone = bool(line.withheld) and not line.page_count
        if role == ID_ROLE:
            return line.entry.id
        if role == Role.DisplayRole:
            return shown_line(line)[column]
        if role == Role.DecorationRole and column == TITLE:
            return self._signs["problem"] if line.problem else self._signs["lock"] if line.withheld else None
        if role == Role.FontRole and is_gone:
            font = QFont()
            font.setStrikeOut(True)
            return font
        if role == Role.ForegroundRole and (is_gone or column != TITLE):
            return self._muted
        if role == Role.ToolTipRole:
            return "\n".join(part for part in (line.title, line.document.urn, *_remarks(line)) if part)
        if role == Role.AccessibleTextRole and column == TITLE:
            return ", ".join(part for part in (*shown_line(line)[:PAGES], *_remarks(line)) if part)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(_HEADINGS):
            return None
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == PAGES else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return _(_HEADINGS[section]) if role == Role.DisplayRole else None

    # Dragging

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index) | Qt.ItemFlag.ItemIsDropEnabled
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [ENTRIES_MIME, SECTION_MIME, DOCUMENTS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        carried = QMimeData()
        records = [self._record(index) for index in indexes if index.column() == 0]
        entries = [item.entry.id for item in records if isinstance(item, EntryLine)]
        if entries:
            chosen = set(entries)
            ordered = [line.entry.id for part in self._sections for line in part.entries if line.entry.id in chosen]
            carried.setData(ENTRIES_MIME, QByteArray("\n".join(ordered).encode()))
        else:
            sections = [item.section.id for item in records if isinstance(item, SectionOutline)]
            carried.setData(SECTION_MIME, QByteArray("\n".join(sections[:1]).encode()))
        return carried

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Tell what was dropped where; the rows move when the case has changed."""
        section, position = self._place(row, parent)
        entries = [EntryId(line) for line in ids_in(data, ENTRIES_MIME, "ent")]
        documents = documents_in(data)
        sections = [SectionId(line) for line in ids_in(data, SECTION_MIME, "sec")]
        if entries and section:
            self.entries_dropped.emit(entries, section, self._without(entries, section, position))
        elif documents:
            self.documents_dropped.emit(documents, section, position)
        elif sections:
            self.section_dropped.emit(sections[0], self._section_position(sections[0], row, parent))
        return bool(entries or documents or sections)

    def _place(self, row: int, parent: Index) -> tuple[str, int]:
        """The section and position meant by Qt's row and parent; on an entry means before it."""
        if not self._sections:
            return "", 0
        if not parent.isValid():
            at = len(self._sections) if row < 0 else row
            part = self._sections[max(at - 1, 0)]
            return part.section.id, len(part.entries) if at else 0
        if parent.internalId():
            return self._sections[int(parent.internalId()) - 1].section.id, parent.row()
        part = self._sections[parent.row()]
        return part.section.id, len(part.entries) if row < 0 else row

    def _without(self, moved: Sequence[str], section: str, position: int) -> int:
        part = next(part for part in self._sections if part.section.id == section)
        gone = set(moved)
        return position - sum(line.entry.id in gone for line in part.entries[:position])

    def _section_position(self, section: str, row: int, parent: Index) -> int:
        now = next((at for at, part in enumerate(self._sections) if part.section.id == section), 0)
        if not parent.isValid():
            to = len(self._sections) if row < 0 else row
            return to - (now < to)
        return int(parent.internalId()) - 1 if parent.internalId() else parent.row()


def shown_line(line: EntryLine) -> tuple[str, str, str, str]:
    """Title, document with its pages, date and number of pages, as they are shown."""
    pages = f" {_('p.')} {line.entry.pages}" if line.entry.pages else ""
    return (
        line.title,
        f"{line.document.urn}{pages}",
        shown_date(line.on),
        f"{line.page_count:,}" if line.page_count else "–",
    )


def _remarks(line: EntryLine) -> list[str]:
    remarks = [line.problem, line.withheld]
    if line.entry.title or line.entry.on:
        remarks.append(_("Title or date are for this bundle only."))
    return [text for text in remarks if text]
