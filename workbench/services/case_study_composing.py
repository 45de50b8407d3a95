"""Makes the hearing bundle of a case study, tells where it and the citations have parted, and brings them together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.domain.audience import TEAM, checked_audience
from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.change import Action, Change
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.frame import Institution
from workbench.domain.ids import BundleId, CaseStudyId, EntryId, InstitutionId, SectionId, new_id
from workbench.domain.page_ranges import page_range_text, parse_page_range
from workbench.services.bundle_kinds import Part, made_bundle
from workbench.services.case_study_bundle import CaseStudyBundleProposal, ProposedDocument, propose
from workbench.services.profiles import load_profile
from workbench.store.case_file import CaseFile
from workbench.store.step import Step

#: What the sections of the bundle can be made by.
GROUPINGS = ("institution", "kind")
PROFILE = "inquiry-hearing"
_WITHOUT_AUTHOR, _CONTEXT = "Other documents", "Context"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A document that is cited (or context), or pages of it, that the bundle does not hold."""

    document: Document
    pages: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surplus:
    """An entry of the bundle that nothing cites any more, or that must not be in it, and why."""

    entry: Entry
    document: Document
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleDifferences:
    """Where a bundle and what its case study cites have parted."""

    missing: tuple[Missing, ...]
    surplus: tuple[Surplus, ...]

    @property
    def is_exact(self) -> bool:
        """True when the bundle holds exactly what is cited."""
        return not (self.missing or self.surplus)


def make_bundle(
    case: CaseFile,
    study: CaseStudyId,
    name: str,
    profile: str = PROFILE,
    audience: str = TEAM,
    *,
    page_context: int | None = None,
    grouping: str = "institution",
) -> Change:
    """A hearing bundle of exactly what the case study cites and its context, in order of date, as one change.

    Sections are the institutions that wrote the documents, or their kinds. Refused when nothing is cited.
    """
    if grouping not in GROUPINGS:
        raise Refused(f"The sections can be made by {' or '.join(GROUPINGS)}, not by “{grouping}”.")
    load_profile(profile, case)
    proposal = propose(case, study, checked_audience(audience), page_context=page_context)
    if not proposal.documents:
        raise Refused(
            f"The case study “{proposal.study.title}” cites no document that this audience may see, and has no context "
            "documents, so there is nothing to put into a bundle."
        )
    parts = [
        Part(title, tuple((item.document.id, item.pages, "") for item in members))
        for title, members in _grouped(case, proposal, grouping)
    ]
    return made_bundle(case, name, parts, kind="hearing", profile=profile, audience=audience, case_study=study)


def _grouped(
    case: CaseFile, proposal: CaseStudyBundleProposal, grouping: str
) -> list[tuple[str, list[ProposedDocument]]]:
    """(section, documents in order of date): the institutions of the case study first, context last."""
    names = {item.id: item.name for item in case.all(Institution, "name")}
    first = [names[identifier] for identifier in proposal.study.institutions]
    groups: dict[str, list[ProposedDocument]] = {}
    for item in sorted(proposal.documents, key=_by_date):
        groups.setdefault(_section_of(item, grouping, names), []).append(item)
    rank = {title: at for at, title in enumerate(first)}
    last = {_WITHOUT_AUTHOR: 1, _CONTEXT: 2}

    def key(title: str) -> tuple[int, int, str]:
        return (last.get(title, 0), rank.get(title, len(rank)), title.casefold())

    return [(title, groups[title]) for title in sorted(groups, key=key)]


def _section_of(item: ProposedDocument, grouping: str, names: dict[InstitutionId, str]) -> str:
    if item.is_context:
        return _CONTEXT
    if grouping == "kind":
        return item.document.kind[:1].upper() + item.document.kind[1:]
    return names[item.document.author] if item.document.author else _WITHOUT_AUTHOR


def _by_date(item: ProposedDocument) -> tuple[str, str, str]:
    document = item.document
    return (document.on_earliest or document.on_latest or "9999", document.on_latest, document.urn)


# Keeping it in step


