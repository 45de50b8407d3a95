"""Keeps account of what an audience may see: excerpts, and the records that rest on nothing but hidden ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from workbench.domain.excerpt import Excerpt

#: Gives an excerpt as it may be shown; None for one that may not.
Shown = Callable[[Excerpt], Excerpt | None]


class WhatIsShown:
    """Excerpts as they may be shown, by id; ``hidden`` are ids of what may not be, ``dropped`` those of records."""

    def __init__(self, excerpts: Iterable[Excerpt], shown: Shown) -> None:
        every: dict[str, Excerpt | None] = {item.id: shown(item) for item in excerpts}
        self.excerpts = {identifier: item for identifier, item in every.items() if item is not None}
        self.hidden: set[str] = {*every} - {*self.excerpts}
        self.dropped: set[str] = set()

    def drops(self, identifier: str, rests_on: Sequence[str]) -> bool:
        """Whether a record rests on nothing but what is hidden; it is hidden then as well.

        It says in other words what is withheld.
        """
        if not rests_on or not self.hidden.issuperset(rests_on):
            return False
        self.hidden.add(identifier)
        self.dropped.add(identifier)
        return True
