"""Makes, edits, links and deletes excerpts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from workbench.domain.anchoring import Anchor, anchor_at, boxes_between
from workbench.domain.change import Action, Change
from workbench.domain.document import Document, Page
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import Institution, Theme
from workbench.domain.ids import AnyId, DocumentId, ExcerptId, InstitutionId, LinkId, ThemeId, new_id
from workbench.services.page_words import PageReader
from workbench.store.case_file import CaseFile
from workbench.store.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link to make: the id of an institution, scope paragraph, event, case study or person, and a stance."""

    target: AnyId
    stance: Stance = Stance.CONTEXT


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
    record = case.get(Document, document)
    page = case.page(record.sha256, page_index)
    anchor = anchor_at(page.text, start, end)
    excerpt = excerpt_from(case, record, page, anchor, reader=reader, note=note)
    with case.change(Action.MAKE_EXCERPT, f"{record.urn} page {page.page_number}") as step:
        step.put(replace(excerpt, themes=tuple(themes)))
        _put_links(step, excerpt.id, links)
    return step.change


def _put_links(step: Step, excerpt: ExcerptId, links: Sequence[NewLink]) -> None:
    present = {(link.target, link.stance) for link in step.all(Link, excerpt=excerpt)}
    for link in links:
        if (link.target, link.stance) not in present:
            step.put(Link(id=LinkId(new_id("lnk")), excerpt=excerpt, target=link.target, stance=link.stance))


def link_excerpt(case: CaseFile, excerpt: ExcerptId, links: Sequence[NewLink]) -> Change:
    """Add links to an excerpt; those it has already are not doubled."""
    case.get(Excerpt, excerpt)
    with case.change(Action.LINK) as step:
        _put_links(step, excerpt, links)
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
    with case.change(Action.DELETE_EXCERPT) as step:
        for link in step.all(Link, excerpt=excerpt):
            step.delete(Link, link.id)
        step.delete(Excerpt, excerpt)
    return step.change


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
