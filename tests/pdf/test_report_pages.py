"""The report as PDF, read back with libraries and programs that did not make it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.report_samples import HOSTILE, hostile_report, long_report, note, sample_report, wide_report
from workbench.domain.errors import Cancelled
from workbench.domain.progress import Ticket
from workbench.domain.report import Footnote, Paragraph, Part, Report, Target, Text, plain
from workbench.domain.report_numbers import contents_of, prepared
from workbench.exporters.report_pdf import laid_out, report_pdf


@pytest.fixture(scope="module")
def content() -> bytes:
    return report_pdf(sample_report())


@pytest.fixture(scope="module")
def long() -> bytes:
    return report_pdf(long_report(parts=2, paragraphs=20))


def _pages(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def _contents(page: pikepdf.Page) -> list[str]:
    return [str(link.Contents) for link in page.obj.get("/Annots", [])]


def _printed(content: bytes, tmp_path: Path, *options: str) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine")
    (tmp_path / "r.pdf").write_bytes(content)
    command = ["pdftotext", *options, tmp_path / "r.pdf", "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


@pytest.mark.parametrize(("name", "notes"), [("content", 4), ("long", 80 + 8)])
def test_every_footnote_stands_below_the_text_of_the_page_of_its_mark(name, notes, request):
    with pikepdf.open(io.BytesIO(request.getfixturevalue(name))) as pdf:
        pages = {name: page for page in pdf.pages for name in _contents(page)}
        assert f"Footnote {notes + 1}" not in pages
        for number in range(1, notes + 1):
            page = pages[f"Footnote {number}"]
            links = {str(link.Contents): link for link in page.Annots if "/Dest" in link}
            mark, back = links[f"Footnote {number}"], links[f"Back to the text of footnote {number}"]
            assert float(back.Rect[3]) < float(mark.Rect[1])
            assert mark.Dest[0].objgen == back.Dest[0].objgen == page.obj.objgen


def test_the_contents_tell_the_page_on_which_each_heading_stands(long):
    pages = _pages(long)
    report = prepared(long_report(parts=2, paragraphs=20)).report
    wanted = [line.text for line in contents_of(report)]
    listed = [row for row in re.findall(r"^(.+?)\s+(\d+)$", pages[1], re.MULTILINE) if row[0] in wanted]
    assert [text for text, _ in listed] == wanted
    for text, number in listed:
        assert re.search(re.escape(text).replace(r"\ ", r"\s+"), pages[int(number) - 1]), text
    with pikepdf.open(io.BytesIO(long)) as pdf:
        links = [link for link in pdf.pages[1].Annots if "/Dest" in link]
        led = {next(n for n, p in enumerate(pdf.pages, 1) if p.obj.objgen == link.Dest[0].objgen) for link in links}
        assert led == {int(number) for _, number in listed}


def test_bookmarks_lead_to_the_headings(long):
    with pypdfium2.PdfDocument(long) as document:
        marks = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    pages = _pages(long)
    assert marks[0] == (0, "Contents", 1)
    assert [title for level, title, _ in marks if level == 0][1:] == [
        "Part 1: The response of district 1",
        "Part 2: The response of district 2",
    ]
    for _, title, page in marks:
        assert re.search(r"\s+".join(map(re.escape, title.split())), pages[page])


def test_heads_of_tables_come_again_and_pages_are_counted(long):
    pages = _pages(long)
    assert sum("What happened" in page for page in pages) >= 4
    assert [re.findall(r"Page (\d+) of (\d+)", page) for page in pages[1:]] == [
        [(str(number), str(len(pages)))] for number in range(2, len(pages) + 1)
    ]
    assert all("OFFICIAL – SENSITIVE" in page for page in pages)
    rows = [day for page in pages for day in re.findall(r"^(\d+ May \d{4})\s", page, re.MULTILINE)]
    assert len(rows) == 2 * 40


def test_another_reader_finds_the_words(content, tmp_path):
    words = "\n".join(_pages(content))
    for text in ("reporting policy", "(ii)", "Table 1: Dates of reports", "ŵ and ŷ are Welsh", "Page 7 of 7"):
        assert text in words
    printed = re.sub("[\u200e\u200f\u202a-\u202e]", "", _printed(content, tmp_path))
    assert re.search(r"שלום עולם\s*is Hebrew", printed)
    assert "דוח הוועדה התקבל בשנת" in printed


def test_the_file_is_sound_small_and_says_what_it_is(content, tmp_path):
    (tmp_path / "r.pdf").write_bytes(content)
    if shutil.which("qpdf"):
        checked = subprocess.run(["qpdf", "--check", tmp_path / "r.pdf"], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout + checked.stderr
    assert len(content) < 150_000
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo.Title) == "Report on the Aldermoor Board"
        assert "/Author" not in pdf.docinfo and "/CreationDate" not in pdf.docinfo
        assert str(pdf.Root.Lang) == "en-GB"
        fonts = pdf.pages[3].Resources.Font
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts.values())
        assert "/Names" in pdf.Root and {"p-first", "paragraph-1.2"} <= set(
            pikepdf.NameTree(pdf.Root.Names.Dests).keys()
        )
        box = [float(side) for side in pdf.pages[0].mediabox]
        assert (round(box[2] / 72 * 25.4), round(box[3] / 72 * 25.4)) == (210, 297)


def test_everything_that_is_read_belongs_to_a_tag(content, tmp_path):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        roles: dict[str, int] = {}
        _count(pdf.Root.StructTreeRoot.K, roles)
    assert roles["H1"] == 4 and roles["Note"] == 4 and roles["Table"] == 1 and roles["TH"] == 3 + 11
    assert roles["TR"] == 12 and roles["L"] == 2 and roles["LI"] == 7 and roles["BlockQuote"] == 2
    assert roles["Link"] >= 4 * 3
    if shutil.which("pdfinfo"):
        (tmp_path / "r.pdf").write_bytes(content)
        told = subprocess.run(["pdfinfo", "-struct-text", tmp_path / "r.pdf"], check=True, capture_output=True)
        assert told.stderr == b""
        assert "/Scope /Column" in told.stdout.decode() and '"Report no. 3 was received"' in told.stdout.decode()


def _count(element: pikepdf.Object, roles: dict[str, int]) -> None:
    if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
        return
    role = str(element.S)[1:]
    roles[role] = roles.get(role, 0) + 1
    for kid in element.K if isinstance(element.K, pikepdf.Array) else [element.K]:
        _count(kid, roles)


def test_a_footnote_longer_than_a_page_goes_on_and_is_whole(tmp_path):
    words = " ".join(f"word{number}" for number in range(2_000))
    blocks = (
        Paragraph(is_numbered=True, runs=(Text(text="Short."), Footnote(runs=plain(words)), Text(text=" And on."))),
        Paragraph(is_numbered=True, runs=(Text(text="Next."), note(Target(urn="X", file="x.pdf", file_page=1)))),
    )
    made = report_pdf(Report(title="T", parts=(Part(title="P", blocks=blocks),)))
    pages = _pages(made)
    assert len(pages) > 4
    found = re.findall(r"word\d+", " ".join(pages))
    assert found == words.split()


def test_a_wide_part_turns_its_paper():
    with pikepdf.open(io.BytesIO(report_pdf(wide_report()))) as pdf:
        turned = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in pdf.pages]
        for page in pdf.pages:
            _, _, width, height = (float(side) for side in page.mediabox)
            for link in page.obj.get("/Annots", []):
                left, low, right, high = (float(side) for side in link.Rect)
                assert 60 < left < right < width - 60 and 60 < low < high < height - 60
    assert turned[:4] == [False, False, False, True] and turned[-2:] == [True, False]


def test_letters_that_no_font_has_are_told_and_kept(tmp_path):
    made = laid_out(Report(title="T", parts=(Part(title="P", blocks=(Paragraph(runs=plain("See ᏣᎳᎩ here.")),)),)))
    assert len(made.notes) == 1 and "lack 3 letters (U+13E3, U+13B3, U+13A9)" in made.notes[0]
    assert "See ᏣᎳᎩ here." in _printed(made.content, tmp_path)


def test_hostile_words_are_only_words(tmp_path):
    made = laid_out(hostile_report())
    assert any("U+202E" in told for told in made.notes)
    words = re.sub(r"\s+", "", "".join(_pages(made.content)))
    for text in (HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[9]):
        assert words.count(re.sub(r"\s+", "", text)) >= 5
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        kinds = {str(link.A.S) for page in pdf.pages for link in page.obj.get("/Annots", []) if "/A" in link}
        assert kinds == {"/GoToR"}
        assert "/OpenAction" not in pdf.Root and "/JavaScript" not in pdf.Root.Names


def test_equal_reports_are_equal_bytes(content):
    assert report_pdf(sample_report()) == content


def test_the_person_may_stop_it():
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        report_pdf(sample_report(), ticket)
