"""Composes bundles: sections and entries in any order, sorted, moved, with titles and dates for this bundle only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from workbench.domain.audience import checked_audience
from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.change import Action, Change
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import NotFound, Refused
from workbench.domain.ids import BundleId, DocumentId, EntryId, SectionId, new_id
from workbench.domain.page_ranges import parse_page_range
from workbench.services.profiles import load_profile
from workbench.store.case_file import CaseFile
from workbench.store.step import Step

KINDS = ("hearing", "core", "authorities", "witness", "disclosure")
#: What a section can be sorted by.
ORDERS = ("date", "title", "reference")
_LETTERS_LEFT_OUT = {"I", "O"}
P = TypeVar("P", Section, Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleEdit:
    """What to change about a bundle; None leaves it as it is."""

    name: str | None = None
    kind: str | None = None
    profile: str | None = None
    audience: str | None = None
    main: BundleId | None = None
    is_divided: bool | None = None
    marks_references: bool | None = None
    volume_pages: int | None = None
    volume_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryEdit:
    """What to change about entries, for this bundle only; None leaves it as it is, "" goes back to the document's."""

    title: str | None = None
    on: str | None = None
    pages: str | None = None


def edit_bundle(case: CaseFile, identifier: BundleId, edit: BundleEdit) -> Change:
    """Change what is said about a bundle; refused for a name that is taken, an unknown profile or audience."""
    changes: dict[str, Any] = {
        field: value for field in BundleEdit.__dataclass_fields__ if (value := getattr(edit, field)) is not None
    }
    if edit.name is not None:
        changes["name"] = edit.name.strip()
        others = [item for item in case.all(Bundle) if item.id != identifier]
        if not changes["name"] or any(item.name.casefold() == changes["name"].casefold() for item in others):
            raise Refused(f"“{edit.name}” is no name for a bundle, or another has it. Choose another.")
    if edit.kind is not None and edit.kind not in KINDS:
        raise Refused(f"“{edit.kind}” is no kind of bundle. Choose one of: {', '.join(KINDS)}.")
    if edit.profile is not None:
        load_profile(edit.profile, case)
    if edit.audience is not None:
        changes["audience"] = checked_audience(edit.audience)
    if edit.main == identifier:
        raise Refused("A core bundle cannot be taken from itself. Choose the main bundle.")
    record = replace(case.get(Bundle, identifier), **changes)
    with case.change(Action.EDIT_BUNDLE, record.name) as step:
        step.put(record)
    return step.change


def remove_bundle(case: CaseFile, identifier: BundleId) -> Change:
    """Take a bundle away; its builds stay on record, and undo brings it back."""
    bundle = case.get(Bundle, identifier)
    core = case.first(Bundle, main=identifier)
    if core is not None:
        raise Refused(
            f"The bundle “{core.name}” is taken from this one. Remove it first, or choose its main bundle anew."
        )
    with case.change(Action.EDIT_BUNDLE, f"remove {bundle.name}") as step:
        for section in step.all(Section, bundle=identifier):
            _remove_section(step, section)
        step.delete(Bundle, identifier)
    return step.change


# Sections


def add_section(case: CaseFile, bundle: BundleId, title: str, *, position: int | None = None) -> Change:
    """A section without entries, at the end unless a position (from 0) is given."""
    title = _titled(title)
    record = case.get(Bundle, bundle)
    _refuse_second(case, bundle, title)
    with case.change(Action.EDIT_BUNDLE, f"{record.name}: section {title}") as step:
        sections = step.all(Section, "position", bundle=bundle)
        made = Section(id=SectionId(new_id("sec")), bundle=bundle, position=len(sections), title=title)
        at = len(sections) if position is None else position
        _place(step, [*sections[:at], made, *sections[at:]])
    return step.change


def edit_section(case: CaseFile, section: SectionId, *, title: str | None = None, letter: str | None = None) -> Change:
    """Give a section another title, or a letter of its own ("" for the next free one)."""
    record = case.get(Section, section)
    if title is not None and title.strip() != record.title:
        _refuse_second(case, record.bundle, title.strip())
        record = replace(record, title=_titled(title))
    if letter is not None:
        letter = letter.strip().upper()
        if letter and (not letter.isascii() or not letter.isalpha() or set(letter) & _LETTERS_LEFT_OUT):
            raise Refused(f"“{letter}” is no letter for a section. Use A to Z without I and O, which read as 1 and 0.")
        record = replace(record, letter=letter)
    with case.change(Action.EDIT_BUNDLE, f"section {record.title}") as step:
        step.put(record)
    return step.change


def move_section(case: CaseFile, section: SectionId, position: int) -> Change:
    """Put a section at another position (from 0) of its bundle."""
    record = case.get(Section, section)
    with case.change(Action.EDIT_BUNDLE, f"move section {record.title}") as step:
        others = [item for item in step.all(Section, "position", bundle=record.bundle) if item.id != section]
        _place(step, [*others[:position], record, *others[position:]])
    return step.change


def remove_section(case: CaseFile, section: SectionId) -> Change:
    """Take a section away with its entries; the documents stay in the case."""
    record = case.get(Section, section)
    with case.change(Action.EDIT_BUNDLE, f"remove section {record.title}") as step:
        _remove_section(step, record)
        _place(step, step.all(Section, "position", bundle=record.bundle))
    return step.change


