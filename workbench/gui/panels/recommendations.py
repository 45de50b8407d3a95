"""From findings to lessons and recommendations and what became of them, and what there is to look at on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.analysis import Finding, Lesson, Recommendation, Response
from workbench.domain.ids import AnyId
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.delegates.remark import RemarkCard
from workbench.gui.models.lineage_tree import LineageTree
from workbench.gui.models.record_list import RecordList
from workbench.gui.panels.base import Panel
from workbench.gui.panels.listed import filter_field, head_bar, set_out
from workbench.gui.sheets.recommendation_sheets import LessonSheet, RecommendationSheet, ResponseSheet
from workbench.gui.theme import Theme
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.lineage_list import LineageRow, LineageView, Remark, evidence_references, lineage_view
from workbench.services.recommending import delete_lesson, delete_recommendation, delete_response

#: From this width on, to whom a recommendation goes stands in a column of its own.
_WIDE_PX = 460


class RecommendationsPanel(Panel):
    """A tree that can be turned round, and below it what is overdue, orphaned or said twice."""

    shows = (
        "finding",
        "sentence",
        "lesson",
        "recommendation",
        "response",
        "excerpt",
        "document",
        "event",
        "assessment",
        "link",
    )
    finding_requested = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._shown: LineageView | None = None
        self._wanted, self._is_stale = "", False
        self.model = LineageTree(workspace.theme, self)
        self.narrowed = QSortFilterProxyModel(self)
        self.narrowed.setSourceModel(self.model)
        self.narrowed.setRecursiveFilteringEnabled(True)
        self.narrowed.setAutoAcceptChildRows(True)
        self.narrowed.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view = self._make_view()
        self.filter = filter_field(_("Filter the recommendations"))
        self.filter.textChanged.connect(self._narrow)
        self.direction = QComboBox()
        self.direction.setAccessibleName(_("Direction of the tree"))
        self.direction.addItems([_("From findings onwards"), _("From recommendations back")])
        self.direction.currentIndexChanged.connect(self._arrange)
        self.remarks = RecordList(lambda remark: _spoken(self._shown, remark), self)
        self.remark_view = self._make_remark_view()
        self.told = QLabel()
        self.told.setProperty("role", "heading")
        self.lesson_sheet = LessonSheet(workspace, self, self.point_out)
        self.sheet = RecommendationSheet(workspace, self, self.point_out)
        self.answer_sheet = ResponseSheet(workspace, self, self.point_out)
        self._stack = QStackedWidget()
        self._lay_out()

    def _make_view(self) -> QTreeView:
        view = QTreeView()
        view.setModel(self.narrowed)
        view.setAccessibleName(_("Genealogy of recommendations"))
        view.header().setAccessibleName(_("Genealogy of recommendations"))
        view.setUniformRowHeights(True)
        view.setIndentation(18)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.activated.connect(lambda _index: self.edit())
        return view

    def _make_remark_view(self) -> QListView:
        view = QListView()
        view.setModel(self.remarks)
        view.setAccessibleName(_("To look at"))
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.card = RemarkCard(self.workspace.theme, view, lambda item: _words(self._shown, item))
        view.setItemDelegate(self.card)
        view.activated.connect(lambda index: self.point_out(index.data(RECORD_ROLE).item))
        view.clicked.connect(lambda index: self.point_out(index.data(RECORD_ROLE).item))
        return view

    def _lay_out(self) -> None:
        self._below = QWidget()
        column = QVBoxLayout(self._below)
        column.setContentsMargins(0, 6, 0, 0)
        self.told.setContentsMargins(10, 0, 0, 0)
        column.addWidget(self.told)
        column.addWidget(self.remark_view, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.view)
        split.addWidget(self._below)
        split.setSizes([420, 200])
        self._stack.addWidget(
            EmptyState(
                _("Nothing to recommend yet"),
                _("Lessons and recommendations come from findings; each shows what it rests on and what became of it."),
                does=((_("New recommendation…"), self.add),),
            )
        )
        self._stack.addWidget(split)
        self._stack.addWidget(QWidget())  # while nothing was read yet, nothing is said of it
        set_out(self, self._bar(), self._stack)

    def _bar(self) -> QFrame:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.filter, 1)
        first.addWidget(self.direction, 1)
        does = ((_("Lesson…"), self.add_lesson), (_("Recommendation…"), self.add), (_("Answer…"), self.add_answer))
        for text, act in does:
            button = QPushButton(text)
            button.setAccessibleName(_("New: {what}").format(what=text.rstrip("…")))
            button.clicked.connect(lambda _checked=False, act=act: act())
            second.addWidget(button)
        return head_bar(first, second, right=8)

    # Filling

    @Slot()
    def reload(self) -> None:
        """Read everything anew; a panel that nobody sees does so when it is looked at."""
        self._is_stale = not self.is_seen
        if self._is_stale:
            return
        self._read(self._show)

    def _read(self, then: Callable[[LineageView], None]) -> None:
        today = datetime.now(UTC).date().isoformat()
        self.workspace.read(_("List recommendations"), lambda case, _ticket: lineage_view(case, today), then)

    @Slot()
    def clear(self) -> None:
        self.filter.clear()
        self._shown = None
        self._arrange()

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.model.set_theme(theme)
        self.card.set_theme(theme)

    def _show(self, shown: LineageView) -> None:
        self._shown = shown
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        shown = self._shown
        kept = self._wanted or (self.current.id if self.current is not None else "")
        branches = () if shown is None else shown.backwards if self.is_turned else shown.forwards
        self.model.show(branches, shown.rows if shown is not None else {})
        self.remarks.show(shown.remarks if shown is not None else ())
        count = self.remarks.rowCount()
        self.told.setText(_.count("{n} thing to look at", "{n} things to look at", count) if count else "")
        self._below.setVisible(bool(count))
        was_empty = self._stack.currentIndex() != 1
        self._stack.setCurrentIndex(2 if shown is None else 1 if shown.rows else 0)
        if was_empty and self.filter.hasFocus():
            self.take_focus()
        self.view.expandAll()
        self._fit_columns()
        self.point_out(kept)

    def _fit_columns(self) -> None:
        header = self.view.header()
        header.setStretchLastSection(False)
        self.view.setColumnHidden(1, self.width() < _WIDE_PX)
        letter = self.fontMetrics().horizontalAdvance("0")
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, letters in ((1, 20), (2, 24)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, min(letters * letter, self.width() // 4))

    def looked_at(self) -> None:
        if self._is_stale and self.workspace.has_case:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    @Slot(str)
    def _narrow(self, text: str) -> None:
        self.narrowed.setFilterFixedString(text.strip())
        self.view.expandAll()

    @property
    def is_turned(self) -> bool:
        """True while the tree leads from recommendations back to findings."""
        return self.direction.currentIndex() == 1

    @property
    def current(self) -> LineageRow | None:
        """The chosen row."""
        row = self.view.currentIndex().siblingAtColumn(0).data(RECORD_ROLE)
        return row if isinstance(row, LineageRow) else None

    def point_out(self, identifier: str) -> None:
        """Choose something where it stands first; what is not listed yet is chosen when it comes."""
        self._wanted = identifier
        index = self.narrowed.mapFromSource(self.model.index_of(identifier))
        if index.isValid():
            self._wanted = ""
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    # Actions

    def turn(self) -> None:
        """From findings onwards, or from recommendations back."""
        self.direction.setCurrentIndex(0 if self.is_turned else 1)

    def _from(self, kinds: Sequence[str]) -> tuple[str, ...]:
        row = self.current
        return (row.id,) if row is not None and row.kind in kinds else ()

    def _with_view(self, then: Callable[[LineageView], None]) -> None:
        """Hand over what is shown, read first where the panel was not looked at yet."""
        if self._shown is not None and not self._is_stale:
            then(self._shown)
        else:
            self._read(then)

    def add_lesson(self) -> None:
        """Ask for another lesson, from the chosen finding or building on the chosen lesson."""
        chosen = self._from(("finding", "lesson"))
        self._with_view(lambda shown: self.lesson_sheet.begin(None, shown.targets, chosen))

    @Slot()
    def add(self) -> None:
        """Ask for another recommendation, from the chosen finding or lesson."""
        chosen = self._from(("finding", "lesson"))
        self._with_view(lambda shown: self.sheet.begin(None, shown.targets, chosen))

    def add_answer(self) -> None:
        """Record what was answered to the chosen recommendation."""
        record = self.current.record if self.current is not None else None
        if isinstance(record, Recommendation):
            self.answer_sheet.begin(record)
        else:
            self.workspace.say(_("Choose the recommendation that was answered first."))

    def edit(self) -> None:
        """Edit what is chosen; a finding is shown in its own panel."""
        record, shown = self.current.record if self.current is not None else None, self._shown
        if record is None or shown is None:
            self.workspace.say(_("Choose a lesson, a recommendation or an answer in the tree first."))
        elif isinstance(record, Finding):
            self.finding_requested.emit(record.id)
        elif isinstance(record, Lesson):
            self.lesson_sheet.begin(record, shown.targets)
        elif isinstance(record, Recommendation):
            self.sheet.begin(record, shown.targets)
        else:
            self._edit_answer(record, shown)

    def _edit_answer(self, record: Response, shown: LineageView) -> None:
        asked = shown.rows[record.recommendation].record
        assert isinstance(asked, Recommendation)

        def begin(references: Sequence[tuple[AnyId, str]]) -> None:
            self.answer_sheet.begin(asked, record, references)

        self.workspace.read(
            _("Read the answer"), lambda case, _ticket: evidence_references(case, record.evidence), begin
        )

    def remove(self) -> None:
        """Remove what is chosen when nothing comes from it; it can be undone."""
        record = self.current.record if self.current is not None else None
        if isinstance(record, Lesson):
            lesson = record.id
            self.workspace.write(_("Remove the lesson"), lambda case, _ticket: delete_lesson(case, lesson))
        elif isinstance(record, Recommendation):
            asked = record.id
            self.workspace.write(
                _("Remove the recommendation"), lambda case, _ticket: delete_recommendation(case, asked)
            )
        elif isinstance(record, Response):
            answer = record.id
            self.workspace.write(_("Remove the answer"), lambda case, _ticket: delete_response(case, answer))
        else:
            self.workspace.say(_("Choose a lesson, a recommendation or an answer in the tree first."))

    def take_focus(self) -> None:
        (self.view if self._stack.currentIndex() == 1 else self.filter).setFocus()


def _words(shown: LineageView | None, item: str) -> str:
    row = shown.rows.get(item) if shown is not None else None
    return f"{_(row.kind).capitalize()}: {row.words}" if row is not None else ""


def _spoken(shown: LineageView | None, remark: Remark) -> str:
    parts = (_words(shown, remark.item), remark.text, _words(shown, remark.other))
    return " · ".join(part for part in parts if part)
