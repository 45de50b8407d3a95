"""Assembles a hearing bundle from its sources, by the page map it is given."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, BinaryIO, Protocol

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from workbench import __version__
from workbench.domain.errors import FileRefused
from workbench.domain.margin_marks import PageMarks
from workbench.domain.page_map import (
    BundlePlan,
    FrontCounts,
    MapRow,
    OtherVolume,
    PageKind,
    PageMap,
    PlannedEntry,
    label_ranges,
)
from workbench.pdf.destinations import Bookmark, Destination
from workbench.pdf.fitting import fitted, isolate
from workbench.pdf.flat_layers import flatten_layers
from workbench.pdf.frame import Frame, frame_of
from workbench.pdf.front_layout import PAGE_HEIGHT
from workbench.pdf.front_pages import FrontPages
from workbench.pdf.label_font import LabelFont
from workbench.pdf.layers import keep_layers
from workbench.pdf.left_out import counted
from workbench.pdf.margin_links import MarginLinks, page_marks_from
from workbench.pdf.page_tree import PageTree
from workbench.pdf.source import Source, open_source
from workbench.pdf.stamp import Stamper
from workbench.pdf.typesetting import Typesetter

_PIECE_BYTES = 1 << 20


class Tell(Protocol):
    """Hands a step over to the program, with blobs that this process need not keep."""

    def __call__(self, step: dict[str, Any], blobs: Sequence[bytes] = ()) -> None: ...


class Assembly:
    """One bundle in the making: front pages, then sources in the order of the plan, then the whole."""

    def __init__(
        self,
        plan: BundlePlan,
        page_map: PageMap,
        front: FrontPages,
        bold: bytes,
        wording: str,
        marks: Mapping[int, PageMarks] | None = None,
    ) -> None:
        self._plan, self._map = plan, page_map
        self._pdf = pikepdf.new()
        self._tree = PageTree(self._pdf)
        self._entries = {entry.number: entry for entry in plan.entries}
        self._firsts = page_map.firsts()
        self._bookmarks: dict[int, list[OutlineItem]] = {}
        self.notices: list[str] = []
        #: Pages with comments or fields whose look had to be made; no other program shows them just so.
        self.redrawn: list[int] = []
        #: How many bookmarks of its own each entry brought along.
        self.own_bookmarks: dict[int, int] = {}
        for entry in plan.entries:
            if entry.number not in self._firsts:
                raise FileRefused(f"{entry.urn} has no pages, so the bundle was not built. Take it out of the bundle.")
        drawn = front.draw(page_map, wording)
        self._index_rows = drawn.rows
        self._front = pikepdf.open(io.BytesIO(drawn.content))
        self._front_places = list(enumerate(drawn.places))
        self._frames: list[Frame] = []
        self._tops: dict[int, list[Array]] = {}
        font = LabelFont(self._pdf, bold)
        self._stamper = Stamper(self._pdf, font)
        self._margin = MarginLinks(self._pdf, font, lambda index: self._top_of(self._map.rows[index]))
        self._marks = dict(marks or {})

    def add(self, number: int, content: bytes) -> None:
        """Append the pages of one entry; entries come in their order."""
        entry = self._entries[number]
        self._add_front()
        first = len(self._tree.pages)
        if first != self._firsts[number].physical_index:
            raise FileRefused(f"{entry.urn} came out of turn, so the bundle was not built. Build it again.")
        try:
            source = self._copied(entry, content, first)
        except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise FileRefused(
                f"{entry.urn} cannot be copied ({type(error).__name__}), so the bundle was not built. Print that "
                "document to a new PDF and import that."
            ) from error
        self.notices += [f"{entry.urn}: {notice}" for notice in source.notices]

    def _copied(self, entry: PlannedEntry, content: bytes, first: int) -> Source:
        source = open_source(content, urn=entry.urn, page_count=entry.source_page_count, wanted=set(entry.page_indices))
        taken = {index: source.pages[index] for index in entry.page_indices}
        if len(taken) < len(source.pages):
            # Many writers give all pages one list of what they draw: pages left out would leave their pictures here.
            source.pdf.remove_unreferenced_resources()
        emptied = flatten_layers(source.pdf, taken.values())
        self._tree.take((source.pages[index] for index in entry.page_indices), source.pdf)
        fit = fitted(self._pdf, self._tree.pages[first:], is_damaged=source.is_damaged)
        self._frames += fit.frames
        source.notices += fit.notices()
        if emptied is None:
            hidden = keep_layers(self._pdf, source.pdf, (page.obj for page in taken.values()))
            if hidden:
                source.notices.append(f"{counted(hidden, 'hidden layer stays', 'hidden layers stay')} hidden")
        elif emptied:
            source.notices.append(f"what {counted(emptied, 'hidden layer', 'hidden layers')} held was taken out")
        self.redrawn += [first + at for at, index in enumerate(entry.page_indices) if index in source.redrawn]
        placed = {index: first + offset for offset, index in enumerate(entry.page_indices)}
        self._keep_links(source, placed)
        self._bookmarks[entry.number] = list(self._kept(source.bookmarks, placed))
        self.own_bookmarks[entry.number] = _count(self._bookmarks[entry.number])
        source.pdf.close()
        return source

    def _add_front(self) -> None:
        """Append the pages of our own - cover, index, dividers - whose turn it is."""
        due: list[pikepdf.Page] = []
        while self._front_places and self._front_places[0][1] == len(self._tree.pages) + len(due):
            due.append(self._front.pages[self._front_places.pop(0)[0]])
        if due:
            self._tree.take(due, self._front)
            self._frames += [frame_of(page) for page in self._tree.pages[-len(due) :]]

    def _keep_links(self, source: Source, placed: dict[int, int]) -> None:
        left_out = 0
        for link in source.links:
            if link.destination.page_index not in placed:
                left_out += 1
                continue
            page = self._tree.pages[placed[link.page_index]]
            self._add_link(page, link.rect, self._target(link.destination, placed))
        if left_out:
            source.notices.append(f"{left_out} links to pages that are not in the bundle were taken out")

    def _target(self, destination: Destination, placed: dict[int, int]) -> Array:
        page = self._tree.pages[placed[destination.page_index]]
        return Array([page.obj, Name.XYZ, destination.left, destination.top, None])

    def _add_link(self, page: pikepdf.Page, rect: Iterable[float], target: Array) -> None:
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array(list(rect)), Border=Array([0, 0, 0]), Dest=target
        )
        annotations = page.obj.get("/Annots")
        if annotations is None:
            annotations = page.obj.Annots = Array()
        annotations.append(self._pdf.make_indirect(link))

    def _kept(self, bookmarks: Iterable[Bookmark], placed: dict[int, int]) -> Iterable[OutlineItem]:
        """Bookmarks whose page is in the bundle; the children of one that is left out move up."""
        for bookmark in bookmarks:
            children = list(self._kept(bookmark.children, placed))
            destination = bookmark.destination
            if destination is None or destination.page_index not in placed or not bookmark.title:
                yield from children
                continue
            item = OutlineItem(bookmark.title, self._target(destination, placed))
            item.children.extend(children)
            yield item

    def finish(self, target: BinaryIO) -> None:
        """Write the finished bundle."""
        self._add_front()
        if len(self._tree.pages) != len(self._map.rows):
            raise FileRefused("Pages are missing, so the bundle was not built. Build it again.")
        self._leave_out_marks()
        for index in range(len(self._map.rows)):
            self._stamp(index)
        self._tree.write()
        for index, marks in self._marks.items():
            self._margin.link(self._tree.pages[index], marks, self._frames[index])
        self._link_index()
        self._write_outline()
        self._write_catalog()
        self._save(target)

    def isolate(self, indices: Iterable[int], target: BinaryIO) -> None:
        """Write the finished bundle again, with pages wrapped so that nothing they leave open reaches their stamp."""
        for index in indices:
            page = self._tree.pages[index]
            self._stamper.unstamp(page)
            isolate(self._pdf, page)
            self._stamp(index)
        self._save(target)

    def turn(self, turns: Mapping[int, int], target: BinaryIO) -> None:
        """Write the finished bundle again, with pages turned back by so many degrees clockwise."""
        for index, degrees in turns.items():
            page, label = self._tree.pages[index], self._map.rows[index].label
            self._stamper.unstamp(page)
            page.obj.Rotate = (self._frames[index].rotation - degrees) % 360
            self._frames[index] = frame_of(page)
            if self._marks.pop(index, None) is not None:
                page.obj.Annots = Array()
                self.notices.append(f"page {label}: it was turned, so it has no links in its margin")
            self._stamp(index)
            for place in self._tops.get(index, ()):
                place[2], place[3] = self._top_corner(index)
        self._save(target)

    def _leave_out_marks(self) -> None:
        """Marks placed on a page of another size than it has now would stand elsewhere."""
        for index in [
            index for index, marks in self._marks.items() if not self._margin.fits(marks, self._frames[index])
        ]:
            self.notices.append(f"page {self._map.rows[index].label}: it changed its size, so it has no margin links")
            del self._marks[index]

    def _stamp(self, index: int) -> None:
        """The number of a page, and the marks in its margin."""
        page, frame, marks = self._tree.pages[index], self._frames[index], self._marks.get(index)
        beside = b"" if marks is None else self._margin.operators(page, marks, frame)
        self._stamper.stamp(page, self._map.rows[index].label, frame, beside)

    def _save(self, target: BinaryIO) -> None:
        self._pdf.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
            min_version="1.7",
        )

    def _link_index(self) -> None:
        for row in self._index_rows:
            page, box = self._tree.pages[row.physical_index], row.box
            rect = (box.x0, PAGE_HEIGHT - box.y1, box.x1, PAGE_HEIGHT - box.y0)
            self._add_link(page, rect, self._top_of(self._map.rows[row.target]))

    def _top_of(self, row: MapRow) -> Array:
        """The top left of a page as displayed, leaving the zoom as it is."""
        index = row.physical_index
        place = self._pdf.make_indirect(Array([self._tree.pages[index].obj, Name.XYZ, *self._top_corner(index), None]))
        self._tops.setdefault(index, []).append(place)
        return place

    def _top_corner(self, index: int) -> tuple[float, float]:
        frame = self._frames[index]
        return frame.place(0, frame.displayed_size[1])

    def _write_outline(self) -> None:
        with self._pdf.open_outline(max_depth=20) as outline:
            index = next(row for row in self._map.rows if row.kind is PageKind.INDEX)
            outline.root.append(OutlineItem(f"Index, p. {index.label}", self._top_of(index)))
            section, section_item = None, outline.root[0]
            for entry in self._plan.entries:
                row = self._firsts[entry.number]
                if entry.section != section:
                    section = entry.section
                    opening = self._map.opening_of(section)
                    section_item = OutlineItem(f"{section}, p. {opening.label}", self._top_of(opening))
                    outline.root.append(section_item)
                item = OutlineItem(f"{entry.title}, p. {row.label}", self._top_of(row))
                item.children.extend(self._bookmarks.get(entry.number, []))
                item.is_closed = True
                section_item.children.append(item)

    def _write_catalog(self) -> None:
        pdf, root = self._pdf, self._pdf.Root
        numbers: list[Any] = []
        for first, prefix, number in label_ranges(self._map.labels):
            style = Dictionary(S=Name.D, St=number) if number else Dictionary()
            if prefix:
                style.P = String(prefix)
            numbers += [first, style]
        root.PageLabels = Dictionary(Nums=Array(numbers))
        root.PageMode = Name.UseOutlines
        root.OpenAction = Array([self._tree.pages[0].obj, Name.XYZ, None, None, 1])
        root.Lang = String("en-GB")
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        made = self._plan.built_on.replace("-", "")
        pdf.docinfo = pdf.make_indirect(
            Dictionary(
                Title=String(self._plan.full_title),
                Producer=String(f"Case-study workbench {__version__}"),
                CreationDate=String(f"D:{made}000000Z"),
            )
        )


def _count(items: Sequence[OutlineItem]) -> int:
    return sum(1 + _count(item.children) for item in items)


def _rows(rows: list[list[Any]], entries: dict[int, PlannedEntry]) -> tuple[MapRow, ...]:
    built = []
    for physical_index, (label, kind, section, number, source_page_index) in enumerate(rows):
        entry = entries.get(number)
        built.append(
            MapRow(
                physical_index=physical_index,
                label=label,
                kind=PageKind(kind),
                section=section,
                entry=number,
                urn=entry.urn if entry else "",
                title=entry.title if entry else "",
                sha256=entry.sha256 if entry else "",
                source_page_index=source_page_index,
            )
        )
    return tuple(built)


class _Pieces(io.RawIOBase):
    """Hands over what is written, piece by piece: a bundle is never held whole in this process."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._tell({}, [bytes(piece)])
        return len(piece)


