"""Lists redaction marks for review: where each stands, why, under what, and who proposed and decided it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.ids import DocumentId
from workbench.domain.protection import MarkState, Redaction, Restriction
from workbench.domain.redaction import Reason
from workbench.domain.urn import page_form
from workbench.services.page_words import PageReader
from workbench.services.redacting import located, marks_of
from workbench.services.redaction_reasons import redaction_reasons
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRow:
    """One mark with its place and grounds in words; ``words`` are what is to be hidden, "" for an area."""

    mark: Redaction
    urn: str
    title: str
    reason: str
    restriction: str = ""

    @property
    def id(self) -> str:
        return self.mark.id

    @property
    def reference(self) -> str:
        """``INQ000123_004``."""
        return page_form(self.urn, self.mark.page_index + 1)

    @property
    def words(self) -> str:
        return " ".join(self.mark.quote.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundsOffered:
    """What a mark can be given: reasons, the one used last first, and the restrictions of the case."""

    reasons: tuple[Reason, ...]
    restrictions: tuple[tuple[str, str], ...]


def mark_rows(case: CaseFile, document: DocumentId | None = None) -> list[MarkRow]:
    """All marks in the order of their pages."""
    documents = {item.id: item for item in case.all(Document)}
    restrictions = {item.id: restriction_name(item) for item in case.all(Restriction)}
    titles = {reason.code: reason.title for reason in redaction_reasons()}
    return [
        MarkRow(
            mark=mark,
            urn=documents[mark.document].urn,
            title=documents[mark.document].title,
            reason=titles.get(mark.reason, mark.reason),
            restriction=restrictions.get(mark.restriction, "") if mark.restriction else "",
        )
        for mark in marks_of(case, document)
    ]


def placed_marks(case: CaseFile, document: DocumentId, reader: PageReader) -> list[MarkRow]:
    """The marks of a document, each with its boxes; one whose words are not on its page has none."""
    return [_placed(case, row, reader) for row in mark_rows(case, document)]


def _placed(case: CaseFile, row: MarkRow, reader: PageReader) -> MarkRow:
    try:
        mark = located(case, row.mark, reader)
    except Refused:
        return row
    return MarkRow(mark=mark, urn=row.urn, title=row.title, reason=row.reason, restriction=row.restriction)


def grounds_offered(case: CaseFile) -> GroundsOffered:
    """What a mark can be given; the reasons that were used last come first."""
    used = [mark.reason for mark in sorted(case.all(Redaction), key=_proposed_at, reverse=True) if mark.reason]
    order = {code: at for at, code in enumerate(dict.fromkeys(used))}
    reasons = sorted(redaction_reasons(), key=lambda reason: order.get(reason.code, len(order)))
    restrictions = [(item.id, restriction_name(item)) for item in case.all(Restriction) if not item.revoked_on]
    return GroundsOffered(reasons=tuple(reasons), restrictions=tuple(restrictions))


def _proposed_at(mark: Redaction) -> str:
    return mark.proposed_at.isoformat() if mark.proposed_at is not None else ""


def counted_states(rows: Iterable[MarkRow]) -> dict[MarkState, int]:
    """How many marks are proposed, approved and rejected."""
    counts = Counter(row.mark.state for row in rows)
    return {state: counts.get(state, 0) for state in MarkState}


def restriction_name(restriction: Restriction) -> str:
    """``order by the Chair of 2026-03-02``; what it covers is not told."""
    made_by = f" by {restriction.made_by}" if restriction.made_by else ""
    return f"{restriction.kind}{made_by}{f' of {restriction.on}' if restriction.on else ''}"
