"""Prepares one source for a bundle: which links, bookmarks and layers of it are kept, and what is taken out."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import pikepdf
import pymupdf

from workbench.domain.errors import FileRefused
from workbench.pdf.comments import SourceLink, take_annotations
from workbench.pdf.destinations import Bookmark, Bookmarks, Finder
from workbench.pdf.layers import has_layers
from workbench.pdf.left_out import actions, left_out, scripts_taken_out


@dataclass(slots=True)
class Source:
    """An open source, cleaned, with what was read from it beforehand."""

    pdf: pikepdf.Pdf
    pages: list[pikepdf.Page] = field(default_factory=list)
    links: list[SourceLink] = field(default_factory=list)
    bookmarks: tuple[Bookmark, ...] = ()
    notices: list[str] = field(default_factory=list)
    is_damaged: bool = False
    redrawn: set[int] = field(default_factory=set)


def open_source(content: bytes, *, urn: str, page_count: int, wanted: set[int]) -> Source:
    """Open a source and take out of its ``wanted`` pages what may not go into a bundle.

    Raises ``FileRefused`` naming the document when it cannot be read or has not the planned pages.
    """
    source = _opened(content, urn, page_count)
    source.pages = list(source.pdf.pages)
    source.notices += left_out(source.pdf)
    kinds = actions(source.pdf)
    finder = Finder(source.pdf, source.pages)
    bookmarks = Bookmarks(source.pdf, finder)
    source.bookmarks = bookmarks.found
    if bookmarks.is_cut:
        source.notices.append("its bookmarks run in a circle or too deep; those that repeat were left out")
    taken = take_annotations(source.pdf, source.pages, sorted(wanted), finder, urn)
    source.links, source.redrawn = taken.links, taken.redrawn
    if kinds := [*kinds, *taken.acting]:
        source.notices.append(scripts_taken_out(kinds))
    source.notices += taken.notices()
    return source


def _opened(content: bytes, urn: str, page_count: int) -> Source:
    """The document as it is; when its list of pages is faulty, a copy with the pages that import counted."""
    try:
        pdf = pikepdf.open(io.BytesIO(content), suppress_warnings=True)
        if len(pdf.pages) == page_count:
            return _with_warnings(pdf)
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
    notice = "its list of pages is damaged; the pages were copied as they are shown"
    return Source(pdf=pdf, is_damaged=True, notices=[notice])


def _with_warnings(pdf: pikepdf.Pdf) -> Source:
    # Other warnings are about faults that every reader passes over, such as a wrong count of objects.
    if not any("file is damaged" in warning for warning in map(str, pdf.get_warnings())):
        return Source(pdf=pdf)
    return Source(pdf=pdf, is_damaged=True, notices=["it is damaged; its pages were read as far as they can be"])


def _pages_as_read(content: bytes) -> bytes:
    """The pages as import counted and shows them, in a sound document; for lists of pages with faults."""
    with pymupdf.open(stream=content, filetype="pdf") as damaged, pymupdf.open() as sound:
        sound.insert_pdf(damaged)
        sound.set_toc(damaged.get_toc())
        copied: bytes = sound.tobytes(no_new_id=True)
    return copied
