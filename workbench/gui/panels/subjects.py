"""Institutions, scope, themes, people and case studies: what is linked to each, and how it stands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStackedWidget,
    QTreeView,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.frame import Institution
from workbench.domain.ids import AnyId, CaseStudyId, ExcerptId, PersonId
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.models.excerpt_model import excerpts_in
from workbench.gui.models.frame_tree import STANCES, FrameFilter, FrameTree
from workbench.gui.panels.listed import ListedPanel, filter_field, foot_bar, head_bar, set_out
from workbench.gui.sheets.case_study_sheet import CaseStudySheet
from workbench.gui.sheets.institution_sheet import InstitutionSheet
from workbench.gui.sheets.name_sheet import NameSheet
from workbench.gui.sheets.names_sheet import NamesSheet
from workbench.gui.sheets.target_finder import Offer
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.framing import FrameRow, add_to_frame, frame_rows, merge_in_frame, remove_from_frame, rename
from workbench.services.linking import Wanted, annotate

_KINDS = (
    ("institution", mark("Institutions")),
    ("scope", mark("Scope paragraphs")),
    ("theme", mark("Themes")),
    ("person", mark("People, by cipher")),
    ("case study", mark("Case studies")),
)


#: From this width on, the number of events is shown too.
_WIDE_PX = 420
_ALL, _EVENTS = len(STANCES) + 1, len(STANCES) + 2


class SubjectTree(QTreeView):
    """Rows take excerpts that are dropped on them."""

    excerpts_dropped = Signal(object, object)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if excerpts_in(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and excerpts_in(event.mimeData()):
            self.setCurrentIndex(index)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        index = self.indexAt(event.position().toPoint()).siblingAtColumn(0)
        row = index.data(RECORD_ROLE)
        if isinstance(row, FrameRow):
            event.acceptProposedAction()
            self.excerpts_dropped.emit(row, excerpts_in(event.mimeData()))


class SubjectsPanel(ListedPanel):
    """One kind at a time, as a tree with counts by stance."""

    shows = ("institution", "scope_paragraph", "theme", "person", "case_study", "link", "excerpt", "event")
    show_excerpts_requested = Signal(object)
    refresh_ms = 200

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._rows: list[FrameRow] = []
        self._wanted = ""
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("What is listed"))
        for kind, title in _KINDS:
            self.kind.addItem(_(title), kind)
        self.kind.currentIndexChanged.connect(self._arrange)
        self.filter = filter_field(_("Filter the subjects"))
        self.model, self.narrowed = FrameTree(self), FrameFilter(self)
        self.narrowed.setSourceModel(self.model)
        self.filter.textChanged.connect(self._narrow)
        self.view = self._make_view()
        self.institution_sheet = InstitutionSheet(workspace, self)
        self.case_study_sheet = CaseStudySheet(workspace, self)
        self.name_sheet = NameSheet(self)
        self.names_sheet = NamesSheet(workspace, self)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                _("None yet"),
                _("They come while you link excerpts (L), or add one here."),
                does=((_("Add…"), self.add),),
            )
        )
        self._stack.addWidget(self.view)
        self._lay_out()

    def _make_view(self) -> SubjectTree:
        view = SubjectTree()
        view.setModel(self.narrowed)
        view.setAccessibleName(_("Subjects"))
        view.header().setAccessibleName(_("Subjects"))
        view.setUniformRowHeights(True)
        view.setIndentation(14)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setAcceptDrops(True)
        view.setDropIndicatorShown(True)
        view.activated.connect(self.show_excerpts)
        view.excerpts_dropped.connect(self._link_dropped)
        return view

    def _lay_out(self) -> None:
        foot, _buttons = foot_bar(
            (
                (_("Excerpts"), self.show_excerpts),
                (_("Add…"), self.add),
                (_("Edit…"), self.edit),
                (_("Merge"), self.merge),
            ),
            stretches=False,
        )
        set_out(self, head_bar(self.kind, self.filter), self._stack, foot)

    # Filling

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List subjects"), lambda case, _ticket: frame_rows(case), self._show)

    @Slot()
    def clear(self) -> None:
        self.filter.clear()
        self._show([])

    def _show(self, rows: list[FrameRow]) -> None:
        self._rows = rows
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        kept = self._wanted or next(iter(row.id for row in self.selected_rows), "")
        kind = self.kind.currentData()
        shown = [row for row in self._rows if row.kind == kind]
        self.model.show(shown)
        self.view.expandAll()
        self._fit_columns()
        self._stack.setCurrentIndex(1 if shown else 0)
        self.point_out(kept)

    def _fit_columns(self) -> None:
        """Names first; the number of events only where there is room for it."""
        kind = self.kind.currentData()
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(20)
        width = self.fontMetrics().horizontalAdvance("000") + 7
        is_wide = self.view.width() > _WIDE_PX
        for column in range(1, self.model.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            extra = {_ALL: 16, _EVENTS: 30}.get(column, 0)
            header.resizeSection(column, width + extra)
            is_counted = (kind in ("institution", "scope") and is_wide) or column <= _ALL
            has_stance = kind != "theme" or column > len(STANCES)
            self.view.setColumnHidden(column, not (is_counted and has_stance))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    @Slot(str)
    def _narrow(self, text: str) -> None:
        self.narrowed.set_words(text)
        self.view.expandAll()

    @property
    def selected_rows(self) -> list[FrameRow]:
        """The chosen subjects."""
        rows = [index.data(RECORD_ROLE) for index in self.view.selectionModel().selectedRows(0)]
        return [row for row in rows if isinstance(row, FrameRow)]

    def point_out(self, identifier: str) -> None:
        """Choose a subject; one that is not listed yet is chosen when it comes."""
        self._wanted = identifier
        index = self.narrowed.mapFromSource(self.model.index_of(identifier))
        if index.isValid():
            self.view.setCurrentIndex(index)
            self._wanted = ""

    # Actions

    def show_kind(self, kind: str) -> None:
        """List institutions, scope, themes, people or case studies."""
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.take_focus()

    def show_excerpts(self) -> None:
        """Show the excerpts linked to the chosen subjects."""
        rows = self.selected_rows
        if rows:
            self.show_excerpts_requested.emit([Offer(row.kind, row.name, row.id) for row in rows])
        else:
            self.workspace.say(_("Choose a subject in the list first."))

    def add(self) -> None:
        """Ask for the name of another subject of this kind."""
        kind = str(self.kind.currentData())
        if kind == "case study":
            self.case_study_sheet.begin(None)
            return

        def save(name: str) -> None:
            self.workspace.write(
                _("Add"), lambda case, _ticket: add_to_frame(case, kind, name), lambda made: self.point_out(made[1])
            )

        self.name_sheet.begin(_("New {kind}").format(kind=_(kind)), "", save, QPoint(10, 90))

    def edit(self) -> None:
        """Edit the chosen subject; the protected names of a person need the passphrase."""
        rows = self.selected_rows
        if not rows:
            self.workspace.say(_("Choose a subject in the list first."))
            return
        row = rows[0]
        if row.kind == "case study":
            self.case_study_sheet.begin(CaseStudyId(row.id))
            return
        if row.kind == "institution":
            self.workspace.read(
                _("List institutions"), lambda case, _ticket: case.all(Institution, "name"), self._edit_institution
            )
            return

        def save(name: str) -> None:
            self.workspace.write(_("Rename"), lambda case, _ticket: rename(case, row.id, name))

        self.name_sheet.begin(_("Rename {kind}").format(kind=_(row.kind)), row.name, save, QPoint(10, 90))

    def _edit_institution(self, institutions: list[Institution]) -> None:
        chosen = next(iter(self.selected_rows), None)
        record = next((item for item in institutions if chosen is not None and item.id == chosen.id), None)
        if record is not None:
            self.institution_sheet.begin(record, institutions)

    def names(self) -> None:
        """The protected names of the chosen person, behind the passphrase."""
        row = next(iter(self.selected_rows), None)
        if row is None or row.kind != "person":
            self.workspace.say(_("Choose a person in the list of people first."))
            return
        self.names_sheet.begin(PersonId(row.id), row.name)

    def merge(self) -> None:
        """Make the chosen subjects into one; the first keeps its name, the others become its other names."""
        ids = [row.id for row in self.selected_rows]
        if len(ids) < 2:
            self.workspace.say(_("Choose two or more of the same kind (Ctrl and click, or Shift and arrows) to merge."))
            return
        self.workspace.write(
            _("Merge"),
            lambda case, _ticket: merge_in_frame(case, ids[0], ids[1:]),
            lambda _change: self.workspace.say(_("Merged. Undo takes it apart again."), "success"),
        )

    def remove(self) -> None:
        """Remove the chosen subject, when nothing uses it any more."""
        row = next(iter(self.selected_rows), None)
        if row is not None:
            self.workspace.write(_("Remove"), lambda case, _ticket: remove_from_frame(case, row.id))

    @Slot(object, object)
    def _link_dropped(self, row: FrameRow, excerpts: list[ExcerptId]) -> None:
        wanted = Wanted(kind=row.kind, name=row.name, id=AnyId(row.id))

        def told(_change: Change) -> None:
            count = _.count("{n} excerpt", "{n} excerpts", len(excerpts))
            self.workspace.say(_("{count} linked to {name}.").format(count=count, name=row.name), "success")

        self.workspace.write(_("Link"), lambda case, _ticket: annotate(case, excerpts, [wanted]), told)

    def take_focus(self) -> None:
        (self.view if self._stack.currentIndex() == 1 else self.filter).setFocus()
