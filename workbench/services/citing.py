"""Cites documents by the page numbers of a build, and follows page numbers from an older build to a newer one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence

from workbench.domain.citation_styles import Wording
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.page_map import MapRow
from workbench.domain.reference_forms import Known, ReferenceFinder, ReferenceForm, forms_from
from workbench.domain.resolving import Resolver, TranscriptPages, tabs_of
from workbench.domain.transcripts import printed_pages, sessions_of
from workbench.domain.urn import UrnRule
from workbench.runtime.resources import resource_names, resource_text
from workbench.services.session import investigation_of
from workbench.store.case_file import CaseFile


def reference_forms() -> tuple[ReferenceForm, ...]:
    """Every form of reference that ships with the program, from ``resources/references``."""
    forms: list[ReferenceForm] = []
    for name in resource_names("references", ".toml"):
        try:
            forms += forms_from(tomllib.loads(resource_text(f"references/{name}.toml")), f"{name}.toml")
        except tomllib.TOMLDecodeError as error:
            raise Refused(f"The reference forms “{name}.toml” cannot be read: {error}.") from error
    return tuple(forms)


def resolver_for(
    rows: Sequence[MapRow],
    *,
    older: Sequence[MapRow] | None = None,
    marks: Iterable[str] = (),
    older_marks: Iterable[str] = (),
    case: CaseFile | None = None,
) -> Resolver:
    """Resolves references for one build; page numbers are those of the ``older`` build when one is given."""
    printed = transcript_pages(case, (*rows, *(older or ()))) if case else {}
    return Resolver(rows, marks=marks, older=older, older_marks=older_marks, transcripts=printed)


def transcript_pages(case: CaseFile, rows: Sequence[MapRow]) -> TranscriptPages:
    """Which page of which document prints which page of a hearing's transcript; what two sheets print is left out."""
    found: dict[tuple[str, int], set[tuple[str, int]]] = {}
    titles = {row.urn: (row.title, row.sha256) for row in rows if row.urn}
    details = details_of(case)
    for urn, (title, sha256) in titles.items():
        sessions = sessions_of(title) or sessions_of(details.get(urn, ("", ""))[0])
        for page in case.pages(sha256) if sessions else ():
            for number in printed_pages(page.text):
                for session in sessions:
                    found.setdefault((session, number), set()).add((urn, page.page_index + 1))
    return {place: pages.pop() for place, pages in found.items() if len(pages) == 1}


def details_of(case: CaseFile) -> dict[str, tuple[str, str]]:
    """Title and date of every document by its URN."""
    return {document.urn: (document.title, document.on) for document in case.all(Document)}


def finder_for(rows: Sequence[MapRow], marks: Iterable[str], case: CaseFile | None = None) -> ReferenceFinder:
    """Finds references to the documents of a build, and of the case when there is one."""
    urns = {row.urn for row in rows if row.urn} | (set(details_of(case)) if case else set())
    return ReferenceFinder(reference_forms(), Known(urns=frozenset(urns), rule=rule_of(case), marks=tuple(marks)))


def rule_of(case: CaseFile | None) -> UrnRule:
    """How the investigation numbers its documents."""
    if case is None:
        return UrnRule()
    investigation = investigation_of(case)
    return UrnRule(prefix=investigation.urn_prefix, digits=investigation.urn_digits)


def wording_for(rows: Sequence[MapRow], mark: str, case: CaseFile | None) -> Wording:
    """What citations into a build are written with."""
    has_volumes = len({row.volume for row in rows}) > 1
    return Wording(mark=mark, has_volumes=has_volumes, tabs=tabs_of(rows), details=details_of(case) if case else {})
