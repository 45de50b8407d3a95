"""The report as a web page, read back by another parser."""

from __future__ import annotations

import lxml.html

from tests.report_samples import sample_report
from workbench.domain.report import footnotes_of
from workbench.exporters.report_html import report_html


def test_every_mark_leads_to_its_footnote_and_back():
    report = sample_report()
    page = lxml.html.fromstring(report_html(report).decode())
    marks = page.xpath("//a[@role='doc-noteref']")
    assert len(marks) == len(list(footnotes_of(report))) == 4
    for mark, footnote in zip(marks, footnotes_of(report), strict=True):
        (held,) = page.xpath(f"//*[@id='{mark.get('href')[1:]}']")
        assert held.xpath(".//a[@role='doc-backlink']/@href") == [f"#{mark.get('id')}"]
        assert held.xpath(".//a[@data-urn]/@href") == [target.href for target in footnote.targets]