def differences(case: CaseFile, bundle: BundleId, *, page_context: int | None = None) -> BundleDifferences:
    """What is cited but not in the bundle, and what is in the bundle but no longer cited, for its own audience."""
    proposal = _proposal_for(case, bundle, page_context)
    entries = _entries(case, bundle)
    held: dict[str, set[int]] = {}
    for entry, document in entries:
        held.setdefault(document.id, set()).update(_pages(entry, document))
    missing = []
    for item in proposal.documents:
        wanted = (
            set(item.cited_pages)
            if item.document.id in held
            else set(parse_page_range(item.pages, item.document.page_count))
        )
        lacking = wanted - held.get(item.document.id, set())
        if lacking:
            pages = page_range_text(lacking) if item.document.id in held else item.pages
            missing.append(Missing(document=item.document, pages=pages, why=item.why or ("a context document",)))
    proposed = {item.document.id for item in proposal.documents}
    reasons = {item.document.id: item.reason for item in proposal.left_out}
    surplus = [
        Surplus(entry=entry, document=document, reason=reasons[document.id])
        for entry, document in entries
        if document.id not in proposed
    ]
    return BundleDifferences(missing=tuple(missing), surplus=tuple(surplus))


def refresh_bundle(
    case: CaseFile, bundle: BundleId, *, page_context: int | None = None, removes: bool = True
) -> Change | None:
    """Put in what is missing and take out what is no longer cited, as one change; None when nothing has parted.

    What stays keeps its place, title and pages, so that numbers given before can stay.
    """
    found = differences(case, bundle, page_context=page_context)
    surplus = found.surplus if removes else ()
    if not (found.missing or surplus):
        return None
    names = {item.id: item.name for item in case.all(Institution)}
    record = case.get(Bundle, bundle)
    said = f"{record.name}: {len(found.missing)} put in, {len(surplus)} taken out"
    with case.change(Action.EDIT_BUNDLE, said) as step:
        for gone in surplus:
            step.delete(Entry, gone.entry.id)
        for item in found.missing:
            if not _extended(step, bundle, item):
                _put_in(step, bundle, item, names)
        for section in step.all(Section, bundle=bundle):
            for position, entry in enumerate(step.all(Entry, "position, id", section=section.id)):
                step.put(replace(entry, position=position))
    return step.change


def _extended(step: Step, bundle: BundleId, item: Missing) -> bool:
    """Whether an entry of the document was there to take the pages that are missing."""
    for section in step.all(Section, "position", bundle=bundle):
        for entry in step.all(Entry, "position", section=section.id):
            if entry.document == item.document.id:
                count = item.document.page_count
                pages = {*parse_page_range(entry.pages, count), *parse_page_range(item.pages, count)}
                step.put(replace(entry, pages="" if len(pages) == count else page_range_text(pages)))
                return True
    return False


def _put_in(step: Step, bundle: BundleId, item: Missing, names: dict[InstitutionId, str]) -> None:
    """Into the section of its author, its kind or the context where there is one; else into a new one at the end."""
    sections = step.all(Section, "position", bundle=bundle)
    author = names.get(item.document.author, "") if item.document.author else _WITHOUT_AUTHOR
    titles = [_CONTEXT] if item.why == ("a context document",) else [author, item.document.kind]
    wanted = [title.casefold() for title in titles]
    known = next((section for section in sections if section.title.casefold() in wanted), None)
    if known is None:
        known = Section(id=SectionId(new_id("sec")), bundle=bundle, position=len(sections), title=titles[0])
        step.put(known)
    at = _place_by_date(step, step.all(Entry, "position", section=known.id), item.document)
    step.put(
        Entry(id=EntryId(new_id("ent")), section=known.id, position=at, document=item.document.id, pages=item.pages)
    )


def _place_by_date(step: Step, entries: Sequence[Entry], document: Document) -> int:
    """The position behind the last entry that is no later; entries after it are moved on by one."""
    on = document.on_earliest or "9999"
    at = 0
    for place, entry in enumerate(entries, 1):
        if (step.get(Document, entry.document).on_earliest or "9999") <= on:
            at = place
    for place, entry in enumerate(entries):
        step.put(replace(entry, position=place if place < at else place + 1))
    return at


def _proposal_for(case: CaseFile, bundle: BundleId, page_context: int | None) -> CaseStudyBundleProposal:
    record = case.get(Bundle, bundle)
    if record.case_study is None:
        raise Refused(f"The bundle “{record.name}” belongs to no case study. Make one from the case study first.")
    return propose(case, record.case_study, record.audience, page_context=page_context)


def _entries(case: CaseFile, bundle: BundleId) -> list[tuple[Entry, Document]]:
    sections = case.all(Section, "position", bundle=bundle)
    entries = [entry for section in sections for entry in case.all(Entry, "position", section=section.id)]
    return [(entry, case.get(Document, entry.document)) for entry in entries]


def _pages(entry: Entry, document: Document) -> Iterable[int]:
    return parse_page_range(entry.pages, document.page_count, where=document.urn)
