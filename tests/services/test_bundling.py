"""A bundle's numbers agree on every page, read by a library that wrote none of them, and its check sees faults."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest

from tests.services.conftest import make_pdf
from workbench.domain.bundle import Build, Bundle
from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import CheckFailed, FileRefused, Refused
from workbench.domain.ids import new_id
from workbench.domain.progress import Ticket
from workbench.services.applying import apply_json
from workbench.services.bundling import BuiltBundle, build_bundle
from workbench.services.checking import check_pdf
from workbench.services.importing import import_files
from workbench.store.case_file import CaseFile

BUILT_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def awkward_pdf() -> bytes:
    """Pages that are turned, cropped, oversized, in other units; with bookmarks, links, a script and a comment."""
    document = pymupdf.open()
    for rotation in (0, 90, 180, 270):
        page = document.new_page()
        page.insert_text((80, 80), f"Turned by {rotation}", fontsize=20)
        page.set_rotation(rotation)
    cropped = document.new_page()
    cropped.insert_text((200, 300), "Cropped")
    cropped.set_cropbox(pymupdf.Rect(100, 150, 400, 500))
    document.new_page(width=2384, height=3370).insert_text((100, 200), "A large plan", fontsize=60)
    document[0].insert_link({"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(80, 60, 200, 90), "page": 4})
    document[0].insert_link(
        {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(80, 160, 200, 190), "uri": "https://example.invalid/"}
    )
    document[0].add_text_annot((300, 300), "a comment")
    document.set_toc([[1, "Chapter Ŵ", 1], [2, "Part", 5]])
    pdf = pikepdf.open(io.BytesIO(document.tobytes()))
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.pages[5].obj.UserUnit = 2.0
    # Unbalanced drawing: whatever follows would be scaled away.
    pdf.pages[3].contents_add(pdf.make_stream(b"q 0.001 0 0 0.001 0 0 cm q"), prepend=False)
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def bundle(case: CaseFile, tmp_path: Path) -> Bundle:
    (tmp_path / "Awkward.pdf").write_bytes(awkward_pdf())
    import_files(case, [tmp_path / "Awkward.pdf"], ticket=Ticket())
    sections = [
        {
            "title": "A. Letters",
            "entries": [{"document": "INQ000001", "title": "Heddlu Dŵr Llŷn: llythyr", "on": "2011-03"}],
        },
        {
            "title": "B. The rest",
            "entries": [
                {"document": "Awkward.pdf", "title": "A very long title " * 12},
                {"document": "INQ000001", "pages": "2", "title": "Second page only"},
                {"document": "INQ000002"},
            ],
        },
    ]
    apply_json(case, {"bundles": [{"name": "Day 1: Dŵr", "sections": sections}]})
    return case.all(Bundle)[0]


@pytest.fixture
def built(case: CaseFile, bundle: Bundle, tmp_path: Path) -> BuiltBundle:
    return build_bundle(case, bundle.id, tmp_path / "out", built_at=BUILT_AT)


def _top_level(pdf: pikepdf.Pdf) -> list[tuple[str, int]]:
    """(title, physical page) of sections and documents, by walking the outline."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    with pdf.open_outline() as outline:
        found = []
        for section in outline.root:
            found.append((section.title, pages[section.destination[0].objgen]))
            found += [(item.title, pages[item.destination[0].objgen]) for item in section.children]
        return found


