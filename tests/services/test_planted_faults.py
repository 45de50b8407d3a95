"""Faults planted in a finished bundle are found by reading it back, with its plan and without."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.services.conftest import LETTER, MINUTES, put_pdf
from workbench.domain.bundle import Bundle
from workbench.domain.checks import Check, CheckReport, Severity
from workbench.domain.page_map import BundlePlan
from workbench.services.applying import apply_json
from workbench.services.bundle_planning import plan_bundle
from workbench.services.bundling import BuiltBundle, build_bundle
from workbench.services.checking import check_pdf, check_written
from workbench.services.profiles import load_profile
from workbench.services.reading_back import Sources
from workbench.services.session import create_case
from workbench.store.case_file import CaseFile

BUILT_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STATEMENT = [
    f"Page {word} of the statement. The officer for records explains how reports were counted in that quarter, "
    "which register they were entered in, who signed the weekly figures, and when the board was told of the delay."
    for word in ("one", "two", "three")
]
#: Physical pages: cover, index, letter 3-4, minutes 5, statement 6-8, note 9.
PAGES = 9


@dataclass(frozen=True)
class Finished:
    """A bundle as handed over, the plan it was made from, and its case."""

    case: CaseFile
    built: BuiltBundle
    plan: BundlePlan

    @property
    def content(self) -> bytes:
        return self.built.path.read_bytes()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finished]:
    home = tmp_path_factory.mktemp("planted")
    with create_case(home / "Test.casefile", title="Test", passphrase=None, who="tester") as case:
        documents = {"Letter": LETTER, "Minutes": MINUTES, "Statement": STATEMENT, "Note": ["A note on the figures."]}
        for number, (title, pages) in enumerate(documents.items(), 1):
            put_pdf(case, f"INQ{number:06}", title, pages)
        sections = [
            {"title": "A. Letters", "entries": [{"document": "INQ000001"}, {"document": "INQ000002"}]},
            {"title": "B. Statements", "entries": [{"document": "INQ000003"}, {"document": "INQ000004"}]},
        ]
        apply_json(case, {"bundles": [{"name": "Day 1", "sections": sections}]})
        bundle = case.all(Bundle)[0]
        built = build_bundle(case, bundle.id, home / "out", built_at=BUILT_AT)
        plan = plan_bundle(case, bundle, load_profile("ctj-2021"), BUILT_AT).plan
        assert built.page_count == PAGES
        yield Finished(case, built, plan)


Fault = Callable[[pikepdf.Pdf], None]


def damaged(content: bytes, fault: Fault) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fault(pdf)
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def found(report: CheckReport, rule: str) -> Check:
    return next(check for check in report.checks if check.id == rule)


def alone(content: bytes, folder: Path) -> CheckReport:
    (folder / "Given.pdf").write_bytes(content)
    return check_pdf(folder / "Given.pdf")


def with_plan(finished: Finished, content: bytes, **more: Sources) -> CheckReport:
    rules = load_profile("ctj-2021")
    return check_written(content, finished.plan, finished.built.page_map, rules, **more)


def wrong_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Annots[1].Dest[0] = pdf.pages[6].obj


def missing_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[6]


def missing_last_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


def shifted_label(pdf: pikepdf.Pdf) -> None:
    style = Dictionary(S=Name.D)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, style, 5, Dictionary(S=Name.D, St=7)]))


def upside_down_stamp(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[6].obj
    stamp = page.Contents[-1].read_bytes()
    turned = re.sub(rb"q 1 0 0 1 ([\d.]+) ([\d.]+) cm", lambda m: b"q -1 0 0 -1 %.2f 24 cm" % (float(m[1]) + 6), stamp)
    assert turned != stamp
    page.Contents[-1] = pdf.make_stream(turned)


def live_script(pdf: pikepdf.Pdf) -> None:
    pdf.pages[3].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="app.alert('page opened')"))


def duplicated_document(pdf: pikepdf.Pdf) -> None:
    pdf.pages.extend([pdf.pages[5], pdf.pages[6], pdf.pages[7]])


SIX = {
    "wrong link": (wrong_link, {"B14"}),
    "missing page": (missing_page, {"B03"}),
    "shifted label": (shifted_label, {"B06"}),
    "upside-down stamp": (upside_down_stamp, {"B11"}),
    "live script": (live_script, {"B40"}),
    "duplicated document": (duplicated_document, {"B37"}),
}


def test_an_undamaged_bundle_passes_every_rule_that_stops_one(finished: Finished, tmp_path: Path) -> None:
    for report in (alone(finished.content, tmp_path), with_plan(finished, finished.content)):
        assert report.ok, report.failed
        assert not [check.id for check in report.failed if check.severity is not Severity.INFORMATION]
        assert [check.id for check in report.checks] == [f"B{n:02}" for n in range(1, 49)] + [
            f"R{n:02}" for n in range(1, 13)
        ]


@pytest.mark.parametrize("name", SIX)
def test_each_of_six_planted_faults_is_found_with_the_plan_and_without(
    finished: Finished, tmp_path: Path, name: str
) -> None:
    fault, rules = SIX[name]
    content = damaged(finished.content, fault)
    for report in (alone(content, tmp_path), with_plan(finished, content)):
        assert rules <= {check.id for check in report.failed}, report.failed
        assert not report.ok


def test_a_page_missing_at_the_end_is_found_by_what_the_cover_tells(finished: Finished, tmp_path: Path) -> None:
    report = alone(damaged(finished.content, missing_last_page), tmp_path)
    assert "the cover tells of 9 pages, there are 8" in found(report, "B03").detail


def test_a_document_listed_twice_is_named_by_its_pages(finished: Finished, tmp_path: Path) -> None:
    """Nothing else is wrong with such a bundle, so it is a warning."""
    entries = [{"document": f"INQ{number:06}"} for number in (3, 1, 3)]
    apply_json(finished.case, {"bundles": [{"name": "Twice", "sections": [{"title": "All", "entries": entries}]}]})
    bundle = next(bundle for bundle in finished.case.all(Bundle) if bundle.name == "Twice")
    built = build_bundle(finished.case, bundle.id, tmp_path / "out", built_at=BUILT_AT)
    for report in (built.report, check_pdf(built.path)):
        assert report.ok
        assert found(report, "B37").detail == "the same again from page 8 as page 3"
        assert found(report, "B37").pages == (8,) and found(report, "B37").severity is Severity.WARNING


def black_box(pdf: pikepdf.Pdf) -> None:
    """A box painted over the words that begin page 6, which stay where they are."""
    box = b"q 0 g 60 740 400 60 re f Q"
    pdf.pages[5].obj.Contents.append(pdf.make_stream(box))


def white_box(pdf: pikepdf.Pdf) -> None:
    pdf.pages[5].obj.Contents.append(pdf.make_stream(b"q 1 g 60 740 400 60 re f Q"))


def unapplied_mark(pdf: pikepdf.Pdf) -> None:
    mark = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=Array([60, 700, 300, 780]))
    pdf.pages[5].obj.Annots = Array([pdf.make_indirect(mark)])


def black_highlight(pdf: pikepdf.Pdf) -> None:
    with pymupdf.open() as other:
        page = other.new_page()
        page.insert_text((72, 72), "x")
        page.add_rect_annot(pymupdf.Rect(60, 60, 460, 140)).update(fill_color=(0, 0, 0))
        with pikepdf.open(io.BytesIO(other.tobytes())) as source:
            annotation = pdf.copy_foreign(source.pages[0].obj.Annots[0])
    pdf.pages[5].obj.Annots = Array([annotation])


def hidden_layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def invisible_text(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[5].obj
    font = next(key for key in page.Resources.Font if "Stamp" in key)
    # Glyph numbers of the stamp's font: whatever they show, nobody sees them.
    text = b"q BT 3 Tr %s 12 Tf 100 400 Td <001300140015> Tj ET Q" % font.encode()
    page.Contents.insert(1, pdf.make_stream(text))


def comment(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([9, 9, 30, 30]), Contents="live")
    pdf.pages[3].obj.Annots = Array([pdf.make_indirect(note)])


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["note.txt"] = pikepdf.AttachedFileSpec(pdf, b"hidden")


def wrong_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[2].children[0].destination[0] = pdf.pages[2].obj


def missing_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        del outline.root[2].children[1]


def outside_link(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI="https://example.invalid/")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([9, 9, 30, 30]), A=action)
    pdf.pages[3].obj.Annots = Array([pdf.make_indirect(link)])


def sideways(pdf: pikepdf.Pdf) -> None:
    pdf.pages[6].rotate(90, relative=True)


def upside_down(pdf: pikepdf.Pdf) -> None:
    pdf.pages[6].rotate(180, relative=True)


def letter_paper(pdf: pikepdf.Pdf) -> None:
    pdf.pages[6].obj.MediaBox = Array([0, 0, 612, 792])


def picture_page(dots: int) -> Fault:
    """Page 7 as a picture of itself, A4 at so many dots an inch, without text but for its number."""

    def fault(pdf: pikepdf.Pdf) -> None:
        width, height = round(595 / 72 * dots), round(842 / 72 * dots)
        picture = pdf.make_stream(b"\xff" * (width * height))
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent, picture.ColorSpace = width, height, 8, Name.DeviceGray
        page = pdf.pages[6].obj
        page.Resources.XObject = Dictionary(Scan=picture)
        page.Contents = Array([pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q"), page.Contents[-1]])
        # The stamp closes what the stream in front of a page opens.
        page.Contents.insert(0, pdf.make_stream(b"q "))

    return fault


def wrong_index_number(pdf: pikepdf.Pdf) -> None:
    """The rows of letter and minutes change places, their links stay."""
    first, second = pdf.pages[1].obj.Annots[0], pdf.pages[1].obj.Annots[1]
    first.Rect, second.Rect = second.Rect, first.Rect


MORE: dict[str, tuple[Fault, str]] = {
    "words under a black box": (black_box, "R01"),
    "words under a white box": (white_box, "R01"),
    "a mark that was never applied": (unapplied_mark, "R01"),
    "a black annotation": (black_highlight, "R01"),
    "a hidden layer": (hidden_layer, "B43"),
    "invisible text": (invisible_text, "B43"),
    "a comment": (comment, "B42"),
    "an attachment": (attachment, "B41"),
    "a wrong number in the index": (wrong_index_number, "B14"),
    "a bookmark to the wrong page": (wrong_bookmark, "B18"),
    "a missing bookmark": (missing_bookmark, "B16"),
    "a page that is a picture": (picture_page(50), "B21"),
    "a picture of 600 dots an inch": (picture_page(600), "B27"),
    "a sideways page": (sideways, "B24"),
    "a page upside down": (upside_down, "B24"),
    "a page of another size": (letter_paper, "B26"),
    "a link to the outside": (outside_link, "B40"),
}


@pytest.mark.parametrize("name", MORE)
def test_more_planted_faults_are_found_without_the_plan(finished: Finished, tmp_path: Path, name: str) -> None:
    fault, rule = MORE[name]
    report = alone(damaged(finished.content, fault), tmp_path)
    assert rule in {check.id for check in report.failed}, found(report, rule)


def test_the_page_under_a_black_box_is_named(finished: Finished, tmp_path: Path) -> None:
    check = found(alone(damaged(finished.content, black_box), tmp_path), "R01")
    assert check.pages == (6,) and check.severity is Severity.ERROR
    assert "officer" not in check.detail
    white = found(alone(damaged(finished.content, white_box), tmp_path), "R01")
    assert white.pages == (6,) and white.severity is Severity.WARNING


def test_a_second_revision_and_a_password_are_found(finished: Finished, tmp_path: Path) -> None:
    path = tmp_path / "Revised.pdf"
    path.write_bytes(finished.content)
    with pymupdf.open(path) as document:
        document[4].insert_text((72, 400), "added later")
        document.saveIncr()
    failed = {check.id for check in check_pdf(path).failed}
    assert {"B44", "R07"} <= failed
    with pikepdf.open(io.BytesIO(finished.content)) as pdf:
        pdf.save(tmp_path / "Locked.pdf", encryption=pikepdf.Encryption(owner="x", user="y"))
    report = check_pdf(tmp_path / "Locked.pdf")
    assert not report.ok and "password" in found(report, "B01").detail


def test_a_page_that_looks_different_from_its_source_is_found(finished: Finished) -> None:
    """Text and numbers are all there; only what is seen differs."""

    def over_the_text(pdf: pikepdf.Pdf) -> None:
        pdf.pages[7].obj.Contents.insert(1, pdf.make_stream(b"q 0.2 g 80 300 200 100 re f Q"))

    sources = Sources(read=finished.case.reading_copy, page_map=finished.built.page_map)
    sound = with_plan(finished, finished.content, sources=sources)
    assert sound.ok and "7 of 7 pages drawn look as their sources do" in found(sound, "B04").detail
    report = with_plan(finished, damaged(finished.content, over_the_text), sources=sources)
    assert found(report, "B04").pages == (8,)
    assert [check.id for check in report.failed] == ["B04"]
