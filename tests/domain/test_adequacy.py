"""A rating rests on a standard and evidence or a stated gap; what is missing, withdrawn or out of its time is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from workbench.domain.adequacy import Surroundings, faults_of, notes_of, refusal_of, refuse_unfounded
from workbench.domain.analysis import Assessment, NegativeSearch, Rating, Standard
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event, EventStatus
from workbench.domain.excerpt import AnchorState, Excerpt
from workbench.domain.ids import AnyId, new_id
from workbench.domain.standing import StandardsInForce
from workbench.services.adequacy_vocabulary import adequacy_words

AT = datetime(2026, 3, 1, tzinfo=UTC)
LETTER = Document(
    id=new_id("doc"), urn="INQ000001", title="Letter", filename="a.pdf", media_type="application/pdf", sha256="0",
    bytes=1, page_count=9, text_digest="", imported_at=AT,
)  # fmt: skip
REVIEW = replace(LETTER, id=new_id("doc"), urn="INQ000002")
RULE = Standard(id=new_id("std"), title="Answer within 24 hours", from_on="2011")
FOR = Excerpt(
    id=new_id("exc"), document=LETTER.id, page_index=0, start=0, end=4, quote="text", text_digest="", made_at=AT
)
AGAINST = replace(FOR, id=new_id("exc"), page_index=3)
NONE_FOUND = NegativeSearch(id=new_id("neg"), sought="a log", query="log", searched_at=AT)
EVENT = Event(
    id=new_id("evt"), title="Review", on="2014", on_earliest="2014-01-01", on_latest="2014-12-31", sources=(FOR.id,)
)
SOUND = Assessment(
    id=new_id("asm"),
    institution=new_id("ins"),
    scope=new_id("scp"),
    period="2013/2014",
    rating=Rating.PARTLY_ADEQUATE,
    standards=(RULE.id,),
    evidence_for=(AnyId(FOR.id),),
    evidence_against=(AnyId(AGAINST.id),),
    reasoning="Some were answered in time.",
)


def among(*changed: Any) -> Surroundings:
    """The surroundings with some records in other states."""
    known = {item.id: item for item in (LETTER, REVIEW, RULE, FOR, AGAINST, NONE_FOUND, EVENT)}
    known |= {item.id: item for item in changed}

    def of(kind: type[Any]) -> dict[str, Any]:
        return {item.id: item for item in known.values() if isinstance(item, kind)}

    return Surroundings(
        standards=StandardsInForce(of(Standard).values()),
        excerpts=of(Excerpt),
        documents=of(Document),
        events=of(Event),
        searches=of(NegativeSearch),
    )


def test_a_sound_assessment_has_no_faults() -> None:
    assert faults_of(SOUND) == () and faults_of(SOUND, among()) == ()
    assert faults_of(Assessment(id=SOUND.id, institution=SOUND.institution, scope=SOUND.scope)) == ()


@pytest.mark.parametrize("rating", [rating for rating in Rating if rating is not Rating.NOT_YET_ASSESSED])
def test_a_rating_needs_a_standard_and_evidence_or_a_gap(rating: Rating) -> None:
    bare = replace(SOUND, rating=rating, standards=(), evidence_for=(), evidence_against=())
    assert "a standard and evidence is missing" in refusal_of(bare)
    with pytest.raises(Refused, match="rests on too little"):
        refuse_unfounded(bare)
    assert "evidence is missing" in refusal_of(replace(bare, standards=(RULE.id,)))
    assert "a standard is missing" in refusal_of(replace(bare, evidence_against=(AnyId(AGAINST.id),)))
    assert refusal_of(replace(bare, gaps=(" ",))), "a gap of blanks says nothing"
    assert not refusal_of(replace(bare, gaps=("No log was produced.",)))
    assert not refusal_of(replace(bare, standards=(RULE.id,), evidence_against=(AnyId(AGAINST.id),)))
    assert not refusal_of(replace(bare, rating=Rating.NOT_YET_ASSESSED))
    assert refusal_of(bare) in faults_of(bare)


@pytest.mark.parametrize("prefix", ["asm", "std"])
def test_only_words_events_and_searches_are_evidence(prefix: str) -> None:
    with pytest.raises(Refused, match="are no evidence"):
        refuse_unfounded(replace(SOUND, evidence_for=(AnyId(new_id(prefix)),)))


def test_evidence_against_is_recorded_or_a_search_that_found_none_is_cited() -> None:
    (told,) = faults_of(replace(SOUND, evidence_against=()), among())
    assert "No evidence against" in told
    assert not faults_of(replace(SOUND, evidence_against=(AnyId(NONE_FOUND.id),)), among())
    assert not refusal_of(replace(SOUND, evidence_against=())), "told, not refused"
    (told,) = faults_of(replace(SOUND, rating=Rating.INADEQUATE, evidence_for=()), among())
    assert "speaks for the institution" in told


def test_what_an_assessment_does_not_say_is_told() -> None:
    assert "no reasoning" in faults_of(replace(SOUND, reasoning=" "))[0]
    assert "State the gap" in faults_of(replace(SOUND, rating=Rating.NOT_ASSESSABLE))[0]
    both = replace(SOUND, evidence_for=(AnyId(FOR.id), AnyId(AGAINST.id)))
    assert "both for and against" in faults_of(both)[0]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (replace(RULE, from_on="2015"), "Hindsight: “Answer within 24 hours” did not exist yet in the period"),
        (replace(RULE, until_on="2012-12-31"), "no longer stood in the period (2013 to 2014)"),
        (replace(RULE, from_on="2013/2016"), "may not have stood in the period"),
        (replace(RULE, from_on=""), "may not have stood in the period"),
        (replace(RULE, institutions=(new_id("ins"),)), "not the institution assessed"),
    ],
)
def test_a_standard_out_of_its_time_or_place_is_told(rule: Standard, sentence: str) -> None:
    (told,) = faults_of(SOUND, among(rule))
    assert sentence in told
    assert not faults_of(SOUND, among(replace(rule, from_on="2011", until_on="", institutions=(SOUND.institution,))))


def test_the_version_that_did_stand_is_named() -> None:
    later = Standard(id=new_id("std"), title=RULE.title, version="2", from_on="2012", replaces=RULE.id)
    (told,) = faults_of(SOUND, among(later))
    assert "no longer stood" in told and "In the period stood: “Answer within 24 hours, version 2”." in told
    (told,) = faults_of(replace(SOUND, period=""), among())
    assert "No period is given" in told


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (replace(FOR, withdrawn="misread"), "INQ000001_001: the excerpt was withdrawn (misread)."),
        (replace(FOR, state=AnchorState.MOVED), "INQ000001_001: the quoted words have moved"),
        (replace(AGAINST, state=AnchorState.LOST), "INQ000001_004: the quoted words are no longer on the page."),
    ],
)
def test_what_became_of_evidence_is_told(changed: Any, sentence: str) -> None:
    (told,) = faults_of(SOUND, among(changed))
    assert told.startswith(sentence)


def test_a_withdrawn_or_superseded_document_is_told_for_each_page_cited() -> None:
    told = faults_of(SOUND, among(replace(LETTER, withdrawn_on="2026-02-01", withdrawn_reason="Sent in error.")))
    assert told == (
        "INQ000001_001: the document INQ000001 was withdrawn on 1 February 2026 (Sent in error).",
        "INQ000001_004: the document INQ000001 was withdrawn on 1 February 2026 (Sent in error).",
    )
    told = faults_of(SOUND, among(replace(LETTER, superseded_by=REVIEW.id)))
    assert told[0] == "INQ000001_001: the document INQ000001 is superseded by INQ000002."
    ruled = replace(RULE, excerpt=FOR.id)
    resting = replace(SOUND, evidence_for=())
    (told_of_rule,) = faults_of(resting, among(ruled, replace(FOR, withdrawn="misread")))
    assert told_of_rule == "The words of “Answer within 24 hours”: the excerpt was withdrawn (misread)."


def test_what_a_reader_ought_to_know_is_a_note_and_no_fault() -> None:
    later = Standard(id=new_id("std"), title=RULE.title, version="2", from_on="2014-03-01", replaces=RULE.id)
    (told,) = notes_of(SOUND, among(later))
    assert told == (
        "“Answer within 24 hours” stood in only part of the period (2013 to 2014); it stood from 2011 until "
        "replaced by “Answer within 24 hours, version 2” (1 March 2014). In the period stood: “Answer within 24 hours, "
        "version 2”."
    )
    assert not faults_of(SOUND, among(later))
    both = notes_of(replace(SOUND, standards=(RULE.id, later.id)), among(later))
    assert len(both) == 2 and not any("In the period stood" in note for note in both)
    disputed = replace(EVENT, status=EventStatus.DISPUTED, dispute="the Office says 2015")
    by_event = replace(SOUND, evidence_for=(AnyId(EVENT.id),))
    assert notes_of(by_event, among(disputed)) == ("Review (2014) is disputed (the Office says 2015).",)
    assert not faults_of(by_event, among(disputed)) and not notes_of(by_event, among())


def test_a_search_brought_from_another_case_file_is_judged_by_its_counts() -> None:
    early = replace(NONE_FOUND, searched_at=datetime(2019, 7, 11, tzinfo=UTC), documents=2)
    by_search = replace(SOUND, evidence_against=(AnyId(NONE_FOUND.id),))
    assert not faults_of(by_search, among(early)), "both documents were searched, whenever this case got them"
    (told,) = faults_of(by_search, among(replace(early, documents=1)))
    assert "1 document has come since" in told


def test_events_and_searches_as_evidence_are_looked_at_too() -> None:
    by_event = replace(SOUND, evidence_for=(AnyId(EVENT.id),))
    assert not faults_of(by_event, among())
    for changed, sentence in (
        (replace(EVENT, sources=()), "has no source"),
        (replace(FOR, withdrawn="misread"), "none of the event's sources stands"),
    ):  # fmt: skip
        (told,) = faults_of(by_event, among(changed))
        assert told.startswith("Review (2014): ") and sentence in told
    by_search = replace(SOUND, evidence_against=(AnyId(NONE_FOUND.id),))
    later = replace(REVIEW, imported_at=datetime(2026, 4, 1, tzinfo=UTC))
    (told,) = faults_of(by_search, among(later))
    assert told == "Search for a log: the search is out of date: 1 document has come since. Make it again."


def test_the_vocabulary_says_what_every_rating_means() -> None:
    words = adequacy_words()
    assert {term.code for term in words.ratings} == {rating.value for rating in Rating}
    assert all(words.meaning(rating) for rating in Rating) and words.version and words.date
    assert [term.code for term in words.confidence] == ["high", "medium", "low"]
    assert len(words.dimensions) == 7 and all(term.wording.endswith("?") for term in words.dimensions)
