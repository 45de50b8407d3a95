"""A bundle as composed: sections, entries, and the builds made from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workbench.domain.ids import BuildId, BundleId, CaseStudyId, DocumentId, EntryId, SectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A hearing bundle by name, with the profile whose rules it follows and whom it is for."""

    id: BundleId
    name: str
    kind: str = "hearing"
    profile: str = "ctj-2021"
    audience: str = "team"
    case_study: CaseStudyId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of a bundle."""

    id: SectionId
    bundle: BundleId
    position: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One document, or some of its pages, in a section; ``title`` and ``on`` are for this bundle only.

    ``pages`` is a range as typed (``"2-5, 9"``), empty for the whole document.
    """

    id: EntryId
    section: SectionId
    position: int
    document: DocumentId
    pages: str = ""
    title: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One finished file made from a bundle or case study; immutable."""

    id: BuildId
    bundle: BundleId | None = None
    case_study: CaseStudyId | None = None
    number: int
    profile: str = ""
    page_count: int
    sha256: str
    filename: str
    history_head: str
    built_at: datetime
