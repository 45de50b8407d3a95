"""What counts in a cell of the coverage matrix, on which side, and how the cell stands."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from workbench.domain.analysis import Assessment, Rating, ScopeExclusion, SecondReading
from workbench.domain.coverage import Cell, CellState, Contest, Side, outstanding, tally
from workbench.domain.coverage_counting import CoverageRecords, CoverageView, Material, build_matrix
from workbench.domain.excerpt import Stance
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.domain.spans import covers, overlap, shortest, span_of, uncovered

NORTHMERE, HARBOUR = "ins_northmere", "ins_harbour"
LENS, POLICY, FORCE, METHOD = "scp_2", "scp_21", "scp_24", "scp_31"
S, U, C, Q = Stance.SUPPORTS, Stance.UNDERMINES, Stance.CONTEXT, Stance.SILENT
IN_2014 = Material((("2014-01-01", "2014-12-31"),))


def records(**given: Any) -> CoverageRecords:
    scope = [
        ScopeParagraph(id=LENS, number="2", text="Lens", kind="lens", position=0),
        ScopeParagraph(id=POLICY, number="2.1", text="Policy", kind="adequacy", parent=LENS, position=1),
        ScopeParagraph(id=FORCE, number="2.4", text="Force", kind="adequacy", parent=LENS, position=2),
        ScopeParagraph(id=METHOD, number="3.1", text="Research", kind="method", position=3),
    ]
    institutions = [Institution(id=NORTHMERE, name="Northmere"), Institution(id=HARBOUR, name="Harbour")]
    material = {f"exc_{n}": IN_2014 for n in range(9)} | given.pop("material", {})
    return CoverageRecords(institutions=institutions, scope=scope, material=material, **given)


def linked(excerpt: str, institution: Stance, paragraph: Stance, *, scope: str = POLICY) -> list:
    return [(excerpt, NORTHMERE, institution), (excerpt, scope, paragraph)]


def rating(given: Rating, *, period: str = "", number: int = 1, **more: Any) -> Assessment:
    return Assessment(id=f"asm_{number}", institution=NORTHMERE, scope=POLICY, rating=given, period=period, **more)


def cell_of(found: CoverageRecords, *, scope: str = POLICY, **view: Any) -> Cell:
    return build_matrix(found, CoverageView(**view)).cell(NORTHMERE, scope)


@pytest.mark.parametrize(
    ("institution", "paragraph", "side"),
    [
        (S, S, Side.FOR), (S, C, Side.FOR), (C, U, Side.AGAINST), (Q, U, Side.AGAINST), (S, U, Side.BOTH),
        (U, S, Side.BOTH), (C, Q, Side.CONTEXT), (Q, Q, Side.SILENT),
    ],
)  # fmt: skip
def test_two_links_put_an_excerpt_on_one_side(institution, paragraph, side):
    cell = cell_of(records(links=linked("exc_1", institution, paragraph)))
    assert dict(cell.counts) == {side: 1}


def test_an_excerpt_linked_below_counts_above_and_never_the_other_way():
    found = records(links=linked("exc_1", S, S, scope=POLICY) + linked("exc_2", U, U, scope=LENS))
    assert dict(cell_of(found).counts) == {Side.FOR: 1}
    above = cell_of(found, scope=LENS, shows_every_paragraph=True)
    assert dict(above.counts) == {Side.FOR: 1, Side.AGAINST: 1}


def test_what_names_no_paragraph_or_no_institution_is_told_beside_the_matrix():
    links = [("exc_1", NORTHMERE, S), ("exc_2", POLICY, S), *linked("exc_3", S, S)]
    matrix = build_matrix(records(links=links), CoverageView())
    assert matrix.loose.by_institution == {NORTHMERE: 1}
    assert matrix.loose.by_paragraph == {POLICY: 1, LENS: 1}


def test_cited_evidence_counts_once_and_the_assessment_says_on_which_side():
    links = linked("exc_1", S, S) + linked("exc_2", S, S)
    judged = rating(Rating.INADEQUATE, evidence_for=("exc_1", "exc_3"), evidence_against=("exc_2", "evt_1"))
    cell = cell_of(records(links=links, assessments=[judged]))
    assert {piece.id: piece.side for piece in cell.pieces} == {
        "exc_1": Side.FOR, "exc_3": Side.FOR, "exc_2": Side.AGAINST, "evt_1": Side.AGAINST,
    }  # fmt: skip
    assert cell.state is CellState.RATED and cell.ratings == (Rating.INADEQUATE,)


def test_the_later_part_of_an_excerpt_counts_as_the_excerpt():
    judged = rating(Rating.ADEQUATE, evidence_for=("exc_2",))
    found = records(links=linked("exc_1", S, S), firsts={"exc_2": "exc_1"}, assessments=[judged])
    assert dict(cell_of(found).counts) == {Side.FOR: 1}


def test_withdrawn_evidence_is_shown_and_does_not_count():
    found = records(
        links=linked("exc_1", U, U) + linked("exc_2", S, S),
        material={"exc_1": replace(IN_2014, is_withdrawn=True), "exc_2": replace(IN_2014, is_doubtful=True)},
    )
    cell = cell_of(found)
    assert dict(cell.counts) == {Side.WITHDRAWN: 1, Side.FOR: 1}
    assert (cell.evidence, cell.doubtful, cell.contests) == (1, 1, ())


def test_a_period_leaves_out_other_days_and_shows_what_has_none():
    found = records(
        links=[*linked("exc_1", S, S), *linked("exc_2", U, U), *linked("exc_3", U, U)],
        material={"exc_2": Material((("2017-01-01", "2017-12-31"),)), "exc_3": Material()},
    )
    assert dict(cell_of(found).counts) == {Side.FOR: 1, Side.AGAINST: 2}
    assert dict(cell_of(found, period="2014").counts) == {Side.FOR: 1, Side.UNDATED: 1}
    assert dict(cell_of(found, period="2016/..").counts) == {Side.AGAINST: 1, Side.UNDATED: 1}


def test_what_an_assessment_of_the_period_cites_tells_of_the_period():
    later = {"exc_1": Material((("2018-01-01", "2018-01-01"),)), "exc_2": Material()}
    dated = rating(Rating.INADEQUATE, period="2013/2014", evidence_against=("exc_1", "exc_2"))
    assert dict(cell_of(records(assessments=[dated], material=later), period="2014").counts) == {Side.AGAINST: 2}
    open_ended = replace(dated, period="")
    assert dict(cell_of(records(assessments=[open_ended], material=later), period="2014").counts) == {Side.UNDATED: 1}


def test_evidence_both_ways_is_contested_until_somebody_rates_it():
    found = records(links=linked("exc_1", S, S) + linked("exc_2", U, U))
    assert cell_of(found).contests == (Contest.BOTH_WAYS,)
    assert cell_of(replace(found, assessments=[rating(Rating.NOT_YET_ASSESSED)])).state is CellState.CONTESTED
    assert cell_of(replace(found, assessments=[rating(Rating.PARTLY_ADEQUATE)])).state is CellState.RATED


def test_a_second_reading_that_differs_contests_a_rating():
    found = records(assessments=[rating(Rating.ADEQUATE)])
    same = SecondReading(id="snd_1", assessment="asm_1", reader="B", rating=Rating.ADEQUATE)
    assert cell_of(replace(found, readings=[same])).state is CellState.RATED
    other = replace(same, rating=Rating.INADEQUATE)
    assert cell_of(replace(found, readings=[same, other])).contests == (Contest.READINGS,)


def test_ratings_disagree_only_where_their_periods_overlap():
    early, late = rating(Rating.INADEQUATE, period="2012/2014"), rating(Rating.ADEQUATE, period="2015", number=2)
    assert cell_of(records(assessments=[late, early])).ratings == (Rating.INADEQUATE, Rating.ADEQUATE)
    assert cell_of(records(assessments=[early, late])).contests == ()
    overlapping = replace(late, period="2014-12/2015")
    assert cell_of(records(assessments=[early, overlapping])).contests == (Contest.RATINGS,)
    assert cell_of(records(assessments=[early, overlapping]), period="2012").contests == ()


def test_a_ruling_covers_what_stands_below_it_and_hides_no_rating():
    out = ScopeExclusion(id="sxc_1", institution=NORTHMERE, scope=LENS, reason="No powers.")
    cell = cell_of(records(exclusions=[out], links=linked("exc_1", S, S) + linked("exc_2", U, U)))
    assert cell.state is CellState.OUT_OF_SCOPE and cell.ruled_out[0].reason == "No powers."
    rated = cell_of(records(exclusions=[out], assessments=[rating(Rating.ADEQUATE)]))
    assert rated.contests == (Contest.RULED_OUT,) and not rated.is_missing


def test_a_ruling_for_some_years_leaves_the_others_to_be_judged():
    out = ScopeExclusion(id="sxc_1", institution=NORTHMERE, scope=POLICY, period="2010/2012", reason="Not yet founded.")
    found = records(exclusions=[out])
    assert cell_of(found).is_missing and not cell_of(found).ruled_out[0].is_whole
    assert cell_of(found, period="2011").state is CellState.OUT_OF_SCOPE
    assert cell_of(found, period="2012/2013").is_missing
    assert cell_of(found, period="2013").ruled_out == ()


def test_the_years_that_nobody_rated_are_named():
    judged = rating(Rating.ADEQUATE, period="2012/2013")
    out = ScopeExclusion(id="sxc_1", institution=NORTHMERE, scope=POLICY, period="2010", reason="Not yet founded.")
    found = records(assessments=[judged], exclusions=[out])
    assert cell_of(found, period="2010/2016").unrated == ("2011", "2014/2016")
    assert cell_of(found, period="2012").unrated == ()
    assert cell_of(found, period="2012/..").unrated == ()


def test_a_case_study_brings_its_institutions_paragraphs_and_period():
    study = CaseStudy(id="cst_1", title="Study", institutions=(NORTHMERE,), scope=(LENS,), period="2014")
    found = records(links=linked("exc_1", S, S))
    matrix = build_matrix(found, CoverageView(case_study=study))
    assert [item.name for item in matrix.institutions] == ["Northmere"]
    assert [item.number for item in matrix.paragraphs] == ["2.1", "2.4"]
    assert matrix.period == "2014"
    assert build_matrix(found, CoverageView(case_study=study, period="2015")).cell(NORTHMERE, POLICY).evidence == 0


def test_no_rating_is_hidden_under_a_paragraph_that_is_not_judged():
    elsewhere = replace(rating(Rating.ADEQUATE), scope=METHOD)
    matrix = build_matrix(records(assessments=[elsewhere]), CoverageView())
    assert [item.number for item in matrix.paragraphs] == ["2.1", "2.4", "3.1"]
    assert matrix.judged == {POLICY, FORCE} and tally(matrix).cells == 4


def test_a_scope_without_adequacy_paragraphs_is_judged_by_its_subjects():
    scope = [
        ScopeParagraph(id="scp_1", number="1", text="Subject", kind="subject", position=0),
        ScopeParagraph(id="scp_9", number="9", text="Report", kind="output", position=1),
    ]
    matrix = build_matrix(replace(records(), scope=scope), CoverageView())
    assert [item.number for item in matrix.paragraphs] == ["1"]


def test_every_judged_cell_is_rated_ruled_out_or_listed():
    """Invariant 9 of the data model, over many cases made by chance."""
    chance = random.Random(5)
    for _ in range(150):
        found = _by_chance(chance)
        matrix = build_matrix(found, CoverageView(period=chance.choice(["", "2014", "2013/2015", "../2012"])))
        listed = {(item.institution.id, item.paragraph.id) for item in outstanding(matrix)}
        for institution, paragraph, cell in matrix.every_cell():
            is_settled = bool(cell.rated) or cell.state is CellState.OUT_OF_SCOPE
            expected = paragraph.id in matrix.judged and not is_settled
            assert ((institution.id, paragraph.id) in listed) is expected
            assert len({piece.id for piece in cell.pieces}) == len(cell.pieces) == sum(cell.counts.values())
        counted = tally(matrix)
        assert counted.settled + counted.outstanding + counted.empty == counted.cells
        assert counted.outstanding + counted.empty == len(listed)
        rows = [tally(matrix, institution=item.id) for item in matrix.institutions]
        assert sum(row.rated for row in rows) == counted.rated


def _by_chance(chance: random.Random) -> CoverageRecords:
    places = [(i, p) for i in (NORTHMERE, HARBOUR) for p in (LENS, POLICY, FORCE)]
    links = []
    for n in range(chance.randrange(9)):
        targets = chance.sample([NORTHMERE, HARBOUR, LENS, POLICY, FORCE], chance.randrange(1, 4))
        links += [(f"exc_{n}", target, chance.choice(list(Stance))) for target in targets]
    periods = ["", "2014", "2012/2013", "2014-06/.."]
    assessments = [
        Assessment(
            id=f"asm_{n}", institution=place[0], scope=place[1], rating=chance.choice(list(Rating)),
            period=chance.choice(periods), evidence_for=(f"exc_{chance.randrange(9)}",),
        )
        for n, place in enumerate(chance.sample(places, 2))
    ]  # fmt: skip
    exclusions = [
        ScopeExclusion(id=f"sxc_{n}", institution=i, scope=p, reason="x", period=chance.choice(periods))
        for n, (i, p) in enumerate(chance.sample(places, chance.randrange(3)))
    ]
    return records(links=links, assessments=assessments, exclusions=exclusions)


def test_stretches_of_days():
    assert overlap(("", "2012-12-31"), ("2012-12-31", "")) and not overlap(("2013-01-01", ""), ("", "2012-12-31"))
    assert covers(("", ""), ("", "")) and covers(("2010-01-01", ""), ("2011-01-01", "2011-01-01"))
    assert not covers(("2010-01-01", ""), ("", "2011-01-01")) and not covers(("", "2011-01-01"), ("", ""))
    assert uncovered(("2010-01-01", "2010-12-31"), [("2010-03-01", "2010-03-31"), ("", "2010-01-15")]) == (
        ("2010-01-16", "2010-02-28"), ("2010-04-01", "2010-12-31"),
    )  # fmt: skip
    assert [shortest(s) for s in (("2010-01-01", "2010-12-31"), ("2010-02-01", "2010-04-30"), ("2010-02-03",) * 2)] == [
        "2010", "2010-02/2010-04", "2010-02-03",
    ]  # fmt: skip
    assert span_of("no date at all") == ("", "")
