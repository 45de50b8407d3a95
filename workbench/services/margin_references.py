"""Looks for references inside the documents of a bundle and says which marks go into their margins."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.anchoring import boxes_between
from workbench.domain.citation_styles import Wording, mark_for, render
from workbench.domain.citations import FoundReference, Style
from workbench.domain.document import Page
from workbench.domain.errors import ChildFailed, FileRefused
from workbench.domain.geometry import Box, Word
from workbench.domain.margin_marks import PageMarks, Pointer, margin_marks
from workbench.domain.page_map import BundlePlan, MapRow, PageKind, PageMap
from workbench.domain.progress import Ticket
from workbench.domain.resolving import Resolution
from workbench.services.citing import finder_for, resolver_for, wording_for
from workbench.services.page_words import PageReader
from workbench.store.case_file import CaseFile

#: (SHA-256 of the original, page index) -> what is burnt in there; its words are gone.
Burnt = Callable[[str, int], Sequence[Box]]
#: A page with a shorter side is put into the middle of a larger one.
_LEAST_SIDE_PT = 120.0


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
    """The marks of each page by its physical index, and the references that have none."""

    pages: Mapping[int, PageMarks]
    unresolved: tuple[ReferenceWithoutMark, ...]

    def without(self, indices: Collection[int], page_map: PageMap) -> ReferenceMarks:
        """The same without the marks of some pages, whose references are told as having none."""
        lost = tuple(
            ReferenceWithoutMark(
                physical_index=index,
                label=page_map.rows[index].label,
                urn=page_map.rows[index].urn,
                text=mark.text,
                reason="the page was turned",
            )
            for index, page in self.pages.items()
            if index in indices
            for mark in page.marks
        )
        kept = {index: page for index, page in self.pages.items() if index not in indices}
        return ReferenceMarks(pages=kept, unresolved=(*self.unresolved, *lost))

    @property
    def links(self) -> tuple[tuple[int, int], ...]:
        """Page and target, by physical index, of every link that must be in the finished file."""
        return tuple(
            (index, mark.target) for index, page in self.pages.items() for mark in page.marks if mark.target is not None
        )

    @property
    def drawn(self) -> dict[int, list[tuple[float, float, float, float]]]:
        """The places of the marks by page, in parts of its width and height from the top left."""
        return {
            index: [
                (
                    mark.box.x0 / page.width_pt,
                    mark.box.y0 / page.height_pt,
                    mark.box.x1 / page.width_pt,
                    mark.box.y1 / page.height_pt,
                )
                for mark in page.marks
            ]
            for index, page in self.pages.items()
        }

    @property
    def not_found(self) -> tuple[str, ...]:
        """A line for each reference without a mark: ``page 12 (INQ000004): “INQ000009_001”: ...``."""
        return tuple(f"page {one.label} ({one.urn}): “{one.text}”: {one.reason}" for one in self.unresolved)


def reference_marks(
    case: CaseFile,
    plan: BundlePlan,
    page_map: PageMap,
    ticket: Ticket | None = None,
    *,
    rows: Sequence[MapRow] = (),
    mark: str | None = None,
    burnt: Burnt = lambda sha256, page_index: (),
) -> ReferenceMarks:
    """The marks for every reference to another document that a document of this file makes.

    ``rows`` are the pages of all volumes when there are several; words under ``burnt`` boxes are not looked at. A
    document's references to itself get no mark.
    """
    looking = _Looking(case, page_map, rows or page_map.rows, mark_for(plan.title) if mark is None else mark, burnt)
    documents = [row for row in page_map.rows if row.kind is PageKind.DOCUMENT]
    ticket = ticket or Ticket()
    with looking.reader:
        for done, row in enumerate(documents):
            ticket.tick(done, len(documents), f"References in {row.urn}")
            looking.look_at(row)
    return ReferenceMarks(pages=looking.pages, unresolved=tuple(looking.unresolved))


class _Looking:
    """Goes through the pages of one file."""

    def __init__(self, case: CaseFile, page_map: PageMap, rows: Sequence[MapRow], mark: str, burnt: Burnt) -> None:
        self._case, self._burnt = case, burnt
        self._volume = page_map.rows[0].volume if page_map.rows else 1
        # Without the bundle's mark: a page number in a document is that of some bundle of its own time.
        self._finder = finder_for(rows, (), case)
        self._resolver = resolver_for(rows, case=case)
        self._wording = wording_for(rows, mark, case)
        self._open: tuple[str, list[Page]] = ("", [])
        self.reader = PageReader()
        self.pages: dict[int, PageMarks] = {}
        self.unresolved: list[ReferenceWithoutMark] = []

    def look_at(self, row: MapRow) -> None:
        """Place the marks of one page."""
        page = self._page(row)
        found = list(self._finder.find(page.text))
        if not found:
            return
        boxes = self._burnt(row.sha256, row.source_page_index)
        pointers: list[Pointer] = []
        try:
            words = self.reader.words(self._case, row.sha256, row.source_page_index)
        except (ChildFailed, FileRefused) as error:
            self._note(row, "its references", str(error))
            return
        for one in found:
            if not _is_under(one, words, boxes):
                pointers += self._pointers(row, one)
        self._place(row, page, pointers, words)

    def _pointers(self, row: MapRow, found: FoundReference) -> list[Pointer]:
        """Where a reference leads; nowhere when it is to its own document or was not found, which is noted."""
        resolution = self._resolver.resolve(found.place)
        if {citation.urn for citation in resolution.citations} == {row.urn}:
            return []
        if resolution.is_found:
            return [self._pointer(found, resolution)]
        self._note(row, found.text, resolution.reason)
        return []

    def _place(self, row: MapRow, page: Page, pointers: list[Pointer], words: list[Word]) -> None:
        is_small = min(page.width_pt, page.height_pt) < _LEAST_SIDE_PT
        marks, without = ([], pointers) if is_small else margin_marks(pointers, words, page.width_pt, page.height_pt)
        for pointer in without:
            text = page.text[pointer.start : pointer.end]
            self._note(row, text, "There is no room for a mark in the margin of its page.")
        if marks:
            self.pages[row.physical_index] = PageMarks(
                width_pt=page.width_pt, height_pt=page.height_pt, marks=tuple(marks)
            )

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

    def _page(self, row: MapRow) -> Page:
        """The page as stored; pages of one document come one after the other."""
        if self._open[0] != row.sha256:
            self._open = (row.sha256, self._case.pages(row.sha256))
        return self._open[1][row.source_page_index]

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


def _is_under(found: FoundReference, words: Sequence[Word], burnt: Sequence[Box]) -> bool:
    """True when a burnt box touches the words, so that they cannot be read any more."""
    if not burnt:
        return False
    boxes = boxes_between(words, found.start, found.end)
    return any(
        box.x0 < other.x1 and other.x0 < box.x1 and box.y0 < other.y1 and other.y0 < box.y1
        for box in boxes
        for other in burnt
    )
