"""A view that a person named: columns, filters and words. It holds typed words, so it stays in the case."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.ids import SavedViewId


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """``room`` is where it belongs (``documents`` or ``search``); ``query`` is that room's own JSON object."""

    id: SavedViewId
    name: str
    room: str
    query: str
