"""A search as understood, and what it found."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.ids import DocumentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One page: ``snippet`` holds the found words between U+E000 and U+E001 marks (``MARK_START/END``)."""

    document: DocumentId
    urn: str
    title: str
    page_index: int
    snippet: str
    score: float

    @property
    def page_number(self) -> int:
        return self.page_index + 1


MARK_START, MARK_END = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """``total`` counts every page found; ``note`` says what was limited (e.g. ranking of common words)."""

    query: str
    understood_as: str
    total: int
    hits: tuple[Hit, ...]
    pages_without_text: int
    files_refused: int
    milliseconds: float
    note: str = ""
