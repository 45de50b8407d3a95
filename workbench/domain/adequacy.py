"""What an assessment lacks: a standard, evidence on both sides, a stated gap; and what became of what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workbench.domain.analysis import Assessment, NegativeSearch, Rating, Standard
from workbench.domain.dates import in_words
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event, EventStatus
from workbench.domain.excerpt import AnchorState, Excerpt
from workbench.domain.ids import prefix_of
from workbench.domain.looked_for import arrived_since
from workbench.domain.periods import period_in_words
from workbench.domain.standing import Reach, StandardsInForce, called, span_of
from workbench.domain.urn import page_form

#: What evidence of an assessment may be, by the prefix of its id.
EVIDENCE = {"exc": "excerpt", "evt": "event", "neg": "negative search"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the case knows of the things an assessment rests on, by id."""

    standards: StandardsInForce = field(default_factory=lambda: StandardsInForce(()))
    excerpts: Mapping[str, Excerpt] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    searches: Mapping[str, NegativeSearch] = field(default_factory=dict)
    institutions: Mapping[str, str] = field(default_factory=dict)
    _since: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def arrived_since(self, record: NegativeSearch) -> int:
        """How many documents came after a search was made; worked out once."""
        if record.id not in self._since:
            self._since[record.id] = len(arrived_since(record, self.documents.values()))
        return self._since[record.id]

    def name_of(self, identifier: str) -> str:
        """What a piece of evidence is called: a page reference, an event's title, what was looked for."""
        if identifier in self.excerpts:
            excerpt = self.excerpts[identifier]
            return page_form(self.documents[excerpt.document].urn, excerpt.page_number)
        if identifier in self.events:
            event = self.events[identifier]
            return f"{event.title} ({in_words(event.on)})"
        return f"Search for {self.searches[identifier].sought}" if identifier in self.searches else identifier


def refusal_of(assessment: Assessment) -> str:
    """Why an assessment cannot be kept, "" when it can: a rating rests on a standard and evidence, or states a gap."""
    if assessment.rating is Rating.NOT_YET_ASSESSED or any(gap.strip() for gap in assessment.gaps):
        return ""
    missing = []
    if not assessment.standards:
        missing.append("a standard")
    if not (assessment.evidence_for or assessment.evidence_against):
        missing.append("evidence")
    if not missing:
        return ""
    return (
        f"The rating “{assessment.rating.value}” rests on too little: {' and '.join(missing)} is missing. "
        "Add at least one standard and one item of evidence, or state what gap stands in their place."
    )


def refuse_unfounded(assessment: Assessment) -> None:
    """Raise ``Refused`` for a rating without a standard and evidence or a stated gap, and for evidence that is none."""
    refusal = refusal_of(assessment)
    if refusal:
        raise Refused(refusal)
    for identifier in (*assessment.evidence_for, *assessment.evidence_against):
        if prefix_of(identifier) not in EVIDENCE:
            raise Refused(
                "An assessment rests on excerpts, events and negative searches; other assessments and standards are no "
                "evidence. Name the words themselves."
            )


def faults_of(assessment: Assessment, among: Surroundings | None = None) -> tuple[str, ...]:
    """What is wrong with an assessment, one sentence each; () when nothing is, or nothing is rated yet.

    Without ``among`` only what the assessment itself says is looked at.
    """
    if assessment.rating is Rating.NOT_YET_ASSESSED:
        return ()
    found = list(_own_faults(assessment))
    if among is not None:
        found += _standard_faults(assessment, among)
        found += _evidence_faults(assessment, among)
    return tuple(dict.fromkeys(found))


def notes_of(assessment: Assessment, among: Surroundings) -> tuple[str, ...]:
    """What a reader ought to know but need not mend: standards that stood in part of the period, disputed events."""
    found: list[str] = []
    if assessment.period:
        days = span_of(assessment.period)
        for standard in _cited_standards(assessment, among):
            if among.standards.reach(standard.id, days) is Reach.IN_PART:
                found.append(_standing_said(standard, assessment, among.standards, "stood in only part of the period"))
    for identifier in dict.fromkeys((*assessment.evidence_for, *assessment.evidence_against)):
        event = among.events.get(identifier)
        if event is not None and event.status is EventStatus.DISPUTED:
            found.append(f"{among.name_of(identifier)} is disputed{f' ({event.dispute})' if event.dispute else ''}.")
    return tuple(dict.fromkeys(found))


def _own_faults(assessment: Assessment) -> Iterator[str]:
    refusal = refusal_of(assessment)
    if refusal:
        yield refusal
    if not assessment.evidence_against:
        yield (
            "No evidence against is recorded. Add it, or record a search that looked for it and found none, "
            "and cite that search as evidence against."
        )
    if assessment.rating is Rating.INADEQUATE and not assessment.evidence_for:
        yield (
            "Nothing is recorded that speaks for the institution. Add it, or cite a search that looked for it "
            "and found none."
        )
    if assessment.rating is Rating.NOT_ASSESSABLE and not any(gap.strip() for gap in assessment.gaps):
        yield "It is not assessable, but what is missing is not stated. State the gap."
    if not assessment.reasoning.strip():
        yield "There is no reasoning: why the evidence leads to this rating is not said."
    both = len(set(assessment.evidence_for) & set(assessment.evidence_against))
    if both:
        yield f"{both} item{'s' if both > 1 else ''} of evidence stand both for and against. Keep each on one side."


