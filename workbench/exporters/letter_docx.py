"""Writes a warning letter as a Word document whose styles and numbering a lawyer can edit."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document as new_document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

_FONT = "Arial"
_WIDTHS_CM = (1.2, 3.4, 9.6, 2.2)
_HEADINGS = ("No.", "Page", "Words", "Bears on")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVELS = (("Heading 1", "%1."), ("Numbered Paragraph", "%1.%2"))


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One place in a document: its page reference, what document that is, the words, and the paragraphs it bears on."""

    reference: str
    document: str
    words: str
    bears_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """What stands in a letter, in its order; ``standing`` are the words every letter has, by name."""

    inquiry: str
    reference: str
    addressee: str
    dated: str
    criticism: tuple[str, ...]
    facts: tuple[str, ...]
    evidence: tuple[EvidenceLine, ...]
    due: str
    standing: dict[str, Any]


def letter_docx(letter: LetterPage) -> bytes:
    """The letter; the same letter gives the same bytes."""
    document = new_document()
    _set_up(document, letter)
    _number(document)
    _open(document, letter)
    words = letter.standing
    _section(document, words["criticism"], letter.criticism)
    _section(document, words["facts"], letter.facts or (words["facts_missing"],))
    document.add_heading(legible(words["evidence"]), 1)
    if letter.evidence:
        _table(document, letter.evidence)
    else:
        _paragraph(document, words["evidence_missing"], "Numbered Paragraph")
    due = letter.due or words["responding_no_day"]
    _section(document, words["response"], [text.replace("{due}", due) for text in words["responding"]])
    _section(document, words["confidence_heading"], words["confidence"])
    for line in ("", *words["closing"]):
        _paragraph(document, line, "Letter Closing")
    return _packed(document)


def legible(text: str) -> str:
    """The text with a sign in place of what no Word document can hold."""
    return _ILLEGAL.sub("\ufffd", text)


# Styles


def _set_up(document: Any, letter: LetterPage) -> None:
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", legible(letter.standing["title"])
    properties.created = properties.modified = datetime(1980, 1, 1)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    normal = document.styles["Normal"]
    _dress(normal, 11, after=6)
    normal.paragraph_format.line_spacing = 1.15
    heading = document.styles["Heading 1"]
    _dress(heading, 12, bold=True, before=16, after=6)
    heading.paragraph_format.keep_with_next = True
    dressed: tuple[tuple[str, float, dict[str, Any]], ...] = (
        ("Letter Inquiry", 12, {"bold": True, "after": 14}),
        ("Letter Address", 11, {"after": 0}),
        ("Letter Heading", 14, {"bold": True, "before": 16, "after": 10}),
        ("Letter Closing", 11, {"after": 0}),
        ("Numbered Paragraph", 11, {"after": 6}),
        ("Evidence", 9.5, {"after": 2}),
        ("Evidence Source", 8.5, {"after": 2}),
        ("Letter Marking", 8.5, {"bold": True, "after": 0}),
    )
    for name, size, more in dressed:
        _dress(document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), size, **more)
    document.styles["Letter Closing"].paragraph_format.keep_with_next = True
    _edges(section, letter)


def _dress(style: Any, size: float, *, bold: bool = False, before: float = 0, after: float = 0) -> None:
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), _FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _edges(section: Any, letter: LetterPage) -> None:
    """The marking at the head of every page; the reference and "page 1 of 3" at its foot."""
    head = section.header.paragraphs[0]
    head.style, head.alignment = "Letter Marking", WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(legible(letter.standing["marking"]))
    foot = section.footer.paragraphs[0]
    foot.style, foot.alignment = "Letter Marking", WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{legible(letter.reference)} · page ").bold = False
    for field, between in (("PAGE", " of "), ("NUMPAGES", "")):
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), field)
        simple.append(parse_xml(f'<w:r {nsdecls("w")}><w:rPr><w:b w:val="0"/></w:rPr><w:t>1</w:t></w:r>'))
        foot._p.append(simple)
        if between:
            foot.add_run(between).bold = False


def _number(document: Any) -> None:
    """Headings are 1., 2. ... and their paragraphs 1.1, 1.2 ..., counted by Word."""
    part = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="{document.styles[style].style_id}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr></w:lvl>'
        for depth, (style, text) in enumerate(_LEVELS)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}'
        "</w:abstractNum>"
    )
    part.insert(0, abstract)
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for depth, (style, _) in enumerate(_LEVELS):
        properties = document.styles[style].element.get_or_add_pPr()
        number = properties._add_numPr()
        number.get_or_add_ilvl().val = depth
        number.get_or_add_numId().val = 90


# Content


def _open(document: Any, letter: LetterPage) -> None:
    _paragraph(document, letter.inquiry, "Letter Inquiry")
    for line in (*letter.addressee.splitlines(), "", letter.dated, letter.reference):
        _paragraph(document, line, "Letter Address")
    _paragraph(document, letter.standing["heading"], "Letter Heading")
    for text in letter.standing["opening"]:
        _paragraph(document, text, "Normal")


def _section(document: Any, heading: str, paragraphs: Sequence[str]) -> None:
    document.add_heading(legible(heading), 1)
    for text in paragraphs:
        _paragraph(document, text, "Numbered Paragraph")


def _paragraph(place: Any, text: str, style: str) -> Any:
    paragraph = place.add_paragraph(style=style)
    _write(paragraph, text)
    return paragraph


def _write(paragraph: Any, text: str) -> None:
    """Words, with their direction where they are written from right to left."""
    run = paragraph.add_run(legible(text))
    if _RIGHT_TO_LEFT.search(text) and not re.search("[A-Za-z]", text):
        run.font.rtl = True
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _table(document: Any, lines: Sequence[EvidenceLine]) -> None:
    table = document.add_table(rows=1, cols=len(_HEADINGS), style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, _HEADINGS, strict=True):
        cell.paragraphs[0].style = "Evidence"
        cell.paragraphs[0].add_run(text).bold = True
    again = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(again)
    for number, line in enumerate(lines, 1):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text in zip(row.cells, (str(number), line.reference, line.words, line.bears_on), strict=True):
            cell.paragraphs[0].style = "Evidence"
            _write(cell.paragraphs[0], text)
        if line.document:
            _paragraph(row.cells[1], line.document, "Evidence Source")
    for column, width in zip(table.columns, _WIDTHS_CM, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS_CM, strict=True):
            cell.width = Cm(width)


def _packed(document: Any) -> bytes:
    """The parts again with one date for all, so that equal letters are equal files."""
    buffer, packed = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
