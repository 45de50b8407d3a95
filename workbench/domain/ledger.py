"""The claim ledger: what carries each sentence of a finding, and whether it still can."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.domain.analysis import Assessment, Finding, FindingStatus, NegativeSearch, Sentence, Standard
from workbench.domain.document import Document
from workbench.domain.event import Event
from workbench.domain.excerpt import AnchorState
from workbench.domain.ids import AnyId, DocumentId, ExcerptId


class Support(StrEnum):
    """How well something is carried, worst first."""

    UNSUPPORTED = "unsupported"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    SUPERSEDED = "superseded"
    DISPUTED = "disputed"
    CONTRADICTED = "contradicted"
    SUPPORTED = "supported"

    @property
    def is_red(self) -> bool:
        """True for what is not exported without a reason."""
        return self in RED

    @property
    def light(self) -> str:
        """``red``, ``amber`` or ``green``; shown as a word and an icon, never as a colour alone."""
        return "green" if self is Support.SUPPORTED else "red" if self.is_red else "amber"


RED = (Support.UNSUPPORTED, Support.WITHDRAWN, Support.CHANGED)
_ORDER = {state: rank for rank, state in enumerate(Support)}
#: Words by which a sentence says itself that something is not agreed, in English and Welsh.
_SAYS_DISPUTED = re.compile(
    r"\b(disput|contest|challeng|conflict|den(?:y|ie[sd])\b|not (?:agree|accept)|disagree|anghyt|dadl)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReference:
    """Where cited words stand: ``reference`` is the page as people cite it (``INQ000123_004``)."""

    excerpt: ExcerptId
    document: DocumentId
    page_index: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a piece of evidence, a sentence or a finding, as the end of a sentence about it.

    ``item`` is the evidence it comes from, "" when there is none; ``sentence`` its number from 1, 0 for the whole.
    """

    state: Support
    text: str
    item: str = ""
    sentence: int = 0

    @property
    def spoken(self) -> str:
        """``sentence 2 rests on nothing``."""
        return f"sentence {self.sentence} {self.text}" if self.sentence else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A piece of evidence followed down to the pages it rests on, with what is wrong on the way."""

    item: AnyId
    kind: str
    title: str
    pages: tuple[PageReference, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def state(self) -> Support:
        return worst(fault.state for fault in self.faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceSupport:
    """A sentence, what carries it, and one fault for each thing wrong with that."""

    sentence: Sentence
    number: int
    grounds: tuple[Ground, ...]
    faults: tuple[Fault, ...]

    @property
    def state(self) -> Support:
        return worst(fault.state for fault in self.faults)

    @property
    def pages(self) -> tuple[PageReference, ...]:
        """Every page the sentence can be followed back to."""
        return tuple(dict.fromkeys(page for ground in self.grounds for page in ground.pages))


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSupport:
    """A finding with the support of each of its sentences."""

    finding: Finding
    name: str
    sentences: tuple[SentenceSupport, ...]
    own_faults: tuple[Fault, ...] = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong, in the order of the sentences."""
        return (*self.own_faults, *(fault for sentence in self.sentences for fault in sentence.faults))

    @property
    def state(self) -> Support:
        return worst(fault.state for fault in self.faults)

    @property
    def is_red(self) -> bool:
        """True when it is not exported without a reason; a finding that was withdrawn is not exported at all."""
        return self.state.is_red and self.finding.status is not FindingStatus.WITHDRAWN

    @property
    def light(self) -> str:
        """``red``, ``amber`` or ``green``."""
        return self.state.light


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedExcerpt:
    """What the ledger needs to know of an excerpt."""

    id: ExcerptId
    document: DocumentId
    page_index: int
    quote: str
    text_digest: str
    state: AnchorState = AnchorState.OK
    continues: ExcerptId | None = None
    withdrawn: str = ""

    @property
    def page_number(self) -> int:
        return self.page_index + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Everything that sentences may rest on, by identifier, as the case holds it now.

    ``following`` gives the excerpt that carries another on over a page end; ``digests`` the text digest of a page by
    (document, page index).
    """

    excerpts: Mapping[str, CitedExcerpt] = field(default_factory=dict)
    following: Mapping[str, CitedExcerpt] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    digests: Mapping[tuple[str, int], str] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    standards: Mapping[str, Standard] = field(default_factory=dict)
    searches: Mapping[str, NegativeSearch] = field(default_factory=dict)


def worst(states: Iterable[Support]) -> Support:
    """The worst of several states; supported when there are none."""
    return min(states, key=_ORDER.__getitem__, default=Support.SUPPORTED)


def says_disputed(text: str) -> bool:
    """Whether a sentence itself says that something is not agreed."""
    return _SAYS_DISPUTED.search(text) is not None


def shortened(text: str, most: int = 60) -> str:
    """Text on one line, cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def listed(names: Sequence[str], most: int = 3) -> str:
    """``a, b and c``, each once; only so many of them, and how many more there are."""
    every = list(dict.fromkeys(names))
    shown = every if len(every) <= most else [*every[:most], f"{len(every) - most} more"]
    return " and ".join(part for part in (", ".join(shown[:-1]), shown[-1] if shown else "") if part)


def name_of_finding(finding: Finding, sentences: Sequence[Sentence]) -> str:
    """Its title, else how its first sentence begins."""
    return finding.title or (shortened(sentences[0].text) if sentences else "a finding without words")


def sentence_faults(sentence: Sentence, number: int, grounds: Sequence[Ground]) -> tuple[Fault, ...]:
    """Everything wrong with what carries a sentence."""
    if not grounds:
        text = "rests on nothing: add an excerpt, or take the sentence out"
        return (Fault(state=Support.UNSUPPORTED, text=text, sentence=number),)
    is_said = says_disputed(sentence.text)
    return tuple(
        Fault(state=fault.state, text=fault.text, item=str(ground.item), sentence=number)
        for ground in grounds
        for fault in ground.faults
        if not (is_said and fault.state is Support.DISPUTED)
    )


def finding_faults(sentences: Sequence[SentenceSupport]) -> tuple[Fault, ...]:
    """What is wrong with a finding as a whole: no sentences, or nothing that leads to words on a page.

    What was looked for and not found counts: it has no page, and is on record with its query.
    """
    if not sentences:
        return (Fault(state=Support.UNSUPPORTED, text="it has no sentences"),)
    rests = any(ground.pages or ground.kind == "negative search" for item in sentences for ground in item.grounds)
    if rests or all(item.state is Support.UNSUPPORTED for item in sentences):
        return ()
    return (Fault(state=Support.UNSUPPORTED, text="it rests on no excerpt at all"),)
