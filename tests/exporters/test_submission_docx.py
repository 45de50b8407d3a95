"""A Word submission's references become links, nothing else changes, and it can be written again for a later build."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.submissions import (
    SPELLING,
    Linked,
    contents,
    deletion,
    insertion,
    links_of,
    note_sign,
    page_rows,
    paragraph_texts,
    saved,
    say,
    text_box,
    without_links,
    zipped,
)
from workbench.domain.citations import Style
from workbench.domain.errors import FileRefused, WorkbenchError
from workbench.domain.submission import Fate
from workbench.services.built_maps import BuiltMap
from workbench.services.submissions import resolve_submission

DOCUMENTS = [("Statements", f"INQ{n:06}", 10) for n in range(1, 21)] + [
    ("Minutes", f"INQ{n:06}", 10) for n in range(21, 41)
]
BUILT = BuiltMap(title="Hearing bundle", pdfs=("Hearing bundle.pdf",), rows=page_rows(DOCUMENTS))
LATE = [*DOCUMENTS[:7], ("Statements", "INQ000900", 3), *DOCUMENTS[7:]]
LATER = BuiltMap(title="Hearing bundle", pdfs=("Hearing bundle.pdf",), rows=page_rows(LATE))


def label_of(built: BuiltMap, urn: str, page: int) -> str:
    return next(row.label for row in built.rows if (row.urn, row.source_page_number) == (urn, page))


def cited_page(number: int) -> tuple[str, int]:
    """A document and page for the n-th reference, spread over the bundle."""
    return f"INQ{number * 7 % 40 + 1:06}", number * 3 % 10 + 1


def large_submission() -> tuple[bytes, list[tuple[str, int]]]:
    """312 references in every place of a document, and what each cites in the order of an outside reader."""
    pages = iter(range(10_000))
    body: list[tuple[str, int]] = []

    def take(into: list[tuple[str, int]]) -> tuple[str, int]:
        into.append(cited_page(next(pages)))
        return into[-1]

    document = docx.Document()
    for number in range(60):
        paragraph = document.add_paragraph(f"{number + 1}. The board noted (")
        urn, page = take(body)
        written = f"{urn}_{page:03}"
        say(paragraph, written[:5], written[5:11], written[11:], between=SPELLING if number % 2 else "")
        urn, page = take(body)
        paragraph.add_run(f") what the letter at {urn}, p. {page} says; see also ")
        urn, page = take(body)
        paragraph.add_run(f"{{{urn}/{page}}}").bold = True
        paragraph.add_run(". On Day 5 of the hearing, 12 March 2019, IN-A1 agreed.")
    table = document.add_table(30, 2)
    for row in table.rows:
        for cell in row.cells:
            urn, page = take(body)
            cell.text = f"{urn} page {page}"
    for number in range(20):
        paragraph = document.add_paragraph("Inserted: ")
        urn, page = take(body)
        paragraph._p.append(parse_xml(insertion(f" as {urn}/{page} shows", 900 + number)))
        paragraph._p.append(parse_xml(deletion("INQ000001_001")))
    notes: dict[str, list[tuple[str, int]]] = {"footnote": [], "endnote": []}
    texts: dict[str, list[str]] = {"footnote": [], "endnote": []}
    for kind, count in (("footnote", 40), ("endnote", 10)):
        for number in range(count):
            paragraph = document.add_paragraph("A sentence with a note.")
            paragraph._p.append(parse_xml(note_sign(kind, number + 1)))
            urn, page = take(notes[kind])
            texts[kind].append(f"See {urn}_{page:03}.")
    head: list[tuple[str, int]] = []
    urn, page = take(head)
    document.sections[0].header.paragraphs[0].text = f"Submission on {urn}_{page:03}"
    foot: list[tuple[str, int]] = []
    urn, page = take(foot)
    document.sections[0].footer.paragraphs[0].text = f"{urn}, p. {page}"
    content = saved(document, footnote=texts["footnote"], endnote=texts["endnote"])
    return content, [*body, *notes["endnote"], *foot, *notes["footnote"], *head]


def test_300_references_resolve_before_and_after_a_late_document() -> None:
    content, cited = large_submission()
    assert len(cited) == 312
    first = resolve_submission(BUILT, content, mark="HB")
    assert first.summary == "312 references: 312 linked, 0 not found"
    again = resolve_submission(LATER, first.content, mark="HB")
    assert again.summary == "312 references: 312 linked, 0 not found"
    for built, written in ((BUILT, first.content), (LATER, again.content)):
        labels = [label_of(built, urn, page) for urn, page in cited]
        assert [(link.text, link.target) for link in links_of(written)] == [
            (f"HB {label}", f"Hearing%20bundle.pdf#page={label}") for label in labels
        ]
    moved = sum(label_of(BUILT, *page) != label_of(LATER, *page) for page in cited)
    assert moved > 200


def test_nothing_but_the_references_changes_and_a_second_run_changes_nothing() -> None:
    content, _ = large_submission()
    resolved = resolve_submission(BUILT, content, mark="HB", style=Style.PUBLISHED)
    before, after = contents(content), contents(resolved.content)
    touched = {name for name, part in after.items() if before.get(name) != part}
    stories = {"document", "footnotes", "endnotes", "header1", "footer1"}
    assert touched == {f"word/{name}.xml" for name in stories} | {f"word/_rels/{name}.xml.rels" for name in stories}
    texts = paragraph_texts(resolved.content)
    assert texts[0] == f"1. The board noted (INQ000001_001) what the letter at INQ000008_004 says; see also {'INQ000015_007'}. On Day 5 of the hearing, 12 March 2019, IN-A1 agreed."  # noqa: E501 # fmt: skip
    assert b'<w:delText xml:space="preserve">INQ000001_001</w:delText>' in after["word/document.xml"]
    assert resolve_submission(BUILT, resolved.content, mark="HB", style=Style.PUBLISHED).content == resolved.content


def test_the_markup_around_a_reference_stays_as_it_was() -> None:
    """References that are written as they were read leave a part the same but for its links and divided runs."""
    document = docx.Document()
    paragraph = document.add_paragraph("A", style="Heading 1")
    say(paragraph, " bold INQ000003_004 and ", "more", "", between=SPELLING)
    paragraph.add_run("tab\there\nline").font.size = 12700 * 9
    paragraph._p.append(parse_xml(insertion("inserted INQ000005_006 words")))
    paragraph._p.append(parse_xml(text_box("Boxed INQ000004_005.")))
    content = saved(document)
    resolved = resolve_submission(BUILT, content, style=Style.PUBLISHED)
    before, after = (without_links(contents(c)["word/document.xml"]) for c in (content, resolved.content))
    assert after == before
    assert len(links_of(resolved.content)) == 4


def paragraph(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    return saved(document)


def one(text: str, *, built: BuiltMap = BUILT, older: BuiltMap | None = None) -> tuple[list[Linked], str, Fate]:
    document = docx.Document()
    document.add_paragraph(text)
    resolved = resolve_submission(built, saved(document), mark="HB", older=older)
    (outcome,) = resolved.report
    return links_of(resolved.content), paragraph_texts(resolved.content)[0], outcome.fate


def test_a_page_of_an_older_bundle_is_followed_to_the_newer() -> None:
    assert one("See HB 100.", built=LATER, older=BUILT)[1] == "See HB 103."
    assert one("See [HB/100-101].", built=LATER, older=BUILT)[1] == "See HB 103-104."
    assert one("See HB 20.", built=LATER, older=BUILT)[1] == "See HB 20."
    core = replace(LATER, title="Core bundle", pdfs=("Core bundle.pdf",))
    content = resolve_submission(core, paragraph("See HB 100 and CB 103."), mark="CB", older=BUILT).content
    assert paragraph_texts(content) == ["See CB 103 and CB 103."]


def test_what_is_not_found_stays_as_it_is_and_is_listed_with_its_place() -> None:
    document = docx.Document()
    document.add_paragraph("First.")
    document.add_paragraph("Counsel relies on INQ000003_011 and on INQ777777, as she said.")
    document.add_table(1, 1).cell(0, 0).text = "HB 9000"
    resolved = resolve_submission(BUILT, saved(document), mark="HB")
    assert resolved.summary == "3 references: 0 linked, 3 not found"
    assert paragraph_texts(resolved.content)[1] == "Counsel relies on INQ000003_011 and on INQ777777, as she said."
    assert [(o.where, o.paragraph, o.text, o.reason) for o in resolved.report] == [
        ("body", 2, "INQ000003_011", "Page 11 of INQ000003: not in this bundle."),
        ("body", 2, "INQ777777", "INQ777777 is not in this bundle."),
        ("table", 3, "HB 9000", "The bundle has no page 9000."),
    ]
    assert "Counsel relies on INQ000003_011" in resolved.report[0].context
    assert links_of(resolved.content) == []


def test_a_page_that_left_the_bundle_loses_its_number_and_finds_it_again() -> None:
    document = docx.Document()
    document.add_paragraph("See INQ000003_004.")
    first = resolve_submission(BUILT, saved(document), mark="HB")
    smaller = replace(BUILT, rows=page_rows([row for row in DOCUMENTS if row[1] != "INQ000003"]))
    gone = resolve_submission(smaller, first.content, mark="HB")
    assert gone.summary == "1 reference: 0 linked, 1 not found"
    assert paragraph_texts(gone.content) == ["See INQ000003_004."]
    assert links_of(gone.content) == []
    assert links_of(resolve_submission(BUILT, gone.content, mark="HB").content) == links_of(first.content)


def edited(content: bytes, old: str, new: str) -> bytes:
    parts = contents(content)
    assert old.encode() in parts["word/document.xml"]
    return zipped(parts | {"word/document.xml": parts["word/document.xml"].replace(old.encode(), new.encode())})


def test_words_that_a_person_changed_in_a_link_are_believed_before_what_the_link_remembers() -> None:
    document = docx.Document()
    document.add_paragraph("See INQ000003_004 there.")
    first = resolve_submission(BUILT, saved(document), mark="HB").content
    label = label_of(BUILT, "INQ000003", 4)
    longer = resolve_submission(LATER, edited(first, f">HB {label}<", ">HB 100<"), mark="HB", older=BUILT)
    assert [link.text for link in links_of(longer.content)] == ["HB 103"]
    behind = resolve_submission(BUILT, edited(first, "> there.<", ">-29 there.<"), mark="HB")
    assert [link.text for link in links_of(behind.content)] == [f"HB {label}-29"]
    assert paragraph_texts(behind.content) == [f"See HB {label}-29 there."]
    words = resolve_submission(BUILT, edited(first, f">HB {label}<", ">the 3rd letter<"), mark="HB")
    assert [outcome.fate for outcome in words.report] == [Fate.NOT_FOUND]
    assert paragraph_texts(words.content) == ["See the 3rd letter there."] and links_of(words.content) == []


def test_what_word_makes_of_a_link_when_it_saves_is_still_known() -> None:
    """Word keeps the page apart from the file, may write a whole path, and other programs drop the tooltip."""
    document = docx.Document()
    document.add_paragraph("See INQ000003_004 and [2021] there.")
    parts = contents(resolve_submission(BUILT, saved(document), mark="HB").content)
    relations = "word/_rels/document.xml.rels"
    parts[relations] = parts[relations].replace(
        b"Hearing%20bundle.pdf#page=26", b"file:///C:\\Cases\\Hearing%20bundle.pdf"
    )
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"w:tooltip=", b'w:anchor="page=26" w:tooltip=')
    for content, older in (
        (zipped(parts), None),
        (edited(zipped(parts), 'w:tooltip="INQ000003_004 = HB 26" ', ""), BUILT),
    ):
        resolved = resolve_submission(LATER, content, mark="HB", older=older)
        assert resolved.summary == "1 reference: 1 linked, 0 not found"
        assert links_of(resolved.content) == [Linked("HB 26", "Hearing%20bundle.pdf#page=26", "INQ000003_004 = HB 26")]
        assert b"w:anchor" not in contents(resolved.content)["word/document.xml"]
        assert b"file:///" not in contents(resolved.content)[relations]


def test_a_link_that_lost_its_memory_is_written_anew_only_as_a_whole() -> None:
    document = docx.Document()
    document.add_paragraph("See INQ000003_004.")
    first = resolve_submission(BUILT, saved(document), mark="HB", style=Style.FOOTNOTE).content
    lost = re.sub(r' w:tooltip="[^"]*"', "", contents(first)["word/document.xml"].decode())
    resolved = resolve_submission(LATER, zipped(contents(first) | {"word/document.xml": lost.encode()}), mark="HB")
    assert resolved.summary == "1 reference: 0 linked, 0 not found, 1 left alone"
    assert paragraph_texts(resolved.content) == ["See Minutes 3 (INQ000003), p. 4."]


def test_links_fields_and_comments_of_others_are_left_alone() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Web: ")
    web = "https://example.org/INQ000001"
    identifier = paragraph.part.relate_to(web, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    words = "<w:r><w:t>INQ000001_001</w:t></w:r>"
    paragraph._p.append(parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{identifier}">{words}</w:hyperlink>'))
    for piece in (
        '<w:t xml:space="preserve">, </w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText> REF note </w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>INQ000002_002</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{piece}</w:r>"))
    run = paragraph.add_run(" and INQ000003_003")
    document.add_comment(run, text="Is INQ000004_004 right?", author="Junior")
    content = saved(document)
    resolved = resolve_submission(BUILT, content, mark="HB")
    assert resolved.summary == "3 references: 1 linked, 0 not found, 2 left alone"
    assert [outcome.reason for outcome in resolved.report[:2]] == [
        "It stands in another link.",
        "It stands in a field that Word fills in.",
    ]
    assert [link.text for link in links_of(resolved.content)] == ["INQ000001_001", "HB 25"]
    assert contents(resolved.content)["word/comments.xml"] == contents(content)["word/comments.xml"]


def test_numbers_that_may_be_further_pages_are_pointed_out() -> None:
    document = docx.Document()
    document.add_paragraph("See HB 14, 15; INQ000003_004 and 12 March 2019; INQ000004, p. 3, 17% of it.")
    notes = [outcome.note for outcome in resolve_submission(BUILT, saved(document), mark="HB").report]
    assert notes == ["A number follows it (“, 15”): look whether it is a page too.", "", ""]


def test_judgments_and_transcripts_keep_their_words() -> None:
    rows = tuple(replace(row, title="Ruling [2021] EWHC 2167 (Comm)") if row.urn == "INQ000002" else row for row in BUILT.rows)  # noqa: E501 # fmt: skip
    document = docx.Document()
    document.add_paragraph("As in [2021] EWHC 2167 (Comm), the chair held.")
    resolved = resolve_submission(replace(BUILT, rows=rows), saved(document), mark="HB")
    expected = [
        Linked("[2021] EWHC 2167 (Comm)", "Hearing%20bundle.pdf#page=13", "INQ000002 = [2021] EWHC 2167 (Comm)")
    ]
    assert links_of(resolved.content) == expected
    assert links_of(resolve_submission(replace(BUILT, rows=rows), resolved.content, mark="HB").content) == expected


def part_replaced(name: str, content: bytes) -> bytes:
    return zipped(contents(saved(docx.Document())) | {name: content})


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="http://w">&b;</w:document>'
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)


def bomb() -> bytes:
    buffer = io.BytesIO(saved(docx.Document()))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/x.bin", bytes(60 << 20))
    return buffer.getvalue()


def protected() -> bytes:
    settings = contents(saved(docx.Document()))["word/settings.xml"]
    lock = b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>'
    return part_replaced("word/settings.xml", settings.replace(b"</w:settings>", lock))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no Word document"),
        (b"%PDF-1.7", "no Word document"),
        (b"PK\x03\x04 torn", "damaged"),
        (zipped({"a.txt": b"x"}), "no Word document"),
        (part_replaced("word/document.xml", b"<w:document"), "damaged"),
        (part_replaced("word/document.xml", ENTITIES), "XML entities"),
        (part_replaced("word/document.xml", ENTITIES.decode().encode("utf-16")), "XML entities"),
        (bomb(), "hundreds of times its size"),
        (OLD_WORD, "old kind"),
        (protected(), "protected against changes"),
    ],
    ids=["empty", "pdf", "torn", "zip", "xml", "entities", "entities-16", "bomb", "doc", "protected"],
)
def test_a_file_that_is_no_sound_submission_is_refused_with_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused, match=sentence) as caught:
        resolve_submission(BUILT, content)
    assert isinstance(caught.value, WorkbenchError)
    assert len(str(caught.value)) < 130
