"""Page ranges and page maps count as people do."""

from __future__ import annotations

import pytest

from workbench.domain.errors import Refused
from workbench.domain.numbering import Numbering
from workbench.domain.page_map import BundlePlan, FrontCounts, PlannedEntry, label_ranges, map_pages
from workbench.domain.page_ranges import parse_page_range


@pytest.mark.parametrize(
    ("text", "indices"), [("", (0, 1, 2, 3, 4)), ("2-3, 5", (1, 2, 4)), ("4–", (3, 4)), ("5,1", (4, 0)), (" 2 ", (1,))]
)
def test_ranges_are_read_as_typed(text: str, indices: tuple[int, ...]) -> None:
    assert parse_page_range(text, 5) == indices


@pytest.mark.parametrize("text", ["0", "6", "3-2", "a", "1,,2", "1-2-3", "2, 1-3", "-"])
def test_impossible_ranges_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_page_range(text, 5)


def _plan(count: int) -> BundlePlan:
    entries = tuple(
        PlannedEntry(
            number=n,
            section="S",
            title=f"T{n}",
            on="",
            urn=f"U{n}",
            sha256="x",
            source_page_count=2,
            page_indices=(0, 1),
        )
        for n in range(1, count + 1)
    )
    return BundlePlan(title="B", subtitle="", profile="p", sections=("S",), entries=entries, built_on="2026-01-01")


def test_every_page_is_mapped_once_behind_cover_and_index() -> None:
    page_map = map_pages(_plan(3), FrontCounts(index_pages=2), Numbering())
    assert page_map.labels == tuple(str(n) for n in range(1, 10))
    assert [row.kind.value for row in page_map.rows[:4]] == ["cover", "index", "index", "document"]
    assert page_map.first_of(2).label == "6"


def test_labels_are_written_as_runs() -> None:
    assert label_ranges(["1", "2", "3", "3.1", "3.2", "4"]) == [(0, "", 1), (3, "3.", 1), (5, "", 4)]
    assert label_ranges(["A1", "A2", "B1"]) == [(0, "A", 1), (2, "B", 1)]
