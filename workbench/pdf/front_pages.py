"""Draws the cover, the index and the dividers of a bundle, and says where every row of the index stands."""

from __future__ import annotations

from dataclasses import dataclass

import pymupdf

from workbench.domain.dates import in_words
from workbench.domain.geometry import Box
from workbench.domain.page_map import BundlePlan, FrontCounts, MapRow, OtherVolume, PageKind, PageMap
from workbench.pdf.front_layout import (
    DATE_LEFT,
    LEADING,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SECTION_GAP,
    SMALL_LEADING,
    TITLE_LEFT,
    Block,
    FrontLayout,
)
from workbench.pdf.typesetting import Style, Typesetter

#: The kinds in ``kind`` of a bundle as its cover names them.
_KINDS = {
    "core": "Core bundle",
    "authorities": "Bundle of authorities",
    "witness": "Witness pack",
    "disclosure": "Disclosure bundle",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """Where a row of the index stands - physical page and box from the top left - and the page it leads to."""

    physical_index: int
    box: Box
    target: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFront:
    """All pages that come from no source, as one PDF: ``places`` are their physical indices, in its order."""

    content: bytes
    places: tuple[int, ...]
    rows: tuple[IndexRow, ...]


class FrontPages:
    """Lays out the index of one plan once, then draws it for any page map."""

    def __init__(self, plan: BundlePlan, setter: Typesetter) -> None:
        self._plan, self._setter = plan, setter
        self._layout = FrontLayout(plan, setter)

    @property
    def counts(self) -> FrontCounts:
        return self._layout.counts

    def draw(self, page_map: PageMap, wording: str) -> DrawnFront:
        """Cover, index, the index of late documents and the dividers, in the order of the page map."""
        document = pymupdf.open()
        places = [row for row in page_map.rows if row.kind is not PageKind.DOCUMENT]
        index_places = [row.physical_index for row in page_map.index_pages()]
        pages: dict[int, int] = {}
        for row in places:
            page = document.new_page(width=PAGE_WIDTH, height=PAGE_HEIGHT)
            pages[row.physical_index] = page.number
            self._draw_sheet(page, row, page_map, wording)
        rows = self._draw_rows(document, pages, index_places, page_map)
        self._setter.put_down(document)
        document.subset_fonts()
        content: bytes = document.tobytes(garbage=3, deflate=True, no_new_id=True)
        return DrawnFront(content=content, places=tuple(row.physical_index for row in places), rows=tuple(rows))

    def _draw_sheet(self, page: pymupdf.Page, row: MapRow, page_map: PageMap, wording: str) -> None:
        if row.kind is PageKind.COVER:
            self._draw_cover(page, page_map, wording)
        elif row.kind is PageKind.DIVIDER:
            self._draw_divider(page, row)
        else:
            late = [r for r in page_map.rows if r.kind is PageKind.LATE_INDEX]
            self._draw_head(page, "Index of late documents" if row.kind is PageKind.LATE_INDEX else "Index")
            if late and row.kind is PageKind.INDEX:
                note = f"Late documents: the index goes on at page {late[0].label}"
                self._setter.write_right(page, RIGHT, 74, note, self._layout.small)

    def _draw_rows(
        self, document: pymupdf.Document, pages: dict[int, int], index_places: list[int], page_map: PageMap
    ) -> list[IndexRow]:
        rows, firsts, others = [], page_map.firsts(), iter(self._plan.others)
        for block in self._layout.blocks:
            physical = index_places[block.page]
            page = document[pages[physical]]
            if block.entry is not None:
                first = firsts[block.entry.number]
                self._draw_row(page, block, first.label)
                box = Box(LEFT - 4, block.top, RIGHT + 4, block.top + block.height)
                rows.append(IndexRow(physical_index=physical, box=box, target=first.physical_index))
            elif block.section:
                self._draw_section(page, block)
            else:
                self._draw_other(page, block, next(others))
        for late in page_map.rows:
            if late.kind is PageKind.LATE_INDEX:
                box = Box(RIGHT - 260, 60, RIGHT + 4, 80)
                rows += [
                    IndexRow(physical_index=row.physical_index, box=box, target=late.physical_index)
                    for row in page_map.rows
                    if row.kind is PageKind.INDEX
                ]
                break
        return rows

    def _draw_cover(self, page: pymupdf.Page, page_map: PageMap, wording: str) -> None:
        setter, plan = self._setter, self._plan
        title, subtitle = Style(setter.bold, 26), Style(setter.regular, 13, 0.25)
        y = 250.0
        for line in setter.wrap(plan.title, RIGHT - LEFT, title)[:8]:
            setter.write(page, LEFT, y, line, title)
            y += 33
        self._setter.rule(page, LEFT, RIGHT, y, 0.2, 1.2)
        y += 30
        for line in setter.wrap(plan.subtitle, RIGHT - LEFT, subtitle)[:4] if plan.subtitle else []:
            setter.write(page, LEFT, y, line, subtitle)
            y += 18
        for line in self._facts(page_map):
            setter.write(page, LEFT, y + 6, line, subtitle)
            y += 18
        y = 740.0
        for line in setter.wrap(wording[:1].upper() + wording[1:], RIGHT - LEFT, self._layout.small)[:4]:
            setter.write(page, LEFT, y, line, self._layout.small)
            y += 12

    def _facts(self, page_map: PageMap) -> list[str]:
        plan, rows = self._plan, page_map.rows
        lines = [_KINDS[plan.kind]] if plan.kind in _KINDS else []
        if plan.volume:
            lines.append(f"Volume {plan.volume} of {plan.volumes}, pages {rows[0].label} to {rows[-1].label}")
        lines.append(f"{_count(len(plan.entries), 'document')}, {_count(len(rows), 'page')}")
        if plan.audience != "team":
            lines.append(f"For: {plan.audience}")
        return [*lines, f"Made on {in_words(plan.built_on)}"]

    def _draw_divider(self, page: pymupdf.Page, row: MapRow) -> None:
        style, y = Style(self._setter.bold, 24), 380.0
        self._setter.rule(page, LEFT, RIGHT, y - 40, 0.2, 1.2)
        for line in self._setter.wrap(row.section, RIGHT - LEFT, style)[:10]:
            self._setter.write(page, LEFT, y, line, style)
            y += 31

    def _draw_head(self, page: pymupdf.Page, title: str) -> None:
        setter, small = self._setter, self._layout.small
        setter.write(page, LEFT, 74, title, Style(setter.bold, 18))
        for x, text in ((LEFT, "No."), (TITLE_LEFT, "Document"), (DATE_LEFT, "Date")):
            setter.write(page, x, 104, text, small)
        setter.write_right(page, RIGHT, 104, "Page", small)
        self._setter.rule(page, LEFT, RIGHT, 111, 0.2, 0.8)

    def _draw_section(self, page: pymupdf.Page, block: Block) -> None:
        baseline = block.top + SECTION_GAP + 10
        for line in block.title_lines:
            self._setter.write(page, LEFT, baseline, line, self._layout.heading)
            baseline += LEADING + 1

    def _draw_row(self, page: pymupdf.Page, block: Block, label: str) -> None:
        assert block.entry is not None
        baseline, row = block.top + 12, self._layout.row
        self._setter.write(page, LEFT, baseline, str(block.entry.number), row)
        for number, line in enumerate(block.title_lines):
            self._setter.write(page, TITLE_LEFT, baseline + number * LEADING, line, row)
        below = baseline + len(block.title_lines) * LEADING - 2
        for number, line in enumerate(block.small_lines):
            self._setter.write(page, TITLE_LEFT, below + number * SMALL_LEADING, line, self._layout.remark)
        for number, line in enumerate(block.date_lines):
            self._setter.write(page, DATE_LEFT, baseline + number * LEADING, line, row)
        # The blank keeps the number a word of its own for readers that join what is far apart on a line.
        self._setter.write_right(page, RIGHT, baseline, f" {label}", row)
        foot = block.top + block.height - 1
        self._setter.rule(page, LEFT, RIGHT, foot, 0.8, 0.5)

    def _draw_other(self, page: pymupdf.Page, block: Block, other: OtherVolume) -> None:
        baseline = block.top + 12
        self._setter.write(page, TITLE_LEFT, baseline, f"Volume {other.number}", self._layout.row)
        self._setter.write(page, TITLE_LEFT, baseline + SMALL_LEADING, other.filename, self._layout.small)
        pages = f"pages {other.first_label} to {other.last_label}"
        self._setter.write(page, DATE_LEFT, baseline, pages, self._layout.row)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
