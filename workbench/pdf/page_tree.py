"""Gathers the pages of a bundle from its sources, each with all it needs and nothing it must not bring along."""

from __future__ import annotations

import copy
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name

#: What a page may hold in a bundle. Actions, thumbnails, attached files, articles and other programs' notes stay out.
_KEPT = frozenset({
    "/Contents", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit",
    "/Group",
})  # fmt: skip
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
        taken: set[tuple[int, int]] = set()
        for page in pages:
            ready = _ready(page.obj)
            if ready.objgen in taken:
                ready = source.make_indirect(copy.copy(ready))
            taken.add(ready.objgen)
            copied = self._pdf.copy_foreign(ready)
            copied.Type = Name.Page
            self.pages.append(pikepdf.Page(copied))

    def write(self) -> None:
        """Make these pages the pages of the PDF."""
        root = self._pdf.Root.Pages
        branches = []
        for start in range(0, len(self.pages), _BRANCH):
            leaves = [page.obj for page in self.pages[start : start + _BRANCH]]
            branch = self._pdf.make_indirect(Dictionary(Type=Name.Pages, Parent=root, Count=len(leaves)))
            for leaf in leaves:
                leaf.Parent = branch
            branch.Kids = Array(leaves)
            branches.append(branch)
        root.Kids, root.Count = Array(branches), len(self.pages)


def _ready(page: pikepdf.Object) -> pikepdf.Object:
    """A page without what stays behind.

    Without type and parent it can be copied as it stands; the library would otherwise not let it go alone. What the
    pages above it pass down was written into it when the source was opened.
    """
    for name in page.keys() - _KEPT:
        del page[name]
    return page