def test_an_outside_reader_agrees_on_every_number(built: BuiltBundle) -> None:
    assert built.report.ok, built.report.failed
    reader = pypdfium2.PdfDocument(built.path)
    with pikepdf.open(built.path) as pdf:
        assert len(pdf.pages) == built.page_count == 2 + 2 + 6 + 1 + 1
        labels = [pdf.pages[n].label for n in range(len(pdf.pages))]
        assert labels == [str(n + 1) for n in range(len(pdf.pages))]
        for number, label in enumerate(labels):
            assert reader[number].get_textpage().get_text_range().split()[-1] == label
        titles = _top_level(pdf)
        assert titles[1] == ("A. Letters, p. 3", 3)
        assert ("Heddlu Dŵr Llŷn: llythyr, p. 3", 3) in titles
        assert all(title.endswith(f", p. {page}") for title, page in titles)
        index = pdf.pages[1]
        targets = [link.Dest[0].objgen for link in index.obj.Annots]
        assert [labels[n] for n, page in enumerate(pdf.pages) if page.obj.objgen in targets] == ["3", "5", "11", "12"]
        assert "/JavaScript" not in str(pdf.Root) and "/Names" not in pdf.Root
    text = " ".join(reader[1].get_textpage().get_text_range().split())
    assert re.search(r"1 Heddlu Dŵr Llŷn: llythyr March 2011 3\b", text)
    assert re.search(r"3 Second page only 11\b", text)


def test_stamps_stand_upright_at_the_bottom_right_of_what_is_seen(built: BuiltBundle) -> None:
    with pymupdf.open(built.path) as document:
        for page in document:
            word = page.get_text("words")[-1]
            box = pymupdf.Rect(word[:4]) * page.rotation_matrix
            assert word[4] == str(page.number + 1)
            assert box.x1 > page.rect.width * 0.8 and box.y1 > page.rect.height * 0.85, (page.number, box, page.rect)
            assert page.rect.contains(box)
        assert "comment" not in "".join(str(annotation.info) for page in document for annotation in page.annots() or ())


def test_source_bookmarks_and_inner_links_live_on_below_their_document(built: BuiltBundle) -> None:
    with pymupdf.open(built.path) as document:
        toc = document.get_toc()
        place = next(n for n, item in enumerate(toc) if item[1].startswith("A very long title"))
        assert toc[place + 1] == [3, "Chapter Ŵ", 5]
        assert toc[place + 2] == [4, "Part", 9]
        links = [link for link in document[4].get_links() if link["kind"] == pymupdf.LINK_GOTO]
        assert [link["page"] for link in links] == [8]
        assert not any(link.get("uri") for page in document for link in page.get_links())


def test_the_page_map_is_written_beside_it(built: BuiltBundle) -> None:
    rows = json.loads(built.page_map_paths[0].read_text(encoding="utf-8"))["pages"]
    table = list(csv.DictReader(io.StringIO(built.page_map_paths[1].read_text(encoding="utf-8-sig"))))
    assert [row["label"] for row in table] == [row["label"] for row in rows]
    assert rows[10] | {"source_sha256": "", "key": ""} == {
        "physical_page": 11,
        "label": "11",
        "kind": "document",
        "section": "B. The rest",
        "entry": 3,
        "urn": "INQ000001",
        "title": "Second page only",
        "source_page": 2,
        "source_sha256": "",
        "volume": 1,
        "key": "",
    }


def test_the_same_inputs_give_the_same_bytes(
    case: CaseFile, bundle: Bundle, built: BuiltBundle, tmp_path: Path
) -> None:
    again = build_bundle(case, bundle.id, tmp_path / "again", built_at=BUILT_AT)
    assert again.path.read_bytes() == built.path.read_bytes()
    assert [build.number for build in case.all(Build)] == [1, 2]
    assert case.all(Build)[0].sha256 == built.sha256


def test_a_bundle_that_cannot_be_whole_is_not_built(case: CaseFile, bundle: Bundle, tmp_path: Path) -> None:
    with case.change(Action.EDIT_BUNDLE) as step:
        step.put(Bundle(id=new_id("bun"), name="Empty"))
    empty = next(b for b in case.all(Bundle) if b.name == "Empty")
    with pytest.raises(Refused, match="no documents"):
        build_bundle(case, empty.id, tmp_path / "none")
    pages = [{"title": "S", "entries": [{"document": "INQ000001", "pages": "2-9"}]}]
    apply_json(case, {"bundles": [{"name": "Too far", "sections": pages}]})
    far = next(b for b in case.all(Bundle) if b.name == "Too far")
    with pytest.raises(Refused, match="INQ000001 does not have: it has 2"):
        build_bundle(case, far.id, tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_source_with_other_pages_than_planned_stops_the_build(case: CaseFile, bundle: Bundle, tmp_path: Path) -> None:
    case.reading_copy = lambda sha256: make_pdf(["only one page"])  # type: ignore[method-assign]
    with pytest.raises(FileRefused, match="INQ000001 has 1 pages where 2 were planned"):
        build_bundle(case, bundle.id, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def _shift_labels(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D, St=5)]))


