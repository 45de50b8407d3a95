"""Each sentence of a finding says what carries it, and what of that no longer holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from workbench.domain.analysis import (
    Assessment,
    Finding,
    FindingKind,
    FindingStatus,
    NegativeSearch,
    Rating,
    Sentence,
    Standard,
)
from workbench.domain.contrary import Contrary
from workbench.domain.document import Document
from workbench.domain.event import Event, EventStatus
from workbench.domain.excerpt import AnchorState, Stance
from workbench.domain.ids import AnyId
from workbench.domain.ledger import CitedExcerpt, FindingSupport, Grounds, Support
from workbench.domain.ledger_grounds import Following

AT = datetime(2026, 1, 2, tzinfo=UTC)
FINDING: Any = Finding(id="fnd_1", kind=FindingKind.FACT)  # type: ignore[arg-type]


def _document(number: int, **more: Any) -> Any:
    facts: dict[str, Any] = {"title": "Letter", "filename": "a.pdf", "media_type": "application/pdf", "sha256": "0"}
    facts |= {"bytes": 1, "page_count": 9, "text_digest": "d", "imported_at": AT} | more
    return Document(id=f"doc_{number}", urn=f"INQ00000{number}", **facts)  # type: ignore[arg-type]


def _excerpt(name: str, document: int = 1, page_index: int = 0, **more: Any) -> Any:
    place: dict[str, Any] = {"document": f"doc_{document}", "page_index": page_index}
    return CitedExcerpt(id=f"exc_{name}", quote="words", text_digest="as it was", **(place | more))  # type: ignore[arg-type]


def _event(name: str, sources: tuple[str, ...] = (), **more: Any) -> Any:
    facts: dict[str, Any] = {"title": "Review", "on": "2014", "on_earliest": "2014-01-01", "on_latest": "2014-12-31"}
    return Event(id=f"evt_{name}", sources=sources, **(facts | more))  # type: ignore[arg-type]


def _assessment(**more: Any) -> Any:
    facts: dict[str, Any] = {"institution": "ins_1", "scope": "scp_1", "rating": Rating.INADEQUATE}
    return Assessment(id="asm_1", **(facts | more))  # type: ignore[arg-type]


GROUNDS = Grounds(
    excerpts={item.id: item for item in (_excerpt("a"), _excerpt("b", 2, 3), _excerpt("c", 2, 4))},
    documents={item.id: item for item in (_document(1), _document(2))},
    digests={("doc_1", 0): "as it was", ("doc_2", 3): "as it was", ("doc_2", 4): "as it was"},
    events={"evt_sourced": _event("sourced", ("exc_b",)), "evt_bare": _event("bare")},
)
NAMES = {"ins_1": "Northmere", "scp_1": "2.3"}


def _sentences(*evidence: tuple[str, ...], text: str = "It was so.") -> list[Any]:
    return [
        Sentence(id=f"sen_{n}", finding=FINDING.id, position=n, text=text, evidence=items)  # type: ignore[arg-type]
        for n, items in enumerate(evidence)
    ]


def _support(
    *evidence: tuple[str, ...], grounds: Grounds = GROUNDS, links: tuple[Any, ...] = (), text: str = "It was so."
) -> FindingSupport:
    contrary = Contrary(links, NAMES, grounds.assessments.values())
    return Following(grounds, contrary).finding(FINDING, _sentences(*evidence, text=text))


def _with_excerpt(**changes: Any) -> Grounds:
    excerpts = {**GROUNDS.excerpts, "exc_a": replace(GROUNDS.excerpts["exc_a"], **changes)}
    return replace(GROUNDS, excerpts=excerpts)


def _with_document(**changes: Any) -> Grounds:
    return replace(GROUNDS, documents={**GROUNDS.documents, "doc_1": _document(1, **changes)})


def _link(excerpt: str, target: str, stance: Stance) -> tuple[str, str, Stance]:
    return f"exc_{excerpt}", target, stance


def test_a_sentence_with_an_excerpt_leads_to_its_page() -> None:
    support = _support(("exc_b",), ("evt_sourced",))
    assert (support.state, support.light, support.is_red) == (Support.SUPPORTED, "green", False)
    assert [[page.reference for page in item.pages] for item in support.sentences] == [["INQ000002_004"]] * 2


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ((), "sentence 2 rests on nothing"),
        (("evt_bare",), "sentence 2 rests on the event “Review”, which has no source"),
        (("asm_1",), "rests on the assessment of Northmere under 2.3, which itself rests on nothing"),
        (("std_1",), "rests on the standard “Answer in a day”, which names no words that say so"),
        (("exc_gone",), "not in the case"),
    ],
)
def test_what_rests_on_nothing_is_unsupported(evidence: tuple[str, ...], told: str) -> None:
    standard: Any = Standard(id="std_1", title="Answer in a day")  # type: ignore[arg-type]
    grounds = replace(GROUNDS, assessments={"asm_1": _assessment()}, standards={"std_1": standard})
    support = _support(("exc_a",), evidence, grounds=grounds)
    assert support.is_red and support.sentences[1].state is Support.UNSUPPORTED
    assert support.sentences[0].state is Support.SUPPORTED
    assert told in support.faults[0].spoken


def test_an_assessment_carries_what_its_evidence_carries() -> None:
    weighed = _assessment(evidence_for=("exc_a",), evidence_against=("evt_sourced",), standards=("std_1",))
    standard: Any = Standard(id="std_1", title="Answer in a day")  # type: ignore[arg-type]
    grounds = replace(GROUNDS, assessments={"asm_1": weighed}, standards={"std_1": standard})
    support = _support(("asm_1",), grounds=grounds)
    assert support.state is Support.SUPPORTED
    assert [page.reference for page in support.sentences[0].pages] == ["INQ000001_001", "INQ000002_004"]
    pending = replace(grounds, assessments={"asm_1": replace(weighed, rating=Rating.NOT_YET_ASSESSED)})
    assert "is not yet made" in _support(("asm_1",), grounds=pending).faults[0].text


def test_an_assessment_may_rest_on_a_stated_gap_but_a_finding_needs_words() -> None:
    grounds = replace(GROUNDS, assessments={"asm_1": _assessment(gaps=("No log was produced.",))})
    support = _support(("asm_1",), grounds=grounds)
    assert support.sentences[0].state is Support.SUPPORTED
    assert support.is_red and support.faults[0].spoken == "it rests on no excerpt at all"
    assert not _support(("asm_1",), ("exc_a",), grounds=grounds).is_red


def test_what_was_looked_for_and_not_found_carries_a_finding() -> None:
    search: Any = NegativeSearch(id="neg_1", sought="a log", query="log", searched_at=AT)  # type: ignore[arg-type]
    assert _support(("neg_1",), grounds=replace(GROUNDS, searches={"neg_1": search})).state is Support.SUPPORTED


def test_a_search_is_flagged_once_documents_came_that_it_did_not_look_into() -> None:
    search: Any = NegativeSearch(id="neg_1", sought="a log", query="log", searched_at=AT, documents=2)  # type: ignore[arg-type]
    late = _document(3, imported_at=AT.replace(month=2))
    grounds = replace(GROUNDS, searches={"neg_1": search}, documents={**GROUNDS.documents, "doc_3": late})
    support = _support(("neg_1",), grounds=grounds)
    assert (support.state, support.is_red) == (Support.SUPERSEDED, False)
    assert "the search for a log, which did not look into INQ000003: it came later" in support.faults[0].text


def test_assessments_that_cite_one_another_rest_on_nothing() -> None:
    one, two = _assessment(evidence_for=("asm_2",)), _assessment(evidence_for=("asm_1",))
    grounds = replace(GROUNDS, assessments={"asm_1": one, "asm_2": replace(two, id="asm_2")})  # type: ignore[arg-type]
    assert _support(("exc_a",), ("asm_1",), grounds=grounds).sentences[1].state is Support.UNSUPPORTED


def test_a_finding_without_sentences_is_red() -> None:
    assert _support().is_red and _support().faults[0].spoken == "it has no sentences"


@pytest.mark.parametrize(
    ("grounds", "state", "told"),
    [
        (_with_excerpt(withdrawn="misread"), Support.WITHDRAWN, "INQ000001_001, which was withdrawn: misread"),
        (_with_document(withdrawn_on="2026-01-01"), Support.WITHDRAWN, "of a document that was withdrawn"),
        (_with_document(withdrawn_reason="sent in error"), Support.WITHDRAWN, "withdrawn: sent in error"),
        (_with_excerpt(state=AnchorState.MOVED), Support.CHANGED, "whose words moved"),
        (_with_excerpt(state=AnchorState.LOST), Support.CHANGED, "not found again"),
        (_with_excerpt(text_digest="another"), Support.CHANGED, "whose text is not what it was"),
        (_with_excerpt(page_index=7), Support.CHANGED, "INQ000001_008, a page that the document no longer has"),
    ],
)
@pytest.mark.parametrize("path", ["exc_a", "evt_over", "asm_over", "std_over"])
def test_what_was_withdrawn_or_changed_is_red_however_it_is_cited(
    grounds: Grounds, state: Support, told: str, path: str
) -> None:
    standard: Any = Standard(id="std_over", title="Rule", excerpt="exc_a")  # type: ignore[arg-type]
    assessment = replace(_assessment(evidence_for=("exc_b",), evidence_against=("exc_a",)), id="asm_over")
    over = replace(
        grounds,
        events={"evt_over": _event("over", ("exc_b", "exc_a"))},
        assessments={"asm_over": assessment},
        standards={"std_over": standard},
    )
    support = _support((path, "exc_b"), grounds=over)
    assert support.is_red and support.state is state
    assert told in support.faults[0].text


def test_a_withdrawn_standard_beneath_an_assessment_is_red() -> None:
    standard: Any = Standard(id="std_1", title="Rule", excerpt="exc_a")  # type: ignore[arg-type]
    over = _assessment(standards=("std_1",), evidence_for=("exc_b",))
    grounds = replace(_with_excerpt(withdrawn="misread"), standards={"std_1": standard}, assessments={"asm_1": over})
    support = _support(("asm_1",), grounds=grounds)
    assert support.state is Support.WITHDRAWN
    assert "under 2.3, which rests on the standard “Rule”, which cites INQ000001_001" in support.faults[0].text


def test_parts_that_follow_one_another_in_a_circle_end() -> None:
    one, two = _excerpt("a", 1, 0, continues="exc_b"), _excerpt("b", 2, 3, continues="exc_a")
    grounds = replace(GROUNDS, excerpts={"exc_a": one, "exc_b": two}, following={"exc_a": two, "exc_b": one})
    assert [page.reference for page in _support(("exc_a",), grounds=grounds).sentences[0].pages] == [
        "INQ000001_001",
        "INQ000002_004",
    ]


def test_each_unsupported_sentence_is_told_once() -> None:
    assert [fault.spoken[:32] for fault in _support((), ()).faults] == [
        "sentence 1 rests on nothing: add",
        "sentence 2 rests on nothing: add",
    ]


def test_the_part_over_the_page_end_counts_too() -> None:
    part = _excerpt("a2", 1, 1, continues="exc_a", state=AnchorState.LOST)
    grounds = replace(GROUNDS, following={"exc_a": part})
    assert _support(("exc_a",), grounds=grounds).state is Support.CHANGED


def test_a_superseded_document_is_flagged_and_does_not_stop() -> None:
    support = _support(("exc_a",), grounds=_with_document(superseded_by="doc_2"))
    assert (support.state, support.light, support.is_red) == (Support.SUPERSEDED, "amber", False)
    assert "superseded by INQ000002" in support.faults[0].text


@pytest.mark.parametrize(
    ("text", "state"),
    [("It was reviewed.", Support.DISPUTED), ("Northmere disputes that it was reviewed.", Support.SUPPORTED)],
)
def test_a_disputed_event_is_flagged_unless_the_sentence_says_so(text: str, state: Support) -> None:
    disputed = _event("sourced", ("exc_b",), status=EventStatus.DISPUTED, dispute="the Office denies it")
    grounds = replace(GROUNDS, events={"evt_sourced": disputed})
    support = _support(("evt_sourced",), grounds=grounds, text=text)
    assert support.state is state and not support.is_red
    assert all("the Office denies it" in fault.text for fault in support.faults)


SUPPORTS = (_link("a", "ins_1", Stance.SUPPORTS), _link("a", "scp_1", Stance.CONTEXT))
AGAINST = (_link("b", "ins_1", Stance.CONTEXT), _link("b", "scp_1", Stance.UNDERMINES))


def test_what_speaks_against_it_is_named() -> None:
    support = _support(("exc_a",), links=(*SUPPORTS, *AGAINST))
    assert (support.state, support.light) == (Support.CONTRADICTED, "amber")
    assert "INQ000001_001 in favour of Northmere under 2.3, while INQ000002_004 undermines" in support.faults[0].text


def test_what_the_finding_cites_itself_is_no_contradiction() -> None:
    assert _support(("exc_a",), ("exc_b",), links=(*SUPPORTS, *AGAINST)).state is Support.SUPPORTED


@pytest.mark.parametrize(
    ("weighed", "state"),
    [
        ({"evidence_against": ("exc_c",)}, Support.SUPPORTED),
        ({"evidence_for": ("exc_c",)}, Support.CONTRADICTED),
        ({"evidence_against": ("exc_c",), "rating": Rating.NOT_YET_ASSESSED}, Support.CONTRADICTED),
        ({"evidence_against": ("exc_c",), "scope": "scp_2"}, Support.CONTRADICTED),
    ],
)
def test_an_assessment_that_names_evidence_against_has_weighed_it(weighed: dict[str, Any], state: Support) -> None:
    grounds = replace(GROUNDS, assessments={"asm_1": _assessment(**weighed)})
    assert _support(("exc_a",), grounds=grounds, links=(*SUPPORTS, *AGAINST)).state is state


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ({"evidence_for": ("exc_b",)}, "counts INQ000002_004 in favour although it is linked as undermining it"),
        ({"evidence_against": ("exc_a",)}, "counts INQ000001_001 against although it is linked as supporting it"),
    ],
)
def test_evidence_used_as_if_it_said_the_opposite_is_told(evidence: dict[str, Any], told: str) -> None:
    grounds = replace(GROUNDS, assessments={"asm_1": _assessment(**evidence)})
    support = _support(("asm_1",), grounds=grounds, links=(*SUPPORTS, *AGAINST))
    assert support.state is Support.CONTRADICTED and told in support.faults[0].text
    assert _support(("asm_1",), grounds=grounds).state is Support.SUPPORTED


def test_evidence_on_another_institution_or_without_a_stance_speaks_against_nothing() -> None:
    elsewhere = (_link("b", "ins_2", Stance.UNDERMINES), _link("b", "scp_1", Stance.UNDERMINES))
    silent = (_link("b", "ins_1", Stance.SILENT), _link("b", "scp_1", Stance.UNDERMINES))
    for links in (elsewhere, silent, (_link("b", "ins_1", Stance.UNDERMINES),)):
        assert _support(("exc_a",), links=(*SUPPORTS, *links)).state is Support.SUPPORTED


def test_an_undermined_event_and_a_link_both_ways_are_contradictions() -> None:
    undermined = _support(("evt_sourced",), links=(_link("c", "evt_sourced", Stance.UNDERMINES),))
    assert undermined.state is Support.CONTRADICTED and "INQ000002_005 undermines" in undermined.faults[0].text
    both = _support(("exc_a",), links=(*SUPPORTS, _link("a", "ins_1", Stance.UNDERMINES)))
    assert both.state is Support.CONTRADICTED and "undermining Northmere" in both.faults[0].text


def test_the_worst_fault_gives_the_state_and_all_are_told() -> None:
    grounds = replace(_with_excerpt(withdrawn="misread"), events={"evt_bare": _event("bare")})
    support = _support(("exc_a", "evt_bare"), grounds=grounds)
    assert support.state is Support.UNSUPPORTED
    assert [fault.state for fault in support.faults] == [Support.WITHDRAWN, Support.UNSUPPORTED]


def test_a_withdrawn_finding_stops_nothing() -> None:
    contrary = Contrary((), NAMES)
    withdrawn = replace(FINDING, status=FindingStatus.WITHDRAWN)
    support = Following(GROUNDS, contrary).finding(withdrawn, _sentences(()))
    assert support.state is Support.UNSUPPORTED and not support.is_red
    assert Following(GROUNDS, contrary).ground(AnyId("exc_a")).title == "INQ000001_001 “words”"
