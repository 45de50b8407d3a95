"""The sample case tells a whole story, from the documents to the recommendations."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.domain.analysis import (
    Assessment,
    Finding,
    FindingKind,
    NegativeSearch,
    Rating,
    Recommendation,
    ScopeExclusion,
    Sentence,
)
from workbench.domain.errors import Refused
from workbench.domain.event import Event, EventStatus
from workbench.domain.excerpt import AnchorState, Excerpt
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.services.case_study_export import export_case_study
from workbench.services.demo import DemoResult, make_demo
from workbench.services.letters import LetterFacts, record_letter
from workbench.services.session import open_case
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile

_STUDY = "Answer times at Brightwell Connect"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoResult:
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def case(demo: DemoResult, tmp_path: Path) -> Iterator[CaseFile]:
    """A copy of the sample case, to be changed."""
    with open_case(Path(shutil.copy(demo.case_path, tmp_path)), who="tester") as opened:
        yield opened


def test_the_sample_has_every_part_of_the_story(case: CaseFile) -> None:
    assert case.count(Institution) == 6
    assert case.count(Event) == 40
    assert case.count(Finding) == 8
    assert case.count(Recommendation) == 5
    numbers = {paragraph.id: paragraph.number for paragraph in case.all(ScopeParagraph)}
    settled = {Rating.ADEQUATE, Rating.PARTLY_ADEQUATE, Rating.INADEQUATE}
    rated = {numbers[item.scope] for item in case.all(Assessment) if item.rating in settled}
    assert rated == {"2.1", "2.2", "2.3", "2.4"}
    spoken_of = {item.institution for item in [*case.all(Assessment), *case.all(ScopeExclusion)]}
    assert spoken_of == {item.id for item in case.all(Institution)}
    assert all(check.ok for check in verify_case(case))


def test_everything_rests_on_words_that_stand(case: CaseFile) -> None:
    assert {item.state for item in case.all(Excerpt)} == {AnchorState.OK}
    assert all(sentence.evidence for sentence in case.all(Sentence))
    assert all(event.sources for event in case.all(Event))
    assert all(event.dispute for event in case.all(Event) if event.status is EventStatus.DISPUTED)
    assert all(search.not_searchable for search in case.all(NegativeSearch))


def test_a_criticism_is_held_back_until_its_letter_is_recorded(case: CaseFile, tmp_path: Path) -> None:
    study = case.first(CaseStudy, title=_STUDY)
    assert study is not None
    with pytest.raises(Refused, match="letter"):
        export_case_study(case, study.id, tmp_path, audience="core participants")
    held = next(item for item in case.all(Finding, kind=FindingKind.CRITICISM) if item.title.startswith("Silence"))
    letter = LetterFacts(addressee="Brightwell Connect Ltd", sent_on="2019-06-12", due_on="2019-07-10")
    record_letter(case, held.id, letter)
    assert export_case_study(case, study.id, tmp_path, audience="core participants").folder.is_dir()
