"""Standards are added in versions, asked for by day and institution, and cannot vanish while cited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbench.domain.analysis import Standard, StandardKind
from workbench.domain.document import Document
from workbench.domain.errors import NotFound, Refused
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import ScopeParagraph
from workbench.domain.ids import InstitutionId
from workbench.services.applying import apply_json
from workbench.services.assessing import AssessmentFacts, add_assessment
from workbench.services.excerpting import add_institution, make_excerpt
from workbench.services.standards import (
    StandardFacts,
    add_standard,
    delete_standard,
    edit_standard,
    institution_named,
    standard_rows,
    standing_on,
)
from workbench.store.case_file import CaseFile

OWN = StandardFacts(title="Answers", kind=StandardKind.OWN_RULE, version="1", from_on="2011-03-14")


def an_excerpt(case: CaseFile, page_index: int = 0) -> Excerpt:
    letter = case.first(Document, urn="INQ000001")
    assert letter is not None
    make_excerpt(case, document=letter.id, page_index=page_index, start=0, end=10)
    return case.all(Excerpt)[-1]


def test_versions_are_listed_with_when_they_stood(case: CaseFile) -> None:
    excerpt = an_excerpt(case, 1)
    bound = InstitutionId(add_institution(case, "Northmere"))
    _, first = add_standard(case, replace(OWN, excerpt=excerpt.id, institutions=(bound, bound)))
    _, second = add_standard(case, replace(OWN, version="2", from_on="2014-04-01", replaces=first))
    rows = standard_rows(case)
    assert [(row.name, row.stood, row.institutions, row.source, row.replaces) for row in rows] == [
        (
            "Answers, version 1",
            "from 14 March 2011 until replaced by “Answers, version 2” (1 April 2014)",
            ("Northmere",),
            "INQ000001_002",
            "",
        ),
        ("Answers, version 2", "from 1 April 2014, still in force", (), "", "Answers, version 1"),
    ]
    assert [row.used for row in rows] == [1, 0]
    edit_standard(case, first, replace(OWN, until_on="2014-02-01"))
    assert "No version stood in between" in standard_rows(case)[1].faults[0]
    case.undo()
    assert not standard_rows(case)[1].faults
    with pytest.raises(Refused, match="still cited once"):
        delete_standard(case, first)
    delete_standard(case, second)
    delete_standard(case, first)
    assert case.count(Standard) == 0


def test_what_stood_on_a_day_is_answered_for_an_institution(case: CaseFile) -> None:
    northmere, office = (InstitutionId(add_institution(case, name)) for name in ("Northmere", "Office"))
    add_standard(case, replace(OWN, title="Own rule", institutions=(northmere,)))
    add_standard(case, replace(OWN, title="Statute", kind=StandardKind.STATUTE, from_on="2012"))
    add_standard(case, replace(OWN, title="Later policy", from_on="2016"))

    def stood(day: str, institution: InstitutionId | None = None) -> list[tuple[str, str]]:
        rows = standing_on(case, day, institution)
        return [(row.standard.title, row.standing.value) for row in rows if row.standing is not None]

    assert stood("2010") == []
    assert stood("2012-06-01") == [("Own rule", "certainly"), ("Statute", "possibly")]
    assert stood("2014", office) == [("Statute", "certainly")]
    assert stood("2014", northmere) == [("Own rule", "certainly"), ("Statute", "certainly")]
    with pytest.raises(Refused, match="cannot be read as a date"):
        standing_on(case, "lately")
    assert institution_named(case, "NORTHMERE").id == northmere
    with pytest.raises(NotFound, match="It has: “Northmere”, “Office”"):
        institution_named(case, "Southmere")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (replace(OWN, title=" "), "no title"),
        (replace(OWN, from_on="soon"), "cannot be read as a date"),
        (replace(OWN, until_on="2010"), "would end .2010. before it begins .14 March 2011."),
    ],
)
def test_what_cannot_be_a_standard_is_refused(case: CaseFile, facts: StandardFacts, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        add_standard(case, facts)
    assert case.count(Standard) == 0


def test_versions_make_no_circle(case: CaseFile) -> None:
    _, first = add_standard(case, OWN)
    _, second = add_standard(case, replace(OWN, version="2", replaces=first))
    with pytest.raises(Refused, match="circle"):
        edit_standard(case, first, replace(OWN, replaces=second))
    with pytest.raises(Refused, match="circle"):
        edit_standard(case, first, replace(OWN, replaces=first))
    assert case.get(Standard, first).replaces is None


def test_a_file_with_an_impossible_standard_is_refused_by_its_row(case: CaseFile) -> None:
    with pytest.raises(Refused, match=r"standards\[2\]: “B” would end"):
        apply_json(case, {"standards": [{"title": "A"}, {"title": "B", "from": "2014", "until": "2013"}]})
    assert case.count(Standard) == 0


def test_an_assessed_standard_stays(case: CaseFile) -> None:
    _, rule = add_standard(case, OWN)
    facts = AssessmentFacts(
        institution=InstitutionId(add_institution(case, "Northmere")),
        scope=case.all(ScopeParagraph, "position")[4].id,
        standards=(rule,),
    )
    add_assessment(case, facts)
    with pytest.raises(Refused, match="still cited once, by assessments"):
        delete_standard(case, rule)
