"""Searching the pages of the case, and going to what was found."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.errors import QueryRefused
from workbench.domain.progress import Ticket
from workbench.domain.search import Hit, SearchResult
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.delegates.snippet import SnippetRow
from workbench.gui.models.record_list import RecordList
from workbench.gui.panels.base import Panel
from workbench.gui.theme import Theme
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import Complaint, make_clearable, small
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.searching import search
from workbench.store.case_file import CaseFile

LIMIT = 200


class SearchPanel(Panel):
    """A query, how it was understood, and the pages found."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.query = QLineEdit()
        self.query.setPlaceholderText(_("Words, “a phrase”, AND OR NOT, INQ000123…"))
        self.query.setAccessibleName(_("Search the case"))
        make_clearable(self.query)
        self.query.returnPressed.connect(self.search)
        self._button = QPushButton(_("Search"))
        self._button.clicked.connect(self.search)
        self.complaint = Complaint()
        self.understood = small("")
        self.counted = small("")
        self.not_searched = small("")
        self.model = RecordList(_spoken, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(_("Pages found"))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setMouseTracking(True)
        self.row = SnippetRow(workspace.theme, self.view)
        self.view.setItemDelegate(self.row)
        self.view.clicked.connect(self._go)
        self.view.activated.connect(self._go)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                _("Search every page"),
                _("Type words as they may stand in the documents. Endings are found too: disclose finds disclosed."),
            )
        )
        self._stack.addWidget(self.view)
        self._stack.addWidget(EmptyState(_("Nothing found"), _("Try fewer words, or a word with * at its end.")))
        self._lay_out()
        self._result: SearchResult | None = None

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        head = QVBoxLayout(bar)
        head.setContentsMargins(8, 8, 8, 8)
        head.setSpacing(5)
        row = QHBoxLayout()
        row.addWidget(self.query, 1)
        row.addWidget(self._button)
        head.addLayout(row)
        for line in (self.complaint, self.counted, self.understood, self.not_searched):
            head.addWidget(line)
            line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def take_focus(self) -> None:
        self.query.setFocus()
        self.query.selectAll()

    @Slot()
    def clear(self) -> None:
        self.query.clear()
        self._show_nothing("")

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.row.set_theme(theme)

    @Slot()
    def search(self) -> None:
        """Search for what stands in the box."""
        query = self.query.text().strip()
        if not query or not self.workspace.has_case:
            return
        job = self.workspace.read(_("Search"), lambda case, ticket: _search_or_refusal(case, query, ticket), self._show)
        self._button.setEnabled(False)
        job.ended.connect(lambda: self._button.setEnabled(True))

    def _show_nothing(self, sentence: str) -> None:
        self._result = None
        self.complaint.say(sentence)
        for line in (self.counted, self.understood, self.not_searched):
            line.hide()
        self.model.show([])
        self._stack.setCurrentIndex(0)

    def _show(self, result: SearchResult | str) -> None:
        if isinstance(result, str):
            self._show_nothing(result)
            return
        self._result = result
        self.complaint.say("")
        self.model.show(result.hits)
        self.view.scrollToTop()
        self._stack.setCurrentIndex(1 if result.hits else 2)
        _say(self.counted, _counted(result))
        _say(self.understood, _("Understood as: {query}").format(query=result.understood_as))
        _say(self.not_searched, "  ".join(part for part in (_not_searched(result), result.note) if part))

    @Slot()
    def _go(self) -> None:
        hit = self.view.currentIndex().data(RECORD_ROLE)
        if isinstance(hit, Hit) and self._result is not None:
            self.workspace.go_to(Place(document=hit.document, page_index=hit.page_index, query=self._result.query))

    def next_hit(self) -> None:
        """Go to the next page found."""
        self._step(1)

    def previous_hit(self) -> None:
        """Go to the previous page found."""
        self._step(-1)

    def _step(self, by: int) -> None:
        count = self.model.rowCount()
        if count:
            now = self.view.currentIndex().row()
            self.view.setCurrentIndex(self.model.index((now + by) % count if now >= 0 else 0))
            self._go()


def _search_or_refusal(case: CaseFile, query: str, ticket: Ticket) -> SearchResult | str:
    try:
        return search(case, query, limit=LIMIT, ticket=ticket)
    except QueryRefused as error:
        return str(error)


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _counted(result: SearchResult) -> str:
    total = _.count("{n} page", "{n} pages", result.total)
    if result.total > len(result.hits):
        return _("{total}, the best {n} are shown").format(total=total, n=len(result.hits))
    return total


def _not_searched(result: SearchResult) -> str:
    parts = []
    if result.pages_without_text:
        parts.append(_.count("{n} page without text", "{n} pages without text", result.pages_without_text))
    if result.files_refused:
        parts.append(_.count("{n} refused file", "{n} refused files", result.files_refused))
    return _("Not searched: {what}.").format(what=", ".join(parts)) if parts else ""


def _spoken(hit: Hit) -> str:
    plain = hit.snippet.replace("\ue000", "").replace("\ue001", "")
    return _("{title}, {urn}, page {n}: {words}").format(
        title=hit.title, urn=hit.urn, n=hit.page_number, words=" ".join(plain.split())
    )
