"""Marks words and areas that must not be shown: one by one, where a search found them, wherever a term stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from workbench.domain.anchoring import anchor_at, boxes_between
from workbench.domain.change import Action
from workbench.domain.document import Document, Page
from workbench.domain.errors import Refused
from workbench.domain.geometry import Box, Word
from workbench.domain.ids import DocumentId, RedactionId, RestrictionId, new_id
from workbench.domain.matching import matching_spans
from workbench.domain.name_matching import NameMatcher
from workbench.domain.progress import Ticket
from workbench.domain.protected_names import ProtectedName
from workbench.domain.protection import MarkState, Redaction, Restriction
from workbench.domain.redaction import checked_label, reason_named
from workbench.search.parsing import parse
from workbench.services.page_words import PageReader
from workbench.services.redaction_reasons import redaction_reasons
from workbench.services.searching import search
from workbench.store.case_file import CaseFile
from workbench.store.step import Step
from workbench.store.word_list import Stems

_HITS_AT_ONCE = 200
#: Two areas whose sides differ by less are the same area.
_SAME_PT = 0.5


#: A smaller area hides nothing, and its edges are grey.
_LEAST_AREA_PT = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why something is marked: a reason of the vocabulary, its basis in words, the restriction, and the label.

    Without a basis of its own a mark takes the one its reason usually has; without a label it is marked plainly.
    """

    reason: str = ""
    restriction: RestrictionId | None = None
    basis: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The marks that now stand for what was asked, and how many of them are new."""

    marks: tuple[Redaction, ...]
    new: int


def mark_words(
    case: CaseFile,
    document: DocumentId,
    page_index: int,
    start: int,
    end: int,
    grounds: Grounds = Grounds(),
    *,
    reader: PageReader | None = None,
) -> Marked:
    """Propose to redact the words between two offsets of a page; the same words marked twice are one mark."""
    record = case.get(Document, document)
    page = _page(case, record, page_index)
    with nullcontext(reader) if reader is not None else PageReader() as reading:
        words = reading.words(case, record.sha256, page.page_index)
    mark = _words_mark(case, record, page, (start, end), words)
    return _propose(case, [mark], grounds, f"{record.urn} page {page.page_number}")


def mark_area(
    case: CaseFile,
    document: DocumentId,
    page_index: int,
    box: Box,
    grounds: Grounds = Grounds(),
) -> Marked:
    """Propose to redact an area of a page, in points from the top left of the page as displayed."""
    record = case.get(Document, document)
    page = _page(case, record, page_index)
    sides = (max(box.x0, 0.0), max(box.y0, 0.0), min(box.x1, page.width_pt), min(box.y1, page.height_pt))
    if sides[2] - sides[0] < _LEAST_AREA_PT or sides[3] - sides[1] < _LEAST_AREA_PT:
        raise Refused(
            f"The area on page {page.page_number} of {record.urn} is empty, too small to hide anything, or lies beside "
            "the page. Draw it on the page."
        )
    mark = _mark(case, record, page.page_index, boxes=(Box(*sides),))
    return _propose(case, [mark], grounds, f"{record.urn} page {page.page_number}")


def mark_search_results(
    case: CaseFile,
    query: str,
    grounds: Grounds = Grounds(),
    *,
    documents: Sequence[DocumentId] | None = None,
    ticket: Ticket | None = None,
) -> Marked:
    """Propose to redact the found words on every page that a search finds; all pages, not the first screenful."""
    ticket = ticket or Ticket()
    tree, stems = parse(query).tree, Stems()
    found: list[tuple[Document, Page, tuple[tuple[int, int], ...]]] = []
    for document, page_index in _pages_found(case, query, ticket):
        if documents is not None and document not in documents:
            continue
        record = case.get(Document, document)
        page = case.page(record.sha256, page_index)
        spans = tuple(sorted(matching_spans(tree, page.text, stems.of)))
        found.append((record, page, spans))
    return _mark_spans(case, found, grounds, ticket, "search results")


def mark_every_occurrence(
    case: CaseFile,
    term: str,
    grounds: Grounds = Grounds(),
    *,
    kind: str = "name",
    documents: Sequence[DocumentId] | None = None,
    ticket: Ticket | None = None,
) -> Marked:
    """Propose to redact a term wherever it stands in the text of the case, however it is written.

    Found as the leak sweep finds it: over line ends and hyphens, with and without accents, with initials. What is
    not certain is proposed too, for a person to look at. ``kind`` is the term's kind as a protected term. Pages
    without text are not read.
    """
    if not any(letter.isalnum() for letter in term):
        raise Refused("The term to redact is empty. Give the words as they stand in the documents.")
    ticket = ticket or Ticket()
    matcher = NameMatcher([ProtectedName(person_cipher="", kind=kind, term=term)])
    records = [record for record in case.all(Document, "urn") if documents is None or record.id in documents]
    found = []
    for done, record in enumerate(records):
        ticket.tick(done, len(records), record.urn)
        for page in case.pages(record.sha256):
            spans = tuple((hit.start, hit.end) for hit in matcher.find(page.text))
            if spans:
                found.append((record, page, spans))
    return _mark_spans(case, found, grounds, ticket, "every occurrence of a term")


def _pages_found(case: CaseFile, query: str, ticket: Ticket) -> Iterable[tuple[DocumentId, int]]:
    offset = 0
    while hits := search(case, query, limit=_HITS_AT_ONCE, offset=offset, ticket=ticket).hits:
        yield from ((hit.document, hit.page_index) for hit in hits)
        offset += len(hits)


def _mark_spans(
    case: CaseFile,
    found: Sequence[tuple[Document, Page, tuple[tuple[int, int], ...]]],
    grounds: Grounds,
    ticket: Ticket,
    summary: str,
) -> Marked:
    marks = []
    with PageReader() as reader:
        for done, (record, page, spans) in enumerate(found):
            ticket.tick(done, len(found), f"{record.urn} page {page.page_number}")
            words = reader.words(case, record.sha256, page.page_index)
            marks += [_words_mark(case, record, page, span, words) for span in spans]
    return _propose(case, marks, grounds, summary)


def _page(case: CaseFile, record: Document, page_index: int) -> Page:
    if not 0 <= page_index < record.page_count:
        raise Refused(f"{record.urn} has {record.page_count} pages, no page {page_index + 1}. Choose one that it has.")
    return case.page(record.sha256, page_index)


def _words_mark(
    case: CaseFile, record: Document, page: Page, span: tuple[int, int], words: Sequence[Word]
) -> Redaction:
    anchor = anchor_at(page.text, *span)
    boxes = boxes_between(words, anchor.start, anchor.end)
    if not boxes:
        raise Refused(
            f"The words on page {page.page_number} of {record.urn} have no place on the page. Mark their area instead."
        )
    mark = _mark(case, record, page.page_index, boxes=boxes)
    return replace(mark, start=anchor.start, end=anchor.end, quote=anchor.quote)


def _mark(case: CaseFile, record: Document, page_index: int, *, boxes: tuple[Box, ...]) -> Redaction:
    return Redaction(
        id=RedactionId(new_id("red")),
        document=record.id,
        page_index=page_index,
        boxes=boxes,
        proposed_by=case.who,
        proposed_at=datetime.now(UTC),
    )


def _propose(case: CaseFile, marks: Sequence[Redaction], grounds: Grounds, summary: str) -> Marked:
    """Put the marks that are not there yet in one change; one that was rejected is proposed again."""
    grounds = checked_grounds(case, grounds)
    standing: list[Redaction] = []
    fresh: list[Redaction] = []
    on_page: dict[tuple[DocumentId, int], list[Redaction]] = {}
    for mark in marks:
        place = mark.document, mark.page_index
        if place not in on_page:
            on_page[place] = case.all(Redaction, document=mark.document, page_index=mark.page_index)
        known = next((item for item in on_page[place] if is_same_place(item, mark)), None)
        if known is not None and known.state is not MarkState.REJECTED:
            standing.append(known)
            continue
        mark = replace(
            mark,
            id=known.id if known else mark.id,
            reason=grounds.reason,
            restriction=grounds.restriction,
            basis=grounds.basis,
            label=grounds.label,
        )
        fresh.append(mark)
        standing.append(mark)
        on_page[place].insert(0, mark)
    if fresh:
        with case.change(Action.REDACT, summary) as step:
            _put(step, fresh)
    unique = {mark.id: mark for mark in standing}
    return Marked(marks=tuple(unique.values()), new=len(fresh))


def _put(step: Step, marks: Sequence[Redaction]) -> None:
    count = len(marks)
    step.summary = f"{step.summary}: {count} mark{'s' if count != 1 else ''}"
    step.put_all(marks)


def is_same_place(one: Redaction, other: Redaction) -> bool:
    """Whether two marks on one page cover the same words, or the same area."""
    if one.start < one.end or other.start < other.end:
        return (one.start, one.end) == (other.start, other.end)
    if one.quote != other.quote or len(one.boxes) != len(other.boxes):
        return False
    return all(_is_same_box(a, b) for a, b in zip(one.boxes, other.boxes, strict=True))


def _is_same_box(one: Box, other: Box) -> bool:
    pairs = ((one.x0, other.x0), (one.y0, other.y0), (one.x1, other.x1), (one.y1, other.y1))
    return all(abs(a - b) < _SAME_PT for a, b in pairs)


def checked_grounds(case: CaseFile, grounds: Grounds) -> Grounds:
    """Grounds with the reason's code, a basis, and a restriction that is there; raises ``Refused``."""
    restriction = case.get(Restriction, grounds.restriction) if grounds.restriction else None
    reason = reason_named(redaction_reasons(), grounds.reason) if grounds.reason else None
    basis = grounds.basis or (restriction.kind if restriction else reason.basis.value if reason else "")
    code = reason.code if reason else ""
    return replace(grounds, reason=code, basis=basis, label=checked_label(grounds.label))
