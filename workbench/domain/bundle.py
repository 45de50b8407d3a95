"""A bundle as composed: sections, entries, and the builds made from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workbench.domain.ids import BuildId, BundleId, CaseStudyId, DocumentId, EntryId, OwnProfileId, SectionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle by name, with the profile whose rules it follows and whom it is for.

    ``kind`` is hearing, core, authorities, witness or disclosure; a core bundle names the ``main`` bundle that it is
    taken from. ``volume_pages`` and ``volume_bytes`` are the most that one volume may have, 0 for the profile's own.
    """

    id: BundleId
    name: str
    kind: str = "hearing"
    profile: str = "ctj-2021"
    audience: str = "team"
    case_study: CaseStudyId | None = None
    main: BundleId | None = None
    is_divided: bool = False
    marks_references: bool = False
    volume_pages: int = 0
    volume_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of a bundle; ``letter`` is its own where numbers restart in each section, "" for the next free."""

    id: SectionId
    bundle: BundleId
    position: int
    title: str
    letter: str = ""


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
    """One finished export, made from a bundle, a case study or the case; immutable.

    ``files`` are lines of name, SHA-256 and size in bytes. ``account_sha256`` names what was read back from it: every
    page with its label, source and digests. ``late`` says how numbers given before were treated.
    """

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
    kind: str = "bundle"
    audience: str = "team"
    files: tuple[str, ...] = ()
    account_sha256: str = ""
    overrides: tuple[str, ...] = ()
    late: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProfile:
    """A profile that somebody copied and changed; ``described`` is its TOML text, named like a shipped one."""

    id: OwnProfileId
    name: str
    based_on: str = ""
    described: str
