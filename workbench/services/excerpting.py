"""Makes, edits, links and deletes excerpts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from workbench.domain.anchoring import Anchor, anchor_at, boxes_between
from workbench.domain.change import Action, Change
from workbench.domain.document import Document, Page
from workbench.domain.errors import Refused
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import Institution, Theme
from workbench.domain.geometry import Box
from workbench.domain.ids import AnyId, DocumentId, ExcerptId, InstitutionId, LinkId, ThemeId, new_id
from workbench.services.page_words import PageReader
from workbench.store.case_file import CaseFile
from workbench.store.reading import Reading
from workbench.store.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link to make: the id of an institution, scope paragraph, event, case study or person, and a stance."""

    target: AnyId
    stance: Stance = Stance.CONTEXT


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one page: half-open code-point offsets into its stored text."""

    page_index: int
    start: int
    end: int


def excerpt_from(
    case: CaseFile, document: Document, page: Page, anchor: Anchor, *, reader: PageReader | None, note: str = ""
) -> Excerpt:
    """The excerpt for an anchor, not yet saved; boxes are left empty without a ``reader``."""
    words = [] if reader is None else reader.words(case, document.sha256, page.page_index)
    return Excerpt(
        id=ExcerptId(new_id("exc")),
        document=document.id,
        page_index=page.page_index,
        start=anchor.start,
        end=anchor.end,
        quote=anchor.quote,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        text_digest=page.text_digest,
        boxes=boxes_between(words, anchor.start, anchor.end),
        note=note,
        made_by=case.who,
        made_at=datetime.now(UTC),
    )


def parts_from(
    case: CaseFile, document: Document, spans: Sequence[Span], *, reader: PageReader | None
) -> tuple[Excerpt, ...]:
    """One part a page for words that run on over page ends, not yet saved; pages without words give none."""
    parts: list[Excerpt] = []
    for span in spans:
        page = case.page(document.sha256, span.page_index)
        if not page.text[span.start : span.end].strip():
            continue
        anchor = anchor_at(page.text, span.start, span.end)
        part = excerpt_from(case, document, page, anchor, reader=reader)
        parts.append(replace(part, continues=parts[-1].id if parts else None))
    if not parts:
        raise Refused("The selection holds no words. Select the words first, or mark an area.")
    return tuple(parts)


def make_excerpt(
    case: CaseFile,
    *,
    document: DocumentId,
    page_index: int,
    start: int,
    end: int,
    note: str = "",
    themes: Sequence[ThemeId] = (),
    links: Sequence[NewLink] = (),
    reader: PageReader | None = None,
) -> Change:
    """Mark the words between two offsets of a page and link them; one undoable step."""
    if not start < end:
        raise Refused("Nothing is selected on this page. Select the words first.")
    spans = (Span(page_index, start, end),)
    return mark_words(case, document=document, spans=spans, note=note, themes=themes, links=links, reader=reader)


def mark_words(
    case: CaseFile,
    *,
    document: DocumentId,
    spans: Sequence[Span],
    note: str = "",
    themes: Sequence[ThemeId] = (),
    links: Sequence[NewLink] = (),
    reader: PageReader | None = None,
) -> Change:
    """Mark words of one page or of several that follow one another; one undoable step."""
    record = case.get(Document, document)
    first, *others = parts_from(case, record, spans, reader=reader)
    with case.change(Action.MAKE_EXCERPT, f"{record.urn} page {first.page_number}") as step:
        step.put(replace(first, themes=tuple(themes), note=note))
        step.put_all(others)
        put_links(step, first.id, links)
    return step.change


def area_of(case: CaseFile, document: Document, page: Page, box: Box) -> Excerpt:
    """The excerpt for an area of a page, not yet saved."""
    return Excerpt(
        id=ExcerptId(new_id("exc")),
        document=document.id,
        page_index=page.page_index,
        start=0,
        end=0,
        quote="",
        text_digest=page.text_digest,
        boxes=(box,),
        made_by=case.who,
        made_at=datetime.now(UTC),
    )


def mark_area(case: CaseFile, *, document: DocumentId, page_index: int, box: Box, note: str = "") -> Change:
    """Mark an area of a page, such as a part of a scan that holds no text; one undoable step."""
    record = case.get(Document, document)
    page = case.page(record.sha256, page_index)
    sides = (max(box.x0, 0.0), max(box.y0, 0.0), min(box.x1, page.width_pt), min(box.y1, page.height_pt))
    if sides[2] - sides[0] < 1 or sides[3] - sides[1] < 1:
        raise Refused(f"The area on page {page.page_number} of {record.urn} is too small. Draw it larger.")
    area = replace(area_of(case, record, page, Box(*sides)), note=note)
    with case.change(Action.MAKE_EXCERPT, f"{record.urn} page {page.page_number}") as step:
        step.put(area)
    return step.change


def put_links(step: Step, excerpt: ExcerptId, links: Sequence[NewLink]) -> None:
    """Add links to an excerpt within a step; those it has already are not doubled."""
    present = {(link.target, link.stance) for link in step.all(Link, excerpt=excerpt)}
    for link in links:
        if (link.target, link.stance) not in present:
            step.put(Link(id=LinkId(new_id("lnk")), excerpt=excerpt, target=link.target, stance=link.stance))


def link_excerpt(case: CaseFile, excerpt: ExcerptId, links: Sequence[NewLink]) -> Change:
    """Add links to an excerpt; those it has already are not doubled."""
    case.get(Excerpt, excerpt)
    with case.change(Action.LINK) as step:
        put_links(step, excerpt, links)
    return step.change


def unlink_excerpt(case: CaseFile, link: LinkId) -> Change:
    """Remove one link of an excerpt."""
    with case.change(Action.UNLINK) as step:
        step.delete(Link, link)
    return step.change


def edit_excerpt(
    case: CaseFile, excerpt: ExcerptId, *, note: str | None = None, themes: Sequence[ThemeId] | None = None
) -> Change:
    """Change the note or the themes of an excerpt; what is None stays."""
    record = case.get(Excerpt, excerpt)
    edited = replace(
        record,
        note=record.note if note is None else note,
        themes=record.themes if themes is None else tuple(themes),
    )
    with case.change(Action.EDIT_EXCERPT) as step:
        step.put(edited)
    return step.change


def delete_excerpt(case: CaseFile, excerpt: ExcerptId) -> Change:
    """Remove an excerpt and its links; refused while a finding, event or assessment rests on it."""
    return delete_excerpts(case, (excerpt,))


def delete_excerpts(case: CaseFile, excerpts: Sequence[ExcerptId]) -> Change:
    """Remove several excerpts with all their parts and links as one step; refused while one is relied on."""
    with case.change(Action.DELETE_EXCERPT, _counted(case, excerpts)) as step:
        for excerpt in excerpts:
            for part in reversed(parts_of(step, excerpt)):
                for link in step.all(Link, excerpt=part.id):
                    step.delete(Link, link.id)
                step.delete(Excerpt, part.id)
    return step.change


def parts_of(reading: Reading, excerpt: ExcerptId) -> tuple[Excerpt, ...]:
    """The excerpt and the parts that carry it on over page ends, in order."""
    parts = [reading.get(Excerpt, excerpt)]
    while (following := reading.first(Excerpt, continues=parts[-1].id)) is not None:
        parts.append(following)
    return tuple(parts)


def _counted(case: CaseFile, excerpts: Sequence[ExcerptId]) -> str:
    if len(excerpts) != 1:
        return f"{len(excerpts)} excerpts"
    record = case.get(Excerpt, excerpts[0])
    return f"{case.get(Document, record.document).urn} page {record.page_number}"


def add_theme(case: CaseFile, name: str) -> ThemeId:
    """The theme of this name, made when there is none."""
    name = name.strip()
    found = next((theme for theme in case.all(Theme) if theme.name.casefold() == name.casefold()), None)
    if found is not None:
        return found.id
    theme = Theme(id=ThemeId(new_id("thm")), name=name)
    with case.change(Action.EDIT_FRAME, "theme") as step:
        step.put(theme)
    return theme.id


def add_institution(case: CaseFile, name: str, *, kind: str = "other") -> InstitutionId:
    """The institution of this name or alias, made when there is none."""
    name = name.strip()
    for institution in case.all(Institution):
        if name.casefold() in {known.casefold() for known in (institution.name, *institution.aliases)}:
            return institution.id
    institution = Institution(id=InstitutionId(new_id("ins")), name=name, kind=kind)
    with case.change(Action.EDIT_FRAME, "institution") as step:
        step.put(institution)
    return institution.id
