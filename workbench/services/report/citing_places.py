"""Writes the footnotes of a report: what a sentence rests on, down to the words on their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from workbench.domain.dates import in_words
from workbench.domain.document import Document
from workbench.domain.event import Event, EventStatus
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import ExcerptId, prefix_of
from workbench.domain.report import CrossReference, Footnote, Link, Run, Target, Text
from workbench.domain.urn import page_form
from workbench.services.report.bundle_pages import BundlePages
from workbench.services.report.source import ReportSource

#: Longer quotes are named by their first and last words in a footnote; the list of evidence holds them whole.
MOST_QUOTED = 320
_KEPT = 120

_Inner = Text | Link | CrossReference
#: With the words; with title and date of the document, where the words stand in the text; or the page alone.
Style = Literal["quoted", "named", "bare"]


def anchor_of(identifier: str) -> str:
    """The name of the place in the report where a record is set out."""
    return identifier.replace("_", "-")


@dataclass(slots=True)
class Citer:
    """Cites evidence and remembers in order which words were cited, for the list of evidence and the documents."""

    source: ReportSource
    pages: BundlePages
    documents_beside: bool = False
    #: Ids of events, assessments and searches that the report sets out, so that it may lead to them.
    placed: set[str] = field(default_factory=set)
    cited: dict[ExcerptId, Excerpt] = field(default_factory=dict)

    def footnote(self, evidence: Iterable[str], *, style: Style = "quoted", before: str = "") -> tuple[Run, ...]:
        """One footnote for all of the evidence; none when nothing of it may be shown."""
        runs: list[_Inner] = []
        for identifier in dict.fromkeys(evidence):
            cited = self.evidence(identifier, style=style)
            if cited and runs:
                runs.append(Text(text="; "))
            runs += cited
        if not runs:
            return ()
        head = [Text(text=before)] if before else []
        return (Footnote(runs=(*head, *runs, Text(text="."))),)

    def evidence(self, identifier: str, *, style: Style = "quoted") -> list[_Inner]:
        """What one piece of evidence is called and where it stands; nothing when it may not be shown."""
        source = self.source
        match prefix_of(identifier):
            case "exc" if identifier in source.excerpts:
                return self.excerpt(source.excerpts[identifier], style=style)
            case "evt":
                return self._event(identifier)
            case "asm":
                return self._assessment(identifier)
            case "std" if identifier in source.standards:
                return self.standard(identifier)
            case "neg" if identifier in source.numbers:
                number = source.numbers[identifier]
                return [CrossReference(anchor=anchor_of(identifier), wording=f"search {number}, paragraph {{number}}")]
        return []

    def excerpt(self, excerpt: Excerpt, *, style: Style = "quoted") -> list[_Inner]:
        """``INQ000101_002, bundle page 14: “…”``, with every page that the words run over."""
        runs: list[_Inner] = []
        for number, part in enumerate(self.source.parts_of(excerpt)):
            runs += ([Text(text=" and ")] if number else []) + self._page(part, style=style)
        return runs

    def _page(self, part: Excerpt, *, style: Style) -> list[_Inner]:
        self.cited.setdefault(part.id, part)
        target = self.target(part)
        document = self.source.documents[part.document]
        runs: list[_Inner] = [Link(text=page_form(document.urn, part.page_number), target=target)]
        said = f" ({self._named(document)})" if style == "named" else ""
        said += f", bundle page {target.bundle_label}" if target.bundle_label else ""
        said += self._flag(document, part)
        if part.is_area:
            said += ", an area marked on the page"
        elif style == "quoted":
            said += f": {in_quotes(part.quote)}"
        return [*runs, Text(text=said)] if said else runs

    def _named(self, document: Document) -> str:
        """Title and date of a document, where a footnote does not quote it."""
        return ", ".join(word for word in (document.title or document.filename, in_words(document.on)) if word)

    def target(self, part: Excerpt) -> Target:
        """Where the words of one part of an excerpt stand."""
        document = self.source.documents[part.document]
        is_area = part.is_area
        return Target(
            urn=document.urn,
            page_index=part.page_index,
            start=-1 if is_area else part.start,
            end=-1 if is_area else part.end,
            quote=part.quote,
            bundle_label=self.pages.label(document.sha256, part.page_index),
            file=f"documents/{document.urn}.pdf" if self.documents_beside else "",
            file_page=part.page_number if self.documents_beside else 0,
        )

    def document_link(self, document: Document) -> Text | Link:
        """The reference of a document, leading to its file where it lies beside the report."""
        if not self.documents_beside:
            return Text(text=document.urn)
        return Link(text=document.urn, target=Target(urn=document.urn, file=f"documents/{document.urn}.pdf"))

    def _flag(self, document: Document, part: Excerpt) -> str:
        """What must be said beside words whose document or marking no longer stands as it was."""
        flags = []
        if part.withdrawn:
            flags.append("excerpt withdrawn")
        if document.withdrawn_on or document.withdrawn_reason:
            flags.append("document withdrawn by its supplier")
        later = self.source.documents.get(document.superseded_by) if document.superseded_by else None
        if later is not None:
            is_withheld = self.source.clearing.withheld(later, ()) is not None
            flags.append(f"superseded by {'a later document' if is_withheld else later.urn}")
        return f" [{'; '.join(flags)}]" if flags else ""

    def standard(self, identifier: str) -> list[_Inner]:
        """A standard by its title and version, with where it is written."""
        standard = self.source.standards[identifier]
        title = f"{standard.title} ({standard.version})" if standard.version else standard.title
        written = self.source.excerpts.get(standard.excerpt) if standard.excerpt else None
        runs: list[_Inner] = [Text(text=title)]
        return [*runs, Text(text=", "), *self.excerpt(written, style="bare")] if written is not None else runs

    def _event(self, identifier: str) -> list[_Inner]:
        event = next((item for item in self.source.events if item.id == identifier), None)
        if event is None:
            return []
        number = self.source.numbers[identifier]
        runs: list[_Inner] = [self._led_to("chronology", f"event {number} in table {{number}}", f"event {number}")]
        runs.append(Text(text=f" ({_when(event)})"))
        return [*runs, *self._below(event.sources)]

    def _assessment(self, identifier: str) -> list[_Inner]:
        assessment = next((item for item in self.source.assessments if item.id == identifier), None)
        if assessment is None:
            return [Text(text="an assessment that is not part of this report")]
        number = self.source.numbers[identifier]
        at = self._led_to(anchor_of(identifier), f"assessment {number}, {{number}}", f"assessment {number}")
        return [at, *self._below((*assessment.evidence_for, *assessment.evidence_against))]

    def _below(self, evidence: Sequence[str]) -> list[_Inner]:
        """The pages that something rests on, without their words."""
        runs: list[_Inner] = []
        for identifier in dict.fromkeys(evidence):
            excerpt = self.source.excerpts.get(identifier)
            if excerpt is not None:
                runs += [Text(text=", " if runs else ", from "), *self.excerpt(excerpt, style="bare")]
        return runs

    def _led_to(self, anchor: str, wording: str, otherwise: str) -> _Inner:
        return CrossReference(anchor=anchor, wording=wording) if anchor in self.placed else Text(text=otherwise)


def in_quotes(words: str) -> str:
    """The words on one line in quotation marks; of very long ones the beginning and the end."""
    line = " ".join(words.split())
    if len(line) <= MOST_QUOTED:
        return f"“{line}”"
    begins, ends = line[:_KEPT].rsplit(" ", 1)[0], line[-_KEPT:].split(" ", 1)[-1]
    return f"the words from “{begins}” to “{ends}”"


def _when(event: Event) -> str:
    disputed = f", {event.status.value}" if event.status is not EventStatus.AGREED else ""
    return f"{in_words(event.on)}{disputed}"
