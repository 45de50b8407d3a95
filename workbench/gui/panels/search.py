"""Searching the pages of the case, narrowing, looking at what was found, and going there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.search import Hit, SearchResult
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.delegates.snippet import SnippetRow
from workbench.gui.icons import icon
from workbench.gui.jobs import Job
from workbench.gui.models.record_list import RecordList
from workbench.gui.panels.base import Panel
from workbench.gui.panels.saved_view_box import SavedViewBox
from workbench.gui.panels.search_words import as_query, counted, explained, not_searched, search_or_refusal, spoken_hit
from workbench.gui.theme import Theme
from workbench.gui.widgets.chips import ChipRow
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.facet_tree import FacetTree
from workbench.gui.widgets.form import Complaint, make_clearable, small
from workbench.gui.widgets.nothing_found import NothingFound
from workbench.gui.widgets.passage_view import PassageView
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.explaining import Explanation, explain_nothing
from workbench.services.facets import Choice, FacetValue, facets
from workbench.services.searching import Passage, excerpt_from_hit, passage

_PAUSE_MS = 250


class SearchPanel(Panel):
    """A query, how it was understood, the pages found, and what they can be narrowed by."""

    excerpt_made = Signal(str)
    marks_asked = Signal()
    record_asked = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._result: SearchResult | None = None
        self._hits: list[Hit] = []
        self._job: Job | None = None
        self._chosen: list[Choice] = []
        self._recent: list[str] = []
        self._recent_at = -1
        self._make_head()
        self.model = RecordList(spoken_hit, self)
        self.view = self._make_list()
        self.facets = FacetTree()
        self.facets.chosen.connect(self._narrow)
        self.facets.hide()
        self.chips = ChipRow(_("Narrowed by"))
        self.chips.removed.connect(self._widen)
        self.preview = PassageView(workspace.theme)
        self.preview.excerpt_requested.connect(self._make_excerpt)
        self._nothing = NothingFound()
        self._nothing.linkActivated.connect(self._try_instead)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                _("Search every page"),
                _("Type words as they may stand in the documents. Endings are found too: disclose finds disclosed."),
            )
        )
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nothing)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._search(is_typing=True))
        self._lay_out()
        self.recolour(workspace.theme)

    def _make_head(self) -> None:
        self.query = QLineEdit()
        self.query.setPlaceholderText(_("Words, “a phrase”, AND OR NOT, INQ000123…"))
        self.query.setAccessibleName(_("Search the case"))
        make_clearable(self.query)
        self.query.installEventFilter(self)
        self.query.returnPressed.connect(self.search)
        self.query.textEdited.connect(lambda _text: self._pause.start())
        self.order = QComboBox()
        self.order.setAccessibleName(_("Order of the pages found"))
        self.order.addItem(_("Best first"), "relevance")
        self.order.addItem(_("Oldest first"), "date")
        self.order.activated.connect(lambda _row: self.search())
        self.saved = SavedViewBox(self.workspace, "search", _("Saved searches"), _("Saved searches"), self)
        self.saved.chosen.connect(self._show_saved)
        self.narrow_button = QToolButton()
        self.narrow_button.setCheckable(True)
        self.narrow_button.setAccessibleName(_("Narrow the search"))
        self.narrow_button.setToolTip(_("Narrow the search"))
        self.narrow_button.toggled.connect(self._show_facets)
        self.mark_button = QToolButton()
        self.mark_button.setAccessibleName(_("Mark all hits as redactions…"))
        self.mark_button.setToolTip(_("Mark all hits as redactions…"))
        self.mark_button.clicked.connect(self.marks_asked)
        self.complaint = Complaint()
        self.understood, self.counted, self.not_searched = small(""), small(""), small("")
        self.more = QPushButton(_("Show more"))
        self.more.clicked.connect(self.show_more)
        self.more.hide()

    def _make_list(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setAccessibleName(_("Pages found"))
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setMouseTracking(True)
        self.row = SnippetRow(self.workspace.theme, view)
        view.setItemDelegate(self.row)
        view.clicked.connect(self._go)
        view.activated.connect(self._go)
        view.selectionModel().currentChanged.connect(lambda *_args: self._read_passage())
        return view

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        head = QVBoxLayout(bar)
        head.setContentsMargins(8, 8, 8, 8)
        head.setSpacing(5)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.query, 1)
        first.addWidget(self.narrow_button)
        first.addWidget(self.mark_button)
        second.addWidget(self.order)
        second.addWidget(self.saved, 1)
        head.addLayout(first)
        head.addLayout(second)
        head.addWidget(self.chips)
        for line in (self.complaint, self.counted, self.understood, self.not_searched):
            head.addWidget(line)
            line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((bar, 0), (self.facets, 0), (self._stack, 1), (self.more, 0), (self.preview, 0)):
            column.addWidget(widget, stretch)

    def take_focus(self) -> None:
        self.query.setFocus()
        self.query.selectAll()

    @Slot()
    def clear(self) -> None:
        self._pause.stop()
        self.query.clear()
        self._recent, self._chosen = [], []
        self._show_nothing("")

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.row.set_theme(theme)
        self.preview.set_theme(theme)
        self.narrow_button.setIcon(icon("list-filter", theme.text))
        self.mark_button.setIcon(icon("redact", theme.text))

    # Searching

    @property
    def shown_query(self) -> str:
        """The search whose hits are listed; "" while there are none."""
        return self._result.query if self._result is not None and self._hits else ""

    @Slot()
    def search(self) -> None:
        """Search for what stands in the box, and remember it for this session."""
        query = self.query.text().strip()
        if query:
            self._recent = [query, *(other for other in self._recent if other != query)][:50]
            self._recent_at = -1
        self._search(is_typing=False)

    def _search(self, *, is_typing: bool, offset: int = 0) -> None:
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
        query, order, chosen = self.query.text().strip(), str(self.order.currentData()), tuple(self._chosen)
        if not query or not self.workspace.has_case:
            self._show_nothing("")
            return
        self._job = self.workspace.read(
            _("Search"),
            lambda case, ticket: search_or_refusal(case, query, order, chosen, offset, ticket),
            lambda result: self._show(result, query, offset, is_typing=is_typing),
        )

    def _show_nothing(self, sentence: str, *, is_quiet: bool = False) -> None:
        self._result, self._hits = None, []
        self.complaint.say("" if is_quiet else sentence)
        for line in (self.counted, self.understood, self.not_searched):
            line.hide()
        if is_quiet:
            _say(self.understood, sentence)
        self.model.show([])
        self.more.hide()
        self.preview.show_passage(None)
        self.facets.show_values([])
        self.chips.show_chips([])
        self._stack.setCurrentIndex(0)

    def _show(self, result: SearchResult | str, query: str, offset: int, *, is_typing: bool) -> None:
        if query != self.query.text().strip():
            return
        if isinstance(result, str):
            # While someone types, an open quotation mark is no mistake yet.
            self._show_nothing(result, is_quiet=is_typing)
            return
        self._result = result
        self._hits = [*self._hits, *result.hits] if offset else list(result.hits)
        self.complaint.say("")
        self.model.show(self._hits)
        if not offset:
            self.view.scrollToTop()
            self.preview.show_passage(None)
        self._stack.setCurrentIndex(1 if self._hits else 2)
        self.more.setVisible(len(self._hits) < result.total)
        _say(self.counted, counted(result, len(self._hits)))
        _say(self.understood, _("Understood as: {query}").format(query=result.understood_as))
        _say(self.not_searched, "  ".join(part for part in (not_searched(result), result.note) if part))
        self.chips.show_chips([(choice.value, f"{choice.facet}:{choice.value}") for choice in self._chosen])
        if not self._hits:
            self._explain(query)
        self._read_facets()

    def show_more(self) -> None:
        """Show the next pages found."""
        if self._result is not None and len(self._hits) < self._result.total:
            self._search(is_typing=False, offset=len(self._hits))

    def set_order(self, order: str) -> None:
        """Best pages first, or oldest documents first."""
        self.order.setCurrentIndex(self.order.findData(order))
        self.search()

    # Narrowing

    def toggle_facets(self) -> None:
        """Show or hide what the pages found can be narrowed by."""
        self.narrow_button.toggle()
        if self.narrow_button.isChecked():
            self.facets.setFocus()

    @Slot(bool)
    def _show_facets(self, is_shown: bool) -> None:
        self.facets.setVisible(is_shown)
        self._read_facets()

    def _read_facets(self) -> None:
        result, chosen = self._result, tuple(self._chosen)
        if result is None or not self.narrow_button.isChecked():
            return
        query = result.query

        def show(values: list[FacetValue]) -> None:
            if self._result is not None and self._result.query == query:
                self.facets.show_values(values)

        self.workspace.read(_("Count the facets"), lambda case, ticket: facets(case, query, chosen, ticket), show)

    @Slot(object)
    def _narrow(self, choices: list[Choice]) -> None:
        self._chosen = choices
        self._search(is_typing=False)

    @Slot(str)
    def _widen(self, key: str) -> None:
        self._narrow([choice for choice in self._chosen if f"{choice.facet}:{choice.value}" != key])

    def clear_facets(self) -> None:
        """Search in all pages again."""
        self._narrow([])

    # Why there is nothing

    def _explain(self, query: str) -> None:
        self._nothing.setText(_("Nothing found."))

        def show(why: Explanation) -> None:
            if self._result is not None and self._result.query == query and not self._hits:
                self._nothing.setText(explained(why, self._result, is_narrowed=bool(self._chosen)))

        self.workspace.read(_("Explain"), lambda case, ticket: explain_nothing(case, query, ticket), show)

    @Slot(str)
    def _try_instead(self, words: str) -> None:
        does = {"widen:": self.clear_facets, "record:": self.ask_to_record}.get(words)
        if does is not None:
            does()
            return
        self.query.setText(words)
        self.search()

    def ask_to_record(self) -> None:
        """Record that this search, narrowed as it is, found nothing."""
        self.record_asked.emit(as_query(self.query.text(), self._chosen))

    # Going there

    @Slot()
    def _go(self) -> None:
        hit = self.view.currentIndex().data(RECORD_ROLE)
        if isinstance(hit, Hit) and self._result is not None:
            self.workspace.go_to(Place(document=hit.document, page_index=hit.page_index, query=self._result.query))

    def step_hit(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) page found; after the last comes the first."""
        count = self.model.rowCount()
        if count:
            now = self.view.currentIndex().row()
            self.view.setCurrentIndex(self.model.index((now + by) % count if now >= 0 else 0))
            self._go()

    def _read_passage(self) -> None:
        hit, result = self.view.currentIndex().data(RECORD_ROLE), self._result
        if not isinstance(hit, Hit) or result is None:
            return
        query, document, page_index = result.query, hit.document, hit.page_index

        def show(found: Passage) -> None:
            now = self.view.currentIndex().data(RECORD_ROLE)
            if isinstance(now, Hit) and (now.document, now.page_index) == (found.document, found.page_index):
                self.preview.show_passage(found)

        self.workspace.read(_("Read the page"), lambda case, _ticket: passage(case, query, document, page_index), show)

    def excerpt_from_hit(self) -> None:
        """Make an excerpt of the sentence that was found."""
        if self.preview.passage is None:
            self.workspace.say(_("Choose a page in the list of hits first."))
        else:
            self.preview.ask()

    @Slot(object, int)
    def _make_excerpt(self, found: Passage, at: int) -> None:
        reader = self.workspace.words

        def made(change: Change) -> None:
            self.excerpt_made.emit(next(row.row_id for row in change.rows if row.table == "excerpt"))
            self.workspace.say(_("Excerpt made from the hit. L links it, Ctrl+Z takes it back."), "success")

        self.workspace.write(_("Make excerpt"), lambda case, _ticket: excerpt_from_hit(case, found, at, reader), made)

    # Recent and saved searches

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.query and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if by is not None and self._recent:
                self._recent_at = min(max(self._recent_at + by, 0), len(self._recent) - 1)
                self.query.setText(self._recent[self._recent_at])
                return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _show_saved(self, kept: dict[str, Any]) -> None:
        if kept:
            self.query.setText(kept.get("query", ""))
            self._chosen = [Choice(facet, value) for facet, value in kept.get("chosen", ())]
            self.order.setCurrentIndex(max(self.order.findData(kept.get("order")), 0))
            self.search()

    def save_search(self) -> None:
        """Keep query, order and what it is narrowed by under a name, inside the case."""
        query = self.query.text().strip()
        if not query:
            self.workspace.say(_("Type a search first; then it can be saved."))
            return
        chosen = [[choice.facet, choice.value] for choice in self._chosen]
        self.saved.keep({"query": query, "order": self.order.currentData(), "chosen": chosen}, query[:60])

    def remove_search(self) -> None:
        """Forget the saved search that is chosen."""
        self.saved.remove()


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
