"""Reads the paragraphs of a Word document as plain text in which every letter still knows its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

#: Stands in the text for what is no text: pictures, note signs, formulas.
OBJECT = "\ufffc"
#: What a run shows as letters.
_LETTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
#: What a run holds that shows nothing.
_SILENT = frozenset(
    {"rPr", "lastRenderedPageBreak", "softHyphen", "fldChar", "instrText", "delText", "delInstrText", "annotationRef"}
)
#: What is around runs and shows them.
_AROUND = frozenset(
    {"hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
)

IN_LINK = "it stands in another link"
IN_FIELD = "it stands in a field that Word fills in"


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of text: where it begins in the paragraph, what shows it, and the run it is in."""

    start: int
    text: str
    element: etree._Element
    run: etree._Element

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def word_namespace(root: etree._Element) -> str:
    """The namespace of a part, in braces: Word has written two over time."""
    tag = str(root.tag)
    return tag[: tag.index("}") + 1] if "}" in tag else ""


def atoms_of(paragraph: etree._Element) -> list[Atom]:
    """The text of a paragraph in pieces; deleted words and the paragraphs of text boxes are not in it."""
    found: list[Atom] = []
    position = 0
    for run in _runs(paragraph):
        for element in run:
            text = _shown(element)
            if text:
                found.append(Atom(position, text, element, run))
                position += len(text)
    return found


def _runs(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        name = local(child)
        if name == "r":
            yield child
        elif name in _AROUND:
            yield from _runs(child)


def _shown(element: etree._Element) -> str:
    name = local(element)
    if name == "t":
        return element.text or ""
    return "" if name in _SILENT or not name else _LETTERS.get(name, OBJECT)


def text_of(atoms: list[Atom]) -> str:
    """The paragraph as plain text."""
    return "".join(atom.text for atom in atoms)


def enclosing(element: etree._Element, name: str) -> etree._Element | None:
    """The nearest element of this name around another, inside its paragraph."""
    parent = element.getparent()
    while parent is not None and local(parent) != "p":
        if local(parent) == name:
            return parent
        parent = parent.getparent()
    return None


def field_texts(root: etree._Element) -> dict[etree._Element, str]:
    """Text elements inside fields that Word fills in, with the reason to leave them alone."""
    found: dict[etree._Element, str] = {}
    fields: list[list[str]] = []
    for element in root.iter("{*}fldChar", "{*}instrText", "{*}t"):
        name = local(element)
        if name == "instrText" and fields:
            fields[-1].append(element.text or "")
        elif name == "t":
            simple = enclosing(element, "fldSimple")
            if fields or simple is not None:
                instruction = "".join(fields[-1]) if fields else _attribute(simple, "instr")
                found[element] = IN_LINK if "HYPERLINK" in instruction.upper() else IN_FIELD
        elif name == "fldChar":
            kind = _attribute(element, "fldCharType")
            if kind == "begin":
                fields.append([])
            elif kind == "end" and fields:
                fields.pop()
    return found


def _attribute(element: etree._Element | None, name: str) -> str:
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a story: the element, where it stands in words, its number and page (0: not known)."""

    element: etree._Element
    where: str
    number: int
    page: int
    is_copy: bool


def paragraphs_of(root: etree._Element, kind: str, note_numbers: dict[str, int]) -> Iterator[Paragraph]:
    """Every paragraph in order; ``is_copy`` for what old programs are shown in place of a text box."""
    number = page = 0
    has_pages = next(root.iter("{*}lastRenderedPageBreak"), None) is not None
    for element in root.iter("{*}p", "{*}lastRenderedPageBreak"):
        if local(element) != "p":
            page += 1
            continue
        around = {local(parent): parent for parent in element.iterancestors()}
        is_copy = "Fallback" in around
        number += not is_copy
        where = _where(kind, around, note_numbers)
        yield Paragraph(element, where, number, page + 1 if has_pages and kind == "body" else 0, is_copy)


def _where(kind: str, around: dict[str, etree._Element], note_numbers: dict[str, int]) -> str:
    for note in ("footnote", "endnote"):
        if note in around:
            identifier = _attribute(around[note], "id")
            return f"{note} {note_numbers.get(note + identifier, identifier)}"
    if "txbxContent" in around:
        return "text box"
    return "table" if "tbl" in around and kind == "body" else kind


def note_numbers_of(body: etree._Element) -> dict[str, int]:
    """``{"footnote5": 1}``: the number that each note shows, counted as Word counts."""
    numbers: dict[str, int] = {}
    counts = {"footnote": 0, "endnote": 0}
    for element in body.iter("{*}footnoteReference", "{*}endnoteReference"):
        note = local(element).removesuffix("Reference")
        if not _attribute(element, "customMarkFollows"):
            counts[note] += 1
            numbers.setdefault(note + _attribute(element, "id"), counts[note])
    return numbers
