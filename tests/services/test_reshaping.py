"""Excerpts over page ends and areas; moving, splitting and merging keeps what rests on them."""

from __future__ import annotations

import pytest

from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.geometry import Box
from workbench.domain.ids import AnyId, EventId, ExcerptId, new_id
from workbench.domain.progress import Ticket
from workbench.services.applying import ApplyRefused, apply_json
from workbench.services.excerpting import (
    Span,
    add_institution,
    add_theme,
    delete_excerpt,
    delete_excerpts,
    make_excerpt,
    mark_area,
    mark_words,
    parts_of,
)
from workbench.services.exporting_json import export_json
from workbench.services.reshaping import merge_excerpts, move_excerpt, split_excerpt
from workbench.store.case_file import CaseFile


@pytest.fixture
def letter(case: CaseFile) -> Document:
    found = case.first(Document, urn="INQ000001")
    assert found is not None
    return found


def span(case: CaseFile, letter: Document, words: str, page_index: int = 0) -> Span:
    start = case.page(letter.sha256, page_index).text.index(words)
    return Span(page_index, start, start + len(words))


def over_the_page(case: CaseFile, letter: Document) -> ExcerptId:
    first = span(case, letter, "answered within 24 hours.")
    mark_words(case, document=letter.id, spans=[first, span(case, letter, "In 2014 the median", 1)], note="over")
    return next(item.id for item in case.all(Excerpt) if item.note == "over")


def quotes(case: CaseFile, excerpt: ExcerptId) -> list[tuple[int, str]]:
    return [(part.page_index, part.quote) for part in parts_of(case, excerpt)]


def proven(case: CaseFile) -> bool:
    return all(check.ok for check in case.verify(Ticket()))


def test_words_over_a_page_end_are_one_excerpt(case: CaseFile, letter: Document) -> None:
    excerpt = over_the_page(case, letter)
    assert quotes(case, excerpt) == [(0, "answered within 24 hours."), (1, "In 2014 the median")]
    assert proven(case)
    case.undo()
    assert case.count(Excerpt) == 0
    case.redo()
    assert len(quotes(case, excerpt)) == 2
    delete_excerpt(case, excerpt)
    assert case.count(Excerpt) == 0


def test_moving_keeps_links_and_takes_away_parts(case: CaseFile, letter: Document) -> None:
    excerpt = over_the_page(case, letter)
    move_excerpt(case, excerpt, [span(case, letter, "guidance in March 2011")], reader=None)
    assert quotes(case, excerpt) == [(0, "guidance in March 2011")]
    assert case.get(Excerpt, excerpt).note == "over"
    case.undo()
    assert len(quotes(case, excerpt)) == 2
    assert proven(case)


def test_splitting_gives_both_halves_the_links(case: CaseFile, letter: Document) -> None:
    excerpt = over_the_page(case, letter)
    target = AnyId(add_institution(case, "Northmere"))
    with case.change(Action.LINK) as step:
        step.put(Link(id=new_id("lnk"), excerpt=excerpt, target=target, stance=Stance.SUPPORTS))
    _, second = split_excerpt(case, excerpt, span(case, letter, "24 hours"), reader=None)
    assert quotes(case, excerpt) == [(0, "answered within")]
    assert quotes(case, second) == [(0, "24 hours."), (1, "In 2014 the median")]
    assert {link.excerpt for link in case.all(Link, target=target)} == {excerpt, second}
    _, third = split_excerpt(case, second, span(case, letter, "In 2014", 1), reader=None)
    assert quotes(case, second) == [(0, "24 hours.")] and quotes(case, third) == [(1, "In 2014 the median")]
    assert proven(case)


def test_splitting_outside_is_refused(case: CaseFile, letter: Document) -> None:
    excerpt = over_the_page(case, letter)
    with pytest.raises(Refused, match="inside the excerpt"):
        split_excerpt(case, excerpt, span(case, letter, "The Office"), reader=None)


