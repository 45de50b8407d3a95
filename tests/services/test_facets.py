"""Facets count what the narrowed search finds; an empty search says which part is to blame."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt
from workbench.domain.progress import Ticket
from workbench.services.documents import DocumentFacts, edit_documents
from workbench.services.excerpting import add_institution, make_excerpt
from workbench.services.explaining import explain_nothing
from workbench.services.facets import FACETS, Choice, facets
from workbench.services.linking import Wanted, annotate
from workbench.services.page_words import PageReader
from workbench.services.searching import excerpt_from_hit, passage, search
from workbench.store.case_file import CaseFile


@pytest.fixture
def described(case: CaseFile) -> CaseFile:
    letter, minutes = case.all(Document, "urn")
    edit_documents(case, [letter.id], DocumentFacts(kind="letter", on="2011/2012", supplier="Office"))
    edit_documents(case, [minutes.id], DocumentFacts(kind="minutes", on="2012-05", supplier="Board"))
    author = add_institution(case, "Office for Online Standards")
    with case.change(Action.EDIT_DOCUMENT) as step:
        step.put(replace(case.get(Document, letter.id), author=author))
    text = case.page(minutes.sha256, 0).text
    start = text.index("delay")
    make_excerpt(case, document=minutes.id, page_index=0, start=start, end=start + 5)
    wanted = [Wanted(kind="institution", name="Northmere Board"), Wanted(kind="theme", name="Delay")]
    annotate(case, [case.all(Excerpt)[0].id], wanted)
    return case


@pytest.mark.parametrize("query", ["guidance", "board OR office OR answer", "kind:minutes", "guidance NOT delay"])
@pytest.mark.parametrize(
    "chosen", [(), (Choice("kind", "letter"),), (Choice("year", "2012"), Choice("supplier", "Board"))]
)
def test_every_count_is_what_the_narrowed_search_finds(
    described: CaseFile, query: str, chosen: tuple[Choice, ...]
) -> None:
    listed = facets(described, query, chosen, Ticket())
    assert listed
    for value in listed:
        others = [choice for choice in chosen if choice.facet != value.facet]
        narrowed = search(described, query, chosen=[*others, Choice(value.facet, value.value)])
        assert narrowed.total == value.pages, value
    assert {value.value for value in listed if value.is_chosen} == {choice.value for choice in chosen}


def test_values_of_every_facet_are_listed(described: CaseFile) -> None:
    found = {(value.facet, value.value): value.pages for value in facets(described, "guidance", (), Ticket())}
    assert found["kind", "letter"] == 1 and found["kind", "minutes"] == 1
    assert found["institution", "Office for Online Standards"] == 1 and found["institution", "Northmere Board"] == 1
    assert found["year", "2011"] == 1 and found["year", "2012"] == 2
    assert found["theme", "Delay"] == 1
    assert {facet for facet, _ in found} == set(FACETS)


def test_values_within_a_facet_widen(described: CaseFile) -> None:
    both = (Choice("kind", "letter"), Choice("kind", "minutes"))
    assert search(described, "guidance", chosen=both).total == 2
    assert search(described, "guidance", chosen=both[:1]).total == 1


def test_nothing_is_explained_part_by_part(case: CaseFile) -> None:
    why = explain_nothing(case, "guidence nine", Ticket())
    assert [(part.shown, part.pages) for part in why.parts] == [("guidence", 0), ("nine", 1)]
    assert "guidance" in why.parts[0].instead and not why.never_together
    apart = explain_nothing(case, "board nine", Ticket())
    assert apart.never_together and all(part.pages for part in apart.parts)


def test_an_excerpt_is_made_of_the_sentence_that_was_found(case: CaseFile) -> None:
    letter = case.all(Document, "urn")[0]
    found = passage(case, "answered", letter.id, 0)
    assert [found.text[start:end] for start, end in found.spans] == ["answered"]
    with PageReader() as reader:
        excerpt_from_hit(case, found, 0, reader)
    (excerpt,) = case.all(Excerpt)
    assert excerpt.quote == "Reports were to be answered within 24 hours." and excerpt.boxes
