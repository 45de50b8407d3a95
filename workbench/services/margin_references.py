"""Looks for references inside the documents of a bundle and says which marks go into their margins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.citation_styles import Wording, mark_for, render
from workbench.domain.citations import FoundReference, Style
from workbench.domain.errors import ChildFailed, FileRefused
from workbench.domain.margin_marks import MarginMark, Pointer, margin_marks
from workbench.domain.page_map import BundlePlan, MapRow, PageKind, PageMap
from workbench.domain.progress import Ticket
from workbench.domain.resolving import Resolution
from workbench.services.citing import finder_for, resolver_for, wording_for
from workbench.services.page_words import PageReader
from workbench.store.case_file import CaseFile

#: (URN, page index from 0, half-open offsets) -> True where a redaction covers the words.
Hides = Callable[[str, int, int, int], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceWithoutMark:
    """A reference in a document that got no link in the margin, and why."""

    physical_index: int
    label: str
    urn: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceMarks:
    """The marks of each page by its physical index, how large that page is, and the references without a mark."""

    marks: Mapping[int, tuple[MarginMark, ...]]
    sizes: Mapping[int, tuple[float, float]]
    unresolved: tuple[ReferenceWithoutMark, ...]

    @property
    def count(self) -> int:
        """How many references are linked."""
        return sum(map(len, self.marks.values()))


def reference_marks(
    case: CaseFile,
    plan: BundlePlan,
    page_map: PageMap,
    ticket: Ticket | None = None,
    *,
    rows: Sequence[MapRow] = (),
    mark: str | None = None,
    hides: Hides = lambda urn, index, start, end: False,
) -> ReferenceMarks:
    """The marks for every reference to another document that a document of this file makes.

    ``rows`` are the pages of all volumes when there are several; words that ``hides`` covers are not looked at. A
    document's references to itself get no mark.
    """
    looking = _Looking(case, page_map, rows or page_map.rows, mark_for(plan.title) if mark is None else mark, hides)
    documents = [row for row in page_map.rows if row.kind is PageKind.DOCUMENT]
    with PageReader() as reader:
        for done, row in enumerate(documents):
            (ticket or Ticket()).tick(done, len(documents), f"References in {row.urn}")
            looking.look_at(row, reader)
    return ReferenceMarks(marks=looking.marks, sizes=looking.sizes, unresolved=tuple(looking.unresolved))


class _Looking:
    """Goes through the pages of one file."""

    def __init__(self, case: CaseFile, page_map: PageMap, rows: Sequence[MapRow], mark: str, hides: Hides) -> None:
        self._case, self._hides = case, hides
        self._volume = page_map.rows[0].volume if page_map.rows else 1
        # Without the bundle's mark: a page number in a document is that of some bundle of its own time.
        self._finder = finder_for(rows, (), case)
        self._resolver = resolver_for(rows, case=case)
        self._wording = wording_for(rows, mark, case)
        self._texts: tuple[str, list[tuple[str, float, float]]] = ("", [])
        self.marks: dict[int, tuple[MarginMark, ...]] = {}
        self.sizes: dict[int, tuple[float, float]] = {}
        self.unresolved: list[ReferenceWithoutMark] = []

    def look_at(self, row: MapRow, reader: PageReader) -> None:
        """Place the marks of one page."""
        text, width_pt, height_pt = self._page(row)
        pointers = []
        for found in self._finder.find(text):
            if self._hides(row.urn, row.source_page_index, found.start, found.end):
                continue
            resolution = self._resolver.resolve(found.place)
            if {citation.urn for citation in resolution.citations} == {row.urn}:
                continue
            if resolution.is_found:
                pointers.append(self._pointer(found, resolution))
            else:
                self._note(row, found.text, resolution.reason)
        if pointers:
            self._place(row, pointers, text, width_pt, height_pt, reader)

    def _place(
        self, row: MapRow, pointers: list[Pointer], text: str, width_pt: float, height_pt: float, reader: PageReader
    ) -> None:
        try:
            words = reader.words(self._case, row.sha256, row.source_page_index)
        except (ChildFailed, FileRefused) as error:
            for pointer in pointers:
                self._note(row, text[pointer.start : pointer.end], str(error))
            return
        marks, without = margin_marks(pointers, words, width_pt, height_pt)
        for pointer in without:
            self._note(row, text[pointer.start : pointer.end], "There is no room for a mark in the margin of its page.")
        self.marks[row.physical_index] = tuple(marks)
        self.sizes[row.physical_index] = (width_pt, height_pt)

    def _pointer(self, found: FoundReference, resolution: Resolution) -> Pointer:
        first = Resolution(citations=resolution.citations, rows=resolution.rows[:1])
        short = Wording(has_volumes=self._wording.has_volumes)
        is_here = first.rows[0].volume == self._volume
        return Pointer(
            start=found.start,
            end=found.end,
            label=_plain(render(first, Style.BUNDLE, self._wording)),
            shorter=_plain(render(first, Style.BUNDLE, short)),
            target=first.rows[0].physical_index if is_here else None,
        )

    def _page(self, row: MapRow) -> tuple[str, float, float]:
        """Text and size of a page; pages of one document come one after the other."""
        if self._texts[0] != row.sha256:
            pages = [(page.text, page.width_pt, page.height_pt) for page in self._case.pages(row.sha256)]
            self._texts = (row.sha256, pages)
        return self._texts[1][row.source_page_index]

    def _note(self, row: MapRow, text: str, reason: str) -> None:
        self.unresolved.append(
            ReferenceWithoutMark(
                physical_index=row.physical_index,
                label=row.label,
                urn=row.urn,
                text=" ".join(text.split()),
                reason=reason,
            )
        )


def _plain(label: str) -> str:
    """Without the number of a paragraph, which stands beside the words anyway."""
    return label.partition(", paragraph ")[0]
