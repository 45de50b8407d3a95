"""From findings to recommendations and back, what leads nowhere, what is said twice and what is overdue."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.domain.analysis import (
    Answer,
    Finding,
    FindingKind,
    FindingStatus,
    Implementation,
    Lesson,
    Recommendation,
    Response,
)
from workbench.domain.genealogy import Branch, Genealogy
from workbench.domain.near_wording import alike_texts


def _finding(name: str, **more: Any) -> Any:
    return Finding(id=f"fnd_{name}", kind=FindingKind.FACT, **more)  # type: ignore[arg-type]


def _lesson(name: str, **more: Any) -> Any:
    return Lesson(id=f"lsn_{name}", text=name, **more)  # type: ignore[arg-type]


def _recommendation(name: str = "a", **more: Any) -> Any:
    return Recommendation(id=f"rec_{name}", text=name, **more)  # type: ignore[arg-type]


def _response(name: str, on: str, answer: Answer, state: Implementation = Implementation.NOT_KNOWN) -> Any:
    return Response(id=f"rsp_{name}", recommendation="rec_a", by="Office", on=on, answer=answer, state=state)  # type: ignore[arg-type]


def test_the_tree_reads_both_ways() -> None:
    accepted = _response("1", "2026-01", Answer.ACCEPTED)
    genealogy = Genealogy(
        [_finding("a")],
        [_lesson("a", findings=("fnd_a",)), _lesson("b", builds_on=("lsn_a",))],
        [_recommendation(lessons=("lsn_b",))],
        [accepted],
    )
    answered = Branch(item="rec_a", branches=(Branch(item="rsp_1"),))
    learned = Branch(item="lsn_a", branches=(Branch(item="lsn_b", branches=(answered,)),))
    assert genealogy.forwards() == (Branch(item="fnd_a", branches=(learned,)),)
    found = Branch(item="lsn_a", branches=(Branch(item="fnd_a"),))
    assert genealogy.backwards() == (Branch(item="rec_a", branches=(Branch(item="lsn_b", branches=(found,)),)),)
    assert [item.id for item in genealogy.findings_behind("rec_a")] == ["fnd_a"]
    assert [item.id for item in genealogy.recommendations_from("fnd_a")] == ["rec_a"]
    assert not list(genealogy.orphans())


def test_everything_that_leads_nowhere_or_comes_from_nowhere_is_flagged() -> None:
    genealogy = Genealogy(
        [_finding("idle"), _finding("gone", status=FindingStatus.WITHDRAWN)],
        [_lesson("unbacked"), _lesson("from gone", findings=("fnd_gone",))],
        [
            _recommendation("bare"),
            _recommendation("b", lessons=("lsn_unbacked",)),
            _recommendation("c", lessons=("lsn_from gone",)),
        ],
    )
    told = {(orphan.item, orphan.text, orphan.is_unfounded) for orphan in genealogy.orphans()}
    assert told == {
        ("fnd_idle", "leads to no lesson and no recommendation", False),
        ("lsn_unbacked", "comes from no finding and no lesson", True),
        ("lsn_from gone", "comes from findings that were all withdrawn", True),
        ("rec_bare", "comes from no finding and no lesson", True),
        ("rec_b", "comes from lessons that no finding backs", True),
        ("rec_c", "comes from findings that were all withdrawn", True),
    }


def test_a_lesson_without_a_recommendation_is_flagged_unless_one_built_on_it_has_one() -> None:
    lessons = [_lesson("a", findings=("fnd_a",)), _lesson("b", builds_on=("lsn_a",)), _lesson("c", findings=("fnd_a",))]
    genealogy = Genealogy([_finding("a")], lessons, [_recommendation(lessons=("lsn_b",))])
    assert [(orphan.item, orphan.text) for orphan in genealogy.orphans()] == [("lsn_c", "leads to no recommendation")]


def test_a_circle_that_got_in_does_not_hang_the_tree() -> None:
    lessons = [_lesson("a", builds_on=("lsn_b",)), _lesson("b", builds_on=("lsn_a",))]
    genealogy = Genealogy([], lessons, [_recommendation(lessons=("lsn_a",))])
    assert genealogy.forwards() == () and len(genealogy.backwards()) == 1
    assert {orphan.item for orphan in genealogy.orphans() if orphan.is_unfounded} == {"lsn_a", "lsn_b", "rec_a"}


@pytest.mark.parametrize(
    ("answers", "day", "overdue"),
    [
        ([], "2026-06-30", ""),
        ([], "2026-07-01", "due by June 2026: no reply"),
        ([_response("1", "2026-02", Answer.ACCEPTED)], "2026-07-01", "due by June 2026: accepted, not known"),
        ([_response("1", "2026-02", Answer.REJECTED)], "2026-07-01", ""),
        ([_response("1", "2026-08", Answer.REJECTED)], "2026-07-01", "due by June 2026: no reply"),
        (
            [
                _response("2", "2026-03", Answer.ACCEPTED, Implementation.UNDER_WAY),
                _response("1", "2026-06-15", Answer.ACCEPTED, Implementation.IMPLEMENTED),
            ],
            "2026-07-01",
            "",
        ),
    ],
)
def test_what_is_overdue_is_told_for_a_given_day(answers: list[Any], day: str, overdue: str) -> None:
    asked = _recommendation(due_on="2026-06", findings=("fnd_a",))
    assert Genealogy([_finding("a")], [], [asked], answers).standing(asked, day).overdue == overdue


def test_texts_that_ask_for_the_same_are_found_with_their_share() -> None:
    texts = {
        "1": "Providers should publish their answer times every quarter.",
        "2": "Each provider must publish answer times, every quarter",
        "3": "The board should record its reasons whenever posts are left vacant.",
        "4": "Providers should publish their complaints every quarter.",
    }
    (found,) = alike_texts(texts)
    assert (found.one, found.other) == ("1", "2") and found.share > 0.7
    assert {(pair.one, pair.other) for pair in alike_texts(texts, 0.2)} == {("1", "2"), ("1", "4"), ("2", "4")}
    assert not list(alike_texts({"1": "", "2": "the of", "3": "…"}))
