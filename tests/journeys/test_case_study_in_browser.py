"""The case-study bundle, opened from disk in a real browser without a network, finds words on known pages."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import bagit
import pymupdf
import pytest

from tests.browser import Browser, browser_path
from tests.services.conftest import fill, put_pdf
from tests.services.test_applying import FULL
from workbench.domain.analysis import Finding, NegativeSearch, Sentence, Standard
from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import AnyId, new_id
from workbench.services.applying import apply_json
from workbench.services.case_studies import add_context
from workbench.services.case_study_export import ExportedFolder, export_case_study
from workbench.services.session import create_case
from workbench.store.case_file import CaseFile

HOSTILE = '</script><img src=x onerror="document.body.dataset.hit=1">\'\u2028\u202e🙂 Dŵr'


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with create_case(tmp_path / "Test.casefile", title="Test", passphrase=None, who="tester") as opened:
        yield fill(opened)


@pytest.fixture
def exported(case: CaseFile, tmp_path: Path) -> ExportedFolder:
    hostile = put_pdf(case, "INQ000003", HOSTILE, ["Quarterly figures were kept.\nA hostile title stands above them."])
    apply_json(case, FULL)
    links = [{"to": "case_study", "name": "Response times"}]
    excerpt = {"document": hostile.urn, "page": 1, "quote": "figures were kept", "note": HOSTILE, "links": links}
    apply_json(case, {"excerpts": [excerpt]})
    return export_case_study(case, case.all(CaseStudy)[0].id, tmp_path / "out")


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    program = browser_path()
    if program is None:
        pytest.skip("no Chromium on this machine")
    with Browser(program, tmp_path / "profile", without_network=True) as opened:
        yield opened


def _hits(browser: Browser, query: str) -> list[tuple[str, int]]:
    browser.go("search=" + query)
    found = browser.evaluate("[...document.querySelectorAll('.hits a')].map(a => a.getAttribute('href'))")
    return [(link.split("/")[1].split(".pdf")[0], int(link.split("#page=")[1])) for link in found]


def test_words_are_found_on_their_pages(exported: ExportedFolder, browser: Browser) -> None:
    browser.open(exported.folder / "data" / "index.html")
    assert browser.evaluate("document.body.dataset.failed || ''") == ""
    assert _hits(browser, "median answer") == [("INQ000001", 2)]
    assert sorted(_hits(browser, "answered")) == [("INQ000001", 1), ("INQ000001", 2)]  # "answer" on the second
    assert _hits(browser, '"nine days"') == [("INQ000001", 2)]
    assert _hits(browser, '"days nine"') == []
    assert _hits(browser, "Dwr") == [("INQ000001", 2)]
    assert _hits(browser, "IN-A1") == [("INQ000001", 2)]
    assert _hits(browser, "19(2)(b)") == [("INQ000001", 2)]
    assert sorted(_hits(browser, "guidanc* NOT board")) == [("INQ000001", 1)]
    assert _hits(browser, "nowhere") == []
    browser.go('search="unclosed')
    assert "not closed" in browser.evaluate("document.getElementById('total').textContent")
    first = browser.evaluate("location.hash = 'search=median'; ''")
    assert first == ""
    with pymupdf.open(exported.folder / "data" / "documents" / "INQ000001.pdf") as document:
        assert "median answer" in document[1].get_text()


def test_nothing_is_asked_of_any_network_and_no_text_runs(exported: ExportedFolder, browser: Browser) -> None:
    browser.open(exported.folder / "data" / "index.html")
    for part in (
        "overview",
        "timeline",
        "assessments",
        "findings",
        "excerpts",
        "documents",
        "left-out",
        "ref=E1",
        "search=figures",
    ):
        browser.go(part)
        assert browser.evaluate("document.body.dataset.hit || ''") == ""
        assert browser.evaluate("document.querySelectorAll('main img, main script').length") == 0
    browser.go("documents")
    shown = browser.evaluate("document.querySelector('main').textContent")
    assert "onerror" in shown and "🙂" in shown
    assert all(address.startswith(("file:", "blob:", "data:")) for address in browser.requests), browser.requests
    assert browser.complaints == []
    refused = browser.evaluate("fetch('http://example.invalid/').then(() => 'sent', () => 'refused')")
    assert refused == "refused"


def test_a_footnote_leads_to_the_words(exported: ExportedFolder, browser: Browser) -> None:
    browser.open(exported.folder / "data" / "index.html")
    browser.go("findings")
    notes = browser.evaluate("[...document.querySelectorAll('main sup a')].map(a => a.hash)")
    assert notes
    browser.go(notes[0].removeprefix("#"))
    quote = browser.evaluate("document.querySelector('main mark').textContent")
    link = browser.evaluate("document.querySelector('main blockquote a').getAttribute('href')")
    name, _, page = link.partition("#page=")
    with pymupdf.open(exported.folder / "data" / name) as document:
        shown = document[int(page) - 1]
        (mark,) = list(shown.annots())
        assert mark.type[1] == "Highlight"
        box = mark.rect
        clip = pymupdf.Rect(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1)
        inside = shown.get_text("text", clip=clip)
        assert " ".join(quote.split()) in " ".join(inside.split())


def test_what_is_left_out_is_listed_with_its_reason(exported: ExportedFolder, browser: Browser) -> None:
    browser.open(exported.folder / "data" / "index.html")
    browser.go("left-out")
    rows = browser.evaluate(
        "[...document.querySelectorAll('main tbody tr')].map(r => [...r.cells].map(c => c.textContent))"
    )
    assert [row[0] for row in rows] == ["INQ000002"]
    assert rows[0][2].startswith("nothing cites it")
    table = (exported.folder / "data" / "tables" / "left_out.csv").read_text(encoding="utf-8-sig")
    assert [row["urn"] for row in csv.DictReader(io.StringIO(table))] == ["INQ000002"]
    browser.go("overview")
    assert "1 document of the case" in browser.evaluate("document.querySelector('main').textContent")


def test_context_and_every_kind_of_source_can_be_followed(case: CaseFile, browser: Browser, tmp_path: Path) -> None:
    apply_json(case, FULL)
    study = case.all(CaseStudy)[0]
    minutes, standard = case.first(Document, urn="INQ000002"), case.all(Standard)[0]
    assert minutes is not None
    add_context(case, study.id, [minutes.id])
    search = NegativeSearch(
        id=new_id("neg"), sought="figures for 2012", query="figures 2012", searched_at=datetime(2026, 1, 2, tzinfo=UTC)
    )
    finding = case.all(Finding)[0]
    with case.change(Action.EDIT_ANALYSIS) as step:
        step.put(search)
        evidence = (AnyId(standard.id), AnyId(search.id))
        step.put(Sentence(id=new_id("sen"), finding=finding.id, position=5, text="None exist.", evidence=evidence))
    folder = export_case_study(case, study.id, tmp_path / "out").folder
    browser.open(folder / "data" / "index.html")
    browser.go("documents")
    assert "context: nothing cites it" in browser.evaluate("document.querySelector('main').textContent")
    browser.go("findings")
    notes = browser.evaluate("[...document.querySelectorAll('main sup a')].map(a => a.hash.slice(1))")
    assert {"ref=S1", "ref=N1"} <= set(notes)
    for note in dict.fromkeys(notes):
        browser.go(note)
        assert "There is no source" not in browser.evaluate("document.querySelector('main').textContent")
    assert "figures for 2012" in browser.evaluate("document.querySelector('main').textContent")
    assert browser.evaluate("document.querySelectorAll('#parts a[href=\"#left-out\"]').length") == 0  # nothing is
    assert browser.complaints == []


def test_the_folder_is_a_valid_bag_with_everything_said(exported: ExportedFolder) -> None:
    assert bagit.Bag(str(exported.folder)).validate()
    read_me = (exported.folder / "READ ME FIRST.txt").read_text(encoding="utf-8")
    assert "not in it" in read_me and "head of its history" in read_me
    held = json.loads((exported.folder / "data" / "tables" / "case.json").read_text(encoding="utf-8"))
    assert held["about"]["history_head"] in read_me
    everything = b"".join(path.read_bytes() for path in exported.folder.rglob("*") if path.is_file())
    assert b"Quentin" not in everything  # people are named by their ciphers only
    assert b"IN-A1" in everything


def test_the_same_case_gives_the_same_bytes(exported: ExportedFolder, case: CaseFile, tmp_path: Path) -> None:
    again = export_case_study(case, case.all(CaseStudy)[0].id, tmp_path / "again")
    assert exported.archive.read_bytes() == again.archive.read_bytes()
    with zipfile.ZipFile(again.archive) as archive:
        assert archive.testzip() is None


def test_a_csv_never_runs_as_a_formula(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, FULL)
    apply_json(case, {"case_studies": [{"title": "=1+1", "institutions": ["OOS"], "scope": ["2.2"]}]})
    link = [{"to": "case_study", "name": "=1+1"}]
    apply_json(
        case, {"excerpts": [{"document": "INQ000001", "page": 1, "quote": "guidance", "note": "=A1", "links": link}]}
    )
    study = next(item for item in case.all(CaseStudy) if item.title == "=1+1")
    folder = export_case_study(case, study.id, tmp_path / "out").folder
    text = (folder / "data" / "tables" / "excerpts.csv").read_text(encoding="utf-8-sig")
    assert "'=A1" in text and ",=A1" not in text
