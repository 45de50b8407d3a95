"""Finds where the links and bookmarks of a source lead, in whatever way the source says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_DEEPEST_BOOKMARK = 12
_MOST_BOOKMARKS = 20_000


@dataclass(frozen=True, slots=True)
class Destination:
    """A place in the source: page index, and left and top in the page's own units where given."""

    page_index: int
    left: float | None
    top: float | None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark of the source; ``destination`` is None for a heading that leads nowhere."""

    title: str
    destination: Destination | None
    children: tuple[Bookmark, ...]


class Finder:
    """Finds the page that a destination of the source means, named or explicit."""

    def __init__(self, pdf: pikepdf.Pdf, pages: Sequence[pikepdf.Page]) -> None:
        self._indices = {page.obj.objgen: index for index, page in enumerate(pages)}
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


class Bookmarks:
    """The bookmarks of a source; circles, endless lists and abysses end where they begin to repeat."""

    def __init__(self, pdf: pikepdf.Pdf, finder: Finder) -> None:
        self._finder = finder
        self._seen: set[tuple[int, int]] = set()
        #: True when some were left out because they repeat or go too deep.
        self.is_cut = False
        outlines = pdf.Root.get("/Outlines")
        found = self._siblings(outlines.get("/First"), 0) if isinstance(outlines, Dictionary) else ()
        self.found = tuple(found)

    def _siblings(self, item: Any, depth: int) -> Iterator[Bookmark]:
        while isinstance(item, Dictionary):
            if item.objgen in self._seen or len(self._seen) >= _MOST_BOOKMARKS or depth >= _DEEPEST_BOOKMARK:
                self.is_cut = True
                return
            if item.objgen != (0, 0):
                self._seen.add(item.objgen)
            children = tuple(self._siblings(item.get("/First"), depth + 1))
            yield Bookmark(shown(item.get("/Title", "")), self._finder.find(item), children)
            item = item.get("/Next")


def shown(value: Any) -> str:
    """A text string of the source, as far as it can be read."""
    try:
        return " ".join(str(value).split())
    except UnicodeDecodeError:
        return " ".join(bytes(value).decode("latin-1").split())
