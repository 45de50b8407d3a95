"""Moves entries and sections of a bundle one step up or down, from one section into the next."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.change import Change
from workbench.domain.errors import Refused
from workbench.domain.ids import BundleId, DocumentId, EntryId, SectionId
from workbench.services.bundle_editing import add_entries, add_section, move_entries, move_section
from workbench.store.case_file import CaseFile


def step_entries(case: CaseFile, entries: Sequence[EntryId], by: int) -> Change | None:
    """Move entries together one place up (-1) or down (1); None when they are at the end of the bundle already."""
    chosen = set(entries)
    sections = _sections_around(case, case.get(Entry, entries[0]).section)
    held = [case.all(Entry, "position", section=section.id) for section in sections]
    ordered = [entry.id for row in held for entry in row if entry.id in chosen]
    leading = ordered[0 if by < 0 else -1]
    at = next(at for at, row in enumerate(held) if any(entry.id == leading for entry in row))
    row = [entry.id for entry in held[at]]
    others = [entry for entry in row if entry not in chosen]
    before = sum(entry not in chosen for entry in row[: row.index(leading)])
    position = before + by
    if 0 <= position <= len(others):
        return move_entries(case, ordered, sections[at].id, position)
    if not 0 <= at + by < len(sections):
        return None
    there = sum(entry.id not in chosen for entry in held[at + by])
    return move_entries(case, ordered, sections[at + by].id, there if by < 0 else 0)


def step_section(case: CaseFile, section: SectionId, by: int) -> Change | None:
    """Move a section one place up (-1) or down (1); None when it is at the end of the bundle already."""
    sections = _sections_around(case, section)
    to = next(at for at, item in enumerate(sections) if item.id == section) + by
    return move_section(case, section, to) if 0 <= to < len(sections) else None


def put_documents(
    case: CaseFile, bundle: BundleId, documents: Sequence[DocumentId], section: str = "", position: int | None = None
) -> Change:
    """Put documents into a section, the last one unless one is named; a bundle without sections gets one."""
    if not documents:
        raise Refused("Choose the documents to put into the bundle.")
    sections = case.all(Section, "position", bundle=case.get(Bundle, bundle).id)
    if not sections:
        add_section(case, bundle, "Documents")
        sections = case.all(Section, "position", bundle=bundle)
    known = next((item for item in sections if item.id == section), sections[-1])
    return add_entries(case, known.id, documents, position=position if known.id == section else None)


def _sections_around(case: CaseFile, section: SectionId) -> list[Section]:
    return case.all(Section, "position", bundle=case.get(Section, section).bundle)
