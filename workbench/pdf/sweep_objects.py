"""Reads every object and stream of a PDF for the leak sweep: bookmarks, labels, forms, notes, descriptions, scripts."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import pikepdf
import pymupdf

from workbench.domain.hidden_writing import is_wordlike
from workbench.domain.leak_search import APART, LeakSearch, shown
from workbench.domain.picture_parts import worded_parts
from workbench.pdf.sweep_pages import MUPDF_TROUBLE

Tell = Callable[[dict[str, Any]], None]
_TOKEN = re.compile(r"/([^\s/<>\[\](){}%]+)|\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_NAME_CODE = re.compile(r"#([0-9A-Fa-f]{2})")
_REFERENCE = re.compile(r"(\d+) 0 R")
_PROPERTY = re.compile(rb"/(ActualText|Alt|E|Contents|Title|T)\s*(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)
_IMAGE_WITH_WORDS = re.compile(r"DCT|JPX|/DCTDecode|/JPXDecode")
_IS_FONT = re.compile(r"/Length1\b|/Subtype\s*/(Type1C|CIDFontType0C|OpenType)\b")
_IS_MACHINERY = re.compile(r"/Type\s*/(ObjStm|XRef)\b")
_BATCH = 200
_STRING = re.compile(r"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]+>", re.DOTALL)
#: What an entry is called in a report; the page is added where it is known.
_PLACES = {
    "Contents": "a note", "RC": "the formatted text of a note", "TU": "the hint of a form field", "V": "a form value",
    "DV": "a form default", "Opt": "a choice of a form field", "Alt": "a description of a picture",
    "ActualText": "a replacement text", "E": "an abbreviation's long form", "JS": "a script", "URI": "a link",
    "F": "the name of an attachment", "UF": "the name of an attachment", "Desc": "the description of an attachment",
    "P": "a page label", "Names": "a named destination or attachment", "Limits": "a named destination or attachment",
    "Author": "the author in the file's details", "Subject": "the subject in the file's details",
    "Keywords": "the keywords in the file's details", "Creator": "the program in the file's details",
    "Producer": "the producer in the file's details", "Subj": "the subject of a note", "Dest": "a link", "D": "a link",
    "CA": "the caption of a button", "Name": "the name of a layer or stamp",
}  # fmt: skip


class ObjectReader:
    """Goes through the objects of one file; says where a string stands by the entry that holds it."""

    def __init__(self, search: LeakSearch, document: pymupdf.Document) -> None:
        self._search = search
        self._document = document
        self._file_specs: list[str] = []
        #: Streams that are attached, whether they say so themselves or not.
        self._embedded: set[int] = set()
        self._attached: list[int] = []
        #: Objects that cannot be followed; they are looked at as they lie in the file.
        self.unread: set[int] = set()

    def read(self, tell: Tell) -> None:
        """Every object that the file's table names, and every stream, unpacked."""
        objects = list(self._objects())
        self._embedded = {
            int(n) for _, text in objects if "/EF" in text for n in _REFERENCE.findall(_after(text, "/EF"))
        }
        for start in range(0, len(objects), _BATCH):
            tell({"object": start})
            self._names(objects[start : start + _BATCH])
            for xref, text in objects[start : start + _BATCH]:
                try:
                    self._object(xref, text)
                except MUPDF_TROUBLE:
                    self.unread.add(xref)
        self._strings(-1, self._document.pdf_trailer(compressed=True), "the trailer")
        self._old_states(objects)
        self._attachments()

    def _objects(self) -> Iterator[tuple[int, str]]:
        for xref in range(1, self._document.xref_length()):
            try:
                yield xref, self._document.xref_object(xref, compressed=True)
            except MUPDF_TROUBLE:
                self.unread.add(xref)

    def _old_states(self, objects: list[tuple[int, str]]) -> None:
        """Objects packed together whose newer state lies elsewhere; what was found already is not told again."""
        known = {leak.number - 1 for leak in self._search.leaks.values()}
        for xref, text in objects:
            if "/ObjStm" not in text or xref in self.unread:
                continue
            with contextlib.suppress(*MUPDF_TROUBLE):
                packed = (self._document.xref_stream(xref) or b"").decode("latin-1")
                strings = [reading for _, found in strings_of_object(packed) for reading in decoded(found)]
                hits = self._search.matcher.find(APART.join(strings))
                if any(hit.index not in known for hit in hits):
                    self._search.look(APART.join(strings), f"the packed objects {xref}, perhaps of an earlier state")

    def _names(self, batch: list[tuple[int, str]]) -> None:
        """Everything but the strings: first together, then one by one where something is."""
        plain = [(xref, _NAME_CODE.sub(_coded_letter, _STRING.sub(APART, text))) for xref, text in batch]
        if self._search.matcher.find(APART.join(text for _, text in plain), is_address=True):
            for xref, text in plain:
                self._search.look(text, f"object {xref}", self._page_finder(xref, text), is_address=True)

    def _object(self, xref: int, text: str) -> None:
        if "(" in text or "<" in text:
            self._strings(xref, text, f"object {xref}")
        if "/EF" in text:
            self._file_specs.append(text)
        if self._document.xref_is_stream(xref):
            self._stream(xref, text)

    def _strings(self, xref: int, text: str, place: str) -> None:
        for key, content in strings_of_object(text):
            named = _place_of(key, text) or f"{place}, entry {key or 'without a name'}"
            for reading in decoded(content):
                self._search.look(reading, named, self._page_finder(xref, text))
                if key == "JS":
                    self._search.unpack(reading, named)

    def _stream(self, xref: int, text: str) -> None:
        if _IS_MACHINERY.search(text):
            return
        if re.search(r"/Subtype\s*/Image\b", text):
            if _IMAGE_WITH_WORDS.search(text):
                raw = self._document.xref_stream_raw(xref) or b""
                words = worded_parts(raw)
                self._search.look_at_bytes(words, "the details of a picture", self._page_finder(xref, text))
            return
        content = self._document.xref_stream(xref) or b""
        if re.search(r"/Type\s*/EmbeddedFile\b", text) or xref in self._embedded:
            self._attached.append(xref)
        elif xref in self._drawn:
            page = self._drawn[xref]
            self._search.look_at_bytes(content, f"the drawing of page {page}", page, is_drawn=True)
            self._properties(content, page)
        elif re.search(r"/Subtype\s*/XML\b|/Type\s*/Metadata\b", text):
            self._search.look_at_text(content, "the XMP description")
        elif is_wordlike(content) and not re.search(r"/Subtype\s*/Form\b", text):
            self._search.look_at_text(content, f"the stream of object {xref}")
            self._properties(content, 0)
        elif _IS_FONT.search(text):
            self._search.look_at_font(content, f"the font of object {xref}")
        else:
            self._search.look_at_bytes(content, f"the stream of object {xref}")
            self._properties(content, 0)

    def _properties(self, content: bytes, page: int) -> None:
        """Descriptions and replacement texts that stand within a drawing."""
        if b"BDC" not in content and b"DP" not in content:
            return
        for match in _PROPERTY.finditer(content):
            for _, found in strings_of_object(match[2].decode("latin-1")):
                for reading in decoded(found):
                    self._search.look(reading, _PLACES.get(match[1].decode(), "a property of marked words"), page)

    @cached_property
    def _pages(self) -> dict[int, int]:
        """Object numbers of pages, to page numbers from 1."""
        return {self._document.page_xref(index): index + 1 for index in range(self._document.page_count)}

    @cached_property
    def _drawn(self) -> dict[int, int]:
        """Object numbers of the pages' own drawings, which two readers interpret."""
        drawn: dict[int, int] = {}
        for xref, number in self._pages.items():
            kind, value = self._document.xref_get_key(xref, "Contents")
            if kind == "xref":
                value = (
                    value
                    if self._document.xref_is_stream(int(value.split()[0]))
                    else self._document.xref_object(int(value.split()[0]))
                )
            drawn.update((int(found), number) for found in _REFERENCE.findall(value))
        return drawn

    @cached_property
    def _annotated(self) -> dict[int, int]:
        """Object numbers of notes and form fields, to page numbers."""
        found: dict[int, int] = {}
        for xref, number in self._pages.items():
            kind, value = self._document.xref_get_key(xref, "Annots")
            if kind == "xref":
                value = self._document.xref_object(int(value.split()[0]))
            found.update((int(own), number) for own in _REFERENCE.findall(value))
        return found

    def _page_finder(self, xref: int, text: str) -> Callable[[], int]:
        """Finds the page of a note, field or bookmark once a term was found in it."""

        def find() -> int:
            if xref in self._pages:
                return self._pages[xref]
            if xref in self._annotated:
                return self._annotated[xref]
            named = (int(found) for found in _REFERENCE.findall(text))
            return next((self._pages[found] for found in named if found in self._pages), 0)

        return find

    def _attachments(self) -> None:
        """Hand attached files on, under their names."""
        for xref in self._attached:
            spec = next((text for text in self._file_specs if re.search(rf"\b{xref} 0 R", _after(text, "/EF"))), "")
            names = [next(decoded(content), "") for key, content in strings_of_object(spec) if key in ("UF", "F")]
            content = self._document.xref_stream(xref) or b""
            self._search.inner.append((f"attachment {shown(next(filter(None, names), str(xref)))}", content))


