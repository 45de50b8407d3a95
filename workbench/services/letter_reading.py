"""A letter with the places it refers to, for somebody who opened the compartment to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.errors import NotFound
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import AnyId, ExcerptId, WarningLetterId
from workbench.domain.protection import WarningLetter
from workbench.services.excerpt_list import rows_of_excerpts
from workbench.services.letters import OpenLetter, letters_of
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPlace:
    """An excerpt by its page reference and its words; ``withdrawn`` says why it is no longer relied on."""

    excerpt: ExcerptId
    reference: str
    words: str
    withdrawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLetter:
    """Everything there is to read of a letter."""

    letter: OpenLetter
    evidence: tuple[QuotedPlace, ...]
    answer: tuple[QuotedPlace, ...]


def shown_letter(case: CaseFile, identifier: WarningLetterId) -> ShownLetter:
    """The letter opened, with its evidence and the response's excerpts by page; raises ``NotFound``."""
    record = case.get(WarningLetter, identifier)
    letter = next((item for item in letters_of(case, record.finding) if item.record.id == identifier), None)
    if letter is None:
        raise NotFound("This letter is not in the case any more.")
    return ShownLetter(
        letter=letter, evidence=quoted_places(case, record.evidence), answer=quoted_places(case, record.answer)
    )


def quoted_places(case: CaseFile, identifiers: Sequence[AnyId]) -> tuple[QuotedPlace, ...]:
    """Excerpts by page and words, in their order; what is no excerpt of the case (any more) is left out."""
    known = [ExcerptId(item) for item in identifiers if case.first(Excerpt, id=item) is not None]
    rows = rows_of_excerpts(case, known)
    return tuple(
        QuotedPlace(excerpt=identifier, reference=row.reference, words=row.words, withdrawn=row.excerpt.withdrawn)
        for identifier in known
        if (row := rows.get(identifier)) is not None
    )