def _double_labels(pdf: pikepdf.Pdf) -> None:
    style = pikepdf.Dictionary(S=pikepdf.Name.D)
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, style, 5, style]))


def _swap_links(pdf: pikepdf.Pdf) -> None:
    links = pdf.pages[1].obj.Annots
    links[0].Dest, links[1].Dest = links[1].Dest, links[0].Dest


def _fit_links(pdf: pikepdf.Pdf) -> None:
    for link in pdf.pages[1].obj.Annots:
        link.Dest = pikepdf.Array([link.Dest[0], pikepdf.Name.Fit])


def _rename_bookmarks(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        for item in outline.root:
            item.title = "A section"


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["note.txt"] = pikepdf.AttachedFileSpec(pdf, b"hidden")


def _comment(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=pikepdf.Array([9, 9, 30, 30]), Contents="live"
    )
    pdf.pages[3].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


@pytest.mark.parametrize(
    ("rule", "breaking"),
    [
        ("B06", lambda pdf: pdf.pages.insert(4, pdf.pages[3])),
        ("B05", lambda pdf: setattr(pdf.pages[3].obj, "Contents", pdf.make_stream(b""))),
        ("B07", _double_labels),
        ("B08", _double_labels),
        ("B06", _shift_labels),
        ("B12", lambda pdf: delattr(pdf.pages[1].obj, "Annots")),
        ("B14", _swap_links),
        ("B15", _fit_links),
        ("B16", lambda pdf: delattr(pdf.Root, "Outlines")),
        ("B18", _rename_bookmarks),
        ("B31", lambda pdf: delattr(pdf.Root, "OpenAction")),
        ("B33", lambda pdf: pdf.docinfo.__setitem__("/Author", "A. Person")),
        ("B40", lambda pdf: setattr(pdf.Root, "OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x"))),
        ("B41", _attach),
        ("B42", _comment),
    ],
)  # fmt: skip
def test_the_check_sees_each_fault_in_a_file_made_elsewhere(
    built: BuiltBundle, tmp_path: Path, rule: str, breaking: Callable[[pikepdf.Pdf], None]
) -> None:
    sound = check_pdf(built.path)
    assert next(check for check in sound.checks if check.id == rule).ok
    with pikepdf.open(built.path) as pdf:
        breaking(pdf)
        pdf.save(tmp_path / "broken.pdf")
    report = check_pdf(tmp_path / "broken.pdf")
    assert not next(check for check in report.checks if check.id == rule).ok


