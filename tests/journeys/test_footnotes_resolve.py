"""From each footnote of a finished report - Word, HTML, PDF - to the words on the page of the built bundle."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.following import Bundle, Cited, of_page, of_pdf, of_word, plain
from tests.report_case import build, tell_story
from tests.services.conftest import fill
from workbench.services.report_export import ReportOrder, export_report
from workbench.services.session import create_case


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Path], Path]:
    """The report's files by their endings, and the bundle that it cites."""
    folder = tmp_path_factory.mktemp("report")
    with create_case(folder / "Story.casefile", title="Story", passphrase=None, who="tester") as case:
        study = tell_story(fill(case))
        bundle = build(case, folder)
        exported = export_report(case, study, folder, ReportOrder(with_documents=True))
    return {path.suffix: path for path in exported.paths if path.parent == exported.folder}, bundle


def words_beside(cited: list[Cited], bundle: Path) -> set[tuple[str, int, str]]:
    """(document, page, quoted words) of everything that was followed; all of it stands on its page."""
    opened, followed = Bundle(bundle), set()
    for item in cited:
        assert item.label, f"footnote {item.note} names no page of the bundle"
        on_page = plain(opened.words(item.label))
        for quote in item.quotes:
            assert plain(quote) in on_page, f"footnote {item.note}: “{quote}” is not on bundle page {item.label}"
            followed.add((item.urn, item.page_number, plain(quote)))
    return followed


def test_from_word_to_the_words_on_the_bundle_page(handed_over: tuple[dict[str, Path], Path]) -> None:
    files, bundle = handed_over
    followed = words_beside(of_word(files[".docx"]), bundle)
    assert ("INQ000003", 2, plain("the register of answers.")) in followed
    assert ("INQ000002", 1, plain("The board asked for figures.")) in followed
    assert len(followed) >= 7


def test_every_format_leads_to_the_same_words(handed_over: tuple[dict[str, Path], Path]) -> None:
    files, bundle = handed_over
    of_all = [of_word(files[".docx"]), of_page(files[".html"]), of_pdf(files[".pdf"])]
    word, page, pdf = ({(c.note, c.urn, c.page_number, c.label) for c in cited} for cited in of_all)
    assert word == page == pdf and len(word) >= 14
    for cited in of_all:
        words_beside(cited, bundle)


def test_the_documents_beside_it_hold_the_words_on_the_pages_named(
    handed_over: tuple[dict[str, Path], Path],
) -> None:
    files, _ = handed_over
    for item in of_word(files[".docx"]):
        document = Bundle(files[".docx"].parent / "documents" / f"{item.urn}.pdf")
        assert all(plain(quote) in plain(document.words(str(item.page_number))) for quote in item.quotes)
