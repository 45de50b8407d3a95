"""Says what became of every page number from one build to the next."""

from __future__ import annotations

from collections import Counter
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

    urn: str
    source_page_number: int
    title: str
    old_label: str
    new_label: str
    fate: Fate


def concordance(old: Iterable[MapRow], new: Iterable[MapRow]) -> list[ConcordanceRow]:
    """Every page in the order of the older build, those that were added behind them.

    A page that stands in a build more than once is paired in order. Pages of our own (cover, index) are left out:
    nobody cites them.
    """
    before, after = _by_page(old), _by_page(new)
    rows = [_row(row, after.get(page)) for page, row in before.items()]
    return rows + [_row(None, row) for page, row in after.items() if page not in before]


def _by_page(rows: Iterable[MapRow]) -> dict[tuple[str, int, int], MapRow]:
    seen: Counter[tuple[str, int]] = Counter()
    found = {}
    for row in rows:
        if row.urn:
            page = (row.urn, row.source_page_index)
            seen[page] += 1
            found[(*page, seen[page])] = row
    return found


def _row(old: MapRow | None, new: MapRow | None) -> ConcordanceRow:
    shown = old or new
    assert shown is not None
    labels = (old.label if old else "", new.label if new else "")
    if old is None:
        fate = Fate.ADDED
    elif new is None:
        fate = Fate.GONE
    else:
        fate = Fate.SAME if labels[0] == labels[1] else Fate.MOVED
    return ConcordanceRow(
        urn=shown.urn,
        source_page_number=shown.source_page_number,
        title=shown.title,
        old_label=labels[0],
        new_label=labels[1],
        fate=fate,
    )
