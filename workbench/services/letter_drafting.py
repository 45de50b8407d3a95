"""Drafts a warning letter from a finding: its sentences, the facts they rest on, and every page behind them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from workbench.domain.analysis import Assessment, Finding, NegativeSearch, Rating, Sentence, Standard
from workbench.domain.dates import in_words
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event, EventStatus
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.domain.ids import ExcerptId, FindingId
from workbench.store.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The three parts of a letter, and a digest of the finding that they state."""

    criticism: str
    facts: str
    evidence: tuple[ExcerptId, ...]
    put: str


def drafted(case: Reading, finding: FindingId) -> Draft:
    """What a letter about this finding says if it is drafted today."""
    behind = _Behind(case, finding)
    return Draft(
        criticism="\n".join(sentence.text for sentence in behind.sentences),
        facts="\n".join(dict.fromkeys(behind.facts())),
        evidence=tuple(behind.excerpts()),
        put=behind.digest(),
    )


def state_put(case: Reading, finding: FindingId) -> str:
    """A digest of what a finding says and rests on; the same in every copy of the case."""
    return _Behind(case, finding).digest()


def sentences_behind(case: Reading, finding: FindingId) -> dict[ExcerptId, tuple[int, ...]]:
    """Which sentences of the finding (from 1) each excerpt bears on, also by way of an event or an assessment."""
    behind = _Behind(case, finding)
    found: dict[ExcerptId, list[int]] = {}
    for number, sentence in enumerate(behind.sentences, 1):
        for excerpt in dict.fromkeys(behind.excerpts_of(sentence)):
            found.setdefault(excerpt, []).append(number)
    return {excerpt: tuple(numbers) for excerpt, numbers in found.items()}


class _Behind:
    """What stands behind the sentences of one finding."""

    def __init__(self, case: Reading, finding: FindingId) -> None:
        self._case = case
        self._finding = case.get(Finding, finding)
        self.sentences = case.all(Sentence, "position", finding=finding)

    def _record(self, identifier: str) -> Any:
        """The record that an item of evidence stands for; None when it is gone."""
        kinds: dict[str, type[Any]] = {
            "exc": Excerpt,
            "evt": Event,
            "asm": Assessment,
            "std": Standard,
            "neg": NegativeSearch,
        }
        kind = kinds.get(identifier.partition("_")[0])
        return self._case.first(kind, id=identifier) if kind is not None else None

    # The evidence

    def excerpts(self) -> list[ExcerptId]:
        """Every excerpt, once, in the order of the sentences."""
        return list(dict.fromkeys(item for sentence in self.sentences for item in self.excerpts_of(sentence)))

    def excerpts_of(self, sentence: Sentence) -> Iterator[ExcerptId]:
        """The excerpts a sentence rests on, at first hand and through what it cites."""
        for identifier in sentence.evidence:
            yield from self._through(self._record(identifier))

    def _through(self, record: Any) -> Iterator[ExcerptId]:
        if isinstance(record, Excerpt):
            yield record.id
        elif isinstance(record, Event):
            yield from (item.id for source in record.sources if (item := self._case.first(Excerpt, id=source)))
        elif isinstance(record, Standard) and record.excerpt is not None:
            yield record.excerpt
        elif isinstance(record, Assessment):
            for identifier in (*record.standards, *record.evidence_against, *record.evidence_for):
                yield from self._through(self._record(identifier))

    # The facts

    def facts(self) -> Iterator[str]:
        """One line for each thing that the sentences rest on beside words on a page."""
        for sentence in self.sentences:
            for identifier in sentence.evidence:
                yield from self._facts_of(self._record(identifier))

    def _facts_of(self, record: Any) -> Iterator[str]:
        if isinstance(record, Event):
            doubt = "" if record.status is EventStatus.AGREED else f" ({record.status.value})"
            yield f"{in_words(record.on)}: {record.title}{doubt}."
        elif isinstance(record, Standard):
            yield f"What ought to have happened: {record.title}{_between(record)}."
        elif isinstance(record, NegativeSearch):
            yield _searched(record)
        elif isinstance(record, Assessment):
            for identifier in record.standards:
                yield from self._facts_of(self._record(identifier))
            yield from self._facts_of_evidence(record)
            yield from self._assessed(record)

    def _facts_of_evidence(self, record: Assessment) -> Iterator[str]:
        for identifier in (*record.evidence_against, *record.evidence_for):
            yield from self._facts_of(self._record(identifier))

    def _assessed(self, record: Assessment) -> Iterator[str]:
        if record.rating is Rating.NOT_YET_ASSESSED:
            return
        institution = self._case.get(Institution, record.institution).name
        scope = self._case.get(ScopeParagraph, record.scope).number
        period = f" for {_period(record.period)}" if record.period else ""
        reasons = f" {record.reasoning.strip()}" if record.reasoning.strip() else ""
        yield (
            f"The response of {institution} under paragraph {scope} of the scope{period} was assessed as "
            f"{record.rating.value}.{reasons}"
        )
        yield from (f"Not known: {gap}." for gap in record.gaps)

    # The digest

    def digest(self) -> str:
        """Over the sentences and the contents of what they rest on, without identifiers."""
        content = [[sentence.text, [self._content(item) for item in sentence.evidence]] for sentence in self.sentences]
        told = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    def _content(self, identifier: str) -> list[Any]:
        record = self._record(identifier)
        if isinstance(record, Excerpt):
            document = self._case.get(Document, record.document)
            withdrawn = [bool(record.withdrawn), bool(document.withdrawn_on)]
            return [document.sha256, record.page_index, record.quote, withdrawn]
        if isinstance(record, Event):
            return [record.title, record.on, record.status.value, self._contents(record.sources)]
        if isinstance(record, Standard):
            return [record.title, record.version, record.from_on, record.until_on]
        if isinstance(record, NegativeSearch):
            return [record.sought, record.among, record.period, record.query, record.conclusion]
        if isinstance(record, Assessment):
            evidence = self._contents((*record.standards, *record.evidence_for, *record.evidence_against))
            return [record.period, record.rating.value, record.reasoning, list(record.gaps), evidence]
        return ["gone"]

    def _contents(self, identifiers: Iterable[str]) -> list[list[Any]]:
        return [self._content(identifier) for identifier in identifiers]


def _between(record: Standard) -> str:
    if record.from_on and record.until_on:
        return f" (in force from {in_words(record.from_on)} until {in_words(record.until_on)})"
    return f" (in force from {in_words(record.from_on)})" if record.from_on else ""


def _searched(record: NegativeSearch) -> str:
    among = f" in {record.among}" if record.among else ""
    period = f" for {_period(record.period)}" if record.period else ""
    conclusion = f" {record.conclusion.strip()}" if record.conclusion.strip() else ""
    day = in_words(record.searched_at.date().isoformat())
    return f"Looked for {record.sought}{among}{period} on {day} and did not find it.{conclusion}"


def _period(text: str) -> str:
    """A period in words; as it was typed when it is no date."""
    try:
        return in_words(text)
    except Refused:
        return text
