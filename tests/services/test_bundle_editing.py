"""A bundle is composed step by step: every step shows at once what it makes, and can be undone."""

from __future__ import annotations

import pytest

from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.document import Document
from workbench.domain.errors import NotFound, Refused
from workbench.domain.frame import Investigation
from workbench.services.bundle_editing import (
    BundleEdit,
    EntryEdit,
    add_entries,
    add_section,
    edit_bundle,
    edit_entries,
    edit_section,
    move_entries,
    move_section,
    remove_bundle,
    remove_entries,
    remove_section,
    section_named,
    sort_section,
)
from workbench.services.bundle_kinds import authorities_bundle, core_bundle, witness_pack
from workbench.services.bundle_outline import outline_of
from workbench.services.composing import compose_bundle
from workbench.services.documents import DocumentFacts, edit_documents
from workbench.store.case_file import CaseFile


@pytest.fixture
def bundle(case: CaseFile) -> Bundle:
    documents = [document.id for document in case.all(Document, "urn")]
    compose_bundle(case, "Day 1", documents[:1], section="Letters")
    return case.all(Bundle)[0]


def _titles(case: CaseFile, bundle: Bundle) -> list[str]:
    outline = outline_of(case, bundle.id)
    urns = [", ".join(line.document.urn for line in part.entries) for part in outline.sections]
    return [f"{part.section.title}: {own}" for part, own in zip(outline.sections, urns, strict=True)]


def test_sections_and_entries_move_where_they_are_put(case: CaseFile, bundle: Bundle) -> None:
    document = case.all(Document, "urn")[0]
    add_section(case, bundle.id, "Policies")
    policies = section_named(case, bundle.id, "policies")
    add_entries(case, policies.id, [document.id, document.id])
    first, second = case.all(Entry, "position", section=policies.id)
    edit_entries(case, [second.id], EntryEdit(title="Second page", pages="2", on="1999"))
    move_entries(case, [second.id], section_named(case, bundle.id, "Letters").id, 0)
    move_section(case, policies.id, 0)
    outline = outline_of(case, bundle.id)
    assert [part.section.title for part in outline.sections] == ["Policies", "Letters"]
    assert outline.sections[1].entries[0].title == "Second page"
    assert outline.document_count == 3
    assert outline.page_count == 2 * document.page_count + 1 + 2
    remove_entries(case, [first.id])
    remove_section(case, policies.id)
    assert _titles(case, bundle) == ["Letters: INQ000001, INQ000001"]
    for _ in range(6):
        case.undo()
    assert _titles(case, bundle) == ["Letters: INQ000001", "Policies: "]


def test_a_section_is_sorted_with_undated_documents_last(case: CaseFile, bundle: Bundle) -> None:
    document, section = case.all(Document, "urn")[0], case.all(Section)[0]
    add_entries(case, section.id, [document.id, document.id])
    for entry, on in zip(case.all(Entry, "position"), ["", "2011-03", "1999/2000"], strict=True):
        edit_entries(case, [entry.id], EntryEdit(on=on, title=f"of {on or 'no date'}"))
    sort_section(case, section.id, "date")
    assert [e.title for e in case.all(Entry, "position")] == ["of 1999/2000", "of 2011-03", "of no date"]
    with pytest.raises(Refused, match="date, title, reference"):
        sort_section(case, section.id, "colour")


def test_what_cannot_be_says_so_and_changes_nothing(case: CaseFile, bundle: Bundle) -> None:
    section, entry = case.all(Section)[0], case.all(Entry)[0]
    head = case.history_head
    for what, said in (
        (lambda: add_section(case, bundle.id, "letters"), "already"),
        (lambda: add_section(case, bundle.id, " "), "needs a title"),
        (lambda: edit_section(case, section.id, letter="O"), "without I and O"),
        (lambda: edit_entries(case, [entry.id], EntryEdit(pages="7")), "does not have"),
        (lambda: edit_bundle(case, bundle.id, BundleEdit(profile="none")), "There are"),
        (lambda: edit_bundle(case, bundle.id, BundleEdit(audience="everybody")), "no audience"),
        (lambda: edit_bundle(case, bundle.id, BundleEdit(main=bundle.id)), "from itself"),
        (lambda: section_named(case, bundle.id, "Maps"), "“Letters”"),
    ):
        with pytest.raises((Refused, NotFound), match=said):
            what()
    assert case.history_head == head


def test_volumes_and_size_are_told_while_composing(case: CaseFile, bundle: Bundle) -> None:
    edit_bundle(case, bundle.id, BundleEdit(volume_pages=4, is_divided=True))
    outline = outline_of(case, bundle.id)
    assert outline.page_count == case.all(Document)[0].page_count + 3
    assert outline.volumes == 2
    assert outline.bytes == case.all(Document)[0].bytes


def test_core_authorities_and_witness_pack_come_from_what_the_case_knows(case: CaseFile, bundle: Bundle) -> None:
    document = case.all(Document, "urn")[0]
    core_bundle(case, bundle.id, [entry.id for entry in case.all(Entry)], "Core")
    core = case.first(Bundle, name="Core")
    assert core is not None and core.main == bundle.id and core.kind == "core"
    with pytest.raises(Refused, match="Core"):
        remove_bundle(case, bundle.id)
    with pytest.raises(Refused, match="Nothing was found"):
        authorities_bundle(case, "Authorities")
    edit_documents(case, [document.id], DocumentFacts(title="Example v Example [2021] EWHC 2167 (Comm)"))
    authorities_bundle(case, "Authorities")
    authorities = case.first(Bundle, name="Authorities")
    assert authorities is not None
    assert _titles(case, authorities) == ["Cases: INQ000001"]
    witness_pack(case, "Witness", document.id, mention="letter")
    assert case.count(Investigation) == 1
    pack = case.first(Bundle, name="Witness")
    assert pack is not None and _titles(case, pack)[0] == "Statement: INQ000001"