class _Assembling:
    """The sandbox task: measure the index, begin, add source after source, finish."""

    def __init__(self) -> None:
        self._plan: BundlePlan | None = None
        self._front: FrontPages | None = None
        self._assembly: Assembly | None = None
        self._bold = b""

    def __call__(self, request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
        step = request["do"]
        if step == "measure":
            return asdict(self._measure(request["plan"], blobs)), []
        if step == "begin":
            marks = {int(index): page_marks_from(row) for index, row in request["marks"]}
            self._begin(request["rows"], request["wording"], marks)
            return {}, []
        if self._assembly is None:
            raise FileRefused("The bundle was not begun. Build it again.")
        if step == "add":
            self._assembly.add(int(request["entry"]), blobs[0])
            return {}, []
        assembly = self._assembly
        with io.BufferedWriter(_Pieces(tell), _PIECE_BYTES) as target:
            if step == "isolate":
                assembly.isolate(request["pages"], target)
            elif step == "turn":
                assembly.turn({int(index): int(degrees) for index, degrees in request["turns"]}, target)
            else:
                assembly.finish(target)
        kept = sorted(assembly.own_bookmarks.items())
        return {"notices": assembly.notices, "redrawn": assembly.redrawn, "own_bookmarks": kept}, []

    def _measure(self, plan: dict[str, Any], blobs: list[bytes]) -> FrontCounts:
        entries = tuple(
            PlannedEntry(**{**entry, "page_indices": tuple(entry["page_indices"])}) for entry in plan["entries"]
        )
        others = tuple(OtherVolume(**other) for other in plan["others"])
        whole = {**plan, "entries": entries, "sections": tuple(plan["sections"]), "others": others}
        self._plan = BundlePlan(**whole)
        self._bold = blobs[1]
        self._front = FrontPages(self._plan, Typesetter(blobs[0], blobs[1]))
        return self._front.counts

    def _begin(self, rows: list[list[Any]], wording: str, marks: Mapping[int, PageMarks]) -> None:
        if self._plan is None or self._front is None:
            raise FileRefused("The index was not measured. Build the bundle again.")
        page_map = PageMap(rows=_rows(rows, {entry.number: entry for entry in self._plan.entries}))
        self._assembly = Assembly(self._plan, page_map, self._front, self._bold, wording, marks)


def make_task() -> _Assembling:
    """The sandbox task ``workbench.pdf.assemble:make_task``."""
    return _Assembling()
