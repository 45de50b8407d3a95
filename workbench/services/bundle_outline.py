"""Shows a bundle while it is composed: its entries and pages, what its audience will not see, how large it gets."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.ids import BundleId
from workbench.domain.page_ranges import parse_page_range
from workbench.services.clearing import Clearing
from workbench.services.profiles import load_profile
from workbench.store.case_file import CaseFile

#: Rows that an index page holds when titles take one line each.
_ROWS_ON_INDEX_PAGE = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One entry as it will stand: ``problem`` says what stops it, ``withheld`` what is left out for the audience."""

    entry: Entry
    document: Document
    title: str
    on: str
    page_count: int
    withheld: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionOutline:
    """A section with its entries, in order."""

    section: Section
    entries: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleOutline:
    """A bundle as composed so far.

    ``page_count`` counts cover and dividers exactly and the index by its usual room; ``bytes`` is what the sources
    take, and ``volumes`` what the limits would make of them.
    """

    bundle: Bundle
    sections: tuple[SectionOutline, ...]
    document_count: int
    page_count: int
    bytes: int
    volumes: int
    problems: tuple[str, ...]


def outline_of(case: CaseFile, bundle_id: BundleId, *, today: date | None = None) -> BundleOutline:
    """The bundle as composed so far; cheap enough to be read again after every change."""
    bundle = case.get(Bundle, bundle_id)
    profile = load_profile(bundle.profile, case)
    clearing = Clearing(case, bundle.audience, today or date.today())
    sections = tuple(
        SectionOutline(
            section=section,
            entries=tuple(_line(case, entry, clearing) for entry in case.all(Entry, "position", section=section.id)),
        )
        for section in case.all(Section, "position", bundle=bundle_id)
    )
    lines = [line for section in sections for line in section.entries]
    documents = [line for line in lines if line.page_count]
    pages = sum(line.page_count for line in documents)
    headings = sum(bool(section.entries) for section in sections)
    front = 1 + math.ceil((len(documents) + 1.5 * headings) / _ROWS_ON_INDEX_PAGE)
    dividers = headings if bundle.is_divided or profile.has_dividers else 0
    size = sum(line.document.bytes * line.page_count // max(line.document.page_count, 1) for line in documents)
    most_pages = bundle.volume_pages or profile.max_pages
    most_bytes = bundle.volume_bytes or profile.max_bytes
    whole = pages + front + dividers
    volumes = max(_parts(whole, most_pages), _parts(size, most_bytes))
    return BundleOutline(
        bundle=bundle,
        sections=sections,
        document_count=len(documents),
        page_count=whole,
        bytes=size,
        volumes=volumes,
        problems=tuple(line.problem for line in lines if line.problem),
    )


def _line(case: CaseFile, entry: Entry, clearing: Clearing) -> EntryLine:
    document = case.get(Document, entry.document)
    problem, indices = "", tuple[int, ...]()
    try:
        indices = parse_page_range(entry.pages, document.page_count, where=document.urn)
    except Refused as error:
        problem = str(error)
    hidden = clearing.withheld(document, indices)
    left_out = (len(hidden.page_indices) or len(indices)) if hidden else 0
    return EntryLine(
        entry=entry,
        document=document,
        title=entry.title or document.title or document.filename,
        on=entry.on or document.on,
        page_count=len(indices) - left_out,
        withheld=hidden.sentence if hidden else "",
        problem=problem,
    )


def _parts(amount: int, most: int) -> int:
    return max(math.ceil(amount / most), 1) if most else 1
