"""However a Word document is made, its references are written whole and its markup stays as it was."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from tests.submissions import Linked, contents, links_of, page_rows, saved, without_links, zipped
from workbench.domain.errors import FileRefused
from workbench.runtime.sandbox import Sandbox
from workbench.services.built_maps import BuiltMap
from workbench.services.submissions import resolve_submission

DOCUMENTS = [("Statements", f"INQ{n:06}", 10) for n in range(1, 41)]
BUILT = BuiltMap(title="Hearing bundle", pdfs=("Hearing bundle.pdf",), rows=page_rows(DOCUMENTS))
LATER = BuiltMap(
    title="Hearing bundle",
    pdfs=("Hearing bundle.pdf",),
    rows=page_rows([*DOCUMENTS[:1], ("Statements", "INQ000900", 3), *DOCUMENTS[1:]]),
)
SENTENCE = "See INQ000003_004, then {INQ000004/5}; also INQ000005, pp. 2-4 (and HB 100)."
WRITTEN = "See HB 26, then HB 37; also HB 44-46 (and HB 100)."
BETWEEN = (
    '<w:proofErr w:type="spellStart"/>',
    '<w:bookmarkStart w:id="7{n}" w:name="b{n}"/><w:bookmarkEnd w:id="7{n}"/>',
    '<w:del w:id="8{n}" w:author="A"><w:r><w:delText>INQ000001_001</w:delText></w:r></w:del>',
    "",
    "",
)
AROUND = (
    '<w:ins w:id="9{n}" w:author="A" w:date="2026-01-02T10:00:00Z">{run}</w:ins>',
    '<w:smartTag w:uri="x" w:element="y">{run}</w:smartTag>',
    "<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>",
    "{run}",
    "{run}",
    "{run}",
)
RUNS = (
    '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{t}</w:t></w:r>',
    '<w:r w:rsidR="00A1"><w:lastRenderedPageBreak/><w:t xml:space="preserve">{t}</w:t></w:r>',
    '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">{t}</w:t><w:t></w:t></w:r>',
)


def split_by_word(random: Random) -> str:
    """The sentence as Word might have left it: cut anywhere, with all sorts of things between and around."""
    cuts = sorted({0, len(SENTENCE), *random.sample(range(len(SENTENCE)), random.randrange(1, 30))})
    parts = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        text = SENTENCE[start:end]
        run = random.choice(RUNS).replace("{t}", text)
        around = random.choice(AROUND).replace("{run}", run)
        parts.append((around + random.choice(BETWEEN)).replace("{n}", str(number)))
    return f"<w:p {nsdecls('w')}>{''.join(parts)}</w:p>"


def test_however_word_cut_the_words_up_each_reference_is_written_whole() -> None:
    random = Random(4)
    document = docx.Document()
    for _ in range(300):
        document.element.body.insert(0, parse_xml(split_by_word(random)))
    content = saved(document)
    resolved = resolve_submission(BUILT, content, mark="HB")
    assert resolved.summary == "1200 references: 1200 linked, 0 not found"
    links = links_of(resolved.content)
    assert [link.text for link in links] == ["HB 26", "HB 37", "HB 44-46", "HB 100"] * 300
    document_xml = contents(resolved.content)["word/document.xml"]
    root = etree.fromstring(document_xml)
    for paragraph in root.iter("{*}p"):
        texts = [element.text or "" for element in paragraph.iter("{*}t")]
        assert "".join(texts) in (WRITTEN, "")
    for link in root.iter("{*}hyperlink"):
        assert link.getparent().tag.rpartition("}")[2] not in ("ins", "r", "hyperlink")
        assert any(element.text for element in link.iter("{*}t"))
    others = ("{*}bookmarkStart", "{*}bookmarkEnd", "{*}del", "{*}proofErr")
    before, after = (
        [etree.tostring(element, with_tail=False) for element in tree.iter(*others)]
        for tree in (etree.fromstring(contents(content)["word/document.xml"]), root)
    )
    assert before == after
    assert resolve_submission(BUILT, resolved.content, mark="HB").content == resolved.content
    there = resolve_submission(LATER, resolved.content, mark="HB", older=BUILT)
    back = resolve_submission(BUILT, there.content, mark="HB", older=LATER)
    assert links_of(there.content) != links and links_of(back.content) == links


def test_real_documents_stay_as_they_are_but_for_the_links(corpus: Path) -> None:
    """A link over one letter here and there: what is left without the links is the document, markup and all."""
    samples = sorted(corpus.rglob("*.docx"), key=lambda path: path.stat().st_size)[10:130:12]
    linked = 0
    with Sandbox("workbench.exporters.submission_docx:make_task") as child:
        for path in samples:
            content = path.read_bytes()
            try:
                paragraphs = child.call({"do": "read"}, [content]).facts["paragraphs"]
            except FileRefused:
                continue
            changes = [
                {
                    "paragraph": number,
                    "start": at,
                    "end": at + 1,
                    "text": letter,
                    "target": "A.pdf#page=2",
                    "tooltip": f"INQ000001 = {letter}",
                }
                for number, paragraph in enumerate(paragraphs)
                for at, letter in list(enumerate(paragraph["text"]))[:200:17]
                if letter.isalnum() and not any(first <= at < last for first, last, _ in paragraph["closed"])
            ]
            written = child.call({"do": "write", "changes": changes}).blobs[0]
            before, after = contents(content), contents(written)
            for name in before:
                if before[name] != after[name] and not name.endswith(".rels"):
                    assert without_links(before[name]) == without_links(after[name]), (path.name, name)
            again = child.call({"do": "read"}, [written]).facts["paragraphs"]
            assert sum(len(paragraph["stored"]) for paragraph in again) == len(changes), path.name
            linked += len(changes)
    assert linked > 100


def test_a_strict_document_gets_links_of_its_own_kind() -> None:
    document = docx.Document()
    document.add_paragraph("See INQ000003_004.")
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    relations = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = contents(saved(document))
    strict = {
        name: content.replace(transitional, b"http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
            relations, b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, content in parts.items()
    }
    resolved = resolve_submission(BUILT, zipped(strict), mark="HB")
    assert links_of(resolved.content) == [Linked("HB 26", "Hearing%20bundle.pdf#page=26", "INQ000003_004 = HB 26")]
    relation = b'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink"'
    assert relation in contents(resolved.content)["word/_rels/document.xml.rels"]
