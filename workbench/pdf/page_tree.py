"""Gathers the pages of a bundle from its sources, each with all it needs and nothing it must not bring along."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

#: What a page may hold in a bundle. Actions, thumbnails, attached files, articles and other programs' notes stay out.
_KEPT = frozenset({
    "/Contents", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit",
    "/Group",
})  # fmt: skip
_PASSED_DOWN = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_DEEPEST = 64
#: So many pages hang on one branch: viewers then find a page of thousands without reading all of them.
_BRANCH = 64


class PageTree:
    """The pages of one PDF in the making.

    The library's own list looks at every page for each that is added; this one is written once, at the end.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self.pages: list[pikepdf.Page] = []

    def take(self, pages: Iterable[pikepdf.Page], source: pikepdf.Pdf) -> None:
        """Append copies of the source's ``pages``; a page that is asked for twice is copied twice."""
        above: dict[tuple[int, int], dict[str, Any]] = {}
        taken: set[tuple[int, int]] = set()
        for page in pages:
            ready = _ready(page.obj, source, above)
            if ready.objgen in taken:
                ready = source.make_indirect(copy.copy(ready))
            taken.add(ready.objgen)
            self.pages.append(pikepdf.Page(self._pdf.copy_foreign(ready)))

    def write(self) -> None:
        """Make these pages the pages of the PDF."""
        root = self._pdf.Root.Pages
        branches = []
        for start in range(0, len(self.pages), _BRANCH):
            leaves = [page.obj for page in self.pages[start : start + _BRANCH]]
            branch = self._pdf.make_indirect(Dictionary(Type=Name.Pages, Parent=root, Count=len(leaves)))
            for leaf in leaves:
                leaf.Type, leaf.Parent = Name.Page, branch
            branch.Kids = Array(leaves)
            branches.append(branch)
        root.Kids, root.Count = Array(branches), len(self.pages)


def _ready(page: pikepdf.Object, source: pikepdf.Pdf, above: dict[tuple[int, int], dict[str, Any]]) -> pikepdf.Object:
    """A page with what is passed down to it written into it, and without what stays behind.

    Without type and parent it can be copied as it stands; the library would otherwise not let it go alone.
    """
    names = page.keys()
    missing = [name for name in _PASSED_DOWN if name not in names]
    if missing:
        passed_down = _passed_down(page.get("/Parent"), source, above)
        for name in missing:
            if name in passed_down:
                page[name] = passed_down[name]
    for name in names - _KEPT:
        del page[name]
    return page


def _passed_down(
    node: Any, source: pikepdf.Pdf, above: dict[tuple[int, int], dict[str, Any]], depth: int = 0
) -> dict[str, Any]:
    """What a branch of the list of pages gives to the pages below it."""
    if not isinstance(node, Dictionary) or depth > _DEEPEST:
        return {}
    key = node.objgen
    if key not in above:
        found = dict(_passed_down(node.get("/Parent"), source, above, depth + 1))
        for name in _PASSED_DOWN:
            value = node.get(name)
            if value is not None:
                # Resources stay one object, however many pages share them.
                found[name] = source.make_indirect(value) if isinstance(value, Dictionary) else value
        if key == (0, 0):
            return found
        above[key] = found
    return above[key]
