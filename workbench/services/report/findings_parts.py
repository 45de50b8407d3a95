"""The parts that say what follows: findings sentence by sentence, lessons, and recommendations with their answers."""

from __future__ import annotations

from workbench.domain.analysis import Finding, FindingKind, FindingStatus, Recommendation, Response, Sentence
from workbench.domain.dates import in_words
from workbench.domain.report import Block, Heading, Run, Text
from workbench.services.report.citing_places import anchor_of
from workbench.services.report.writing import Writing, bold, item, joined, listed, paragraph, sentence, when

_KINDS = {
    FindingKind.FACT: "Finding of fact",
    FindingKind.SYSTEMIC: "Systemic finding",
    FindingKind.CRITICISM: "Criticism",
}


def findings(writing: Writing) -> list[Block]:
    """Each finding with its kind, its sentences in order, and under each sentence what carries it."""
    blocks: list[Block] = []
    for finding in writing.source.findings:
        number = writing.source.numbers[finding.id]
        title = f"{number}  {finding.title}" if finding.title else f"{number}  {_KINDS[finding.kind]}"
        blocks.append(Heading(text=title, level=2, anchor=anchor_of(finding.id)))
        blocks.append(_kind(writing, finding))
        runs: list[Run] = []
        for own in writing.source.sentences.get(finding.id, ()):
            runs += [*([Text(text=" ")] if runs else []), *_said(writing, own)]
        blocks.append(paragraph(*runs) if runs else paragraph("This finding has no sentences yet."))
    return blocks


def _kind(writing: Writing, finding: Finding) -> Block:
    """What sort of finding it is and of whom, criticism in bold; how far it has come, while it is not settled."""
    kind = _KINDS[finding.kind]
    named = listed(writing.names(finding.criticised))
    runs: list[Run | str] = [bold(kind) if finding.kind is FindingKind.CRITICISM else kind]
    runs.append(f" of {named}" if named and finding.kind is FindingKind.CRITICISM else "")
    runs.append(f"; standard of proof: {finding.proof}" if finding.proof else "")
    runs.append(f"; {finding.status.value}, not settled" if finding.status is not FindingStatus.SETTLED else "")
    return paragraph(*runs, ".", is_numbered=False)


def _said(writing: Writing, own: Sentence) -> tuple[Run, ...]:
    """One sentence with its footnote; one that rests on nothing says so."""
    notes = writing.citer.footnote(own.evidence)
    return joined(own.text.strip(), *(notes or [bold(" [no evidence is recorded for this sentence]")]))


def lessons(writing: Writing) -> list[Block]:
    """Each lesson with the findings and lessons that it rests on."""
    blocks: list[Block] = []
    for lesson in writing.source.lessons:
        number = writing.source.numbers[lesson.id]
        rests = writing.references((*lesson.findings, *lesson.builds_on))
        runs = joined(bold(f"{number}."), f" {lesson.text.strip()}", *((" (", *rests, ")") if rests else ()))
        blocks.append(paragraph(*runs, anchor=anchor_of(lesson.id)))
    return blocks


def recommendations(writing: Writing) -> list[Block]:
    """Each recommendation with its addressee, time, measure, what it rests on, and what came back."""
    blocks: list[Block] = []
    for recommendation in writing.source.recommendations:
        number = writing.source.numbers[recommendation.id]
        state = "" if recommendation.is_final else " (draft)"
        title = f"{number}  {recommendation.addressee or 'Addressed to nobody yet'}{state}"
        blocks.append(Heading(text=title, level=3, anchor=anchor_of(recommendation.id)))
        blocks.append(paragraph(bold(recommendation.text.strip())))
        blocks += _asked(writing, recommendation)
        blocks += [_answered(writing, response) for response in writing.source.responses[recommendation.id]]
    return blocks


def _asked(writing: Writing, recommendation: Recommendation) -> list[Block]:
    due = f" (by {in_words(recommendation.due_on)})" if recommendation.due_on else ""
    rests = writing.references((*recommendation.findings, *recommendation.lessons))
    told = [
        ("Within", joined(f"{recommendation.deadline or 'no time stated'}{due}")),
        ("Known to be done when", joined(recommendation.measure)),
        ("Rests on", rests),
        ("Asked for before", joined("; ".join(recommendation.earlier))),
    ]
    return [item(bold(f"{name}: "), *runs) for name, runs in told if runs]


def _answered(writing: Writing, response: Response) -> Block:
    """One answer: by whom, when, what, with its evidence and what has become of the recommendation."""
    text = f" {sentence(response.text)}" if response.text else ""
    notes = writing.citer.footnote(response.evidence)
    runs = (bold(f"{response.answer.value.capitalize()}"), f" by {response.by}{when(response.on)}.{text}", *notes)
    return paragraph(*runs, f" State: {response.state.value}.")
