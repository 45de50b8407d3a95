"""The page map: the one table from which stamp, label, bookmark, index row, link and citation are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.errors import Refused

#: Gives the label of the n-th page of the bundle (from 0).
NumberingScheme = Callable[[int], str]


class PageKind(StrEnum):
    """What a page of a bundle is."""

    COVER = "cover"
    INDEX = "index"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEntry:
    """One row of the index: a document, or some of its pages (indices from 0).

    ``letters`` counts what the case reads on each of these pages, so that a check can see a page come out empty.
    """

    number: int
    section: str
    title: str
    on: str
    urn: str
    sha256: str
    source_page_count: int
    page_indices: tuple[int, ...]
    letters: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePlan:
    """A bundle before it is built; entries in order, those of one section together."""

    title: str
    subtitle: str
    profile: str
    sections: tuple[str, ...]
    entries: tuple[PlannedEntry, ...]
    built_on: str

    @property
    def document_pages(self) -> int:
        return sum(len(entry.page_indices) for entry in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One page of the bundle: where it stands, what it is called, and which page of which source it shows."""

    physical_index: int
    label: str
    kind: PageKind
    section: str = ""
    entry: int = 0
    urn: str = ""
    title: str = ""
    sha256: str = ""
    source_page_index: int = -1

    @property
    def source_page_number(self) -> int:
        """From 1; 0 for pages that come from no source."""
        return self.source_page_index + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMap:
    """All pages of a bundle, in order."""

    rows: tuple[MapRow, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(row.label for row in self.rows)

    def first_of(self, entry: int) -> MapRow:
        """The first page of an entry, by its number in the index."""
        return next(row for row in self.rows if row.entry == entry)

    def index_pages(self) -> tuple[MapRow, ...]:
        """The pages that the index stands on."""
        return tuple(row for row in self.rows if row.kind is PageKind.INDEX)


def continuous(start: int = 1) -> NumberingScheme:
    """1, 2, 3 ... to the end, front pages counted."""
    return lambda physical_index: str(start + physical_index)


def map_pages(plan: BundlePlan, index_page_count: int, scheme: NumberingScheme) -> PageMap:
    """The page map for a plan once it is known how many pages its index takes."""
    rows = [MapRow(physical_index=0, label=scheme(0), kind=PageKind.COVER)]
    for _ in range(index_page_count):
        rows.append(MapRow(physical_index=len(rows), label=scheme(len(rows)), kind=PageKind.INDEX))
    for entry in plan.entries:
        for page_index in entry.page_indices:
            rows.append(
                MapRow(
                    physical_index=len(rows),
                    label=scheme(len(rows)),
                    kind=PageKind.DOCUMENT,
                    section=entry.section,
                    entry=entry.number,
                    urn=entry.urn,
                    title=entry.title,
                    sha256=entry.sha256,
                    source_page_index=page_index,
                )
            )
    return PageMap(rows=tuple(rows))


_MOST_PASSES = 8


def settle(plan: BundlePlan, scheme: NumberingScheme, measure: Callable[[PageMap], int]) -> PageMap:
    """The page map whose index takes exactly the pages it counts; ``measure`` lays an index out and counts.

    Raises ``Refused`` when the count does not come to rest.
    """
    count = 1
    for _ in range(_MOST_PASSES):
        page_map = map_pages(plan, count, scheme)
        measured = measure(page_map)
        if measured == count:
            return page_map
        count = measured
    raise Refused(f"The index of “{plan.title}” does not settle on a number of pages. Shorten its longest titles.")


def label_ranges(labels: Sequence[str]) -> list[tuple[int, str, int]]:
    """(first physical index, prefix, number) of every run of labels that counts up by one behind one prefix."""
    runs: list[tuple[int, str, int]] = []
    expected = ""
    for index, label in enumerate(labels):
        digits = len(label) - len(label.rstrip("0123456789"))
        prefix, number = label[: len(label) - digits], int(label[len(label) - digits :]) if digits else 0
        if label != expected or not runs:
            runs.append((index, prefix, number))
        expected = f"{prefix}{number + 1}"
    return runs
