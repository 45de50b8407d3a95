"""Excerpts are made from a selection, linked, edited and removed, each as one undoable step."""

from __future__ import annotations

import pytest

from workbench.domain.document import Document
from workbench.domain.errors import NotFound, Refused
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import Institution
from workbench.services.excerpting import (
    NewLink,
    add_institution,
    add_theme,
    delete_excerpt,
    edit_excerpt,
    link_excerpt,
    make_excerpt,
    unlink_excerpt,
)
from workbench.services.page_words import PageReader
from workbench.store.case_file import CaseFile


@pytest.fixture
def letter(case: CaseFile) -> Document:
    found = case.first(Document, urn="INQ000001")
    assert found is not None
    return found


def test_a_selection_becomes_a_linked_excerpt_with_boxes(case: CaseFile, letter: Document) -> None:
    text = case.page(letter.sha256, 0).text
    start = text.index("issued guidance")
    institution, theme = add_institution(case, "Office for Online Standards"), add_theme(case, "guidance")
    with PageReader() as reader:
        change = make_excerpt(
            case,
            document=letter.id,
            page_index=0,
            start=start - 1,
            end=start + len("issued guidance in March"),
            note="first",
            themes=[theme],
            links=[NewLink(target=institution, stance=Stance.SUPPORTS)],  # type: ignore[arg-type]
            reader=reader,
        )
    (excerpt,) = case.all(Excerpt)
    assert excerpt.quote == "issued guidance in March"
    assert text[excerpt.start : excerpt.end] == excerpt.quote
    assert 72 <= excerpt.boxes[0].x0 < excerpt.boxes[0].x1 < 520
    assert change.touches("excerpt") and change.touches("link")
    assert case.undo_name == "make excerpt"
    case.undo()
    assert (case.count(Excerpt), case.count(Link)) == (0, 0)


def test_links_and_notes_can_be_changed_and_taken_away(case: CaseFile, letter: Document) -> None:
    make_excerpt(case, document=letter.id, page_index=0, start=0, end=10)
    (excerpt,) = case.all(Excerpt)
    target = add_institution(case, "Northmere")
    assert add_institution(case, " northmere ") == target
    for _ in range(2):
        link_excerpt(case, excerpt.id, [NewLink(target=target)])  # type: ignore[arg-type]
    (link,) = case.all(Link)
    edit_excerpt(case, excerpt.id, note="changed", themes=[add_theme(case, "delay")])
    assert case.get(Excerpt, excerpt.id).note == "changed"
    unlink_excerpt(case, link.id)
    assert case.count(Link) == 0
    delete_excerpt(case, excerpt.id)
    assert case.count(Excerpt) == 0
    case.undo()
    assert case.get(Excerpt, excerpt.id).note == "changed"
    assert case.count(Institution) == 1


def test_what_cannot_be_marked_is_refused(case: CaseFile, letter: Document) -> None:
    with pytest.raises(Refused, match="Nothing is selected"):
        make_excerpt(case, document=letter.id, page_index=0, start=5, end=5)
    with pytest.raises(NotFound, match="no page 9"):
        make_excerpt(case, document=letter.id, page_index=8, start=0, end=5)
