"""Serves a window's events outside pytest-qt, for sessions in a process of their own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

PATIENCE_MS = 600_000


def until(condition: Callable[[], bool]) -> None:
    """Serve the window until the condition holds."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not condition():
        if deadline.hasExpired():
            raise TimeoutError("the window did not come to rest")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
