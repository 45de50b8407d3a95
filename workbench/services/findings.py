"""Writes findings: their sentences in order, what each rests on, whom they criticise, and withdrawing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.domain.analysis import Finding, FindingKind, FindingStatus, Sentence
from workbench.domain.change import Action, Change
from workbench.domain.errors import Refused
from workbench.domain.frame import Institution, Person
from workbench.domain.ids import AnyId, CaseStudyId, FindingId, SentenceId, new_id, prefix_of
from workbench.domain.ledger import name_of_finding
from workbench.services.withdrawing import told_uses
from workbench.store.case_file import CaseFile
from workbench.store.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFacts:
    """What a person says of a finding, but for its sentences; ``criticised`` are institutions and people."""

    kind: FindingKind = FindingKind.FACT
    title: str = ""
    case_study: CaseStudyId | None = None
    status: FindingStatus = FindingStatus.DRAFT
    criticised: tuple[AnyId, ...] = ()
    proof: str = ""


def add_finding(
    case: CaseFile, facts: FindingFacts, sentences: Sequence[str] = (), evidence: Sequence[AnyId] = ()
) -> tuple[Change, FindingId]:
    """Another finding with these sentences, the first of which rests on ``evidence``."""
    finding = _finding(case, FindingId(new_id("fnd")), facts)
    written = [_text(text) for text in sentences]
    with case.change(Action.EDIT_ANALYSIS, f"add a finding ({finding.kind})") as step:
        step.put(finding)
        for position, text in enumerate(written):
            rests_on = tuple(dict.fromkeys(evidence)) if position == 0 else ()
            step.put(_sentence(finding.id, position, text, rests_on))
    return step.change, finding.id


def edit_finding(case: CaseFile, finding: FindingId, facts: FindingFacts) -> Change:
    """Make a finding exactly this; its sentences stay."""
    case.get(Finding, finding)
    edited = _finding(case, finding, facts)
    with case.change(Action.EDIT_ANALYSIS, "edit a finding") as step:
        step.put(edited)
    return step.change


def withdraw_finding(case: CaseFile, finding: FindingId) -> Change:
    """Withdraw a finding: it stays on record, carries nothing any more and is not exported."""
    return set_status(case, finding, FindingStatus.WITHDRAWN)


def set_status(case: CaseFile, finding: FindingId, status: FindingStatus) -> Change:
    """Say how far a finding has come."""
    record = case.get(Finding, finding)
    with case.change(Action.EDIT_ANALYSIS, f"finding {status.value}") as step:
        step.put(replace(record, status=status))
    return step.change


def delete_finding(case: CaseFile, finding: FindingId) -> Change:
    """Remove a finding with its sentences; refused while a lesson, recommendation or letter comes from it."""
    record = case.get(Finding, finding)
    sentences = sentences_of(case, finding)
    own = {sentence.id for sentence in sentences}
    used = [item for item in case.pointing_at(finding) if item.id not in own]
    if used:
        raise Refused(
            f"The finding “{name_of_finding(record, sentences)}” is not removed, because other things come from it: "
            f"{told_uses(used)}. Withdraw it instead, or take it out of those first."
        )
    with case.change(Action.EDIT_ANALYSIS, "remove a finding") as step:
        for sentence in sentences:
            step.delete(Sentence, sentence.id)
        step.delete(Finding, finding)
    return step.change


def sentences_of(case: CaseFile, finding: FindingId) -> list[Sentence]:
    """The sentences of a finding, in order."""
    return case.all(Sentence, "position, id", finding=finding)


# Sentences


def add_sentence(
    case: CaseFile, finding: FindingId, text: str, evidence: Sequence[AnyId] = (), *, after: SentenceId | None = None
) -> tuple[Change, SentenceId]:
    """Another sentence at the end of a finding, or after one of its sentences."""
    case.get(Finding, finding)
    order = sentences_of(case, finding)
    at = next((i + 1 for i, item in enumerate(order) if item.id == after), len(order))
    made = _sentence(finding, at, _text(text), tuple(dict.fromkeys(evidence)))
    with case.change(Action.EDIT_ANALYSIS, "add a sentence") as step:
        _put_in_order(step, [*order[:at], made, *order[at:]])
    return step.change, made.id


def edit_sentence(case: CaseFile, sentence: SentenceId, text: str) -> Change:
    """Word a sentence differently; what it rests on stays."""
    record = case.get(Sentence, sentence)
    edited = replace(record, text=_text(text))
    with case.change(Action.EDIT_ANALYSIS, "edit a sentence") as step:
        step.put(edited)
    return step.change


def remove_sentence(case: CaseFile, sentence: SentenceId) -> Change:
    """Take a sentence out of its finding."""
    record = case.get(Sentence, sentence)
    order = [item for item in sentences_of(case, record.finding) if item.id != sentence]
    with case.change(Action.EDIT_ANALYSIS, "remove a sentence") as step:
        step.delete(Sentence, sentence)
        _put_in_order(step, order)
    return step.change


def move_sentence(case: CaseFile, sentence: SentenceId, by: int) -> Change | None:
    """Move a sentence up or down among the others; None when it stands at that end already."""
    record = case.get(Sentence, sentence)
    order = sentences_of(case, record.finding)
    at = next(i for i, item in enumerate(order) if item.id == sentence)
    to = max(0, min(len(order) - 1, at + by))
    if to == at:
        return None
    order.insert(to, order.pop(at))
    with case.change(Action.EDIT_ANALYSIS, "move a sentence") as step:
        _put_in_order(step, order)
    return step.change


def split_sentence(case: CaseFile, sentence: SentenceId, at: int) -> tuple[Change, SentenceId]:
    """Make two sentences of one, parted at a letter; both rest on what the one rested on."""
    record = case.get(Sentence, sentence)
    first, second = record.text[:at].strip(), record.text[at:].strip()
    if not first or not second:
        raise Refused("A sentence is split between two of its words. Put the cursor where the second one begins.")
    order = sentences_of(case, record.finding)
    place = next(i for i, item in enumerate(order) if item.id == sentence)
    made = _sentence(record.finding, place + 1, second, record.evidence)
    with case.change(Action.EDIT_ANALYSIS, "split a sentence") as step:
        _put_in_order(step, [*order[:place], replace(record, text=first), made, *order[place + 1 :]])
    return step.change, made.id


def merge_sentences(case: CaseFile, sentence: SentenceId) -> Change:
    """Join a sentence with the one after it; it rests on what both rested on."""
    record = case.get(Sentence, sentence)
    order = sentences_of(case, record.finding)
    place = next(i for i, item in enumerate(order) if item.id == sentence)
    if place + 1 == len(order):
        raise Refused("There is no sentence after this one to join it with.")
    following = order[place + 1]
    joined = replace(
        record,
        text=f"{record.text} {following.text}",
        evidence=tuple(dict.fromkeys((*record.evidence, *following.evidence))),
    )
    with case.change(Action.EDIT_ANALYSIS, "join two sentences") as step:
        step.delete(Sentence, following.id)
        _put_in_order(step, [*order[:place], joined, *order[place + 2 :]])
    return step.change


# Evidence


def add_evidence(case: CaseFile, sentence: SentenceId, items: Sequence[AnyId]) -> Change | None:
    """Let a sentence rest on these too; None when it rests on all of them already."""
    record = case.get(Sentence, sentence)
    evidence = tuple(dict.fromkeys((*record.evidence, *items)))
    if evidence == record.evidence:
        return None
    with case.change(Action.EDIT_ANALYSIS, "add evidence to a sentence") as step:
        step.put(replace(record, evidence=evidence))
    return step.change


def remove_evidence(case: CaseFile, sentence: SentenceId, item: AnyId) -> Change:
    """Let a sentence no longer rest on this."""
    record = case.get(Sentence, sentence)
    with case.change(Action.EDIT_ANALYSIS, "remove evidence from a sentence") as step:
        step.put(replace(record, evidence=tuple(known for known in record.evidence if known != item)))
    return step.change


def _finding(case: CaseFile, identifier: FindingId, facts: FindingFacts) -> Finding:
    for criticised in facts.criticised:
        kind = prefix_of(criticised)
        if kind not in ("ins", "per"):
            raise Refused("Only institutions and people can be criticised. Choose one of the case.")
        case.get(Institution if kind == "ins" else Person, criticised)
    return Finding(
        id=identifier,
        kind=facts.kind,
        case_study=facts.case_study,
        title=facts.title.strip(),
        status=facts.status,
        criticised=tuple(dict.fromkeys(facts.criticised)),
        proof=facts.proof.strip(),
    )


def _sentence(finding: FindingId, position: int, text: str, evidence: tuple[AnyId, ...]) -> Sentence:
    return Sentence(id=SentenceId(new_id("sen")), finding=finding, position=position, text=text, evidence=evidence)


def _text(text: str) -> str:
    """The words of a sentence on one line."""
    words = " ".join(text.split())
    if not words:
        raise Refused("The sentence has no words. Type what was found.")
    return words


def _put_in_order(step: Step, sentences: Sequence[Sentence]) -> None:
    """Number sentences as they stand; those whose number stays are written only if they changed."""
    for position, sentence in enumerate(sentences):
        step.put(replace(sentence, position=position))
