"""The sample case tells a whole story, from the documents to the recommendations."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.following import Bundle, of_page, of_pdf, of_word, plain
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
from workbench.services.case_numbers import case_numbers
from workbench.services.case_study_export import export_case_study
from workbench.services.demo import DemoResult, make_demo
from workbench.services.letters import LetterFacts, record_letter
from workbench.services.report_export import ReportOrder, export_report
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


def test_every_footnote_of_the_sample_report_resolves(demo: DemoResult) -> None:
    """From Word, web page and PDF to the quoted words, on the page of the hearing bundle that the footnote names."""
    bundle, files = Bundle(demo.bundle_path), {path.suffix: path for path in demo.report_path.iterdir()}
    of_all = [of_word(files[".docx"]), of_page(files[".html"]), of_pdf(files[".pdf"])]
    word, page, pdf = ({(c.note, c.urn, c.page_number, c.label) for c in cited} for cited in of_all)
    assert word == page == pdf and len(word) > 90
    for cited in of_all:
        assert all(item.label for item in cited)
        for item in cited:
            on_page = plain(bundle.words(item.label))
            missing = [quote for quote in item.quotes if plain(quote) not in on_page]
            assert missing == [], f"footnote {item.note}, bundle page {item.label}"
    assert sum(bool(item.quotes) for item in of_all[0]) > 50


def test_findings_are_called_in_the_report_what_the_case_calls_them(demo: DemoResult, case: CaseFile) -> None:
    page = next(demo.report_path.glob("*.html")).read_text(encoding="utf-8")
    words = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())
    numbers = case_numbers(case)
    for finding in case.all(Finding):
        study = case.get(CaseStudy, finding.case_study or "")
        is_in = f"{numbers[finding.id]} {finding.title}" in words
        assert is_in == (study.title == _STUDY), finding.title


def test_a_report_for_participants_waits_for_the_letter(case: CaseFile, tmp_path: Path) -> None:
    study = case.first(CaseStudy, title=_STUDY)
    assert study is not None
    with pytest.raises(Refused, match="Silence towards the Office"):
        export_report(case, study.id, tmp_path, ReportOrder(audience="core participants"))
    assert list(tmp_path.glob("*report*")) == []
