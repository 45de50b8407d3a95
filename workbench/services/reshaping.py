"""Moves an excerpt to other words, splits one in two, and makes several into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.domain.change import Action, Change
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.ids import ExcerptId
from workbench.services.excerpting import NewLink, Span, parts_from, parts_of, put_links
from workbench.services.page_words import PageReader
from workbench.services.repointing import repoint
from workbench.store.case_file import CaseFile
from workbench.store.step import Step


def move_excerpt(case: CaseFile, excerpt: ExcerptId, spans: Sequence[Span], *, reader: PageReader | None) -> Change:
    """Let an excerpt stand for other words of its document; its links, note and themes stay."""
    old = parts_of(case, excerpt)
    document = case.get(Document, old[0].document)
    parts = parts_from(case, document, spans, reader=reader)
    with case.change(Action.EDIT_EXCERPT, f"{document.urn} page {parts[0].page_number}") as step:
        _remove_parts(step, old[1:])
        _put_parts(step, old[0], parts)
    return step.change


def split_excerpt(
    case: CaseFile, excerpt: ExcerptId, at: Span, *, reader: PageReader | None
) -> tuple[Change, ExcerptId]:
    """Cut an excerpt before ``at.start``; the second half is an excerpt with the same links and themes."""
    old = parts_of(case, excerpt)
    document = case.get(Document, old[0].document)
    spans = [Span(part.page_index, part.start, part.end) for part in old]
    first, second = _cut(spans, at)
    if not first or not second:
        raise Refused("Select words inside the excerpt, after its first word: it is split before them.")
    before, after = (parts_from(case, document, half, reader=reader) for half in (first, second))
    with case.change(Action.EDIT_EXCERPT, f"split {document.urn} page {before[0].page_number}") as step:
        _remove_parts(step, old[1:])
        _put_parts(step, old[0], before)
        step.put_all([replace(after[0], themes=old[0].themes), *after[1:]])
        links = [NewLink(target=link.target, stance=link.stance) for link in step.all(Link, excerpt=excerpt)]
        put_links(step, after[0].id, links)
    return step.change, after[0].id


def _cut(spans: Sequence[Span], at: Span) -> tuple[list[Span], list[Span]]:
    place = (at.page_index, at.start)
    before = [
        replace(s, end=min(s.end, at.start)) if s.page_index == at.page_index else s
        for s in spans
        if (s.page_index, s.start) < place
    ]
    after = [
        replace(s, start=max(s.start, at.start)) if s.page_index == at.page_index else s
        for s in spans
        if (s.page_index, s.end) > place
    ]
    return before, after


def merge_excerpts(
    case: CaseFile, excerpts: Sequence[ExcerptId], *, reader: PageReader | None
) -> tuple[Change, ExcerptId]:
    """One excerpt from the first word of all to the last; links, themes and notes are joined.

    What rested on one of them rests on the merged excerpt. Raises ``Refused`` for different documents or areas.
    """
    heads = sorted((case.get(Excerpt, item) for item in dict.fromkeys(excerpts)), key=_place)
    if len(heads) < 2:
        raise Refused("Choose two excerpts or more to merge.")
    if len({head.document for head in heads}) > 1:
        raise Refused("Excerpts of different documents cannot be merged. Choose excerpts of one document.")
    if any(head.is_area for head in heads):
        raise Refused("A marked area cannot be merged with words. Choose excerpts that hold words.")
    document = case.get(Document, heads[0].document)
    parts = [part for head in heads for part in parts_of(case, head.id)]
    merged = parts_from(case, document, _cover(case, document, parts), reader=reader)
    with case.change(Action.EDIT_EXCERPT, f"merge {document.urn} page {merged[0].page_number}") as step:
        _join(step, heads)
        _put_parts(step, step.get(Excerpt, heads[0].id), merged)
    return step.change, heads[0].id


def _place(excerpt: Excerpt) -> tuple[int, int]:
    return excerpt.page_index, excerpt.start


def _cover(case: CaseFile, document: Document, parts: Sequence[Excerpt]) -> list[Span]:
    first = min(parts, key=_place)
    last = max(parts, key=lambda part: (part.page_index, part.end))
    return [
        Span(
            index,
            first.start if index == first.page_index else 0,
            last.end if index == last.page_index else len(case.page(document.sha256, index).text),
        )
        for index in range(first.page_index, last.page_index + 1)
    ]


def _join(step: Step, heads: Sequence[Excerpt]) -> None:
    """Give the first all that the others have, and remove them."""
    kept, others = heads[0], heads[1:]
    _remove_parts(step, parts_of(step, kept.id)[1:])
    for other in others:
        _remove_parts(step, parts_of(step, other.id)[1:])
        known = {(link.target, link.stance) for link in step.all(Link, excerpt=kept.id)}
        for link in step.all(Link, excerpt=other.id):
            if (link.target, link.stance) in known:
                step.delete(Link, link.id)
        repoint(step, other.id, kept.id)
        step.delete(Excerpt, other.id)
    notes = list(dict.fromkeys(head.note for head in heads if head.note))
    themes = tuple(dict.fromkeys(theme for head in heads for theme in head.themes))
    step.put(replace(kept, note="\n".join(notes), themes=themes))


def _remove_parts(step: Step, parts: Sequence[Excerpt]) -> None:
    for part in reversed(parts):
        step.delete(Excerpt, part.id)


def _put_parts(step: Step, kept: Excerpt, parts: Sequence[Excerpt]) -> None:
    """Write new parts under the identity of an excerpt that is there."""
    first = replace(
        parts[0],
        id=kept.id,
        note=kept.note,
        themes=kept.themes,
        made_by=kept.made_by,
        made_at=kept.made_at,
        continues=None,
    )
    step.put(first)
    before = first.id
    for part in parts[1:]:
        step.put(replace(part, continues=before))
        before = part.id
