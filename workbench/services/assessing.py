"""Assessments: judging adequacy by standards and evidence, second readings, and what might be cited but is not yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from workbench.domain.adequacy import EVIDENCE, Surroundings, evidence_faults, faults_of, notes_of, refuse_unfounded
from workbench.domain.agreement import Agreement, agreements
from workbench.domain.analysis import Assessment, NegativeSearch, Rating, SecondReading, Standard
from workbench.domain.change import Action, Change
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.domain.ids import (
    AnyId,
    AssessmentId,
    InstitutionId,
    IssueId,
    ScopeParagraphId,
    SecondReadingId,
    StandardId,
    new_id,
    prefix_of,
)
from workbench.domain.standing import Reach, StandardsInForce, called, span_of
from workbench.services.standards import times
from workbench.store.case_file import CaseFile
from workbench.store.step import Step

#: The two sides evidence stands on.
FOR, AGAINST = "for", "against"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentFacts:
    """What a reader says of one institution, one scope paragraph and one period (EDTF)."""

    institution: InstitutionId
    scope: ScopeParagraphId
    period: str = ""
    question: str = ""
    rating: Rating = Rating.NOT_YET_ASSESSED
    standards: tuple[StandardId, ...] = ()
    evidence_for: tuple[AnyId, ...] = ()
    evidence_against: tuple[AnyId, ...] = ()
    gaps: tuple[str, ...] = ()
    confidence: str = ""
    reasoning: str = ""
    dimensions: tuple[str, ...] = ()
    issues: tuple[IssueId, ...] = ()
    author: str = ""
    assessed_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something cited: its id, what it is called, the words quoted (if it has any), and what is wrong with it."""

    id: AnyId
    name: str
    words: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow:
    """An assessment with everything it names in words, its faults, notes and second readings."""

    assessment: Assessment
    institution: str
    scope: str
    standards: tuple[Named, ...] = ()
    evidence_for: tuple[Named, ...] = ()
    evidence_against: tuple[Named, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    readings: tuple[SecondReading, ...] = ()

    @property
    def id(self) -> str:
        return self.assessment.id

    @property
    def is_contested(self) -> bool:
        """True when a second reader came to another rating."""
        rating = self.assessment.rating
        return any(reading.rating not in (rating, Rating.NOT_YET_ASSESSED) for reading in self.readings)

    def awaits(self, reader: str) -> bool:
        """True while nobody has read it a second time and this person, who is not its author, still may."""
        record = self.assessment
        is_own = not record.author or record.author.casefold() == reader.casefold()
        return not is_own and not self.readings and record.rating is not Rating.NOT_YET_ASSESSED


def surroundings(case: CaseFile | Step) -> Surroundings:
    """Everything assessments can rest on, read once."""
    return Surroundings(
        standards=StandardsInForce(case.all(Standard)),
        excerpts={item.id: item for item in case.all(Excerpt)},
        documents={item.id: item for item in case.all(Document)},
        events={item.id: item for item in case.all(Event)},
        searches={item.id: item for item in case.all(NegativeSearch)},
        institutions={item.id: item.name for item in case.all(Institution)},
    )


def assessment_rows(case: CaseFile) -> list[AssessmentRow]:
    """All assessments by institution, scope paragraph and period, with what is wrong with each."""
    among = surroundings(case)
    paragraphs = {item.id: item for item in case.all(ScopeParagraph)}
    readings: dict[str, list[SecondReading]] = {}
    for reading in case.all(SecondReading, "read_on, id"):
        readings.setdefault(reading.assessment, []).append(reading)
    rows = [
        AssessmentRow(
            assessment=item,
            institution=among.institutions[item.institution],
            scope=paragraphs[item.scope].number,
            standards=tuple(Named(id=AnyId(i), name=called(among.standards.standards[i])) for i in item.standards),
            evidence_for=_named(item.evidence_for, among),
            evidence_against=_named(item.evidence_against, among),
            faults=faults_of(item, among),
            notes=notes_of(item, among),
            readings=tuple(readings.get(item.id, ())),
        )
        for item in case.all(Assessment)
    ]
    order = {item.id: item.position for item in paragraphs.values()}
    return sorted(rows, key=lambda r: (r.institution.casefold(), order[r.assessment.scope], r.assessment.period, r.id))


def _named(cited: Sequence[AnyId], among: Surroundings) -> tuple[Named, ...]:
    return tuple(
        Named(id=item, name=among.name_of(item), words=_words(item, among), faults=evidence_faults(item, among))
        for item in cited
    )


def _words(cited: AnyId, among: Surroundings) -> str:
    return " ".join(among.excerpts[cited].quote.split()) if cited in among.excerpts else ""


# Changing


def add_assessment(case: CaseFile, facts: AssessmentFacts) -> tuple[Change, AssessmentId]:
    """Another assessment; refused when its rating rests on neither a standard and evidence nor a stated gap."""
    record = _assessment(case, AssessmentId(new_id("asm")), facts)
    return _put(case, record, "assess"), record.id


def edit_assessment(case: CaseFile, identifier: AssessmentId, facts: AssessmentFacts) -> Change:
    """Make an assessment exactly this; refused as a new one is."""
    case.get(Assessment, identifier)
    return _put(case, _assessment(case, identifier, facts), "edit the assessment of")


def delete_assessment(case: CaseFile, identifier: AssessmentId) -> Change:
    """Remove an assessment with its second readings; refused while a finding cites it."""
    record = case.get(Assessment, identifier)
    used = [item for item in case.pointing_at(identifier) if not isinstance(item, SecondReading)]
    if used:
        raise Refused(f"The assessment is still cited {times(len(used))}, by findings or links. Change those first.")
    with case.change(Action.EDIT_ANALYSIS, f"remove the assessment of {_about(case, record)}") as step:
        for reading in step.all(SecondReading, assessment=identifier):
            step.delete(SecondReading, reading.id)
        step.delete(Assessment, identifier)
    return step.change


def add_evidence(case: CaseFile, identifier: AssessmentId, cited: Sequence[AnyId], side: str) -> Change:
    """Let an assessment rest on these too, ``for`` or ``against``; what stood on the other side changes sides."""
    record = case.get(Assessment, identifier)
    new = tuple(dict.fromkeys(cited))
    cited_for = tuple(item for item in record.evidence_for if item not in new)
    cited_against = tuple(item for item in record.evidence_against if item not in new)
    if side == FOR:
        cited_for = tuple(dict.fromkeys((*record.evidence_for, *new)))
    else:
        cited_against = tuple(dict.fromkeys((*record.evidence_against, *new)))
    changed = replace(record, evidence_for=cited_for, evidence_against=cited_against)
    return _put(case, changed, f"evidence {side}:")


def remove_evidence(case: CaseFile, identifier: AssessmentId, cited: Sequence[AnyId]) -> Change:
    """Take evidence away from an assessment, on whichever side it stands."""
    record = case.get(Assessment, identifier)
    changed = replace(
        record,
        evidence_for=tuple(item for item in record.evidence_for if item not in cited),
        evidence_against=tuple(item for item in record.evidence_against if item not in cited),
    )
    return _put(case, changed, "take evidence away from")


def _put(case: CaseFile, record: Assessment, verb: str) -> Change:
    refuse_unfounded(record)
    with case.change(Action.EDIT_ANALYSIS, f"{verb} {_about(case, record)}") as step:
        step.put(record)
    return step.change


def _about(case: CaseFile, record: Assessment) -> str:
    period = f", {record.period}" if record.period else ""
    return f"{case.get(Institution, record.institution).name}, {case.get(ScopeParagraph, record.scope).number}{period}"


def _assessment(case: CaseFile, identifier: AssessmentId, facts: AssessmentFacts) -> Assessment:
    return Assessment(
        id=identifier,
        institution=facts.institution,
        scope=facts.scope,
        period=_day(facts.period),
        rating=facts.rating,
        standards=tuple(dict.fromkeys(facts.standards)),
        evidence_for=tuple(dict.fromkeys(facts.evidence_for)),
        evidence_against=tuple(dict.fromkeys(facts.evidence_against)),
        gaps=tuple(dict.fromkeys(gap.strip() for gap in facts.gaps if gap.strip())),
        confidence=facts.confidence.strip(),
        reasoning=facts.reasoning.strip(),
        question=facts.question.strip(),
        dimensions=tuple(dict.fromkeys(facts.dimensions)),
        issues=facts.issues,
        author=facts.author.strip() or case.who,
        assessed_on=_day(facts.assessed_on) or date.today().isoformat(),
    )


def _day(text: str) -> str:
    return parse_edtf(text).text if text.strip() else ""


# Second readings


def record_reading(
    case: CaseFile,
    assessment: AssessmentId,
    rating: Rating,
    *,
    reader: str = "",
    confidence: str = "",
    reasoning: str = "",
) -> tuple[Change, SecondReadingId]:
    """What a second reader makes of an assessment; the same reader's earlier reading is replaced.

    Refused for the author of the assessment, who is no second reader.
    """
    record = case.get(Assessment, assessment)
    name = reader.strip() or case.who
    if name.casefold() == record.author.casefold():
        raise Refused(f"{name} made this assessment. A second reading is somebody else's: give another name.")
    known = next((r for r in case.all(SecondReading, assessment=assessment) if r.reader == name), None)
    reading = SecondReading(
        id=known.id if known is not None else SecondReadingId(new_id("snd")),
        assessment=assessment,
        reader=name,
        rating=rating,
        confidence=confidence.strip(),
        reasoning=reasoning.strip(),
        read_on=date.today().isoformat(),
    )
    with case.change(Action.EDIT_ANALYSIS, f"second reading of {_about(case, record)}") as step:
        step.put(reading)
    return step.change, reading.id


def agreement_figures(case: CaseFile) -> tuple[Agreement, ...]:
    """How far readers agree: all together first, then each pair of readers."""
    return agreements(case.all(Assessment), case.all(SecondReading))


# What might be cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An excerpt that speaks of the institution and the scope paragraph; ``side`` is what its stance says, or ""."""

    excerpt: Excerpt
    name: str
    side: str


def suggest_evidence(
    case: CaseFile, institution: InstitutionId, scope: ScopeParagraphId, used: Sequence[AnyId] = ()
) -> list[Suggestion]:
    """Excerpts linked to both the institution and the scope paragraph that are not used yet, in page order."""
    to_scope, to_institution = _stances(case, scope), _stances(case, institution)
    both = (to_scope.keys() & to_institution.keys()) - set(used)
    documents: dict[str, Document] = {item.id: item for item in case.all(Document)} if both else {}
    among = Surroundings(documents=documents, excerpts={i: case.get(Excerpt, i) for i in both})
    found = [
        Suggestion(excerpt=item, name=among.name_of(item.id), side=_side(to_scope[item.id] | to_institution[item.id]))
        for item in among.excerpts.values()
        if not item.withdrawn
    ]
    return sorted(found, key=lambda item: (item.name, item.excerpt.start))


def _stances(case: CaseFile, target: str) -> dict[str, set[Stance]]:
    """Excerpt -> what it does for a target; one may be linked more than once."""
    found: dict[str, set[Stance]] = {}
    for link in case.all(Link, target=target):
        found.setdefault(link.excerpt, set()).add(link.stance)
    return found


def _side(stances: set[Stance]) -> str:
    if Stance.UNDERMINES in stances:
        return "" if Stance.SUPPORTS in stances else AGAINST
    return FOR if Stance.SUPPORTS in stances else ""


def suggest_standards(case: CaseFile, institution: InstitutionId, period: str) -> list[tuple[Standard, Reach]]:
    """Standards that bind an institution and stood, certainly or possibly, in some of a period; surest first."""
    inforce = StandardsInForce(case.all(Standard))
    days = span_of(period)
    order = list(Reach)
    found = [
        (item, inforce.reach(item.id, days))
        for item in inforce.standards.values()
        if not item.institutions or institution in item.institutions
    ]
    return sorted(
        ((item, reach) for item, reach in found if reach is not Reach.NOT),
        key=lambda pair: (order.index(pair[1]), pair[0].title.casefold()),
    )


def citable(identifiers: Sequence[str]) -> tuple[AnyId, ...]:
    """Those of some identifiers that can be evidence of an assessment."""
    return tuple(AnyId(item) for item in identifiers if prefix_of(item) in EVIDENCE)