def test_the_check_sees_locks_revisions_and_damage(built: BuiltBundle, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"

    def fails(rule: str) -> bool:
        return not next(check for check in check_pdf(broken).checks if check.id == rule).ok

    with pikepdf.open(built.path) as pdf:
        pdf.save(broken, encryption=pikepdf.Encryption(owner="x", user=""))
    assert fails("B02")
    broken.write_bytes(built.path.read_bytes() + b"\n%%EOF\n")
    assert fails("B44")
    broken.write_bytes(built.path.read_bytes()[:-4000])
    assert fails("B01")
    broken.write_bytes(b"no PDF at all")
    assert fails("B01")
    assert check_pdf(broken).wording.startswith("checked against")


def test_pages_too_small_or_without_a_size_get_a_number_all_the_same(case: CaseFile, tmp_path: Path) -> None:
    document = pymupdf.open()
    for width, height in ((3, 3), (20, 4000), (600, 800), (600, 800)):
        document.new_page(width=width, height=height)
    pdf = pikepdf.open(io.BytesIO(document.tobytes()))
    pdf.pages[2].obj.MediaBox = pikepdf.Array([0, 0, 0, 0])
    pdf.pages[3].obj.CropBox = pikepdf.Array([600, 800, 1000, 1000])
    pdf.save(tmp_path / "Odd sizes.pdf")
    import_files(case, [tmp_path / "Odd sizes.pdf"], ticket=Ticket())
    sections = [{"title": "A", "entries": [{"document": "Odd sizes.pdf"}]}]
    apply_json(case, {"bundles": [{"name": "Odd", "sections": sections}]})
    built = build_bundle(case, case.all(Bundle)[0].id, tmp_path / "out", built_at=BUILT_AT)
    reader = pypdfium2.PdfDocument(built.path)
    assert [reader[n].get_textpage().get_text_range().split()[-1] for n in range(2, 6)] == ["3", "4", "5", "6"]


def test_a_document_whose_list_of_pages_is_wrong_goes_in_whole(case: CaseFile, tmp_path: Path) -> None:
    document = pymupdf.open(stream=make_pdf(["The first page.", "The second page."]), filetype="pdf")
    (tmp_path / "Torn.pdf").write_bytes(torn(document))
    built = bundle_of(case, tmp_path / "Torn.pdf", tmp_path / "out")
    (torn_one,) = [d for d in case.all(Document) if d.filename == "Torn.pdf"]
    assert (torn_one.page_count, built.page_count) == (3, 2 + 3)
    texts = [page.get_textpage().get_text_range().split() for page in pypdfium2.PdfDocument(built.path)]
    assert [words[-1] for words in texts[2:]] == ["3", "4", "5"]
    assert "first" in texts[2] and "second" in texts[3]


def test_documents_with_the_same_short_title_and_no_date_are_told_apart(case: CaseFile, tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"INQ{number + 700:06} letter.pdf").write_bytes(make_pdf([f"Letter {number}"]))
    import_files(case, sorted(tmp_path.glob("INQ*.pdf")), ticket=Ticket())
    entries = [{"document": f"INQ{number + 700:06}"} for number in range(12)]
    apply_json(case, {"bundles": [{"name": "Letters", "sections": [{"title": "All", "entries": entries}]}]})
    built = build_bundle(case, case.all(Bundle)[0].id, tmp_path / "out", built_at=BUILT_AT)
    text = pypdfium2.PdfDocument(built.path)[1].get_textpage().get_text_range()
    rows = re.findall(r"(\d+) letter (\d+)", " ".join(text.split()))
    assert [(int(number), int(page)) for number, page in rows] == [(n, n + 2) for n in range(1, 13)]
    assert check_pdf(built.path).ok


def bundle_of(case: CaseFile, path: Path, out: Path) -> BuiltBundle:
    import_files(case, [path], ticket=Ticket())
    sections = [{"title": "A", "entries": [{"document": path.name}]}]
    apply_json(case, {"bundles": [{"name": path.stem, "sections": sections}]})
    return build_bundle(case, case.all(Bundle)[0].id, out, built_at=BUILT_AT)


def test_what_a_small_page_cuts_off_stays_cut_off(case: CaseFile, tmp_path: Path) -> None:
    """The page shows a narrow strip of a sheet that is black all over; only the strip may be black in the bundle."""
    document = pymupdf.open()
    page = document.new_page(width=400, height=400)
    page.draw_rect(page.rect, color=None, fill=(0, 0, 0))
    page.set_cropbox(pymupdf.Rect(180, 0, 220, 400))
    document.save(tmp_path / "Strip.pdf")
    built = bundle_of(case, tmp_path / "Strip.pdf", tmp_path / "out")
    shown = pypdfium2.PdfDocument(built.path)[2]
    picture = shown.render(scale=1).to_pil().convert("L")
    width, height = picture.size
    dark = [x for x in range(width) if picture.getpixel((x, height // 2)) < 128]
    assert width >= 120 and 39 <= len(dark) <= 41


def test_a_wrapped_page_keeps_what_lies_outside_its_trim_box(case: CaseFile, tmp_path: Path) -> None:
    """A drawing left unbalanced makes the page wrapped; its margin, beyond the trim box, is still shown."""
    document = pymupdf.open()
    page = document.new_page(width=400, height=400)
    page.draw_rect(pymupdf.Rect(0, 0, 30, 30), color=None, fill=(0, 0, 0))
    pdf = pikepdf.open(io.BytesIO(document.tobytes()))
    pdf.pages[0].obj.TrimBox = pikepdf.Array([50, 50, 350, 350])
    pdf.pages[0].contents_add(pdf.make_stream(b"q 0.001 0 0 0.001 0 0 cm q"), prepend=False)
    pdf.save(tmp_path / "Trimmed.pdf")
    built = bundle_of(case, tmp_path / "Trimmed.pdf", tmp_path / "out")
    picture = pypdfium2.PdfDocument(built.path)[2].render(scale=1).to_pil().convert("L")
    assert picture.getpixel((10, 10)) < 128


def torn(document: pymupdf.Document) -> bytes:
    """With a third page in the list that is not there: MuPDF counts it, qpdf does not."""
    pdf = pikepdf.open(io.BytesIO(document.tobytes()))
    pdf.Root.Pages.Kids.append(pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page)))
    pdf.Root.Pages.Count = 3
    buffer = io.BytesIO()
    pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    kids = re.search(rb"/Kids \[ (\d+ 0 R \d+ 0 R )(\d+)( 0 R \])", buffer.getvalue())
    assert kids is not None
    return buffer.getvalue().replace(kids[0], b"/Kids [" + kids[1] + b"9" * (len(kids[2]) + 1) + kids[3])


def test_a_torn_document_with_layers_is_not_copied_without_them(case: CaseFile, tmp_path: Path) -> None:
    document = pymupdf.open()
    for text in ("First", "Second"):
        hidden = document.add_ocg(f"{text} layer", on=False)
        document.new_page().insert_text((72, 72), text, oc=hidden)
    (tmp_path / "Layers.pdf").write_bytes(torn(document))
    with pytest.raises(FileRefused, match="layers"):
        bundle_of(case, tmp_path / "Layers.pdf", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_page_whose_drawing_swallows_the_number_keeps_its_text(case: CaseFile, tmp_path: Path) -> None:
    """Wrapped once and built again; what stood on it still stands there, and the check would see if not."""
    pdf = pikepdf.open(io.BytesIO(make_pdf(["The board noted the delay and asked for figures."])))
    pdf.pages[0].contents_add(pdf.make_stream(b"q 0.001 0 0 0.001 0 0 cm q"), prepend=False)
    pdf.save(tmp_path / "Open.pdf")
    built = bundle_of(case, tmp_path / "Open.pdf", tmp_path / "out")
    text = pypdfium2.PdfDocument(built.path)[2].get_textpage().get_text_range()
    assert text.split()[-1] == "3" and "noted the delay" in " ".join(text.split())


def test_a_page_that_came_out_empty_is_not_handed_over(case: CaseFile, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "Note.pdf").write_bytes(make_pdf(["The board noted the delay and asked for figures."]))
    import_files(case, [tmp_path / "Note.pdf"], ticket=Ticket())
    blank = pymupdf.open()
    blank.new_page()
    monkeypatch.setattr(CaseFile, "reading_copy", lambda *_: blank.tobytes())
    sections = [{"title": "A", "entries": [{"document": "Note.pdf"}]}]
    apply_json(case, {"bundles": [{"name": "Note", "sections": sections}]})
    with pytest.raises(CheckFailed, match=r"B04 .*page 3 \(INQ\d+ page 1\)"):
        build_bundle(case, case.all(Bundle)[0].id, tmp_path / "out")
    assert not (tmp_path / "out").exists()
