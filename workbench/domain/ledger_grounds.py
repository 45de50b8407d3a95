"""Follows evidence down to the words on a page: through events and assessments, and notes what fails on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workbench.domain.analysis import Assessment, Finding, NegativeSearch, Rating, Sentence, Standard
from workbench.domain.contrary import Contradiction, Contrary
from workbench.domain.event import Event, EventStatus
from workbench.domain.excerpt import AnchorState
from workbench.domain.ids import AnyId, prefix_of
from workbench.domain.ledger import (
    CitedExcerpt,
    Fault,
    FindingSupport,
    Ground,
    Grounds,
    PageReference,
    SentenceSupport,
    Support,
    finding_faults,
    listed,
    name_of_finding,
    sentence_faults,
    shortened,
)
from workbench.domain.looked_for import arrived_since
from workbench.domain.urn import page_form


class Following:
    """One look at a case: what was followed once is remembered, so that many findings share it."""

    def __init__(self, grounds: Grounds, contrary: Contrary) -> None:
        self._grounds, self._contrary = grounds, contrary
        self._known: dict[str, Ground] = {}

    def finding(self, finding: Finding, sentences: Sequence[Sentence]) -> FindingSupport:
        """The support of a finding, whose sentences are given in order."""
        considered = self._considered(sentences)
        supports = []
        for number, sentence in enumerate(sentences, 1):
            grounds = tuple(self.ground(item) for item in sentence.evidence)
            against = self._contradictions(grounds, considered, number)
            faults = (*sentence_faults(sentence, number, grounds), *against)
            supports.append(SentenceSupport(sentence=sentence, number=number, grounds=grounds, faults=faults))
        return FindingSupport(
            finding=finding,
            name=name_of_finding(finding, sentences),
            sentences=tuple(supports),
            own_faults=finding_faults(supports),
        )

    def ground(self, item: AnyId) -> Ground:
        """One piece of evidence followed down; what is not in the case rests on nothing."""
        known = self._known.get(item)
        if known is None:
            circle = Fault(state=Support.UNSUPPORTED, text="rests on itself in a circle")
            self._known[item] = Ground(item=item, kind=prefix_of(item), title="a circle", faults=(circle,))
            known = self._known[item] = self._follow(item)
        return known

    def _follow(self, item: AnyId) -> Ground:
        grounds = self._grounds
        if (excerpt := grounds.excerpts.get(item)) is not None:
            return self._excerpt(item, excerpt)
        if (event := grounds.events.get(item)) is not None:
            return self._event(item, event)
        if (assessment := grounds.assessments.get(item)) is not None:
            return self._assessment(item, assessment)
        if (standard := grounds.standards.get(item)) is not None:
            return self._standard(item, standard)
        if (search := grounds.searches.get(item)) is not None:
            return self._search(item, search)
        fault = Fault(state=Support.UNSUPPORTED, text="cites something that is not in the case", item=item)
        return Ground(item=item, kind=prefix_of(item), title="not in the case", faults=(fault,))

    # Excerpts

    def parts(self, excerpt: CitedExcerpt) -> tuple[CitedExcerpt, ...]:
        """The excerpt and what carries it on over page ends."""
        parts = [excerpt]
        while (part := self._grounds.following.get(parts[-1].id)) is not None and part not in parts:
            parts.append(part)
        return tuple(parts)

    def _excerpt(self, item: AnyId, excerpt: CitedExcerpt) -> Ground:
        parts = self.parts(excerpt)
        documents = self._grounds.documents
        pages = tuple(
            PageReference(
                excerpt=part.id,
                document=part.document,
                page_index=part.page_index,
                reference=page_form(documents[part.document].urn, part.page_number),
            )
            for part in parts
        )
        name = pages[0].reference
        faults = [*self._excerpt_faults(name, parts), *self._document_faults(name, excerpt)]
        quote = shortened(" ".join(part.quote for part in parts)) or "a marked area"
        return Ground(item=item, kind="excerpt", title=f"{name} “{quote}”", pages=pages, faults=tuple(faults))

    def _excerpt_faults(self, name: str, parts: Sequence[CitedExcerpt]) -> Iterable[Fault]:
        withdrawn = next((part.withdrawn for part in parts if part.withdrawn), "")
        if withdrawn:
            yield Fault(state=Support.WITHDRAWN, text=f"cites {name}, which was withdrawn: {withdrawn}")
        for part in parts:
            now = self._grounds.digests.get((part.document, part.page_index))
            if part.state is AnchorState.LOST:
                yield Fault(state=Support.CHANGED, text=f"cites {name}, whose words were not found again on its page")
            elif part.state is AnchorState.MOVED:
                yield Fault(state=Support.CHANGED, text=f"cites {name}, whose words moved: confirm where they stand")
            elif now is None:
                yield Fault(state=Support.CHANGED, text=f"cites {name}, a page that the document no longer has")
            elif now != part.text_digest:
                yield Fault(
                    state=Support.CHANGED, text=f"cites {name}, whose text is not what it was when it was marked"
                )

    def _document_faults(self, name: str, excerpt: CitedExcerpt) -> Iterable[Fault]:
        document = self._grounds.documents[excerpt.document]
        if document.withdrawn_on or document.withdrawn_reason:
            reason = f": {document.withdrawn_reason}" if document.withdrawn_reason else ""
            text = f"cites {name} of a document that was withdrawn{reason}"
            yield Fault(state=Support.WITHDRAWN, text=text)
        if document.superseded_by is not None:
            later = self._grounds.documents.get(document.superseded_by)
            by = f" by {later.urn}" if later is not None else ""
            yield Fault(state=Support.SUPERSEDED, text=f"cites {name} of a document that was superseded{by}")

    # What rests on excerpts itself

    def _event(self, item: AnyId, event: Event) -> Ground:
        name = f"the event “{shortened(event.title)}”"
        below = [self.ground(AnyId(source)) for source in event.sources]
        faults = _through(name, below)
        if not any(ground.pages for ground in below):
            faults = [Fault(state=Support.UNSUPPORTED, text=f"rests on {name}, which has no source")]
        if event.status is EventStatus.DISPUTED:
            who = f" ({shortened(event.dispute, 120)})" if event.dispute else ""
            text = f"does not say that {name} is disputed{who}"
            faults.append(Fault(state=Support.DISPUTED, text=text))
        return Ground(item=item, kind="event", title=event.title, pages=_pages(below), faults=tuple(faults))

    def _assessment(self, item: AnyId, assessment: Assessment) -> Ground:
        title = self._contrary.cell_name(assessment.institution, assessment.scope)
        name = f"the assessment of {title}"
        below = [self.ground(piece) for piece in (*assessment.evidence_for, *assessment.evidence_against)]
        standards = [self.ground(AnyId(standard)) for standard in assessment.standards]
        faults = [fault for fault in _through(name, [*below, *standards]) if fault.state is not Support.UNSUPPORTED]
        rests = any(ground.pages or ground.kind == "negative search" for ground in below) or bool(assessment.gaps)
        if assessment.rating is Rating.NOT_YET_ASSESSED:
            faults.append(Fault(state=Support.UNSUPPORTED, text=f"rests on {name}, which is not yet made"))
        elif not rests:
            faults.append(Fault(state=Support.UNSUPPORTED, text=f"rests on {name}, which itself rests on nothing"))
        for piece, side, stance in self._contrary.misused(assessment):
            reference = self.ground(AnyId(piece)).pages[0].reference
            text = f"rests on {name}, which counts {reference} {side} although it is linked as {stance} it"
            faults.append(Fault(state=Support.CONTRADICTED, text=text))
        shown = f"{title}: {assessment.rating.value}"
        pages = _pages([*below, *standards])
        return Ground(item=item, kind="assessment", title=shown, pages=pages, faults=tuple(faults))

    def _standard(self, item: AnyId, standard: Standard) -> Ground:
        name = f"the standard “{shortened(standard.title)}”"
        if standard.excerpt is None:
            fault = Fault(state=Support.UNSUPPORTED, text=f"rests on {name}, which names no words that say so")
            return Ground(item=item, kind="standard", title=standard.title, faults=(fault,))
        below = [self.ground(AnyId(standard.excerpt))]
        faults = tuple(_through(name, below))
        return Ground(item=item, kind="standard", title=standard.title, pages=_pages(below), faults=faults)

    def _search(self, item: AnyId, search: NegativeSearch) -> Ground:
        """It needs no page; documents that came later were not looked into."""
        name = f"the search for {shortened(search.sought)}"
        faults: tuple[Fault, ...] = ()
        later = arrived_since(search, self._grounds.documents.values())
        if later:
            what = listed([document.urn for document in later])
            text = f"rests on {name}, which did not look into {what}: {'it' if len(later) == 1 else 'they'} came later"
            faults = (Fault(state=Support.SUPERSEDED, text=text),)
        return Ground(item=item, kind="negative search", title=search.sought, faults=faults)

    # What speaks against it

    def _considered(self, sentences: Sequence[Sentence]) -> frozenset[str]:
        """Every excerpt that a finding takes into account, itself or through what it cites."""
        grounds = (self.ground(item) for sentence in sentences for item in sentence.evidence)
        return frozenset(page.excerpt for ground in grounds for page in ground.pages)

    def _contradictions(self, grounds: Sequence[Ground], considered: frozenset[str], number: int) -> Iterator[Fault]:
        """What speaks against the evidence of a sentence and is mentioned nowhere, once for each thing it is about."""
        told: dict[Contradiction, list[Ground]] = {}
        for ground in grounds:
            if not any(fault.state is Support.DISPUTED for fault in ground.faults):
                for contradiction in self._contrary.against(ground.item, considered):
                    told.setdefault(contradiction, []).append(ground)
        for contradiction, cited in told.items():
            text = self._told(contradiction, cited)
            yield Fault(state=Support.CONTRADICTED, text=text, item=cited[0].item, sentence=number)

    def _told(self, contradiction: Contradiction, cited: Sequence[Ground]) -> str:
        if cited[0].kind == "event":
            name = f"the event “{shortened(cited[0].title)}”"
        else:
            name = listed([ground.pages[0].reference for ground in cited])
        if not contradiction.excerpts:
            return f"cites {name}, which is linked both as supporting and as undermining {contradiction.about}"
        against = listed([self.ground(AnyId(item)).pages[0].reference for item in contradiction.excerpts])
        if not contradiction.about:
            return f"rests on {name}, which {against} undermines; the finding does not mention that"
        does = "undermines" if len(contradiction.excerpts) == 1 else "undermine"
        return (
            f"cites {name} in favour of {contradiction.about}, while {against} {does} the same; neither the finding "
            "nor an assessment weighs that"
        )


def _through(name: str, below: Iterable[Ground]) -> list[Fault]:
    """The faults of what something rests on, told as its own."""
    return [
        Fault(state=fault.state, text=f"rests on {name}, which {fault.text}")
        for ground in below
        for fault in ground.faults
    ]


def _pages(below: Iterable[Ground]) -> tuple[PageReference, ...]:
    return tuple(dict.fromkeys(page for ground in below for page in ground.pages))
