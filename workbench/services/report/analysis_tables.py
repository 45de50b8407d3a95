"""The tables of what was made of it: assessments, the ledger of findings, lessons, recommendations, responses."""

from __future__ import annotations

from workbench.domain.adequacy import faults_of
from workbench.domain.analysis import FindingKind
from workbench.domain.coverage_table import period_in_words
from workbench.exporters.tables_xlsx import Day, Value
from workbench.services.assessing import surroundings
from workbench.services.report.tabling import Tabling, WorkTable, team_columns


def assessments(tabling: Tabling) -> WorkTable:
    """Each judgement with its standards, evidence on both sides, gaps, and second readings."""
    source, among = tabling.source, surroundings(tabling.source.case)
    whole = {item.id: item for item in source.records.assessments}
    columns = (
        "No.", "Institution", "Paragraph", "Period", "Question", "Judged by", "Rating", "Confidence", "Standards",
        "Evidence for", "Evidence against", "Gaps", "Reasoning", "Second readings", "To be settled", "Author", "On",
    )  # fmt: skip
    rows = []
    for item in source.assessments:
        second = [f"{reading.rating.value}: {reading.reasoning}" for reading in source.second_readings[item.id]]
        row: tuple[Value, ...] = (source.numbers[item.id], source.institutions[item.institution].name)
        row += (source.scope[item.scope].number, period_in_words(item.period), item.question)
        row += (", ".join(item.dimensions), item.rating.value, item.confidence, tabling.named(item.standards))
        row += (tabling.named(item.evidence_for), tabling.named(item.evidence_against), "\n".join(item.gaps))
        row += (item.reasoning, "\n".join(second), "\n".join(faults_of(whole[item.id], among)))
        rows.append((*row, item.author, Day(on=item.assessed_on)))
    heads, told = team_columns(tabling, columns, rows, ("To be settled", "Author"))
    return WorkTable(name="assessments", title="Assessments", columns=heads, rows=told)


def ledger(tabling: Tabling) -> WorkTable:
    """The claim ledger: one row for each sentence of a finding, with what carries it."""
    source = tabling.source
    columns = (
        "Finding", "Title", "Kind", "Status", "Criticises", "Standard of proof", "Sentence no.", "Sentence", "Rests on",
        "Words it rests on", "Support", "What is wrong",
    )  # fmt: skip
    rows = []
    for finding in source.findings:
        head: tuple[Value, ...] = (source.numbers[finding.id], finding.title, finding.kind.value, finding.status.value)
        criticised = finding.criticised if finding.kind is FindingKind.CRITICISM else ()
        head += (tabling.institutions(criticised), finding.proof)
        support = {item.sentence.id: item for item in tabling.ledger[finding.id].sentences}
        for number, sentence in enumerate(source.sentences.get(finding.id, ()), 1):
            words = [tabling.words(source.excerpts[e]) for e in sentence.evidence if e in source.excerpts]
            own = support[sentence.id]
            row: tuple[Value, ...] = (number, sentence.text, tabling.named(sentence.evidence), "\n".join(words))
            rows.append((*head, *row, own.state.value, "\n".join(fault.text for fault in own.faults)))
        if finding.id not in source.sentences:
            rows.append((*head, None, "(no sentences yet)", "", "", "unsupported", ""))
    heads, told = team_columns(tabling, columns, rows, ("Support", "What is wrong"))
    return WorkTable(name="findings-ledger", title="Findings ledger", columns=heads, rows=told)


def lessons(tabling: Tabling) -> WorkTable:
    """Each lesson with the findings and lessons it rests on."""
    numbers = tabling.source.numbers
    rows = tuple(
        (numbers[item.id], item.text, tabling.numbered(item.findings), tabling.numbered(item.builds_on))
        for item in tabling.source.lessons
    )
    columns = ("No.", "Lesson", "Findings", "Builds on")
    return WorkTable(name="lessons", title="Lessons", columns=columns, rows=rows)


def recommendations(tabling: Tabling) -> WorkTable:
    """Each recommendation with addressee, time and measure, what it rests on, and the newest answer."""
    source = tabling.source
    columns = (
        "No.", "Recommendation", "Addressed to", "Within", "Due", "Known to be done when", "Final", "Findings",
        "Lessons", "Asked for before", "Newest answer", "State",
    )  # fmt: skip
    rows = []
    for item in source.recommendations:
        newest = source.responses[item.id][-1] if source.responses[item.id] else None
        row: tuple[Value, ...] = (
            source.numbers[item.id],
            item.text,
            item.addressee,
            item.deadline,
            Day(on=item.due_on),
        )
        row += (item.measure, "yes" if item.is_final else "draft", tabling.numbered(item.findings))
        row += (tabling.numbered(item.lessons), "; ".join(item.earlier))
        rows.append((*row, newest.answer.value if newest else "none", newest.state.value if newest else ""))
    return WorkTable(name="recommendations", title="Recommendations", columns=columns, rows=tuple(rows))


def responses(tabling: Tabling) -> WorkTable:
    """Everything that came back on recommendations."""
    source = tabling.source
    columns = ("Recommendation", "By", "On", "Answer", "Words", "State", "Evidence")
    rows: list[tuple[Value, ...]] = [
        (
            source.numbers[recommendation.id],
            item.by,
            Day(on=item.on),
            item.answer.value,
            item.text,
            item.state.value,
            tabling.named(item.evidence),
        )
        for recommendation in source.recommendations
        for item in source.responses[recommendation.id]
    ]
    return WorkTable(name="responses", title="Responses", columns=columns, rows=tuple(rows))
