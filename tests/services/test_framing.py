"""Institutions, themes and people are edited, counted and removed; names stay behind ciphers."""

from __future__ import annotations

import pytest

from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.excerpt import Excerpt, Stance
from workbench.domain.frame import Institution, Person, ProtectedTerm, ScopeParagraph
from workbench.domain.ids import InstitutionId, PersonId
from workbench.services.excerpting import make_excerpt
from workbench.services.framing import (
    add_to_frame,
    edit_institution,
    excerpts_linked_to,
    frame_rows,
    merge_in_frame,
    names_of,
    remove_from_frame,
    rename,
    settle_names,
)
from workbench.services.linking import Wanted, annotate
from workbench.store.case_file import CaseFile


def test_rows_count_excerpts_by_stance(case: CaseFile) -> None:
    letter = case.first(Document, urn="INQ000001")
    assert letter is not None
    for start in (0, 11):
        make_excerpt(case, document=letter.id, page_index=0, start=start, end=start + 10)
    one, two = (item.id for item in case.all(Excerpt))
    annotate(case, [one], [Wanted(kind="institution", name="Northmere", stance=Stance.SUPPORTS)])
    annotate(case, [one, two], [Wanted(kind="institution", name="Northmere", stance=Stance.UNDERMINES)])
    annotate(case, [two], [Wanted(kind="theme", name="Delay")])
    rows = {row.name: row for row in frame_rows(case)}
    northmere = rows["Northmere"]
    assert (northmere.excerpts, northmere.count(Stance.SUPPORTS), northmere.count(Stance.UNDERMINES)) == (2, 1, 2)
    assert rows["Delay"].excerpts == 1
    assert excerpts_linked_to(case, northmere.id) == {one, two}
    assert excerpts_linked_to(case, rows["Delay"].id) == {two}
    with pytest.raises(Refused, match="still used"):
        remove_from_frame(case, northmere.id)


def test_an_institution_is_edited_with_all_its_names(case: CaseFile) -> None:
    _, one = add_to_frame(case, "institution", "Northmere")
    _, other = add_to_frame(case, "institution", "Harbour Platform")
    edit_institution(
        case, InstitutionId(one), name="Northmere plc", kind="company", aliases=["Northmere", " "],
        name_cy="Northmere ccc", parent=InstitutionId(other),
    )  # fmt: skip
    record = case.get(Institution, one)
    assert (record.name, record.aliases, record.parent) == ("Northmere plc", ("Northmere",), other)
    with pytest.raises(Refused, match="under itself"):
        edit_institution(
            case, InstitutionId(other), name="Harbour Platform", kind="", aliases=[], parent=InstitutionId(one)
        )
    with pytest.raises(Refused, match="name of Northmere plc already"):
        add_to_frame(case, "institution", "northmere")


def test_names_of_a_person_stay_out_of_lists_and_history(case: CaseFile) -> None:
    _, person = add_to_frame(case, "person", "IN-A7")
    settle_names(case, PersonId(person), ["Ada Example", "14 Example Row", "Ada Example"])
    assert sorted(names_of(case, PersonId(person))) == ["14 Example Row", "Ada Example"]
    settle_names(case, PersonId(person), ["Ada Example"])
    assert names_of(case, PersonId(person)) == ["Ada Example"]
    assert "Ada" not in " ".join(f"{entry.action} {entry.summary}" for entry in case.history())
    assert "Ada" not in repr(frame_rows(case))
    _, other = add_to_frame(case, "person", "IN-A8")
    settle_names(case, PersonId(other), ["A. Example"])
    merge_in_frame(case, person, [other])
    assert sorted(names_of(case, PersonId(person))) == ["A. Example", "Ada Example"]
    remove_from_frame(case, person)
    assert (case.count(Person), case.count(ProtectedTerm)) == (0, 0)
    case.undo()
    assert case.count(ProtectedTerm) == 2


def test_what_cannot_be_changed_says_so(case: CaseFile) -> None:
    paragraph = case.all(ScopeParagraph, "position")[0]
    with pytest.raises(Refused, match="keep their words"):
        rename(case, paragraph.id, "other words")
    with pytest.raises(Refused, match="cannot be removed"):
        remove_from_frame(case, paragraph.id)
    with pytest.raises(Refused, match="come with the scope"):
        add_to_frame(case, "scope", "9.9")
    with pytest.raises(Refused, match="has no name"):
        add_to_frame(case, "theme", " ")
    _, theme = add_to_frame(case, "theme", "Delay")
    rename(case, theme, "Delays")
    assert any(row.name == "Delays" for row in frame_rows(case))
    with pytest.raises(Refused, match="of one kind"):
        merge_in_frame(case, theme, [paragraph.id])
