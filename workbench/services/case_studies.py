"""Case studies: chosen for a reason among alternatives, about some paragraphs and institutions, and how far each is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.domain.analysis import Assessment, Finding, FindingStatus, Rating, ScopeExclusion
from workbench.domain.change import Action, Change
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import NotFound, Refused
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, CaseStudyStatus, Institution, ScopeParagraph
from workbench.domain.ids import CaseStudyId, DocumentId, InstitutionId, ScopeParagraphId, new_id
from workbench.services.case_study_citing import citations, records_of
from workbench.store.case_file import CaseFile

#: Statuses that need the reason why this one and no other.
_CHOSEN = (CaseStudyStatus.SELECTED, CaseStudyStatus.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudyFacts:
    """What a person says of a case study; the period as EDTF, alternatives with why they were not taken."""

    title: str
    reason: str = ""
    alternatives: tuple[str, ...] = ()
    scope: tuple[ScopeParagraphId, ...] = ()
    institutions: tuple[InstitutionId, ...] = ()
    period: str = ""
    status: CaseStudyStatus = CaseStudyStatus.PROPOSED
    context: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudyNumbers:
    """A case study in numbers; withdrawn findings and excerpts are counted apart.

    A cell is one of its institutions against one of its paragraphs: rated, out of scope for a reason, or outstanding.
    """

    documents_cited: int
    context_documents: int
    excerpts: int
    excerpts_withdrawn: int
    events: int
    cells_rated: int
    cells_excluded: int
    cells_outstanding: int
    findings: int
    findings_withdrawn: int


def case_study_named(case: CaseFile, title: str) -> CaseStudy:
    """The case study with this title, whatever capitals; raises ``NotFound`` listing those there are."""
    studies = case.all(CaseStudy, "title")
    found = next((item for item in studies if item.title.casefold() == title.strip().casefold()), None)
    if found is None:
        known = ", ".join(f"“{item.title}”" for item in studies) or "none yet"
        raise NotFound(f"There is no case study “{title}” in this case. It has: {known}.")
    return found


def add_case_study(case: CaseFile, facts: CaseStudyFacts) -> tuple[Change, CaseStudyId]:
    """A new case study; refused in one sentence when what is said of it cannot be."""
    identifier = CaseStudyId(new_id("cst"))
    return _settled(case, identifier, facts), identifier


def edit_case_study(case: CaseFile, identifier: CaseStudyId, facts: CaseStudyFacts) -> Change:
    """Say everything about a case study anew, as one change."""
    case.get(CaseStudy, identifier)
    return _settled(case, identifier, facts)


def _settled(case: CaseFile, identifier: CaseStudyId, facts: CaseStudyFacts) -> Change:
    title, reason = " ".join(facts.title.split()), facts.reason.strip()
    _refuse(case, identifier, title, facts)
    record = CaseStudy(
        id=identifier,
        title=title,
        scope=tuple(dict.fromkeys(facts.scope)),
        institutions=tuple(dict.fromkeys(facts.institutions)),
        period=parse_edtf(facts.period).text if facts.period.strip() else "",
        reason=reason,
        status=facts.status,
        alternatives=tuple(dict.fromkeys(text for line in facts.alternatives if (text := " ".join(line.split())))),
        context=tuple(dict.fromkeys(facts.context)),
    )
    with case.change(Action.EDIT_ANALYSIS, f"case study: {title}") as step:
        step.put(record)
    return step.change


def _refuse(case: CaseFile, identifier: CaseStudyId, title: str, facts: CaseStudyFacts) -> None:
    if not title:
        raise Refused("The case study has no title. Type what it looks at.")
    if any(item.id != identifier and item.title.casefold() == title.casefold() for item in case.all(CaseStudy)):
        raise Refused(f"There is already a case study called “{title}”. Choose another title.")
    if facts.status in _CHOSEN and not facts.reason.strip():
        raise Refused(
            f"A case study cannot be {facts.status.value} without the reason why it was chosen. Type the reason, or "
            "leave it proposed."
        )
    if facts.status is CaseStudyStatus.NOT_PURSUED and not facts.reason.strip():
        raise Refused("Type why the case study is not pursued: the report has to say so.")
    _refuse_unknown(case, ScopeParagraph, facts.scope, "scope paragraph")
    _refuse_unknown(case, Institution, facts.institutions, "institution")
    _refuse_unknown(case, Document, facts.context, "document")


def _refuse_unknown(
    case: CaseFile, record: type[ScopeParagraph | Institution | Document], ids: Iterable[str], what: str
) -> None:
    unknown = [identifier for identifier in ids if case.first(record, id=identifier) is None]
    if unknown:
        count = "One" if len(unknown) == 1 else str(len(unknown))
        raise Refused(f"{count} {what} named here is not in this case ({unknown[0]}). Choose from the list.")


def add_context(case: CaseFile, identifier: CaseStudyId, documents: Sequence[DocumentId]) -> Change:
    """Let documents go into the bundle of a case study although nothing cites them."""
    study = case.get(CaseStudy, identifier)
    facts = facts_of(study)
    merged = tuple(dict.fromkeys((*study.context, *documents)))
    return edit_case_study(case, identifier, _with_context(facts, merged))


def _with_context(facts: CaseStudyFacts, context: tuple[DocumentId, ...]) -> CaseStudyFacts:
    return CaseStudyFacts(
        title=facts.title,
        reason=facts.reason,
        alternatives=facts.alternatives,
        scope=facts.scope,
        institutions=facts.institutions,
        period=facts.period,
        status=facts.status,
        context=context,
    )


def facts_of(study: CaseStudy) -> CaseStudyFacts:
    """What is said of a case study now, to be changed and given back."""
    return CaseStudyFacts(
        title=study.title,
        reason=study.reason,
        alternatives=study.alternatives,
        scope=study.scope,
        institutions=study.institutions,
        period=study.period,
        status=study.status,
        context=study.context,
    )


def numbers_of(case: CaseFile, identifier: CaseStudyId) -> CaseStudyNumbers:
    """A case study in numbers."""
    records = records_of(case, identifier)
    study = records.study
    excerpts: dict[str, Excerpt] = {item.id: item for item in case.all(Excerpt)}
    cited = [excerpts[item] for item in citations(records)]
    standing = [item for item in cited if not item.withdrawn]
    rated, excluded, outstanding = _cells(case, study)
    findings = case.all(Finding, case_study=identifier)
    withdrawn = sum(item.status is FindingStatus.WITHDRAWN for item in findings)
    return CaseStudyNumbers(
        documents_cited=len({item.document for item in standing}),
        context_documents=len(study.context),
        excerpts=len(standing),
        excerpts_withdrawn=len(cited) - len(standing),
        events=len(records.events),
        cells_rated=rated,
        cells_excluded=excluded,
        cells_outstanding=outstanding,
        findings=len(findings) - withdrawn,
        findings_withdrawn=withdrawn,
    )


def _cells(case: CaseFile, study: CaseStudy) -> tuple[int, int, int]:
    """How many cells are rated, out of scope, and outstanding; only what asks for adequacy is rated, where any does."""
    paragraphs = [item for item in case.all(ScopeParagraph) if item.id in study.scope]
    judged = [item.id for item in paragraphs if item.kind == "adequacy"] or [item.id for item in paragraphs]
    cells = {(institution, scope) for institution in study.institutions for scope in judged}
    rated = {
        (item.institution, item.scope) for item in case.all(Assessment) if item.rating is not Rating.NOT_YET_ASSESSED
    }
    excluded = {(item.institution, item.scope) for item in case.all(ScopeExclusion)} - rated
    return len(cells & rated), len(cells & excluded), len(cells - rated - excluded)