def _after(text: str, key: str) -> str:
    return text.partition(key)[2].partition(">>")[0]


def _place_of(key: str, text: str) -> str:
    if key == "Title":
        return "a bookmark" if "/Parent" in text or "/Dest" in text else "the title in the file's details"
    if key == "T":
        is_field = "/FT" in text or "/Widget" in text or "/Kids" in text
        return "the name of a form field" if is_field else "the author of a note"
    if key == "V" and "/FT" not in text and "/Parent" not in text and "/Widget" not in text:
        return ""
    if key == "P" and "/S" not in text and "/St" not in text and "/Nums" not in text:
        return ""
    if key in ("F", "UF", "Desc") and "/Filespec" not in text and "/EF" not in text:
        return ""
    return _PLACES.get(key, "")


def strings_of_object(text: str) -> Iterator[tuple[str, bytes]]:
    """Every string of a printed object with the entry it stands under."""
    key = ""
    for match in _TOKEN.finditer(text):
        if match[1] is not None:
            key = match[1]
        elif match[2] is not None:
            raw = match[2].encode("latin-1", "replace") if _is_narrow(match[2]) else match[2].encode("utf-8")
            yield key, _ESCAPE.sub(_unescaped, raw)
        else:
            digits = "".join(match[3].split())
            yield key, bytes.fromhex(digits + "0" * (len(digits) % 2))


def _coded_letter(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _is_narrow(text: str) -> bool:
    return all(ord(letter) < 256 for letter in text)


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes([int(match[1], 8) & 255])
    if match[2]:
        return b""
    return _ESCAPED.get(match[3], match[3])


def decoded(content: bytes) -> Iterator[str]:
    """A string in each encoding it may be in: PDFDoc, UTF-16 with and without mark, UTF-8."""
    if content.startswith(b"\xfe\xff"):
        yield content[2:].decode("utf-16-be", "replace")
    elif content.startswith(b"\xff\xfe"):
        yield content[2:].decode("utf-16-le", "replace")
    elif content.isascii() and b"\x00" not in content:
        yield content.decode("ascii")
    else:
        yield str(pikepdf.String(content))
        yield content.decode("utf-8", "replace")
        if b"\x00" in content:
            yield content.decode("utf-16-be", "replace")
            yield content.decode("utf-16-le", "replace")
