"""The report as a web page, read back by another parser and by a browser."""

from __future__ import annotations

import re

import lxml.html
import pytest

from tests.browser import Browser, browser_path
from tests.report_samples import HOSTILE, hostile_report, sample_report
from workbench.domain.report import clean_text, footnotes_of
from workbench.domain.report_numbers import contents_of, prepared
from workbench.exporters.report_html import report_html

_ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "nav", "section", "aside", "footer", "h1", "h2",
    "h3", "h4", "h5", "p", "div", "span", "bdi", "a", "b", "i", "em", "strong", "sup", "br", "hr", "ol", "ul", "li",
    "blockquote", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd",
}  # fmt: skip


def _page(content: bytes) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(content.decode("utf-8"))


def test_every_mark_leads_to_its_footnote_and_back():
    report = sample_report()
    page = _page(report_html(report))
    marks = page.xpath("//a[@role='doc-noteref']")
    assert len(marks) == len(list(footnotes_of(report))) == 4
    for mark, footnote in zip(marks, footnotes_of(report), strict=True):
        (held,) = page.xpath(f"//*[@id='{mark.get('href')[1:]}']")
        assert held.xpath(".//a[@role='doc-backlink']/@href") == [f"#{mark.get('id')}"]
        links = held.xpath(".//a[@data-urn]")
        assert [link.get("href") for link in links] == [target.href for target in footnote.targets]
        assert links[0].get("data-page") == str(footnote.targets[0].page_index + 1)
        assert footnote.targets[0].quote in links[0].get("title")
    (first, *_) = page.xpath("//a[@data-offsets]")
    assert first.get("data-offsets") == "120-171"


def test_the_page_has_the_structure_that_it_shows():
    page = _page(report_html(sample_report()))
    assert page.get("lang") == "en-GB"
    assert [heading.text_content() for heading in page.xpath("//section/h2")][:3] == [
        "Summary",
        "Part 1: The institutions",
        "Part 2: What was found",
    ]
    listed = page.xpath("//nav//a")
    lines = contents_of(prepared(sample_report()).report)
    assert [link.text_content() for link in listed] == [line.text for line in lines]
    for link, line in zip(listed, lines, strict=True):
        (heading,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        assert heading.tag in ("h2", "h3", "h4")
        assert line.text.split(" ")[-1] in heading.text_content()
    assert len(page.xpath("//thead/tr/th[@scope='col']")) == 3
    assert len(page.xpath("//tbody/tr/th[@scope='row']")) == 11
    nested = page.xpath("//main//ol/li/ol/li")
    assert [item.text_content() for item in nested] == ["(i)by day;", "(ii)by night;"]
    assert len(page.xpath("//blockquote/p[@dir='auto']")) == 2


def test_each_numbered_paragraph_can_be_cited_by_a_link():
    page = _page(report_html(sample_report()))
    (paragraph,) = page.xpath("//*[@id='paragraph-1.2']")
    assert paragraph.text_content().startswith("1.2It met monthly.")
    assert paragraph.xpath("./a/@href") == ["#paragraph-1.2"]
    (mark,) = page.xpath("//*[@id='mark-1']")
    assert mark.get("title") == "INQ000101_002 (A12)."


def test_hostile_words_are_only_words():
    content = report_html(hostile_report())
    page = _page(content)
    assert {element.tag for element in page.iter() if isinstance(element.tag, str)} <= _ALLOWED
    attributes = {name for element in page.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on")]
    links = {link.get("href") for link in page.iter("a")}
    assert all(link.startswith(("#", "documents/")) for link in links)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    words = re.sub(r"\s+", " ", page.text_content())
    for text in HOSTILE:
        assert re.sub(r"\s+", " ", clean_text(text)[0].replace("\n", "")) in re.sub(r"\s+", " ", words)


def test_equal_reports_are_equal_bytes():
    assert report_html(sample_report()) == report_html(sample_report())


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    program = browser_path()
    if program is None:
        pytest.skip("no browser on this machine")
    with Browser(program, tmp_path_factory.mktemp("profile"), without_network=True) as browser:
        yield browser


@pytest.mark.parametrize("report", [sample_report(), hostile_report()], ids=["sample", "hostile"])
def test_a_browser_opens_it_without_asking_for_anything(browser, tmp_path, report):
    path = tmp_path / "report.html"
    path.write_bytes(report_html(report))
    browser.requests.clear()
    browser.complaints.clear()
    _open(browser, path.as_uri())
    assert browser.requests == [path.as_uri()]
    assert browser.complaints == []
    assert browser.evaluate("document.scripts.length") == 0
    assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_browser_goes_from_the_mark_to_the_note_and_back(browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(report_html(sample_report()))
    _open(browser, path.as_uri())
    browser.evaluate("document.getElementById('mark-3').click()")
    assert browser.evaluate("document.querySelector(':target').id") == "note-3"
    browser.evaluate("document.querySelector(':target a[role=doc-backlink]').click()")
    assert browser.evaluate("document.querySelector(':target').id") == "mark-3"


def test_it_can_be_read_by_night(browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(report_html(sample_report()))
    for scheme in ("light", "dark"):
        browser.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        _open(browser, path.as_uri())
        for selector in ("p", "a", "td", "aside.warning p", ".subtitle", ".paragraphs", "blockquote footer"):
            assert browser.evaluate(_CONTRAST % selector) >= 4.5, (scheme, selector)


_CONTRAST = """(() => {
  const light = (text) => { const [r, g, b] = text.match(/[\\d.]+/g).map((n) => { n /= 255;
    return n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const element = document.querySelector('%s'); let ground = element, colour;
  while ((colour = getComputedStyle(ground).backgroundColor) === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
  const a = light(getComputedStyle(element).color), b = light(colour);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); })()"""


def _open(browser: Browser, address: str) -> None:
    browser.send("Page.navigate", url=address)
    browser.evaluate(
        "new Promise((done) => document.readyState === 'complete' ? done(1) : addEventListener('load', () => done(1)))"
    )
