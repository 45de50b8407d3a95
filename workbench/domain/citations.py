"""Citations that survive renumbering: document, page and words, written as a bundle's number only at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.errors import Refused
from workbench.domain.urn import page_form

_STABLE = re.compile(
    r"(?P<urn>[^\s_;=¶“”]+)(?:_(?P<page>\d{1,6})(?:-(?P<last>\d{1,6}))?)?"
    r"(?: ¶(?P<paragraph>[^\s;=“”]+))?(?: “(?P<words>[^“”]*)”)?"
)
_BETWEEN_CITATIONS = "; "


class Style(StrEnum):
    """How a citation is written."""

    BUNDLE = "bundle"
    PUBLISHED = "published"
    FOOTNOTE = "footnote"
    BRACES = "braces"
    URN = "urn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One stable reference: a document, perhaps its pages (from 1), the words meant and the paragraph's number."""

    urn: str
    page_number: int | None = None
    last_page: int | None = None
    words: str = ""
    paragraph: str = ""

    @property
    def pages(self) -> tuple[int, ...]:
        """The page numbers meant; empty for the whole document, and for a range that runs backwards."""
        if self.page_number is None:
            return ()
        return tuple(range(self.page_number, (self.last_page or self.page_number) + 1))

    @property
    def runs_backwards(self) -> bool:
        return self.last_page is not None and self.last_page < (self.page_number or 0)

    @property
    def published(self) -> str:
        """``INQ000123_004`` or ``INQ000123_004-006``: the form that never changes."""
        if self.page_number is None:
            return self.urn
        last = f"-{self.last_page:03d}" if self.last_page not in (None, self.page_number) else ""
        return page_form(self.urn, self.page_number) + last

    @property
    def stable(self) -> str:
        """Everything in one line, read back by ``citations_from``: ``INQ000123_004 ¶7.2 “the words”``."""
        paragraph = f" ¶{'-'.join(self.paragraph.split())}" if self.paragraph else ""
        words = " ".join(re.sub("[“”]", "'", self.words).split())
        return self.published + paragraph + (f" “{words}”" if words else "")


def stable_text(citations: Iterable[Citation]) -> str:
    """Several citations in one line."""
    return _BETWEEN_CITATIONS.join(citation.stable for citation in citations)


def citations_from(text: str) -> tuple[Citation, ...]:
    """What ``stable_text`` wrote; raises ``Refused`` for anything else."""
    return tuple(_citation_from(part) for part in re.split(r"; (?=[^“”]*(?:“[^“”]*”[^“”]*)*$)", text))


def _citation_from(text: str) -> Citation:
    match = _STABLE.fullmatch(text)
    if match is None:
        raise Refused(f"“{text}” is no stable reference. One looks like INQ000123_004.")
    return Citation(
        urn=match["urn"],
        page_number=int(match["page"]) if match["page"] else None,
        last_page=int(match["last"]) if match["last"] else None,
        paragraph=match["paragraph"] or "",
        words=match["words"] or "",
    )


def gathered(pages: Sequence[tuple[str, int]]) -> tuple[Citation, ...]:
    """The citations of pages given as (URN, page number), neighbours of one document joined."""
    runs: list[tuple[str, int, int]] = []
    for urn, number in pages:
        if runs and runs[-1][0] == urn and runs[-1][2] + 1 == number:
            runs[-1] = (urn, runs[-1][1], number)
        else:
            runs.append((urn, number, number))
    return tuple(
        Citation(urn=urn, page_number=first, last_page=last if last > first else None) for urn, first, last in runs
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptPlace:
    """A place in a transcript: day of the hearing or its date, page, and lines."""

    day: int | None = None
    on: str = ""
    page: int
    last_page: int | None = None
    line: int | None = None
    last_line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePlace:
    """Pages of some build by their labels, behind the mark that names the bundle: ``HB 143-145``."""

    mark: str
    label: str
    last_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TabPlace:
    """Section, document in that section, page in that document: ``{A/1/1}``."""

    section: str
    tab: int
    page: int | None = None
    last_page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """A neutral citation: ``[2021] EWHC 2167 (Comm)``."""

    citation: str


#: What a reference in a text can mean; several citations when it lists pages.
Place = tuple[Citation, ...] | TranscriptPlace | BundlePlace | TabPlace | Judgment


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReference:
    """A reference in a text: half-open offsets, the words, the form they follow, and what they mean."""

    start: int
    end: int
    text: str
    form: str
    kind: str
    place: Place
