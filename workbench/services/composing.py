"""Puts documents into a bundle to be built, and sets up a case study to be exported."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.change import Action, Change
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.domain.ids import BundleId, CaseStudyId, DocumentId, EntryId, SectionId, new_id
from workbench.store.case_file import CaseFile


def compose_bundle(
    case: CaseFile, name: str, documents: Sequence[DocumentId], *, section: str = "Documents", profile: str = ""
) -> Change:
    """A hearing bundle with one section that holds the documents in the order given."""
    name = name.strip()
    if not name:
        raise Refused("A bundle needs a name. Type one, for example the hearing and its date.")
    if any(bundle.name.casefold() == name.casefold() for bundle in case.all(Bundle)):
        raise Refused(f"There is already a bundle called “{name}”. Choose another name.")
    if not documents:
        raise Refused("A bundle needs at least one document. Import documents first.")
    bundle = Bundle(id=BundleId(new_id("bun")), name=name)
    if profile:
        bundle = Bundle(id=bundle.id, name=name, profile=profile)
    part = Section(id=SectionId(new_id("sec")), bundle=bundle.id, position=0, title=section)
    with case.change(Action.EDIT_BUNDLE, name) as step:
        step.put(bundle)
        step.put(part)
        for position, identifier in enumerate(documents):
            document = step.get(Document, identifier)
            step.put(Entry(id=EntryId(new_id("ent")), section=part.id, position=position, document=document.id))
    return step.change


def set_up_case_study(case: CaseFile, title: str) -> Change:
    """A case study over the whole scope and every institution of the case, to be narrowed later."""
    title = title.strip()
    if not title:
        raise Refused("A case study needs a title. Type one.")
    if any(study.title.casefold() == title.casefold() for study in case.all(CaseStudy)):
        raise Refused(f"There is already a case study called “{title}”. Choose another title.")
    study = CaseStudy(
        id=CaseStudyId(new_id("cst")),
        title=title,
        scope=tuple(item.id for item in case.all(ScopeParagraph, "position")),
        institutions=tuple(item.id for item in case.all(Institution, "name")),
    )
    with case.change(Action.EDIT_ANALYSIS, title) as step:
        step.put(study)
    return step.change