def test_merging_joins_everything_and_repoints_what_rests_on_it(case: CaseFile, letter: Document) -> None:
    make_excerpt(case, document=letter.id, page_index=0, **ends(span(case, letter, "issued guidance")), note="one")
    theme = add_theme(case, "delay")
    over = over_the_page(case, letter)
    first = next(item.id for item in case.all(Excerpt) if item.note == "one")
    target = AnyId(add_institution(case, "Northmere"))
    with case.change(Action.EDIT_EVENT) as step:
        for excerpt in (first, over):
            step.put(Link(id=new_id("lnk"), excerpt=excerpt, target=target, stance=Stance.SUPPORTS))
        event = Event(
            id=EventId(new_id("evt")), title="Answer", on="2014", on_earliest="2014-01-01", on_latest="2014-12-31",
            sources=(over,),
        )  # fmt: skip
        step.put(event)
    _, kept = merge_excerpts(case, [over, first], reader=None)
    assert kept == first and theme
    pages = quotes(case, kept)
    assert pages[0][1].startswith("issued guidance") and pages[0][1].endswith("24 hours.")
    assert pages[1] == (1, "In 2014 the median")
    assert case.get(Excerpt, kept).note == "one\nover"
    assert case.get(Event, event.id).sources == (first,)
    assert len(case.all(Link, target=target)) == 1
    assert proven(case)
    case.undo()
    assert case.get(Event, event.id).sources == (over,) and len(case.all(Link, target=target)) == 2


def test_other_documents_and_areas_do_not_merge(case: CaseFile, letter: Document) -> None:
    minutes = case.first(Document, urn="INQ000002")
    assert minutes is not None
    make_excerpt(case, document=letter.id, page_index=0, start=0, end=10)
    make_excerpt(case, document=minutes.id, page_index=0, start=0, end=10)
    mark_area(case, document=letter.id, page_index=0, box=Box(10, 10, 100, 80))
    one, other, area = (item.id for item in case.all(Excerpt))
    with pytest.raises(Refused, match="different documents"):
        merge_excerpts(case, [one, other], reader=None)
    with pytest.raises(Refused, match="marked area"):
        merge_excerpts(case, [one, area], reader=None)
    with pytest.raises(Refused, match="two excerpts"):
        merge_excerpts(case, [one, one], reader=None)


def test_an_area_is_kept_within_its_page(case: CaseFile, letter: Document) -> None:
    mark_area(case, document=letter.id, page_index=0, box=Box(-20, 700, 9000, 9000), note="stamp")
    (area,) = case.all(Excerpt)
    page = case.page(letter.sha256, 0)
    assert area.is_area and area.boxes == (Box(0, 700, page.width_pt, page.height_pt),)
    assert proven(case)
    with pytest.raises(Refused, match="too small"):
        mark_area(case, document=letter.id, page_index=0, box=Box(10, 10, 10.5, 80))


def test_only_white_space_is_refused(case: CaseFile, letter: Document) -> None:
    newline = case.page(letter.sha256, 0).text.index("\n")
    with pytest.raises(Refused, match="no words"):
        mark_words(case, document=letter.id, spans=[Span(0, newline, newline + 1)])


def ends(place: Span) -> dict[str, int]:
    return {"start": place.start, "end": place.end}


def test_parts_and_areas_survive_export_and_apply(case: CaseFile, letter: Document) -> None:
    over = over_the_page(case, letter)
    mark_area(case, document=letter.id, page_index=1, box=Box(10, 20, 110, 80), note="stamp")
    written = export_json(case)
    delete_excerpts(case, [over, next(item.id for item in case.all(Excerpt) if item.is_area)])
    apply_json(case, {"excerpts": written["excerpts"]})
    assert quotes(case, next(i.id for i in case.all(Excerpt) if i.note == "over"))[1] == (1, "In 2014 the median")
    assert next(item for item in case.all(Excerpt) if item.is_area).boxes == (Box(10, 20, 110, 80),)
    apply_json(case, {"excerpts": written["excerpts"]})
    assert case.count(Excerpt) == 3
    with pytest.raises(ApplyRefused, match="marks nothing"):
        apply_json(case, {"excerpts": [{"document": "INQ000001", "page": 1}]})
