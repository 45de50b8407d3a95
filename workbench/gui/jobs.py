"""Long work beside the window: one thread that writes, a few that read, and how they report back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from workbench.domain.errors import Cancelled
from workbench.domain.progress import Progress, Ticket

READERS = 2


class Job(QObject):
    """One piece of work; lives on the main thread, and so do the slots that follow it.

    ``progressed(Progress)``, then one of ``succeeded(result)``, ``failed(error)``, ``cancelled()``,
    then ``ended()``.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    _told = Signal(str, object)

    def __init__(self, name: str, work: Callable[[Ticket], Any], *, writes: bool = False, shown: bool = False) -> None:
        super().__init__()
        self.name = name
        self.writes = writes
        self.shown = shown
        self.ticket = Ticket(self._tick)
        self._work = work
        self._told.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop."""
        self.ticket.cancel()

    def perform(self) -> None:
        """Do the work; called on a worker thread."""
        try:
            self.ticket.check()
            told: tuple[str, object] = ("succeeded", self._work(self.ticket))
        except Cancelled:
            told = ("cancelled", None)
        except Exception as error:  # noqa: BLE001 - a named border: whatever happened is shown or reported
            told = ("failed", error)
        self._told.emit(*told)

    def _tick(self, progress: Progress) -> None:
        self._told.emit("progressed", progress)

    @Slot(str, object)
    def _receive(self, what: str, news: object) -> None:
        if what == "progressed":
            self.progressed.emit(news)
            return
        if what == "cancelled":
            self.cancelled.emit()
        elif what == "failed":
            self.failed.emit(news)
        else:
            self.succeeded.emit(news)
        self.ended.emit()


class JobRunner(QObject):
    """Runs jobs: those that write one after another, those that read a few at a time.

    The threads are Python's own: a ``QRunnable`` is freed by Qt on its thread, which can crash with objects of Python.
    """

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Threads live as long as the window: each keeps its own read connection to the case.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._running: list[Job] = []
        self._promises: list[Future[None]] = []

    def start(self, job: Job) -> Job:
        """Begin the work as soon as a thread is free."""
        self._running.append(job)
        job.ended.connect(self._tidy)
        self.started.emit(job)
        self._promises = [promise for promise in self._promises if not promise.done()]
        self._promises.append((self._writer if job.writes else self._readers).submit(job.perform))
        return job

    @property
    def running(self) -> tuple[Job, ...]:
        """Jobs that have not ended yet."""
        return tuple(self._running)

    def finish(self) -> None:
        """Cancel everything and wait for the threads; the window calls this before it closes a case."""
        for job in self._running:
            job.cancel()
        wait(self._promises)
        self._promises = []

    @Slot()
    def _tidy(self) -> None:
        job = self.sender()
        if job in self._running:
            self._running.remove(job)
