"""Looks after the person and the case: a word after long reading, a lock after long absence."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QWindow

from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _

LOOK_EVERY_MS = 10_000
#: After so long without a key or a click, reading counts as having paused.
PAUSE_SECONDS = 5 * 60
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.NativeGesture,
    }
)


class Calm(QObject):
    """``lock_due`` when nobody was there for as long as the settings say; ``clock`` tells seconds."""

    lock_due = Signal()

    def __init__(self, workspace: Workspace, parent: QObject, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._workspace, self._clock = workspace, clock
        self._last_sign = self._reading_since = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def watch(self, window: QWindow | None) -> None:
        """Look out for signs of life in a window of the system.

        There, not in the whole application: input comes by here before any widget, and little else does.
        """
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self.note_life()
        return False

    def note_life(self) -> None:
        """Someone is there."""
        now = self._clock()
        if now - self._last_sign > PAUSE_SECONDS:
            self._reading_since = now
        self._last_sign = now

    @Slot()
    def look(self) -> None:
        """Lock or remind, when it is time for it."""
        if not self._workspace.has_case:
            self._reading_since = self._clock()
            return
        settings, now = self._workspace.settings, self._clock()
        idle = now - self._last_sign
        if settings.lock_after_minutes and idle >= settings.lock_after_minutes * 60 and not self._is_working():
            self.lock_due.emit()
        elif settings.pause_reminder_minutes and now - self._reading_since >= settings.pause_reminder_minutes * 60:
            self._reading_since = now
            if idle < PAUSE_SECONDS:
                self._remind()

    def _is_working(self) -> bool:
        """An import or a bundle is finished before the case is locked."""
        return any(job.shown for job in self._workspace.jobs.running)

    def _remind(self) -> None:
        minutes = self._workspace.settings.pause_reminder_minutes
        self._workspace.say(
            _("You have been reading for {n} minutes. A short pause does the eyes and the mind good.").format(
                n=minutes
            ),
            do=(_("Do not remind me"), lambda: self._workspace.change_settings(pause_reminder_minutes=0)),
        )
