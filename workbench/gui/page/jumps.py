"""Remembers where the reader was before each jump, for the way back and forward."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.ids import DocumentId

MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """A document and how far down it the view stood, 0 to 1."""

    document: DocumentId
    fraction: float
    page_index: int


class Jumps:
    """Two stacks; a new jump forgets the way forward."""

    def __init__(self) -> None:
        self._back: list[Spot] = []
        self._forward: list[Spot] = []

    @property
    def can_go_back(self) -> bool:
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        return bool(self._forward)

    def leave(self, spot: Spot | None) -> None:
        """The reader jumps away from here."""
        if spot is not None and (not self._back or self._back[-1] != spot):
            self._back = [*self._back[-MOST_KEPT + 1 :], spot]
            self._forward.clear()

    def back(self, here: Spot | None) -> Spot | None:
        """Where the reader was before the last jump."""
        return _move(self._back, self._forward, here)

    def forward(self, here: Spot | None) -> Spot | None:
        """Where the reader was before going back."""
        return _move(self._forward, self._back, here)

    def forget(self) -> None:
        """Remember nothing."""
        self._back.clear()
        self._forward.clear()


def _move(source: list[Spot], other: list[Spot], here: Spot | None) -> Spot | None:
    if not source:
        return None
    if here is not None:
        other.append(here)
    return source.pop()