# Standards


def _standard_faults(assessment: Assessment, among: Surroundings) -> Iterator[str]:
    if assessment.standards and not assessment.period:
        yield "No period is given, so that nobody can tell which version of a standard stood. Give the period."
    chain_faults = among.standards.faults()
    for standard in _cited_standards(assessment, among):
        if assessment.period:
            yield from _standing_fault(standard, assessment, among.standards)
        if standard.institutions and assessment.institution not in standard.institutions:
            names = ", ".join(among.institutions.get(item, item) for item in standard.institutions)
            yield f"“{called(standard)}” binds {names}, not the institution assessed."
        if standard.excerpt is not None:
            for fault in _excerpt_faults(standard.excerpt, among):
                yield f"The words of “{called(standard)}”: {fault}"
        yield from chain_faults.get(standard.id, ())


def _cited_standards(assessment: Assessment, among: Surroundings) -> list[Standard]:
    known = among.standards.standards
    return [known[identifier] for identifier in assessment.standards if identifier in known]


def _standing_fault(standard: Standard, assessment: Assessment, standards: StandardsInForce) -> Iterator[str]:
    days = span_of(assessment.period)
    match standards.reach(standard.id, days):
        case Reach.NOT if standards.begins_after(standard.id, days):
            said = _standing_said(standard, assessment, standards, "did not exist yet in the period")
            yield f"Hindsight: {said}"
        case Reach.NOT:
            yield _standing_said(standard, assessment, standards, "no longer stood in the period")
        case Reach.POSSIBLY:
            yield _standing_said(standard, assessment, standards, "may not have stood in the period")


def _standing_said(standard: Standard, assessment: Assessment, standards: StandardsInForce, what: str) -> str:
    """How a standard lies to the period, and the other versions that stood in it and are not cited."""
    days, shown = span_of(assessment.period), period_in_words(assessment.period)
    said = f"“{called(standard)}” {what} ({shown}); it stood {standards.in_words(standard.id)}."
    others = [item for item in standards.standing_versions(standard.id, days) if item.id not in assessment.standards]
    return f"{said} In the period stood: {', '.join(f'“{called(item)}”' for item in others)}." if others else said


# Evidence


def _evidence_faults(assessment: Assessment, among: Surroundings) -> Iterator[str]:
    for identifier in dict.fromkeys((*assessment.evidence_for, *assessment.evidence_against)):
        for fault in evidence_faults(identifier, among):
            yield f"{among.name_of(identifier)}: {fault}"


def evidence_faults(identifier: str, among: Surroundings) -> tuple[str, ...]:
    """What has become of one piece of evidence: withdrawn, moved, lost, superseded, disputed, out of date."""
    if identifier in among.excerpts:
        return tuple(_excerpt_faults(identifier, among))
    if identifier in among.events:
        return tuple(_event_faults(among.events[identifier], among))
    if identifier in among.searches:
        return tuple(_search_faults(among.searches[identifier], among))
    return ()


def _excerpt_faults(identifier: str, among: Surroundings) -> Iterator[str]:
    excerpt = among.excerpts.get(identifier)
    if excerpt is None:
        return
    document = among.documents[excerpt.document]
    if excerpt.withdrawn:
        yield f"the excerpt was withdrawn ({excerpt.withdrawn.rstrip('.')})."
    if excerpt.state is AnchorState.LOST:
        yield "the quoted words are no longer on the page."
    elif excerpt.state is AnchorState.MOVED:
        yield "the quoted words have moved; confirm their place."
    if document.withdrawn_on or document.withdrawn_reason:
        on = f" on {in_words(document.withdrawn_on)}" if document.withdrawn_on else ""
        why = f" ({document.withdrawn_reason.rstrip('.')})" if document.withdrawn_reason else ""
        yield f"the document {document.urn} was withdrawn{on}{why}."
    if document.superseded_by is not None:
        later = among.documents.get(document.superseded_by)
        yield f"the document {document.urn} is superseded by {later.urn if later else 'a later one'}."


def _event_faults(event: Event, among: Surroundings) -> Iterator[str]:
    if not event.sources:
        yield "the event has no source."
    faults = [tuple(_excerpt_faults(source, among)) for source in event.sources]
    if faults and all(faults):
        yield f"none of the event's sources stands: {faults[0][0]}"


def _search_faults(record: NegativeSearch, among: Surroundings) -> Iterator[str]:
    since = among.arrived_since(record)
    if since:
        came = "1 document has come" if since == 1 else f"{since:,} documents have come"
        yield f"the search is out of date: {came} since. Make it again."
