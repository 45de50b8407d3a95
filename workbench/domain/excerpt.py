"""Excerpts: words on a page that someone marked, anchored by those words, and their links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workbench.domain.geometry import Box
from workbench.domain.ids import AnyId, DocumentId, ExcerptId, LinkId, ThemeId


class Stance(StrEnum):
    """What an excerpt does for the thing it is linked to."""

    SUPPORTS = "supports"
    UNDERMINES = "undermines"
    CONTEXT = "context"
    SILENT = "silent"


class AnchorState(StrEnum):
    """Whether the quoted words still stand where they were marked."""

    OK = "ok"
    MOVED = "moved"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Words on one page: quote with its surroundings, offsets, boxes and the page text's digest.

    ``start`` and ``end`` are half-open code-point offsets into the page's stored text; ``boxes`` are
    PDF points from the top left of the page as displayed, one per line of the quote. An area marked on a
    scan has one box and no quote. Words that run on over a page end are one part a page: each later part
    names the one before it in ``continues``, and what is linked or noted stands at the first.
    ``withdrawn`` says why it is no longer relied on, "" while it is.
    """

    id: ExcerptId
    document: DocumentId
    page_index: int
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    text_digest: str
    boxes: tuple[Box, ...] = ()
    note: str = ""
    themes: tuple[ThemeId, ...] = ()
    state: AnchorState = AnchorState.OK
    made_by: str = ""
    made_at: datetime
    continues: ExcerptId | None = None
    withdrawn: str = ""

    @property
    def page_number(self) -> int:
        return self.page_index + 1

    @property
    def is_area(self) -> bool:
        """True for a marked area, which holds no words."""
        return not self.quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """From an excerpt to an institution, scope paragraph, event, case study, person or issue, with a stance."""

    id: LinkId
    excerpt: ExcerptId
    target: AnyId
    stance: Stance = Stance.CONTEXT
