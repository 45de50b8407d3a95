"""Shows pages: pictures and word boxes of one document, made in a child process."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Any

from workbench.domain.document import Document
from workbench.domain.errors import ChildFailed
from workbench.domain.geometry import Box, Word
from workbench.domain.ids import DocumentId
from workbench.runtime.sandbox import Limits, Sandbox
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page as displayed, in points."""

    width_pt: float
    height_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableDocument:
    """What a reader needs before the first picture: the document and the sizes of its pages."""

    document: Document
    pages: tuple[PageSize, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """A drawn page: rows of RGB bytes, ``stride`` bytes apart, and where photographs and scans stand on it."""

    page_index: int
    width: int
    height: int
    stride: int
    rgb: bytes
    pictures: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """One line of a document's own outline; ``level`` from 1."""

    level: int
    title: str
    page_index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A document's bookmarks, and the labels of its pages where it has any."""

    bookmarks: tuple[Bookmark, ...] = ()
    labels: tuple[str, ...] = ()


def readable_document(case: CaseFile, document_id: DocumentId) -> ReadableDocument:
    """The document with its page sizes; raises ``NotFound``."""
    document = case.get(Document, document_id)
    sizes = tuple(PageSize(page.width_pt, page.height_pt) for page in case.pages(document.sha256))
    return ReadableDocument(document=document, pages=sizes)


class PageRenderer:
    """Draws pages of one document after another; used by one thread, ``kill`` may come from any."""

    def __init__(self) -> None:
        self._child = Sandbox("workbench.pdf.render:make_task", limits=Limits())
        self._content = b""
        self._is_open = False

    def open(self, content: bytes) -> None:
        """Turn to another PDF; raises ``FileRefused`` or ``ChildFailed``."""
        self._content, self._is_open = content, False
        self._ensure_open()

    def _ensure_open(self) -> None:
        if not self._is_open:
            self._child.call({"do": "open"}, [self._content])
            self._is_open = True

    def render(self, page_index: int, scale: float) -> PagePicture:
        """One page at ``scale`` pixels a point (less when it would be huge); raises with a reason."""
        facts, blobs = self._ask({"do": "render", "page_index": page_index, "scale": scale})
        return PagePicture(
            page_index=page_index,
            width=facts["width"],
            height=facts["height"],
            stride=facts["stride"],
            rgb=blobs[0],
            pictures=tuple(Box(*box) for box in facts["pictures"]),
        )

    def outline(self) -> Outline:
        """The document's bookmarks and page labels; raises with a reason."""
        facts, _ = self._ask({"do": "outline"})
        bookmarks = tuple(
            Bookmark(level=level, title=" ".join(title.split()), page_index=index)
            for level, title, index in facts["entries"]
            if index >= 0
        )
        return Outline(bookmarks=bookmarks, labels=tuple(facts["labels"]))

    def words(self, page_index: int) -> list[Word]:
        """The words of one page with offsets into its stored text."""
        facts, _ = self._ask({"do": "words", "page_index": page_index})
        return [Word(start, end, Box(x0, y0, x1, y1)) for start, end, x0, y0, x1, y1 in facts["words"]]

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        self._ensure_open()
        try:
            answer = self._child.call(request)
        except ChildFailed as error:
            self._is_open = False  # the next call starts a fresh child, which has nothing open
            raise ChildFailed(
                "This page needs more time or memory than is safe. The other pages stay usable, and the original is "
                "unaltered."
            ) from error
        return answer.facts, answer.blobs

    def kill(self) -> None:
        """End the child at once."""
        self._child.kill()

    def close(self) -> None:
        """Let the child go."""
        self._child.close()

    def __enter__(self) -> PageRenderer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