# Entries


def add_entries(
    case: CaseFile, section: SectionId, documents: Sequence[DocumentId], *, position: int | None = None
) -> Change:
    """Put documents into a section, at the end unless a position (from 0) is given."""
    record = case.get(Section, section)
    if not documents:
        raise Refused("Choose the documents to put into the bundle.")
    for document in documents:
        case.get(Document, document)
    with case.change(Action.EDIT_BUNDLE, f"{record.title}: {_count(len(documents))} added") as step:
        entries = step.all(Entry, "position", section=section)
        made = [Entry(id=EntryId(new_id("ent")), section=section, position=0, document=item) for item in documents]
        at = len(entries) if position is None else position
        _place(step, [*entries[:at], *made, *entries[at:]])
    return step.change


def move_entries(case: CaseFile, entries: Sequence[EntryId], section: SectionId, position: int) -> Change:
    """Move entries, in the order given, to a position (from 0, counted without them) of a section."""
    chosen = [case.get(Entry, entry) for entry in entries]
    record = case.get(Section, section)
    with case.change(Action.EDIT_BUNDLE, f"{record.title}: {_count(len(chosen))} moved") as step:
        moved = {entry.id for entry in chosen}
        for source in dict.fromkeys(entry.section for entry in chosen):
            if source != section:
                _place(step, [e for e in step.all(Entry, "position", section=source) if e.id not in moved])
        there = [e for e in step.all(Entry, "position", section=section) if e.id not in moved]
        placed = [replace(entry, section=section) for entry in chosen]
        _place(step, [*there[:position], *placed, *there[position:]])
    return step.change


def edit_entries(case: CaseFile, entries: Sequence[EntryId], edit: EntryEdit) -> Change:
    """Change titles, dates or page ranges for this bundle only; refused for pages that a document does not have."""
    changes: dict[str, Any] = {}
    if edit.title is not None:
        changes["title"] = " ".join(edit.title.split())
    if edit.on is not None:
        changes["on"] = parse_edtf(edit.on).text if edit.on.strip() else ""
    if edit.pages is not None:
        changes["pages"] = edit.pages.strip()
    with case.change(Action.EDIT_BUNDLE, f"{_count(len(entries))} edited") as step:
        for identifier in entries:
            entry = step.get(Entry, identifier)
            document = step.get(Document, entry.document)
            if edit.pages is not None:
                parse_page_range(edit.pages, document.page_count, where=document.urn)
            step.put(replace(entry, **changes))
    return step.change


def remove_entries(case: CaseFile, entries: Sequence[EntryId]) -> Change:
    """Take entries out of their bundle; the documents stay in the case."""
    chosen = [case.get(Entry, entry) for entry in entries]
    with case.change(Action.EDIT_BUNDLE, f"{_count(len(chosen))} removed") as step:
        for entry in chosen:
            step.delete(Entry, entry.id)
        for section in dict.fromkeys(entry.section for entry in chosen):
            _place(step, step.all(Entry, "position", section=section))
    return step.change


def sort_section(case: CaseFile, section: SectionId, by: str = "date") -> Change:
    """Put the entries of a section in order of date (undated last), title or reference."""
    if by not in ORDERS:
        raise Refused(f"A section can be sorted by {', '.join(ORDERS)}, not by “{by}”.")
    record = case.get(Section, section)
    with case.change(Action.EDIT_BUNDLE, f"{record.title}: sorted by {by}") as step:
        key = _sort_key(step, by)
        _place(step, sorted(step.all(Entry, "position", section=section), key=key))
    return step.change


def _sort_key(step: Step, by: str) -> Callable[[Entry], tuple[Any, ...]]:
    def key(entry: Entry) -> tuple[Any, ...]:
        document = step.get(Document, entry.document)
        if by == "reference":
            return (document.urn,)
        if by == "title":
            return ((entry.title or document.title or document.filename).casefold(), document.urn)
        on = entry.on or document.on
        if not on:
            return (1, "", "", document.urn)
        date = parse_edtf(on)
        return (0, date.earliest, date.latest, document.urn)

    return key


def _place(step: Step, records: Sequence[P]) -> None:
    """Write the positions 0, 1, 2 ... in this order."""
    for position, record in enumerate(records):
        step.put(replace(record, position=position))


def _remove_section(step: Step, section: Section) -> None:
    for entry in step.all(Entry, section=section.id):
        step.delete(Entry, entry.id)
    step.delete(Section, section.id)


def _titled(title: str) -> str:
    if not title.strip():
        raise Refused("A section needs a title. Type one.")
    return " ".join(title.split())


def _refuse_second(case: CaseFile, bundle: BundleId, title: str) -> None:
    if any(item.title.casefold() == title.casefold() for item in case.all(Section, bundle=bundle)):
        raise Refused(f"The bundle has a section “{title}” already. Choose another title.")


def _count(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def section_named(case: CaseFile, bundle: BundleId, title: str) -> Section:
    """A section by its title; raises ``NotFound`` listing those there are."""
    sections = case.all(Section, "position", bundle=bundle)
    found = next((item for item in sections if item.title.casefold() == title.strip().casefold()), None)
    if found is None:
        known = ", ".join(f"“{item.title}”" for item in sections) or "none yet"
        raise NotFound(f"The bundle has no section “{title}”. It has: {known}.")
    return found
