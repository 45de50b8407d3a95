"""Prepares one source for a bundle: which links, bookmarks and layers of it are kept, and what is taken out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name, String

from workbench.domain.errors import FileRefused
from workbench.pdf.layers import has_layers
from workbench.pdf.stamp import give_room

_DEEPEST_BOOKMARK = 12
_MOST_BOOKMARKS = 20_000
#: What a page may carry that a bundle must not: actions, thumbnails, other programs' notes.
_DROPPED_PAGE_KEYS = ("/AA", "/B", "/Metadata", "/PieceInfo", "/StructParents", "/Thumb", "/Tabs", "/Annots")


@dataclass(frozen=True, slots=True)
class Destination:
    """A place in the source: page index, and left and top in the page's own units where given."""

    page_index: int
    left: float | None
    top: float | None


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A link from one page of the source to another."""

    page_index: int
    rect: tuple[float, float, float, float]
    destination: Destination


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark of the source; ``destination`` is None for a heading that leads nowhere."""

    title: str
    destination: Destination | None
    children: tuple[Bookmark, ...]


@dataclass(slots=True)
class Source:
    """An open source, cleaned, with what was read from it beforehand."""

    pdf: pikepdf.Pdf
    links: list[SourceLink] = field(default_factory=list)
    bookmarks: tuple[Bookmark, ...] = ()
    notices: list[str] = field(default_factory=list)


def open_source(content: bytes, *, urn: str, page_count: int, wanted: set[int], makes_room: bool = True) -> Source:
    """Open a source and take out of its ``wanted`` pages what may not go into a bundle.

    Pages too small for a page number are set on a larger sheet, unless ``makes_room`` is false.
    Raises ``FileRefused`` naming the document when it cannot be read or has not the planned pages.
    """
    source = _opened(content, urn, page_count)
    finder = _Finder(source.pdf)
    source.bookmarks = tuple(_bookmarks(source.pdf, finder))
    _take_annotations(source, finder, wanted)
    enlarged = sum(give_room(source.pdf, source.pdf.pages[index]) for index in sorted(wanted) if makes_room)
    if enlarged:
        source.notices.append(f"{enlarged} pages too small for a page number were set on a larger sheet")
    return source


def _opened(content: bytes, urn: str, page_count: int) -> Source:
    """The document as it is; when its list of pages is faulty, a copy with the pages that import counted."""
    try:
        pdf = pikepdf.open(io.BytesIO(content))
        if len(pdf.pages) == page_count:
            return Source(pdf=pdf)
    except pikepdf.PasswordError:
        raise FileRefused(f"{urn} is locked with a password; the bundle was not built. Import an open copy.") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        pass  # the copy below is the second try
    try:
        pdf = pikepdf.open(io.BytesIO(_pages_as_read(content)))
    except (pikepdf.PdfError, pymupdf.mupdf.FzErrorBase, ValueError, RuntimeError) as error:
        raise FileRefused(f"{urn} cannot be read ({error}); the bundle was not built. Import a sound copy.") from None
    if has_layers(pdf):
        raise FileRefused(
            f"{urn} has a damaged list of pages and layers, and what its layers hide could show; the bundle was not "
            "built. Import a sound copy."
        )
    if len(pdf.pages) != page_count:
        found = len(pdf.pages)
        raise FileRefused(f"{urn} has {found} pages where {page_count} were planned, so the bundle was not built.")
    return Source(pdf=pdf, notices=["its list of pages is damaged; the pages were copied as they are shown"])


def _pages_as_read(content: bytes) -> bytes:
    """The pages as import counted and shows them, in a sound document; for lists of pages with faults."""
    with pymupdf.open(stream=content, filetype="pdf") as damaged, pymupdf.open() as sound:
        sound.insert_pdf(damaged)
        sound.set_toc(damaged.get_toc())
        copied: bytes = sound.tobytes(no_new_id=True)
    return copied


