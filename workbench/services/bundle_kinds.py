"""Makes bundles from what the case knows: a core bundle, a bundle of authorities, a pack for one witness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.change import Action, Change
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.ids import BundleId, CaseStudyId, DocumentId, EntryId, SectionId, new_id
from workbench.domain.urn import UrnRule
from workbench.services.searching import search
from workbench.services.session import investigation_of
from workbench.store.case_file import CaseFile
from workbench.store.step import Step

#: Kinds of documents that are authorities.
_AUTHORITIES = {"judgment": "Cases", "legislation": "Legislation", "regulation": "Legislation", "guidance": "Guidance"}
#: ``[2021] EWHC 2167`` in a title tells a judgment whatever its kind says.
_NEUTRAL_CITATION = re.compile(r"\[\d{4}\] (?:EW|UK|NI|CS)[A-Z]+ (?:Civ |Crim )?\d+")
_REFERENCE = re.compile(r"\b[A-Z]{2,6}\d{5,10}\b")
_MOST_MENTIONS = 500


@dataclass(frozen=True, slots=True)
class Part:
    """A section to be made: its title and (document, pages, title) for every entry."""

    title: str
    entries: tuple[tuple[DocumentId, str, str], ...]


def core_bundle(case: CaseFile, main: BundleId, entries: Sequence[EntryId], name: str) -> Change:
    """A core bundle: these entries of the main bundle, in its sections and order, with references to it."""
    chosen = set(entries)
    parts = []
    for section in case.all(Section, "position", bundle=main):
        kept = [item for item in case.all(Entry, "position", section=section.id) if item.id in chosen]
        parts.append(Part(section.title, tuple((item.document, item.pages, item.title) for item in kept)))
    source = case.get(Bundle, main)
    return made_bundle(case, name, parts, kind="core", profile=source.profile, audience=source.audience, main=main)


def authorities_bundle(case: CaseFile, name: str, documents: Iterable[DocumentId] | None = None) -> Change:
    """The authorities of the case, or of a choice: legislation, cases and guidance, each in order of title."""
    wanted = None if documents is None else set(documents)
    by_section: dict[str, list[Document]] = {"Legislation": [], "Cases": [], "Guidance": []}
    for document in case.all(Document, "title"):
        section = "Cases" if _NEUTRAL_CITATION.search(document.title) else _AUTHORITIES.get(document.kind)
        if wanted is not None and document.id in wanted:
            by_section[section or "Cases"].append(document)
        elif wanted is None and section:
            by_section[section].append(document)
    parts = [Part(title, tuple((item.id, "", "") for item in found)) for title, found in by_section.items()]
    return made_bundle(case, name, parts, kind="authorities")


def witness_pack(case: CaseFile, name: str, statement: DocumentId, *, mention: str = "") -> Change:
    """A pack for a witness: the statement, the documents it refers to, and those that mention ``mention``."""
    record = case.get(Document, statement)
    referred = [item for item in _referred_to(case, record) if item.id != statement]
    known = {statement, *(item.id for item in referred)}
    mentioning = [item for item in _mentioning(case, mention) if item.id not in known] if mention.strip() else []
    parts = [
        Part("Statement", ((statement, "", ""),)),
        Part("Documents referred to", tuple((item.id, "", "") for item in referred)),
        Part(f"Documents that mention {mention.strip()}", tuple((item.id, "", "") for item in mentioning)),
    ]
    return made_bundle(case, name, parts, kind="witness")


def _referred_to(case: CaseFile, statement: Document) -> list[Document]:
    """The documents whose references stand in the text, in the order of their first mention."""
    investigation = investigation_of(case)
    rule = UrnRule(prefix=investigation.urn_prefix, digits=investigation.urn_digits)
    text = "\n".join(page.text for page in case.pages(statement.sha256))
    by_urn = {item.urn: item for item in case.all(Document)}
    names = dict.fromkeys(rule.find(match[0]) or match[0] for match in _REFERENCE.finditer(text))
    return [by_urn[name] for name in names if name in by_urn]


def _mentioning(case: CaseFile, mention: str) -> list[Document]:
    result = search(case, f'"{mention.strip()}"', limit=_MOST_MENTIONS)
    urns = dict.fromkeys(hit.urn for hit in result.hits)
    by_urn = {item.urn: item for item in case.all(Document)}
    return sorted((by_urn[urn] for urn in urns), key=lambda item: (item.on_earliest or "9999", item.urn))


def made_bundle(
    case: CaseFile,
    name: str,
    parts: Sequence[Part],
    *,
    kind: str,
    profile: str = "",
    audience: str = "team",
    main: BundleId | None = None,
    case_study: CaseStudyId | None = None,
) -> Change:
    """A bundle with these sections, as one change; refused for a name that is taken, and when all are empty."""
    name = name.strip()
    if not name or any(item.name.casefold() == name.casefold() for item in case.all(Bundle)):
        raise Refused(f"“{name}” is no name for a bundle, or another has it. Choose another.")
    filled = [part for part in parts if part.entries]
    if not filled:
        raise Refused(f"Nothing was found to put into the bundle “{name}”. Choose its documents yourself.")
    bundle = Bundle(
        id=BundleId(new_id("bun")), name=name, kind=kind, audience=audience, main=main, case_study=case_study
    )
    if profile:
        bundle = replace(bundle, profile=profile)
    with case.change(Action.EDIT_BUNDLE, name) as step:
        step.put(bundle)
        for position, part in enumerate(filled):
            _put_part(step, bundle.id, position, part)
    return step.change


def _put_part(step: Step, bundle: BundleId, position: int, part: Part) -> None:
    section = Section(id=SectionId(new_id("sec")), bundle=bundle, position=position, title=part.title)
    step.put(section)
    for at, (document, pages, title) in enumerate(part.entries):
        entry = Entry(
            id=EntryId(new_id("ent")), section=section.id, position=at, document=document, pages=pages, title=title
        )
        step.put(entry)
