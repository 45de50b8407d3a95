"""Follows every footnote of a report down to the words on their page, and says which one leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.document import Document, Page
from workbench.domain.errors import CheckFailed, NotFound
from workbench.domain.excerpt import AnchorState, Excerpt
from workbench.domain.report import Block, Footnote, Heading, Paragraph, Part, Report, Table, Target, blocks_of, runs_of
from workbench.domain.urn import page_form
from workbench.store.case_file import CaseFile

#: So many footnotes are listed when an export stops.
_LISTED = 12


class UnreliableFootnotes(CheckFailed):
    """Footnotes that do not lead to the words they rest on; ``reasons`` has one sentence for each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        lines = "\n".join(f"  {reason}" for reason in self.reasons[:_LISTED])
        more = f"\n  … and {len(self.reasons) - _LISTED} more" if len(self.reasons) > _LISTED else ""
        super().__init__(
            f"The report was not written: {len(self.reasons)} of its footnotes cannot be relied on. Mark the words "
            f"again or take the sentences out, or give a reason to write it all the same.\n{lines}{more}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedFootnote:
    """One place that one footnote leads to: the words that stand there now, and what is wrong ("" when nothing is).

    ``where`` is the paragraph or table that the mark stands in.
    """

    number: int
    where: str
    target: Target
    words: str
    fault: str = ""

    @property
    def reference(self) -> str:
        """``INQ000123_004``."""
        return page_form(self.target.urn, self.target.page_index + 1)

    @property
    def sentence(self) -> str:
        """What is wrong, with the number of the footnote."""
        return f"Footnote {self.number} ({self.reference}, {self.where}) {self.fault}."


def followed_footnotes(case: CaseFile, report: Report, cited: Iterable[Excerpt] = ()) -> list[FollowedFootnote]:
    """Every place that the footnotes of a prepared report lead to, in their order.

    ``cited`` are the excerpts that the footnotes were made from; what was withdrawn or lost is only known from them.
    """
    every = case.all(Document)
    documents, urns = {item.urn: item for item in every}, {item.id: item.urn for item in every}
    known = {_key(urns[item.document], item): item for item in cited}
    pages: dict[tuple[str, int], Page | None] = {}
    found = []
    for where, note in marked_footnotes(report):
        for target in note.targets:
            key = (target.urn, target.page_index)
            if key not in pages:
                pages[key] = _page(case, documents.get(target.urn), target.page_index)
            found.append(_followed(where, note, target, documents, pages[key], known.get(_place(target))))
    return found


_Place = tuple[str, int, int, int, str]


def _key(urn: str, item: Excerpt) -> _Place:
    start, end = (-1, -1) if item.is_area else (item.start, item.end)
    return (urn, item.page_index, start, end, item.quote)


def _place(target: Target) -> _Place:
    return (target.urn, target.page_index, target.start, target.end, target.quote)


def marked_footnotes(report: Report) -> Iterator[tuple[str, Footnote]]:
    """Every footnote of a prepared report with the paragraph or table that its mark stands in."""
    for part, block in blocks_of(report):
        for run in runs_of(block):
            if isinstance(run, Footnote):
                yield _where(part, block), run


def _where(part: Part, block: Block) -> str:
    match block:
        case Paragraph(number=number) if number:
            return f"paragraph {number}"
        case Table(number=number) if number:
            return f"table {number}"
        case Heading(text=text):
            return f"under “{text}”"
    return f"{'annex' if part.numbering == 'annex' else 'part'} {part.number}".strip()


def _page(case: CaseFile, document: Document | None, page_index: int) -> Page | None:
    if document is None:
        return None
    try:
        return case.page(document.sha256, page_index)
    except NotFound:
        return None


def _followed(
    where: str,
    note: Footnote,
    target: Target,
    documents: Mapping[str, Document],
    page: Page | None,
    excerpt: Excerpt | None,
) -> FollowedFootnote:
    words = page.text[target.start : target.end] if page is not None and target.start >= 0 else ""
    fault = _fault(target, documents.get(target.urn), page, words, excerpt)
    return FollowedFootnote(number=note.number, where=where, target=target, words=words, fault=fault)


def _fault(target: Target, document: Document | None, page: Page | None, words: str, excerpt: Excerpt | None) -> str:
    """Why a footnote must not go out as it is, as the end of a sentence about it; "" when it may."""
    if document is None:
        return "names a document that is not in the case"
    if page is None:
        return "names a page that the document does not have"
    if words != target.quote:
        return "leads to other words than it quotes: the text of the page has changed"
    if excerpt is None:
        return ""
    if excerpt.withdrawn:
        return f"rests on an excerpt that was withdrawn ({excerpt.withdrawn})"
    if excerpt.text_digest != page.text_digest:
        return "rests on an excerpt of another version of the page: the text has changed since"
    if excerpt.state is not AnchorState.OK:
        return f"rests on words that are {excerpt.state.value}"
    if document.withdrawn_on or document.withdrawn_reason:
        reason = f" ({document.withdrawn_reason})" if document.withdrawn_reason else ""
        return f"rests on a document that its supplier withdrew{reason}"
    return ""