class _Finder:
    """Finds the page that a destination of the source means, named or explicit."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._indices = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self._named = _named_destinations(pdf)

    def find(self, item: Any) -> Destination | None:
        """The destination of a link or bookmark dictionary, when it is in this very document."""
        destination = item.get("/Dest")
        if destination is None:
            action = item.get("/A")
            if not isinstance(action, Dictionary) or action.get("/S") != Name.GoTo:
                return None
            destination = action.get("/D")
        return self._explicit(destination, hops=0)

    def _explicit(self, destination: Any, *, hops: int) -> Destination | None:
        if isinstance(destination, Dictionary):
            destination = destination.get("/D")
        if isinstance(destination, Array) and len(destination):
            page = destination[0]
            index = self._indices.get(page.objgen) if isinstance(page, Dictionary) else None
            return None if index is None else Destination(index, *_corner(destination))
        if hops > 3 or not isinstance(destination, String | Name):
            return None
        return self._explicit(self._named.get(_name_key(destination)), hops=hops + 1)


def _corner(destination: Array) -> tuple[float | None, float | None]:
    """Left and top of an explicit destination, as far as its kind gives them."""
    kind = str(destination[1]) if len(destination) > 1 else ""
    places = {"/XYZ": (2, 3), "/FitH": (None, 2), "/FitBH": (None, 2), "/FitV": (2, None), "/FitR": (2, 5)}
    return tuple(_number(destination, at) for at in places.get(kind, (None, None)))  # type: ignore[return-value]


def _number(array: Array, at: int | None) -> float | None:
    if at is None or at >= len(array):
        return None
    try:
        return float(array[at])
    except (TypeError, ValueError):
        return None


def _named_destinations(pdf: pikepdf.Pdf) -> dict[bytes, Any]:
    named: dict[bytes, Any] = {}
    old = pdf.Root.get("/Dests")
    if isinstance(old, Dictionary):
        named |= {_name_key(name): old[name] for name in old.keys()}  # noqa: SIM118  # iterating a PDF dictionary
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        _gather_names(names.get("/Dests"), named, set())
    return named


def _gather_names(node: Any, named: dict[bytes, Any], seen: set[tuple[int, int]]) -> None:
    """Walks a tree of names; a node that comes round again is passed over."""
    if not isinstance(node, Dictionary) or (node.objgen != (0, 0) and node.objgen in seen):
        return
    seen.add(node.objgen)
    pairs = node.get("/Names")
    if isinstance(pairs, Array):
        for at in range(0, len(pairs) - 1, 2):
            if isinstance(pairs[at], String):
                named[bytes(pairs[at])] = pairs[at + 1]
    kids = node.get("/Kids")
    for kid in kids if isinstance(kids, Array) else ():
        _gather_names(kid, named, seen)


def _name_key(value: Any) -> bytes:
    if isinstance(value, Name):
        return value.unparse()
    return bytes(value) if isinstance(value, String) else str(value).encode("utf-8", "surrogateescape")


def _shown(value: Any) -> str:
    """A text string of the source, as far as it can be read."""
    try:
        return " ".join(str(value).split())
    except UnicodeDecodeError:
        return " ".join(bytes(value).decode("latin-1").split())


def _bookmarks(pdf: pikepdf.Pdf, finder: _Finder) -> Iterator[Bookmark]:
    outlines = pdf.Root.get("/Outlines")
    if isinstance(outlines, Dictionary):
        yield from _siblings(outlines.get("/First"), finder, set(), depth=0)


def _siblings(item: Any, finder: _Finder, seen: set[tuple[int, int]], *, depth: int) -> Iterator[Bookmark]:
    """Walks a list of bookmarks; circles, endless lists and abysses end where they begin to repeat."""
    while isinstance(item, Dictionary) and len(seen) < _MOST_BOOKMARKS:
        if item.objgen != (0, 0):
            if item.objgen in seen:
                return
            seen.add(item.objgen)
        children: tuple[Bookmark, ...] = ()
        if depth < _DEEPEST_BOOKMARK:
            children = tuple(_siblings(item.get("/First"), finder, seen, depth=depth + 1))
        yield Bookmark(_shown(item.get("/Title", "")), finder.find(item), children)
        item = item.get("/Next")


def _take_annotations(source: Source, finder: _Finder, wanted: set[int]) -> None:
    """Remember inner links, draw forms and comments into the page, then take every annotation away."""
    removed = flattened = 0
    for index in sorted(wanted):
        page = source.pdf.pages[index]
        others = []
        for annotation in _annotations(page):
            if annotation.get("/Subtype") != Name.Link:
                others.append(annotation)
                continue
            link = _link(index, annotation, finder)
            if link is None:
                removed += 1
            else:
                source.links.append(link)
        if others:
            flattened += len(others)
            page.obj.Annots = source.pdf.make_indirect(Array(others))
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]
    if flattened:
        _flatten(source.pdf)
        source.notices.append(f"{flattened} form fields and comments were drawn into the page")
    if removed:
        source.notices.append(f"{removed} links that lead out of the document were taken out")
    for index in wanted:
        _clean(source.pdf.pages[index])


def _annotations(page: pikepdf.Page) -> list[Any]:
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, Array):
        return []
    return [item for item in annotations if isinstance(item, Dictionary)]


def _link(page_index: int, annotation: Any, finder: _Finder) -> SourceLink | None:
    destination = finder.find(annotation)
    rect = annotation.get("/Rect")
    if destination is None or not isinstance(rect, Array) or len(rect) != 4:
        return None
    try:
        sides = tuple(float(side) for side in rect)
    except (TypeError, ValueError):
        return None
    return SourceLink(page_index, sides, destination)  # type: ignore[arg-type]


def _flatten(pdf: pikepdf.Pdf) -> None:
    """Draw what annotations look like into the pages; where a form only lists its values, make their looks first."""
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        if "/XFA" in form:
            del form["/XFA"]
        if bool(form.get("/NeedAppearances", False)):
            pdf.generate_appearance_streams()
            form.NeedAppearances = False
    pdf.flatten_annotations("screen")


def _clean(page: pikepdf.Page) -> None:
    for key in _DROPPED_PAGE_KEYS:
        if key in page.obj:
            del page.obj[key]
