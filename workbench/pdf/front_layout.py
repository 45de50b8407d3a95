"""Lays out the index of a bundle: which heading and which row stands where, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.domain.dates import in_words
from workbench.domain.page_map import BundlePlan, FrontCounts, PlannedEntry
from workbench.pdf.typesetting import Style, Typesetter

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
LEFT, RIGHT = 56.0, 539.0
TITLE_LEFT, TITLE_RIGHT, DATE_LEFT = 88.0, 386.0, 398.0
_DATE_WIDTH = 98.0
_TOP, _BOTTOM = 118.0, 772.0
LEADING, SMALL_LEADING, SECTION_GAP = 14.0, 12.0, 12.0
_ROW_GAP = 8.0
_MOST_TITLE_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a row, or a line about another volume, laid out: its lines, its height, and where it was put.

    ``page`` counts the pages of the index from 0, those before the late documents after those at the front.
    """

    section: str = ""
    entry: PlannedEntry | None = None
    title_lines: tuple[str, ...] = ()
    date_lines: tuple[str, ...] = ()
    small_lines: tuple[str, ...] = ()
    height: float = 0.0
    page: int = 0
    top: float = 0.0


class FrontLayout:
    """The index of one plan, laid out once for any page map."""

    def __init__(self, plan: BundlePlan, setter: Typesetter) -> None:
        self._plan, self._setter = plan, setter
        self.row = Style(setter.regular, 10.5)
        self.heading = Style(setter.bold, 11.5)
        self.small = Style(setter.regular, 9, 0.35)
        # Black as the row it stands in: what is of one grey is read in the order in which it was set.
        self.remark = Style(setter.regular, 9)
        self.blocks = list(self._placed(list(self._measured())))

    @property
    def counts(self) -> FrontCounts:
        """How many pages the index takes at the front and before the late documents."""
        pages = 1 + max((block.page for block in self.blocks), default=0)
        most = self._plan.front_index_pages
        if not most:
            return FrontCounts(index_pages=pages)
        return FrontCounts(index_pages=most, late_index_pages=max(pages - most, 0))

    def _measured(self) -> Iterator[Block]:
        section = None
        for entry in self._plan.entries:
            if entry.section != section:
                section = entry.section
                yield self._heading_block(section)
            yield self._row_block(entry)
        if self._plan.others:
            yield self._heading_block("Other volumes")
            for other in self._plan.others:
                yield Block(title_lines=(f"Volume {other.number}",), height=LEADING + SMALL_LEADING + _ROW_GAP)

    def _heading_block(self, section: str) -> Block:
        lines = tuple(self._setter.wrap(section, RIGHT - LEFT, self.heading))
        return Block(section=section, title_lines=lines, height=SECTION_GAP + len(lines) * (LEADING + 1) + 4)

    def _row_block(self, entry: PlannedEntry) -> Block:
        lines = self._setter.wrap(entry.title, TITLE_RIGHT - TITLE_LEFT, self.row)
        if len(lines) > _MOST_TITLE_LINES:
            lines = [*lines[: _MOST_TITLE_LINES - 1], lines[_MOST_TITLE_LINES - 1].rstrip() + "…"]
        dates = self._setter.wrap(in_words(entry.on), _DATE_WIDTH, self.row)
        remark = "; ".join(filter(None, [entry.elsewhere, "redacted" if entry.is_redacted else ""]))
        small = self._setter.wrap(remark, TITLE_RIGHT - TITLE_LEFT, self.remark) if remark else []
        height = max(len(lines) * LEADING + len(small) * SMALL_LEADING, len(dates) * LEADING) + _ROW_GAP
        return Block(
            entry=entry,
            title_lines=tuple(lines),
            date_lines=tuple(dates),
            small_lines=tuple(small),
            height=height,
        )

    def _placed(self, blocks: list[Block]) -> Iterator[Block]:
        """Blocks with page and top; a heading is never left alone at the foot of a page."""
        page, top = 0, _TOP
        for number, block in enumerate(blocks):
            needed = block.height
            if block.section and number + 1 < len(blocks):
                needed += blocks[number + 1].height
            if top + needed > _BOTTOM and top > _TOP:
                page, top = page + 1, _TOP
            yield replace(block, page=page, top=top)
            top += block.height
