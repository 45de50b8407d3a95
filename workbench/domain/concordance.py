"""Says what became of every page number from one build to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.page_map import MapRow


class Fate(StrEnum):
    """What became of a page: its number stayed, changed, is gone, or is there for the first time."""

    SAME = "same"
    MOVED = "moved"
    GONE = "gone"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcordanceRow:
    """One page by its source, with its number then and now, "" where it has none."""

    key: str
    urn: str
    source_page_number: int
    title: str
    old_label: str
    new_label: str
    fate: Fate


def concordance(old: Iterable[MapRow], new: Iterable[MapRow]) -> list[ConcordanceRow]:
    """Every page of either build, in the new order, those that are gone at the end.

    Pages of our own (cover, index) are left out: nobody cites them.
    """
    before = {row.key: row for row in old if row.urn}
    after = {row.key: row for row in new if row.urn}
    rows = [_row(before.get(key), row) for key, row in after.items()]
    return rows + [_row(row, None) for key, row in before.items() if key not in after]


def _row(old: MapRow | None, new: MapRow | None) -> ConcordanceRow:
    shown = new or old
    assert shown is not None
    labels = (old.label if old else "", new.label if new else "")
    if old is None:
        fate = Fate.ADDED
    elif new is None:
        fate = Fate.GONE
    else:
        fate = Fate.SAME if labels[0] == labels[1] else Fate.MOVED
    return ConcordanceRow(
        key=shown.key,
        urn=shown.urn,
        source_page_number=shown.source_page_number,
        title=shown.title,
        old_label=labels[0],
        new_label=labels[1],
        fate=fate,
    )
