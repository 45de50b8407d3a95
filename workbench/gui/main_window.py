"""The window: pages in the middle, panels at the sides, and what can be done with them."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QChildEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.change import Change
from workbench.gui.actions.book import ActionBook, button_for
from workbench.gui.actions.case_actions import CaseActions
from workbench.gui.actions.edit_actions import EditActions
from workbench.gui.actions.program_actions import ProgramActions
from workbench.gui.actions.registry import ACTIONS, MENUS, SUBMENUS
from workbench.gui.analysis_wiring import wire_analysis
from workbench.gui.calm import Calm
from workbench.gui.docks import Docks
from workbench.gui.layouts import LAYOUTS
from workbench.gui.panels.base import Panel
from workbench.gui.panels.bundles import BundlesPanel
from workbench.gui.panels.documents import DocumentsPanel
from workbench.gui.panels.excerpts import ExcerptsPanel
from workbench.gui.panels.history import HistoryPanel
from workbench.gui.panels.marking import Marking
from workbench.gui.panels.reader import ReaderPanel
from workbench.gui.panels.reader_actions import ReaderActions
from workbench.gui.panels.reading_desk import ReadingDesk
from workbench.gui.panels.redacting import Redacting
from workbench.gui.panels.redactions import RedactionsPanel
from workbench.gui.panels.registry import PANELS
from workbench.gui.panels.search import SearchPanel
from workbench.gui.panels.subjects import SubjectsPanel
from workbench.gui.panels.timeline import TimelinePanel
from workbench.gui.panels.withdrawing import Withdrawing
from workbench.gui.reopening import Reopening
from workbench.gui.sheets.event_sheet import Source
from workbench.gui.sheets.popover import Popover
from workbench.gui.sheets.target_finder import Offer
from workbench.gui.theme import apply_theme
from workbench.gui.widgets.empty_middle import empty_case, locked, welcome
from workbench.gui.widgets.message_bar import MessageBar
from workbench.gui.widgets.progress_row import ProgressRows
from workbench.gui.window_state import kept_layout, restore_window_state, save_window_state
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _

PROGRAM_NAME = mark("Case-study workbench")
P = TypeVar("P", bound=Panel)
_WELCOME, _EMPTY, _READER, _LOCKED = range(4)


class MainWindow(QMainWindow):
    """Made from the registries of panels and actions."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.setWindowTitle(_(PROGRAM_NAME))
        self.setAcceptDrops(True)
        self.setDockOptions(
            QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.GroupedDragging
        )
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.panels: dict[str, Panel] = {spec.id: spec.make(workspace) for spec in PANELS}
        self.excerpts, self.subjects = self._panel(ExcerptsPanel), self._panel(SubjectsPanel)
        self.bundles = self._panel(BundlesPanel)
        self.timeline, self.history = self._panel(TimelinePanel), self._panel(HistoryPanel)
        self.desk = ReadingDesk(workspace)
        self.layouts = Docks(self, self.panels)
        self.docks = self.layouts.by_id
        self.marking = Marking(workspace, self.desk, self.excerpts, self)
        search = self._panel(SearchPanel)
        self.redacting = Redacting(
            workspace, self.desk, self._panel(RedactionsPanel), self, query=lambda: search.shown_query
        )
        self.case_actions = CaseActions(workspace, self)
        self.program = ProgramActions(workspace, self)
        self.book = ActionBook(ACTIONS, self._parts(), self)
        self.program.adopt(self.book)
        self.calm = Calm(workspace, self)
        self.reopening = Reopening(workspace, self.desk)
        self._set_out()
        self._connect()
        self.reset_layout()
        self.resize(1366, 768)
        self._recolour()
        self._follow_case()

    def _parts(self) -> dict[str, QObject]:
        """The objects whose methods actions call, by name."""
        return {
            **self.panels,
            "composing": self.bundles.composing,
            "chronology": self.timeline.chronology,
            "sentences": self.panels["findings"].sentences,  # type: ignore[attr-defined]
            "reader": ReaderActions(self.desk),
            "marking": self.marking,
            "redacting": self.redacting,
            "withdrawing": Withdrawing(self.workspace, self.excerpts, self._panel(DocumentsPanel), self),
            "case": self.case_actions,
            "edit": EditActions(self.workspace, self),
            "program": self.program,
            "window": self,
        }

    def _panel(self, kind: type[P]) -> P:
        """The panel of this kind."""
        return next(panel for panel in self.panels.values() if isinstance(panel, kind))

    @property
    def reader(self) -> ReaderPanel:
        """The reader that was used last."""
        return self.desk.active

    # Setting out

    def _set_out(self) -> None:
        self.message_bar = MessageBar(self.workspace)
        self._middle = QStackedWidget()
        self._middle.addWidget(welcome(self.case_actions.open, self.case_actions.create))
        self._middle.addWidget(empty_case(self.case_actions.choose_files))
        self._middle.addWidget(self.desk)
        self._middle.addWidget(locked(lambda: self.case_actions.open_path(self.reopening.locked_path)))
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addWidget(self._middle, 1)
        column.addWidget(ProgressRows(self.workspace))
        self.setCentralWidget(centre)
        self.toolbar = QToolBar(_("Toolbar"))
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.toolbar.setIconSize(QSize(18, 18))
        self.book.fill_toolbar(self.toolbar)
        self.addToolBar(self.toolbar)
        self.book.fill_menus(self.menuBar(), MENUS, SUBMENUS)
        self._dress(self.reader)
        self.desk.reader_added.connect(self._dress)

    @Slot(object)
    def _dress(self, reader: ReaderPanel) -> None:
        """Put the most used actions onto the bars of a reader."""
        specs = {spec.id: spec for spec in ACTIONS}
        for bar, identifiers in (
            (reader.bar, ("zoom_out", "zoom_in", "fit_width")),
            (reader.selection_bar, ("copy_with_citation", "make_excerpt", "make_and_link", "redact")),
        ):
            for identifier in identifiers:
                bar.add_button(button_for(self.book.actions[identifier], specs[identifier], bar))

    def reset_layout(self) -> None:
        """Put every panel where it was at first."""
        self.layouts.reset()

    def use_layout(self, identifier: str) -> None:
        """The panels for reading, analysis or the hearing."""
        self.layouts.use(identifier)
        self._mark_layout(self.layouts.layout_id)

    @Slot(str)
    def _mark_layout(self, identifier: str) -> None:
        self.book.mark_one(f"layout_{identifier}", [f"layout_{layout.id}" for layout in LAYOUTS])

    def restore(self) -> None:
        """Put size and panels back as they were when the program was last closed."""
        path = self.workspace.paths.window_state
        if restore_window_state(path, self):
            self.layouts.adopt(kept_layout(path))
        self._follow_case()

    def _connect(self) -> None:
        workspace, desk, excerpts = self.workspace, self.desk, self.excerpts
        for signal in (workspace.case_opened, workspace.case_closed, desk.document_changed):
            signal.connect(self._follow_case)
        self.calm.lock_due.connect(self.reopening.lock)
        self.reopening.locked.connect(self._follow_case)
        workspace.case_closing.connect(self._close_sheets)
        workspace.changed.connect(self._follow_change)
        workspace.theme_changed.connect(self._recolour)
        desk.selection_changed.connect(self._allow)
        excerpts.current_changed.connect(self._allow)
        documents = self._panel(DocumentsPanel)
        documents.import_requested.connect(self.case_actions.choose_files)
        self.bundles.composing.chosen_documents = lambda: [row.document.id for row in documents.selected_rows]
        self.bundles.composing.shown_document = lambda: self.reader.document.id if self.reader.document else None
        desk.excerpt_clicked.connect(excerpts.point_out)
        desk.excerpt_clicked.connect(desk.point_out)
        self.history.items = self._chosen_items
        self.subjects.show_excerpts_requested.connect(self.show_excerpts_of)
        self.timeline.sheet.chosen_sources = lambda: [
            Source(row.excerpt.id, row.reference) for row in excerpts.selected_rows
        ]
        self.panels["search"].excerpt_made.connect(excerpts.point_out)  # type: ignore[attr-defined]
        self.panels["search"].marks_asked.connect(self.redacting.mark_hits)  # type: ignore[attr-defined]
        self.marking.made.connect(excerpts.point_out)
        self.marking.made.connect(desk.point_out)
        wire_analysis(self)
        self.layouts.layout_changed.connect(self._mark_layout)
        self._mark_layout(self.layouts.layout_id)
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(workspace.refresh_theme)

    # Following

    @Slot()
    def _follow_case(self) -> None:
        has_case = self.workspace.has_case
        self.layouts.follow(has_case=has_case)
        without = _WELCOME if self.reopening.locked_path is None else _LOCKED
        middle = without if not has_case else _READER if self.reader.document is not None else _EMPTY
        self._middle.setCurrentIndex(middle)
        name = f"{self.workspace.case.path.name} – " if has_case else ""
        self.setWindowTitle(name + _(PROGRAM_NAME))
        self._follow_change()

    @Slot()
    def _follow_change(self, _change: Change | None = None) -> None:
        case = self.workspace.case if self.workspace.has_case else None
        undo, redo = (case.undo_name, case.redo_name) if case else (None, None)
        self.book.rename("undo", _("&Undo {what}").format(what=_(undo)) if undo else _("&Undo"))
        self.book.rename("redo", _("&Redo {what}").format(what=_(redo)) if redo else _("&Redo"))
        self._allow()

    @Slot()
    def _allow(self) -> None:
        workspace = self.workspace
        case = workspace.case if workspace.has_case else None
        self.book.allow(
            {
                "case": case is not None,
                "document": self.reader.document is not None,
                "selection": self.reader.has_selection,
                "excerpt": case is not None and self.excerpts.current_id is not None,
                "excerpts": case is not None and len(self.excerpts.selected_ids) > 1,
                "undo": case is not None and case.undo_name is not None,
                "redo": case is not None and case.redo_name is not None,
            }
        )

    @Slot()
    def _recolour(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, self.workspace.theme)
        self.book.tint(self.workspace.theme)

    # Actions of the window itself

    def show_panel(self, identifier: str) -> None:
        """Bring a panel to the front and put the keyboard there."""
        if identifier == "reader":
            self.reader.take_focus()
            return
        self.layouts.show(identifier)
        self.panels[identifier].take_focus()

    def show_subjects(self, kind: str) -> None:
        """Bring institutions, scope, themes, people or case studies to the front."""
        self.show_panel("subjects")
        self.subjects.show_kind(kind)

    @Slot(object)
    def show_excerpts_of(self, offers: list[Offer]) -> None:
        """List the excerpts that are linked to all of these."""
        self.show_panel("excerpts")
        self.excerpts.filters.show_only(offers)

    def show_record(self) -> None:
        """The history of what is chosen."""
        self.show_panel("history")
        self.history.show_record()

    def _chosen_items(self) -> list[tuple[str, str]]:
        """(name, id) of what is chosen in the panels, most particular first."""
        items = [(row.reference, row.id) for row in self.excerpts.selected_rows[:1]]
        if self.timeline.current is not None:
            items.append((self.timeline.current.event.title, self.timeline.current.id))
        items += [(row.name, row.id) for row in self.subjects.selected_rows[:1]]
        if self.reader.document is not None:
            items.append((self.reader.document.urn, self.reader.document.id))
        return items

    @property
    def _open_sheet(self) -> Popover | None:
        """The sheet that was opened last and is still open."""
        return next((sheet for sheet in reversed(self.findChildren(Popover)) if sheet.is_open), None)

    @Slot()
    def _close_sheets(self) -> None:
        """No sheet outlives its case: a locked window shows nothing of it."""
        for sheet in self.findChildren(Popover):
            sheet.close_sheet()

    def save_sheet(self) -> None:
        """Keep what stands in the open sheet."""
        sheet = self._open_sheet
        if sheet is not None:
            sheet.save()

    def step_back(self) -> None:
        """Leave the open sheet or the find bar, dismiss the message, else drop the selection."""
        sheet = self._open_sheet
        if sheet is not None:
            sheet.close_sheet()
            return
        if self.reader.finder.is_open:
            self.reader.finder.close()
        elif self.message_bar.text:
            self.message_bar.dismiss()
        else:
            self.reader.view.clear_selection()
        self.reader.take_focus()

    def step_hit(self, which: str) -> None:
        """To the next or previous hit: in the document while its find bar is open, else of the search."""
        by = 1 if which == "next" else -1
        if self.reader.finder.is_open:
            self.reader.finder.step(by)
        else:
            self.panels["search"].step_hit(by)  # type: ignore[attr-defined]

    def lock(self) -> None:
        """Close the case and drop its key until the passphrase is typed again."""
        self.reopening.lock()

    def close_window(self) -> None:
        """Close the case and the program."""
        self.close()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.calm.watch(self.windowHandle())

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        bar = event.child()
        if event.polished() and isinstance(bar, QTabBar):  # Qt makes these itself when panels are tabbed
            bar.setAccessibleName(_("Panels"))
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setExpanding(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.case_actions.receive(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        save_window_state(self.workspace.paths.window_state, self, self.layouts.layout_id)
        self.workspace.close_case()
        self.workspace.jobs.finish()
        for reader in self.desk.readers:
            reader.view.close_document()
        event.accept()
