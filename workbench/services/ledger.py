"""Reads the claim ledger of a case: every finding, its sentences, what carries them and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.domain.analysis import Assessment, Finding, FindingStatus, NegativeSearch, Sentence, Standard
from workbench.domain.contrary import Contrary
from workbench.domain.document import Document
from workbench.domain.event import Event
from workbench.domain.frame import CaseStudy, Institution, Person, ScopeParagraph
from workbench.domain.ledger import CitedExcerpt, FindingSupport, Grounds
from workbench.domain.ledger_grounds import Following
from workbench.services.case_numbers import case_numbers
from workbench.store.case_file import CaseFile
from workbench.store.ledger_facts import cited_excerpts, stated


def ledger_of(
    case: CaseFile, findings: Sequence[Finding] | None = None, *, following: Following | None = None
) -> tuple[FindingSupport, ...]:
    """The support of these findings, of all when none are given, in the order given (else oldest first).

    ``following`` is given by who follows evidence of other things too, so that the case is read once.
    """
    chosen = case.all(Finding) if findings is None else list(findings)
    if not chosen:
        return ()
    sentences: dict[str, list[Sentence]] = {finding.id: [] for finding in chosen}
    for sentence in case.all(Sentence, "position, id"):
        if sentence.finding in sentences:
            sentences[sentence.finding].append(sentence)
    following = following or following_of(case)
    return tuple(following.finding(finding, sentences[finding.id]) for finding in chosen)


def following_of(case: CaseFile) -> Following:
    """What follows any piece of evidence of the case down to its pages."""
    excerpts = cited_excerpts(case.reader())
    parts: dict[str, CitedExcerpt] = {item.continues: item for item in excerpts.values() if item.continues is not None}
    grounds = Grounds(
        excerpts=excerpts,
        following=parts,
        documents={item.id: item for item in case.all(Document)},
        events={item.id: item for item in case.all(Event)},
        assessments={item.id: item for item in case.all(Assessment)},
        standards={item.id: item for item in case.all(Standard)},
        searches={item.id: item for item in case.all(NegativeSearch)},
    )
    cited = {item for sentence in case.all(Sentence) for item in sentence.evidence}
    names: dict[str, str] = {item.id: item.name for item in case.all(Institution)}
    names |= {item.id: item.number for item in case.all(ScopeParagraph)}
    names |= {item.id: f"the event “{item.title}”" for item in grounds.events.values()}
    whole = replace(grounds, digests=_digests(case, _excerpts_below(cited, grounds), grounds))
    contrary = Contrary(stated(case.reader()), names, grounds.assessments.values())
    return Following(whole, contrary)


def _excerpts_below(cited: Iterable[str], grounds: Grounds) -> set[str]:
    """Every excerpt that a sentence may rest on: cited, or beneath an event, an assessment or a standard."""
    wanted = {*cited}
    for event in grounds.events.values():
        wanted.update(event.sources)
    for assessment in grounds.assessments.values():
        wanted.update(assessment.evidence_for, assessment.evidence_against)
    wanted.update(item.excerpt for item in grounds.standards.values() if item.excerpt is not None)
    return wanted


def _digests(case: CaseFile, wanted: Iterable[str], grounds: Grounds) -> dict[tuple[str, int], str]:
    """The text digest of every page that these excerpts stand on, as it is now."""
    pages: set[tuple[str, int]] = set()
    for identifier in wanted:
        part = grounds.excerpts.get(identifier)
        while part is not None:
            pages.add((part.document, part.page_index))
            part = grounds.following.get(part.id)
    found = {page: case.page_digest(grounds.documents[page[0]].sha256, page[1]) for page in pages}
    return {page: digest for page, digest in found.items() if digest is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding with its number (``F3``) and support, and the names of its case study and of whom it criticises."""

    support: FindingSupport
    number: str = ""
    case_study: str = ""
    criticised: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.support.finding.id

    @property
    def is_withdrawn(self) -> bool:
        """True for a finding that stays on record only."""
        return self.support.finding.status is FindingStatus.WITHDRAWN


def finding_rows(case: CaseFile) -> list[FindingRow]:
    """Every finding with its support, oldest first; people by their ciphers."""
    studies = {item.id: item.title for item in case.all(CaseStudy)}
    names: dict[str, str] = {item.id: item.name for item in case.all(Institution)}
    names |= {item.id: item.cipher for item in case.all(Person)}
    numbers = case_numbers(case)
    return [
        FindingRow(
            support=support,
            number=numbers[support.finding.id],
            case_study=studies.get(support.finding.case_study, "") if support.finding.case_study else "",
            criticised=tuple(names.get(item, item) for item in support.finding.criticised),
        )
        for support in ledger_of(case)
    ]
