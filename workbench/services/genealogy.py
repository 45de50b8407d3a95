"""Reads how findings lead to lessons and recommendations, what was answered, and what is missing or said twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.analysis import Finding, Lesson, Recommendation, Response, Sentence
from workbench.domain.genealogy import Genealogy
from workbench.domain.ledger import name_of_finding, shortened
from workbench.domain.near_wording import Alike, alike_texts
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The genealogy of a case with the words of everything in it, by identifier, and what is said twice."""

    genealogy: Genealogy
    words: dict[str, str]
    alike: tuple[Alike, ...]


def lineage_of(case: CaseFile) -> Lineage:
    """Everything that was found, learned and recommended."""
    genealogy = genealogy_of(case)
    sentences: dict[str, list[Sentence]] = {}
    for sentence in case.all(Sentence, "position, id"):
        sentences.setdefault(sentence.finding, []).append(sentence)
    words: dict[str, str] = {
        item.id: name_of_finding(item, sentences.get(item.id, [])) for item in genealogy.findings.values()
    }
    lessons: dict[str, str] = {item.id: item.text for item in genealogy.lessons.values()}
    asked: dict[str, str] = {item.id: item.text for item in genealogy.recommendations.values()}
    words |= lessons | asked
    words |= {item.id: _answered(item) for answers in genealogy.responses.values() for item in answers}
    alike = (*alike_texts(lessons), *alike_texts(asked))
    return Lineage(genealogy=genealogy, words=words, alike=alike)


def genealogy_of(case: CaseFile) -> Genealogy:
    """How everything found, learned and recommended hangs together."""
    return Genealogy(case.all(Finding), case.all(Lesson), case.all(Recommendation), case.all(Response))


def unfounded(case: CaseFile, recommendations: Sequence[Recommendation]) -> list[str]:
    """One sentence for each of these recommendations that no finding leads to."""
    asked: dict[str, Recommendation] = {item.id: item for item in recommendations}
    return [
        f"The recommendation “{shortened(asked[orphan.item].text)}” is not exported: it {orphan.text}."
        for orphan in genealogy_of(case).orphans()
        if orphan.item in asked and orphan.is_unfounded
    ]


def _answered(item: Response) -> str:
    return f"{item.by}: {item.answer.value}"
