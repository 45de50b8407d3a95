"""Every footnote of a report, in all three formats, leads to the words on the page that it rests on."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pymupdf
import pytest

from tests.following import every_way, folded, words_at
from tests.report_samples import long_report, sample_report
from workbench.domain.report import Report, Target, footnotes_of
from workbench.exporters.report_docx import report_docx
from workbench.exporters.report_html import report_html
from workbench.exporters.report_pdf import report_pdf
from workbench.runtime.resources import resource_path

FONT = str(resource_path("fonts/LiberationSans-Regular.ttf"))


def _lay_down(folder: Path, report: Report) -> list[tuple[int, Target]]:
    """The files that the footnotes lead to, and what they rest on by number."""
    rests = [(number, target) for number, note in enumerate(footnotes_of(report), 1) for target in note.targets]
    files: dict[str, dict[int, list[Target]]] = {}
    for _, target in rests:
        files.setdefault(target.file, {}).setdefault(target.page_index, []).append(target)
    for name, pages in files.items():
        document = pymupdf.open()
        for index in range(max(pages) + 1):
            page = document.new_page()
            quotes = dict.fromkeys(target.quote for target in pages.get(index, []))
            page.insert_textbox(
                (60, 60, 540, 700), "\n".join([f"Page {index + 1} of {name}", *quotes]), fontname="L", fontfile=FONT
            )
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        document.save(path)
        document.close()
        _name_places(path, [target for held in pages.values() for target in held])
    return rests


def _name_places(path: Path, targets: list[Target]) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        tree = pikepdf.NameTree.new(pdf)
        for target in targets:
            if target.destination:
                tree[target.destination] = pikepdf.Array([pdf.pages[target.page_index].obj, pikepdf.Name.Fit])
        pdf.Root.Names = pikepdf.Dictionary(Dests=tree.obj)
        pdf.save(path)


@pytest.mark.parametrize("report", [sample_report(), long_report(parts=1, paragraphs=12)], ids=["short", "long"])
def test_each_is_followed_to_the_words(report, tmp_path):
    rests = _lay_down(tmp_path, report)
    assert rests
    for way, led in every_way(report_docx(report), report_html(report), report_pdf(report)):
        assert [item.note for item in led] == [number for number, _ in rests], way
        for item, (_, target) in zip(led, rests, strict=True):
            assert folded(target.quote) in words_at(tmp_path, item), (way, item)
