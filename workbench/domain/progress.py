"""How long work tells how far it has come, and how it is asked to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from workbench.domain.errors import Cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """``done`` of ``total`` steps; ``total`` 0 means not known yet. ``what`` is shown to the person."""

    done: int
    total: int
    what: str


class Ticket:
    """Handed to a service: the service ticks it, anyone holding it may cancel. Thread-safe."""

    def __init__(self, listener: Callable[[Progress], None] | None = None) -> None:
        self._listener = listener
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next tick."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def tick(self, done: int, total: int, what: str) -> None:
        """Report progress; raises ``Cancelled`` when the person asked to stop."""
        self.check()
        if self._listener is not None:
            self._listener(Progress(done=done, total=total, what=what))

    def check(self) -> None:
        """Raise ``Cancelled`` when the person asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled
