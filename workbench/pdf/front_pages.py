"""Draws the cover and the index of a bundle, and says where every row of the index stands."""

from __future__ import annotations

from dataclasses import dataclass

import pymupdf

from workbench.domain.dates import in_words
from workbench.domain.geometry import Box
from workbench.domain.page_map import BundlePlan, PageMap, PlannedEntry
from workbench.pdf.typesetting import Style, Typesetter

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
_LEFT, _RIGHT = 56.0, 539.0
_TITLE_LEFT, _TITLE_RIGHT, _DATE_LEFT = 88.0, 386.0, 398.0
_DATE_WIDTH = 98.0
_TOP, _BOTTOM = 118.0, 772.0
_LEADING, _ROW_GAP, _SECTION_GAP = 14.0, 8.0, 12.0
_MOST_TITLE_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """Where one entry's row stands: index page (from 0) and box from the top left."""

    entry: int
    index_page: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A heading or a row, laid out: its lines, its height, and where it was put."""

    section: str = ""
    entry: PlannedEntry | None = None
    title_lines: tuple[str, ...] = ()
    date_lines: tuple[str, ...] = ()
    height: float = 0.0
    index_page: int = 0
    top: float = 0.0


class FrontPages:
    """Lays out the index of one plan once, then draws it for any page map."""

    def __init__(self, plan: BundlePlan, setter: Typesetter) -> None:
        self._plan, self._setter = plan, setter
        self._row = Style(setter.regular, 10.5)
        self._heading = Style(setter.bold, 11.5)
        self._small = Style(setter.regular, 9, 0.35)
        self._blocks = self._placed(self._measured())

    @property
    def index_page_count(self) -> int:
        return 1 + max((block.index_page for block in self._blocks), default=0)

    def _measured(self) -> list[_Block]:
        blocks, section = [], None
        for entry in self._plan.entries:
            if entry.section != section:
                section = entry.section
                lines = tuple(self._setter.wrap(section, _RIGHT - _LEFT, self._heading))
                height = _SECTION_GAP + len(lines) * (_LEADING + 1) + 4
                blocks.append(_Block(section=section, title_lines=lines, height=height))
            blocks.append(self._measured_row(entry))
        return blocks

    def _measured_row(self, entry: PlannedEntry) -> _Block:
        lines = self._setter.wrap(entry.title, _TITLE_RIGHT - _TITLE_LEFT, self._row)
        if len(lines) > _MOST_TITLE_LINES:
            lines = [*lines[: _MOST_TITLE_LINES - 1], lines[_MOST_TITLE_LINES - 1].rstrip() + "…"]
        dates = self._setter.wrap(in_words(entry.on), _DATE_WIDTH, self._row)
        height = max(len(lines), len(dates)) * _LEADING + _ROW_GAP
        return _Block(entry=entry, title_lines=tuple(lines), date_lines=tuple(dates), height=height)

    def _placed(self, blocks: list[_Block]) -> list[_Block]:
        """Blocks with page and top; a heading is never left alone at the foot of a page."""
        placed, page, top = [], 0, _TOP
        for number, block in enumerate(blocks):
            needed = block.height
            if block.entry is None and number + 1 < len(blocks):
                needed += blocks[number + 1].height
            if top + needed > _BOTTOM and top > _TOP:
                page, top = page + 1, _TOP
            placed.append(
                _Block(
                    section=block.section,
                    entry=block.entry,
                    title_lines=block.title_lines,
                    date_lines=block.date_lines,
                    height=block.height,
                    index_page=page,
                    top=top,
                )
            )
            top += block.height
        return placed

    def draw(self, page_map: PageMap, wording: str) -> tuple[bytes, list[IndexRow]]:
        """The cover and the index as a PDF, and the place of every row."""
        document = pymupdf.open()
        self._draw_cover(document.new_page(width=PAGE_WIDTH, height=PAGE_HEIGHT), page_map, wording)
        for _ in range(self.index_page_count):
            self._draw_head(document.new_page(width=PAGE_WIDTH, height=PAGE_HEIGHT))
        rows = []
        for block in self._blocks:
            page = document[1 + block.index_page]
            if block.entry is None:
                self._draw_section(page, block)
            else:
                self._draw_row(page, block, page_map.first_of(block.entry.number).label)
                box = Box(_LEFT - 4, block.top, _RIGHT + 4, block.top + block.height)
                rows.append(IndexRow(entry=block.entry.number, index_page=block.index_page, box=box))
        self._setter.put_down(document)
        document.subset_fonts()
        content: bytes = document.tobytes(garbage=3, deflate=True, no_new_id=True)
        return content, rows

    def _draw_cover(self, page: pymupdf.Page, page_map: PageMap, wording: str) -> None:
        setter, plan = self._setter, self._plan
        title, subtitle = Style(setter.bold, 26), Style(setter.regular, 13, 0.25)
        y = 250.0
        for line in setter.wrap(plan.title, _RIGHT - _LEFT, title)[:8]:
            setter.write(page, _LEFT, y, line, title)
            y += 33
        page.draw_line((_LEFT, y), (_RIGHT, y), color=(0.2, 0.2, 0.2), width=1.2)
        y += 30
        for line in setter.wrap(plan.subtitle, _RIGHT - _LEFT, subtitle)[:4] if plan.subtitle else []:
            setter.write(page, _LEFT, y, line, subtitle)
            y += 18
        counts = f"{_count(len(plan.entries), 'document')}, {_count(len(page_map.rows), 'page')}"
        setter.write(page, _LEFT, y + 6, counts, subtitle)
        setter.write(page, _LEFT, y + 24, f"Made on {in_words(plan.built_on)}", subtitle)
        y = 740.0
        for line in setter.wrap(wording[:1].upper() + wording[1:], _RIGHT - _LEFT, self._small)[:4]:
            setter.write(page, _LEFT, y, line, self._small)
            y += 12

    def _draw_head(self, page: pymupdf.Page) -> None:
        setter = self._setter
        setter.write(page, _LEFT, 74, "Index", Style(setter.bold, 18))
        for x, text in ((_LEFT, "No."), (_TITLE_LEFT, "Document"), (_DATE_LEFT, "Date")):
            setter.write(page, x, 104, text, self._small)
        setter.write_right(page, _RIGHT, 104, "Page", self._small)
        page.draw_line((_LEFT, 111), (_RIGHT, 111), color=(0.2, 0.2, 0.2), width=0.8)

    def _draw_section(self, page: pymupdf.Page, block: _Block) -> None:
        baseline = block.top + _SECTION_GAP + 10
        for line in block.title_lines:
            self._setter.write(page, _LEFT, baseline, line, self._heading)
            baseline += _LEADING + 1

    def _draw_row(self, page: pymupdf.Page, block: _Block, label: str) -> None:
        assert block.entry is not None
        baseline = block.top + 12
        self._setter.write(page, _LEFT, baseline, str(block.entry.number), self._row)
        for number, line in enumerate(block.title_lines):
            self._setter.write(page, _TITLE_LEFT, baseline + number * _LEADING, line, self._row)
        for number, line in enumerate(block.date_lines):
            self._setter.write(page, _DATE_LEFT, baseline + number * _LEADING, line, self._row)
        # The blank keeps the number a word of its own for readers that join what is far apart on a line.
        self._setter.write_right(page, _RIGHT, baseline, f" {label}", self._row)
        foot = block.top + block.height - 1
        page.draw_line((_LEFT, foot), (_RIGHT, foot), color=(0.8, 0.8, 0.8), width=0.5)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
