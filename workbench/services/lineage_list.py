"""Lists findings, lessons, recommendations and answers as rows of a tree, and what there is to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.analysis import Finding, Lesson, Recommendation, Response
from workbench.domain.dates import in_words
from workbench.domain.genealogy import Branch, Standing
from workbench.domain.ids import AnyId, prefix_of
from workbench.domain.ledger import Support, shortened
from workbench.domain.ledger_grounds import Following
from workbench.domain.near_wording import ALIKE
from workbench.services.genealogy import Lineage, lineage_of
from workbench.services.ledger import following_of, ledger_of
from workbench.services.linking import Target
from workbench.store.case_file import CaseFile

KINDS = {"fnd": "finding", "lsn": "lesson", "rec": "recommendation", "rsp": "answer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageRow:
    """One thing of the genealogy: its words, to whom and by when, how it stands, and what is wrong with it."""

    id: str
    kind: str
    words: str
    to: str = ""
    stands: str = ""
    faults: tuple[str, ...] = ()
    record: Finding | Lesson | Recommendation | Response

    @property
    def spoken(self) -> str:
        """Everything about it on one line, as it is read aloud."""
        return ", ".join(part for part in (f"{self.kind}: {self.words}", self.to, self.stands, *self.faults) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to look at: what it is about, and for two that say nearly the same the other one."""

    kind: str
    item: str
    text: str
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageView:
    """The trees both ways, the rows by identifier, the remarks, and what lessons and recommendations can rest on."""

    forwards: tuple[Branch, ...]
    backwards: tuple[Branch, ...]
    rows: dict[str, LineageRow]
    remarks: tuple[Remark, ...]
    targets: tuple[Target, ...]


def lineage_view(case: CaseFile, day: str) -> LineageView:
    """The genealogy of a case with what is overdue on a day (``2026-03-01``)."""
    lineage = lineage_of(case)
    genealogy = lineage.genealogy
    standings: dict[str, Standing] = {
        item.id: genealogy.standing(item, day) for item in genealogy.recommendations.values()
    }
    following = following_of(case)
    remarks = (*_remarks(lineage, standings), *_doubts(lineage, following))
    faults: dict[str, list[str]] = {}
    for remark in remarks:
        faults.setdefault(remark.item, []).append(remark.text)
        if remark.other:
            faults.setdefault(remark.other, []).append(remark.text)
    lights: dict[str, Support] = {support.finding.id: support.state for support in ledger_of(case, following=following)}
    return LineageView(
        forwards=genealogy.forwards(),
        backwards=genealogy.backwards(),
        rows={row.id: row for row in _rows(lineage, standings, lights, faults)},
        remarks=remarks,
        targets=tuple(
            Target(kind=KINDS[prefix_of(item)], id=AnyId(item), name=lineage.words[item])
            for item in (*genealogy.findings, *genealogy.lessons)
        ),
    )


def _remarks(lineage: Lineage, standings: Mapping[str, Standing]) -> tuple[Remark, ...]:
    """What is overdue, what comes from nowhere or leads nowhere, and what is said twice, in this order."""
    found = [
        Remark(kind="overdue", item=str(item), text=f"overdue: {standing.overdue}")
        for item, standing in standings.items()
        if standing.overdue
    ]
    found += [Remark(kind="orphan", item=item.item, text=item.text) for item in lineage.genealogy.orphans()]
    for item in lineage.genealogy.recommendations.values():
        if item.deadline and not item.due_on:
            text = f"its deadline “{item.deadline}” names no day, so nobody can tell when it is overdue"
            found.append(Remark(kind="no day", item=item.id, text=text))
    for pair in lineage.alike:
        text = f"says nearly the same as another ({pair.share:.0%} of the words; shown from {ALIKE:.0%} on)"
        found.append(Remark(kind="alike", item=pair.one, other=pair.other, text=text))
    return tuple(found)


def _doubts(lineage: Lineage, following: Following) -> Iterator[Remark]:
    """Answers whose evidence was withdrawn, changed or superseded."""
    for answers in lineage.genealogy.responses.values():
        for answer in answers:
            for item in answer.evidence:
                for fault in following.ground(item).faults:
                    yield Remark(kind="evidence", item=answer.id, text=fault.text)


def _rows(
    lineage: Lineage, standings: dict[str, Standing], lights: dict[str, Support], faults: dict[str, list[str]]
) -> list[LineageRow]:
    genealogy, words = lineage.genealogy, lineage.words
    rows = [
        LineageRow(
            id=item.id,
            kind="finding",
            words=words[item.id],
            stands=f"{item.status.value}, {lights[item.id].value}",
            faults=tuple(faults.get(item.id, ())),
            record=item,
        )
        for item in genealogy.findings.values()
    ]
    rows += [
        LineageRow(id=item.id, kind="lesson", words=item.text, faults=tuple(faults.get(item.id, ())), record=item)
        for item in genealogy.lessons.values()
    ]
    rows += [
        _recommendation(item, standings[item.id], tuple(faults.get(item.id, ())))
        for item in genealogy.recommendations.values()
    ]
    return rows + [
        _answer(item, tuple(faults.get(item.id, ()))) for answers in genealogy.responses.values() for item in answers
    ]


def _recommendation(item: Recommendation, standing: Standing, faults: tuple[str, ...]) -> LineageRow:
    due = in_words(item.due_on) if item.due_on else ""
    by = " – ".join(part for part in (item.deadline, due) if part)
    stands = standing.answer.value if standing.newest is None else f"{standing.answer.value}, {standing.state.value}"
    return LineageRow(
        id=item.id,
        kind="recommendation",
        words=item.text,
        to="; ".join(part for part in (item.addressee or "to nobody yet", by or "no deadline") if part),
        stands=f"{'final' if item.is_final else 'draft'}; {stands}",
        faults=faults,
        record=item,
    )


def _answer(item: Response, faults: tuple[str, ...]) -> LineageRow:
    return LineageRow(
        id=item.id,
        kind="answer",
        words=f"{item.by}: {shortened(item.text, 200)}" if item.text else item.by,
        to=in_words(item.on) if item.on else "",
        stands=f"{item.answer.value}, {item.state.value}",
        faults=faults,
        record=item,
    )


def evidence_references(case: CaseFile, evidence: Sequence[AnyId]) -> list[tuple[AnyId, str]]:
    """Each piece of evidence with its page, or with what it is where it has none."""
    following = following_of(case)
    grounds = [following.ground(item) for item in evidence]
    return [(item.item, item.pages[0].reference if item.pages else item.title) for item in grounds]
