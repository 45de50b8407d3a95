"""What became of every page number when a bundle was built again: the same, moved, gone, or added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.page_map import MapRow, PageKind


class Fate(StrEnum):
    """What happened to a page between two builds."""

    SAME = "same"
    MOVED = "moved"
    GONE = "gone"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcordanceRow:
    """One page of a document, with its number in the older and in the newer build; "" where it has none."""

    urn: str
    page_number: int
    old_label: str
    new_label: str
    status: Fate


def concordance(old: Sequence[MapRow], new: Sequence[MapRow]) -> tuple[ConcordanceRow, ...]:
    """Every page of a document in the order of the older build, then what the newer one added.

    A page that stands in a build more than once is paired in order.
    """
    waiting: dict[tuple[str, int], list[MapRow]] = {}
    for row in _documents(new):
        waiting.setdefault((row.urn, row.source_page_number), []).append(row)
    rows = []
    for row in _documents(old):
        found = waiting.get((row.urn, row.source_page_number))
        rows.append(_compared(row, found.pop(0) if found else None))
    added = sorted((row for left in waiting.values() for row in left), key=lambda row: row.physical_index)
    return (*rows, *(_row(row, "", row.label, Fate.ADDED) for row in added))


def _documents(rows: Sequence[MapRow]) -> list[MapRow]:
    return [row for row in rows if row.kind is PageKind.DOCUMENT]


def _compared(old: MapRow, new: MapRow | None) -> ConcordanceRow:
    if new is None:
        return _row(old, old.label, "", Fate.GONE)
    return _row(old, old.label, new.label, Fate.SAME if old.label == new.label else Fate.MOVED)


def _row(row: MapRow, old_label: str, new_label: str, status: Fate) -> ConcordanceRow:
    return ConcordanceRow(
        urn=row.urn, page_number=row.source_page_number, old_label=old_label, new_label=new_label, status=status
    )
