"""What was read from a finished bundle, and what it was planned to be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """One page as read back: its label, the words at its head and foot, the very last word, its
    upright turn, and how many characters stand on it."""

    label: str
    edge_words: tuple[str, ...]
    last_word: str
    corner: str
    is_last_word_upright: bool
    character_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLink:
    """A link on a front page: the words under it, its target page (from 0) and kind of view."""

    page_index: int
    text: str
    target: int
    view: str
    zoom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BookmarkFacts:
    """A bookmark: level from 0, title, target page (from 0, -1 for none), kind of view and zoom."""

    level: int
    title: str
    target: int
    view: str
    zoom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectFacts:
    """What the objects of the file say, beside its pages."""

    is_repaired: bool
    is_encrypted: bool
    revisions: int
    opening: str
    metadata: dict[str, str]
    live: tuple[str, ...]
    attachments: int
    annotations: tuple[str, ...]
    fonts_not_embedded: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFacts:
    """Everything that the rules look at."""

    page_count: int
    pages: tuple[PageFacts, ...]
    front_texts: tuple[str, ...]
    row_links: tuple[RowLink, ...]
    bookmarks: tuple[BookmarkFacts, ...]
    objects: ObjectFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedEntry:
    """A row of the index as planned."""

    title: str
    section: str
    target: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The plan as the checks need it; ``labels`` in page order, and the letters that each page's source has."""

    title: str
    labels: tuple[str, ...]
    letters: tuple[int, ...]
    index_pages: tuple[int, ...]
    entries: tuple[ExpectedEntry, ...]
