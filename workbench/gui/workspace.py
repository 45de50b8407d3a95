"""The open case as the window's parts see it: what it holds, what changed, what is being looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from workbench.domain.change import Change
from workbench.domain.errors import WorkbenchError
from workbench.domain.geometry import Box, Word
from workbench.domain.ids import DocumentId, ExcerptId
from workbench.domain.progress import Ticket
from workbench.gui.errors import fault_sentence, sentence_of, write_crash_report
from workbench.gui.jobs import Job, JobRunner
from workbench.gui.theme import Theme, chosen_theme
from workbench.runtime.paths import Paths
from workbench.runtime.settings import Settings, save_settings
from workbench.services.page_words import PageReader
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere in a document: a page, boxes on it to bring into view, an excerpt or a redaction to point out."""

    document: DocumentId
    page_index: int = 0
    boxes: tuple[Box, ...] = ()
    excerpt: ExcerptId | None = None
    query: str = ""
    redaction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A sentence for the bar above the page; ``tone`` is notice, warning, failure or success."""

    text: str
    tone: str = "notice"
    action_text: str = ""
    action: Callable[[], None] | None = None


class OnePageReader(PageReader):
    """Answers several threads, one after another."""

    def __init__(self) -> None:
        super().__init__()
        self._asking = threading.Lock()

    def words(self, case: CaseFile, sha256: str, page_index: int) -> list[Word]:
        with self._asking:
            return super().words(case, sha256, page_index)


class Workspace(QObject):
    """Handed to every part of the window. All writes go through ``write``; all news comes from its signals.

    While a case closes, ``case_leaving`` comes first (everything is still shown), then ``case_closing`` (let go of
    it), then ``case_closed``.
    """

    case_opened = Signal()
    case_leaving = Signal()
    case_closing = Signal()
    case_closed = Signal()
    changed = Signal(object)
    place_requested = Signal(object)
    document_shown = Signal(str)
    message_posted = Signal(object)
    theme_changed = Signal(object)
    settings_changed = Signal()
    _heard = Signal(object)

    def __init__(self, settings: Settings, paths: Paths) -> None:
        super().__init__()
        self.settings = settings
        self.paths = paths
        self.theme: Theme = chosen_theme(settings.appearance)
        self.jobs = JobRunner(self)
        self._case: CaseFile | None = None
        self._words: PageReader | None = None
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    # The case

    @property
    def case(self) -> CaseFile:
        """The open case; only asked for while there is one."""
        if self._case is None:
            raise RuntimeError("no case is open")
        return self._case

    @property
    def words(self) -> PageReader:
        """Tells where words stand; may be asked from any working thread."""
        if self._words is None:
            raise RuntimeError("no case is open")
        return self._words

    @property
    def has_case(self) -> bool:
        return self._case is not None

    def adopt(self, case: CaseFile) -> None:
        """Show a case that has just been opened; the one before is closed."""
        self.close_case()
        self._case = case
        self._words = OnePageReader()
        case.listeners.append(self._heard.emit)
        self.case_opened.emit()

    def close_case(self) -> None:
        """End all work, fold the case into its file and let it go."""
        if self._case is None:
            return
        self.case_leaving.emit()
        self.case_closing.emit()
        self.jobs.finish()
        case, self._case = self._case, None
        case.listeners.clear()
        self.words.close()
        try:
            case.close()
        except WorkbenchError as error:
            self.show_error(error)
        self.case_closed.emit()

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self._case is not None:
            self.changed.emit(change)

    # Work

    def read(self, name: str, work: Callable[[CaseFile, Ticket], Any], then: Callable[[Any], None]) -> Job:
        """Read from the case on another thread, then hand the result over on this one."""
        return self._start(name, work, then, writes=False, shown=False)

    def write(
        self,
        name: str,
        work: Callable[[CaseFile, Ticket], Any],
        then: Callable[[Any], None] | None = None,
        *,
        shown: bool = False,
    ) -> Job:
        """Change the case on the writing thread; ``shown`` work has a progress row that can cancel it."""
        return self._start(name, work, then, writes=True, shown=shown)

    def _start(
        self,
        name: str,
        work: Callable[[CaseFile, Ticket], Any],
        then: Callable[[Any], None] | None,
        *,
        writes: bool,
        shown: bool,
    ) -> Job:
        case = self.case
        job = Job(name, lambda ticket: work(case, ticket), writes=writes, shown=shown)

        def hand_over(result: object) -> None:
            if then is not None and self._case is case:
                then(result)

        job.succeeded.connect(hand_over)
        job.failed.connect(self.show_error)
        return self.jobs.start(job)

    # News

    def say(self, text: str, tone: str = "notice", *, do: tuple[str, Callable[[], None]] | None = None) -> None:
        """Put a sentence into the bar above the page, with at most one thing to do about it."""
        label, action = do if do is not None else ("", None)
        self.message_posted.emit(Message(text=text, tone=tone, action_text=label, action=action))

    def show_error(self, error: BaseException) -> None:
        """The error's own sentence, or a crash report for a fault of the program."""
        sentence = sentence_of(error)
        if sentence is None:
            sentence = fault_sentence(write_crash_report(self.paths.crash_reports, error))
        self.say(sentence, "failure")

    def go_to(self, place: Place) -> None:
        """Ask the reader to show a place."""
        self.place_requested.emit(place)

    # Settings

    def change_settings(self, **values: str | bool | int) -> None:
        """Keep new settings and show them."""
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]
        self.refresh_theme()
        self.settings_changed.emit()
        try:
            save_settings(self.paths.settings, self.settings)
        except WorkbenchError as error:
            self.show_error(error)

    def refresh_theme(self) -> None:
        """Follow the chosen or the desktop's appearance."""
        theme = chosen_theme(self.settings.appearance)
        if theme != self.theme:
            self.theme = theme
            self.theme_changed.emit(theme)


def touches_any(change: Change, tables: Sequence[str]) -> bool:
    """True when the change altered a row of one of the tables."""
    return any(change.touches(table) for table in tables)
