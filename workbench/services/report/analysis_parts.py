"""The parts that set out what happened and how adequate it was: chronology, and each institution by scope paragraph."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.domain.analysis import Assessment, Rating, SecondReading
from workbench.domain.coverage_table import period_in_words
from workbench.domain.dates import in_words
from workbench.domain.event import Event, EventStatus
from workbench.domain.ids import prefix_of
from workbench.domain.looked_for import looked_for
from workbench.domain.report import Block, Heading, Note, Run, Text, plain
from workbench.services.report.citing_places import anchor_of
from workbench.services.report.writing import (
    Writing,
    bold,
    italic,
    item,
    joined,
    listed,
    paragraph,
    paragraphs,
    sentence,
    table,
    when,
)
from workbench.services.timeline import EventRow


def chronology(writing: Writing) -> list[Block]:
    """Every event in its order: date as it is known, the words used for it, what is disputed, and its sources."""
    placed = {row.id: row for row in writing.source.chronology.rows}
    rows = [
        (
            writing.source.numbers[event.id],
            _date(event),
            (*_happened(event), *_inferred(writing, event, placed[event.id])),
            _who(writing, event),
            _sources(writing, event),
        )
        for event in writing.source.events
    ]
    columns = (("No.", 0.7), ("Date", 1.9), ("Event", 4.7), ("Institutions and people", 2.4), ("Source", 1.1))
    chronology = writing.source.chronology
    blocks: list[Block] = [paragraph(sentence(chronology.statement))] if rows else []
    return [*blocks, *table("Chronology", columns, rows, anchor="chronology")]


def _date(event: Event) -> str:
    return in_words(event.on) or "not dated"


def _inferred(writing: Writing, event: Event, placed: EventRow) -> tuple[Run, ...]:
    """What recorded orders add to the date of an event, and where those are said."""
    if not placed.inferred:
        return ()
    orders = [row.order for row in writing.source.chronology.orders if event.id in (row.order.earlier, row.order.later)]
    said = [order.source for order in orders if order.source is not None]
    return joined("\n", italic(placed.inferred), *writing.citer.footnote(said))


def _happened(event: Event) -> tuple[Run, ...]:
    runs: list[Run | str] = [event.title]
    if event.words:
        runs.append(f"\nIn the words of the source: “{' '.join(event.words.split())}”.")
    if event.status is EventStatus.DISPUTED:
        runs += [Text(text="\n"), bold("Disputed."), f" {sentence(event.dispute)}" if event.dispute else ""]
    elif event.status is EventStatus.INFERRED:
        runs += [Text(text="\n"), bold("Inferred"), " from the sources; none says so itself."]
    if event.dispute and event.status is not EventStatus.DISPUTED:
        runs.append(f"\n{sentence(event.dispute)}")
    return joined(*runs)


def _who(writing: Writing, event: Event) -> str:
    return "\n".join([*writing.names(event.institutions), *writing.names(event.people)])


def _sources(writing: Writing, event: Event) -> tuple[Run, ...]:
    return writing.citer.footnote(event.sources) or joined("no source")


def analysis(writing: Writing) -> list[Block]:
    """By scope paragraph and institution: the question, the standard, the evidence, the gaps and the rating."""
    blocks: list[Block] = []
    for own in writing.source.scope.values():
        assessments = [a for a in writing.source.assessments if a.scope == own.id]
        if not assessments:
            continue
        blocks.append(Heading(text=f"Paragraph {own.number}: {own.text}", level=2, is_numbered=True))
        for assessment in assessments:
            blocks += _assessed(writing, assessment)
    return blocks


def _assessed(writing: Writing, assessment: Assessment) -> list[Block]:
    source = writing.source
    name = source.institutions[assessment.institution].name
    period = f", {period_in_words(assessment.period)}" if assessment.period else ""
    blocks: list[Block] = [Heading(text=f"{name}{period}", level=3, anchor=anchor_of(assessment.id))]
    blocks.append(_question(writing, assessment, name))
    blocks += _standards(writing, assessment)
    blocks += _evidence(writing, "Evidence that it was adequate", assessment.evidence_for)
    blocks += _evidence(writing, "Evidence that it was not", assessment.evidence_against)
    if assessment.gaps:
        blocks.append(paragraph(bold("What is missing"), ":"))
        blocks += [item(sentence(gap)) for gap in assessment.gaps]
    blocks += [_rated(assessment), *_faults(writing, assessment)]
    blocks += paragraphs(assessment.reasoning)
    blocks += [_second(writing, reading, assessment) for reading in source.second_readings[assessment.id]]
    return blocks


def _question(writing: Writing, assessment: Assessment, name: str) -> Block:
    number = writing.source.numbers[assessment.id]
    scope = writing.source.scope[assessment.scope].number
    period = f" ({period_in_words(assessment.period)})" if assessment.period else ""
    asked = assessment.question or f"How adequate was the response of {name} under paragraph {scope}{period}?"
    aspects = f" Judged by: {listed(assessment.dimensions)}." if assessment.dimensions else ""
    return paragraph(bold(f"{number}."), " ", italic(asked), aspects)


def _standards(writing: Writing, assessment: Assessment) -> list[Block]:
    known = [writing.source.standards[s] for s in assessment.standards if s in writing.source.standards]
    withheld = len(assessment.standards) - len(known)
    if not known and not withheld:
        return [paragraph("No standard is recorded against which this could be measured.")]
    blocks: list[Block] = [paragraph(bold("What ought to have happened"), ":")]
    for standard in known:
        version = f" ({standard.version})" if standard.version else ""
        kind = f", {standard.kind.value}" if standard.kind.value != "other" else ""
        force = f", {writing.standing.in_words(standard.id)}"
        written = writing.source.excerpts.get(standard.excerpt) if standard.excerpt else None
        blocks.append(item(f"{standard.title}{version}{kind}{force}{':' if written is not None else ''}"))
        blocks += [writing.quoted(written)] if written is not None else []
    if withheld:
        blocks.append(item("A standard that may not be shown to this audience."))
    return blocks


def _evidence(writing: Writing, heading: str, evidence: Iterable[str]) -> list[Block]:
    shown = [block for identifier in evidence for block in _piece(writing, identifier)]
    if not shown:
        return [paragraph(bold(heading), ": none is recorded.")]
    return [paragraph(bold(heading), ":"), *shown]


def _piece(writing: Writing, identifier: str) -> list[Block]:
    """One piece of evidence as an item of a list: quoted words, an event, or a search that found nothing."""
    source = writing.source
    kind = prefix_of(identifier)
    if kind == "exc" and identifier in source.excerpts:
        return [writing.quoted(source.excerpts[identifier])]
    search = next((own for own in source.searches if own.id == identifier), None)
    if search is not None:
        return [item(looked_for(search), " (", *writing.references([identifier]), ")")]
    notes = writing.citer.footnote([identifier])
    if kind == "evt" and notes:
        event = next(event for event in source.events if event.id == identifier)
        return [item(f"{event.title} ({_date(event)})", *notes)]
    return [item("Evidence that is set out elsewhere", *notes)] if notes else []


def _rated(assessment: Assessment) -> Block:
    if assessment.rating is Rating.NOT_YET_ASSESSED:
        return paragraph(bold("Rating"), ": not yet assessed.")
    confidence = f" Confidence: {sentence(assessment.confidence)}" if assessment.confidence else ""
    return paragraph(bold(f"Rating: {assessment.rating.value}."), confidence)


def _faults(writing: Writing, assessment: Assessment) -> list[Block]:
    """To the team: what an assessment still lacks, so that a draft does not look finished."""
    faults = writing.faults.get(assessment.id, ()) if writing.source.is_for_team else ()
    return [Note(title="To be settled", paragraphs=tuple(plain(fault) for fault in faults))] if faults else []


def _second(writing: Writing, reading: SecondReading, assessment: Assessment) -> Block:
    who = f"A second reader ({reading.reader})" if writing.source.is_for_team else "A second reader"
    verdict = "also rated it" if reading.rating is assessment.rating else "rated it otherwise:"
    confidence = f" (confidence: {reading.confidence})" if reading.confidence else ""
    said = f" {sentence(reading.reasoning)}" if reading.reasoning else ""
    return paragraph(f"{who}{when(reading.read_on)} {verdict} {reading.rating.value}{confidence}.{said}")
