"""The coverage matrix of a case: reading it, the evidence of one cell, ruling cells out of scope with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.domain.analysis import Assessment, NegativeSearch, ScopeExclusion, SecondReading
from workbench.domain.change import Action, Change
from workbench.domain.coverage import Cell, Matrix, Side
from workbench.domain.coverage_counting import CoverageRecords, CoverageView, Material, build_matrix
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.domain.ids import (
    CaseStudyId,
    InstitutionId,
    ScopeExclusionId,
    ScopeParagraphId,
    new_id,
)
from workbench.domain.spans import span_of
from workbench.domain.urn import page_form
from workbench.runtime.garbage import rubbish_can_wait
from workbench.store.case_file import CaseFile
from workbench.store.coverage_facts import coverage_facts


def read_records(case: CaseFile) -> CoverageRecords:
    """Everything the matrix is built from, with a number of queries that does not grow with the case."""
    facts = coverage_facts(case.reader())
    searches = {str(item.id): Material((span_of(item.period),)) for item in case.all(NegativeSearch)}
    return CoverageRecords(
        institutions=case.all(Institution),
        scope=case.all(ScopeParagraph, "position, id"),
        links=facts.links,
        material={**facts.material, **searches},
        firsts=facts.firsts,
        events=facts.events,
        assessments=case.all(Assessment),
        readings=case.all(SecondReading),
        exclusions=case.all(ScopeExclusion),
    )


def coverage_of(
    case: CaseFile,
    *,
    case_study: CaseStudyId | None = None,
    period: str = "",
    shows_every_paragraph: bool = False,
) -> Matrix:
    """The matrix of a case, or of one case study; raises ``Refused`` for a period that is no date."""
    view = coverage_view(case, case_study=case_study, period=period, shows_every_paragraph=shows_every_paragraph)
    with rubbish_can_wait():
        return build_matrix(read_records(case), view)


def coverage_view(
    case: CaseFile, *, case_study: CaseStudyId | None = None, period: str = "", shows_every_paragraph: bool = False
) -> CoverageView:
    """What is looked at; raises ``Refused`` for a period that is no date."""
    return CoverageView(
        case_study=case.get(CaseStudy, case_study) if case_study else None,
        period=parse_edtf(period).text if period.strip() else "",
        shows_every_paragraph=shows_every_paragraph,
    )


# The evidence of a cell


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One piece of evidence of a cell: what it says, where it stands, and on which side.

    ``kind`` is excerpt, event or search; ``excerpt`` is where it is read, None when there is no page for it.
    """

    id: str
    kind: str
    side: Side
    words: str
    reference: str = ""
    on: str = ""
    excerpt: Excerpt | None = None
    is_cited: bool = False
    is_doubtful: bool = False
    why: str = ""


def evidence_of(case: CaseFile, cell: Cell) -> list[EvidenceRow]:
    """The pieces of a cell, side by side, within a side by reference."""
    cited = {piece for item in cell.assessments for piece in (*item.evidence_for, *item.evidence_against)}
    order = {side: at for at, side in enumerate(Side)}
    rows = [
        replace(_row(case, piece.id), side=piece.side, is_doubtful=piece.is_doubtful, is_cited=piece.id in cited)
        for piece in cell.pieces
    ]
    return sorted(rows, key=lambda row: (order[row.side], row.reference, row.id))


def _row(case: CaseFile, identifier: str) -> EvidenceRow:
    if identifier.startswith("evt_"):
        event = case.get(Event, identifier)
        source = case.get(Excerpt, event.sources[0]) if event.sources else None
        reference = _reference(case, source) if source is not None else ""
        return EvidenceRow(
            id=identifier, kind="event", side=Side.CONTEXT, words=event.title, reference=reference, on=event.on,
            excerpt=source,
        )  # fmt: skip
    if identifier.startswith("neg_"):
        search = case.get(NegativeSearch, identifier)
        return EvidenceRow(
            id=identifier, kind="search", side=Side.CONTEXT, words=search.sought, on=search.period,
            reference=search.query,
        )  # fmt: skip
    return _excerpt_row(case, case.get(Excerpt, identifier))


def _excerpt_row(case: CaseFile, excerpt: Excerpt) -> EvidenceRow:
    document = case.get(Document, excerpt.document)
    parts = [excerpt]
    while (part := case.first(Excerpt, continues=parts[-1].id)) is not None and part not in parts:
        parts.append(part)
    why = excerpt.withdrawn or document.withdrawn_reason
    return EvidenceRow(
        id=excerpt.id,
        kind="excerpt",
        side=Side.CONTEXT,
        words=" ".join(" ".join(part.quote.split()) for part in parts),
        reference=page_form(document.urn, excerpt.page_number),
        on=document.on,
        excerpt=excerpt,
        why=why,
    )


def _reference(case: CaseFile, excerpt: Excerpt) -> str:
    return page_form(case.get(Document, excerpt.document).urn, excerpt.page_number)


# Ruling out of scope


def rule_out(
    case: CaseFile, cells: Sequence[tuple[InstitutionId, ScopeParagraphId]], reason: str, *, period: str = ""
) -> Change:
    """Put cells out of scope with a reason, for a period or at all, as one step; a ruling that is there is replaced."""
    if not reason.strip():
        raise Refused("Say why it is out of scope: the reason stands in the matrix and in every export of it.")
    settled = parse_edtf(period).text if period.strip() else ""
    if not cells:
        raise Refused("Choose a cell of the matrix first.")
    with case.change(Action.EDIT_ANALYSIS, _out(case, cells)) as step:
        for institution, scope in dict.fromkeys(cells):
            known = step.all(ScopeExclusion, institution=institution, scope=scope)
            same = next((item for item in known if item.period == settled), None)
            step.put(
                ScopeExclusion(
                    id=same.id if same is not None else ScopeExclusionId(new_id("sxc")),
                    institution=institution,
                    scope=scope,
                    period=settled,
                    reason=reason.strip(),
                )
            )
    return step.change


def _out(case: CaseFile, cells: Sequence[tuple[InstitutionId, ScopeParagraphId]]) -> str:
    if len(cells) > 1:
        return f"{len(cells)} cells out of scope"
    institution, scope = cells[0]
    return f"{case.get(Institution, institution).name} out of scope of {case.get(ScopeParagraph, scope).number}"


def rule_in(case: CaseFile, rulings: Sequence[ScopeExclusionId]) -> Change:
    """Take rulings back: what they kept out is judged again."""
    if not rulings:
        raise Refused("Nothing that is chosen is ruled out of scope.")
    with case.change(Action.EDIT_ANALYSIS, f"{len(rulings)} back in scope") as step:
        for ruling in dict.fromkeys(rulings):
            step.delete(ScopeExclusion, ruling)
    return step.change
