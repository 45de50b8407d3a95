"""Reads back what the objects of a finished bundle say, beside its pages: scripts, fonts, layers, metadata."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pymupdf

from workbench.domain.errors import FileRefused

#: What the second reader raises about pages and objects that are damaged or not there.
READER_FAULTS = (RuntimeError, ValueError, IndexError, pymupdf.mupdf.FzErrorBase)
_LIVE = re.compile(r"/(JS|JavaScript|Launch|URI|SubmitForm|ImportData|GoToR|GoToE|Movie|Sound|Rendition)\b")
_SUBTYPE = re.compile(r"/Subtype\s*/(\w+)")
_ANNOTATIONS = re.compile(
    "Text|FreeText|Line|Square|Circle|Polygon|PolyLine|Highlight|Underline|Squiggly|StrikeOut|Stamp|Caret|Ink|Popup|"
    "FileAttachment|Sound|Movie|Screen|Widget|PrinterMark|TrapNet|Watermark|3D|Redact"
)
_FONT = re.compile(r"/Type\s*/Font\b(?!Descriptor)")
_FONT_KIND = re.compile(r"/Subtype\s*/(Type1|MMType1|TrueType|CIDFontType0|CIDFontType2)\b")
_NAME = re.compile(r"/BaseFont\s*/([^\s/<>\[\]()]+)")
_DESCRIPTOR = re.compile(r"/FontDescriptor\s+(\d+)\s+0\s+R")
_BASE_FONTS = re.compile(r"(Helvetica|Times|Courier)(-\w+)?$|Symbol$|ZapfDingbats$|(Arial|TimesNewRoman|CourierNew)\b")


def open_for_objects(content: bytes) -> pymupdf.Document:
    """The PDF; raises ``FileRefused`` when it does not open or is locked."""
    try:
        document = pymupdf.open(stream=content, filetype="pdf")
    except (pymupdf.FileDataError, *READER_FAULTS) as error:
        raise FileRefused(f"The file does not open as a PDF: {str(error).rstrip('.')}.") from None
    if document.needs_pass:
        raise FileRefused("The PDF is locked with a password, so nothing of it can be checked.")
    return document


class ObjectReading:
    """Goes through the objects of one PDF, all of them or its share of them."""

    def __init__(self, document: pymupdf.Document, content: bytes) -> None:
        self._document, self._content = document, content
        self.live: set[str] = set()
        self.annotations: set[str] = set()
        self._fonts: dict[str, str] = {}
        self._with_program: set[str] = set()

    def read(self, part: int, parts: int) -> None:
        """Every ``parts``-th object from ``part`` on; fonts are looked at once, by the first."""
        for xref in range(1 + part, self._document.xref_length(), parts):
            try:
                text = self._document.xref_object(xref, compressed=True)
            except READER_FAULTS:
                # An object that cannot be read cannot run either; what hangs on it shows in the pages.
                continue
            self._look(xref, text)

    def _look(self, xref: int, text: str) -> None:
        if "/S" in text or "/JS" in text or "/JavaScript" in text:
            self.live |= set(_LIVE.findall(text))
            if "/Rect" in text and (found := _SUBTYPE.search(text)) and _ANNOTATIONS.fullmatch(found[1]):
                self.annotations.add(found[1])
        if "/FontFile" in text:
            self._with_program.add(str(xref))
        elif _FONT.search(text) and _FONT_KIND.search(text):
            name, descriptor = _NAME.search(text), _DESCRIPTOR.search(text)
            self._fonts[name[1] if name else "a font without a name"] = descriptor[1] if descriptor else ""

    def found(self) -> dict[str, Any]:
        """What this share of the objects says; shares are put together by ``joined``."""
        return {
            "live": sorted(self.live),
            "annotations": sorted(self.annotations),
            "fonts": self._fonts,
            "with_program": sorted(self._with_program),
        }

    def whole(self) -> dict[str, Any]:
        """What the file says of itself."""
        document, content = self._document, self._content
        return {
            "is_repaired": bool(document.is_repaired),
            "is_encrypted": _is_restricted(document),
            "revisions": content.count(b"%%EOF"),
            "opening": self._opening(),
            "metadata": {key: value or "" for key, value in (document.metadata or {}).items()},
            "attachments": _attachments(document),
            "page_mode": self._catalog("PageMode").lstrip("/"),
            "language": self._catalog("Lang"),
            "shows_title": self._catalog("ViewerPreferences/DisplayDocTitle") == "true",
            **_layers(document),
            "byte_count": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }

    def _opening(self) -> str:
        value = self._catalog("OpenAction")
        found = re.fullmatch(r"(\d+) \d+ R", value)
        try:
            return str(self._document.xref_object(int(found[1]))) if found else value
        except READER_FAULTS:
            return ""

    def _catalog(self, key: str) -> str:
        return _catalog_value(self._document, key)[1]


def _catalog_value(document: pymupdf.Document, key: str) -> tuple[str, str]:
    """Kind and text of a value in the catalog; nothing for one that is missing or damaged."""
    try:
        kind, value = document.xref_get_key(document.pdf_catalog(), key)
    except READER_FAULTS:
        return "null", ""
    return str(kind), "" if kind == "null" else str(value)


def _attachments(document: pymupdf.Document) -> int:
    try:
        return int(document.embfile_count())
    except READER_FAULTS:
        return 0


def page_count(document: pymupdf.Document) -> int:
    """How many pages the reader finds; 0 when their list is too damaged for it."""
    try:
        return int(document.page_count)
    except READER_FAULTS:
        return 0


def _is_restricted(document: pymupdf.Document) -> bool:
    return bool(document.metadata and document.metadata.get("encryption")) or document.permissions != -4


def _layers(document: pymupdf.Document) -> dict[str, Any]:
    """The layers, and those hidden on opening: as the reader shows them, and as the file's own list has them."""
    try:
        groups = document.get_ocgs() or {}
    except READER_FAULTS:
        groups = {}

    def listed(key: str) -> set[int]:
        return {int(xref) for xref in re.findall(r"(\d+) 0 R", _catalog_value(document, f"OCProperties/D/{key}")[1])}

    hidden = {xref for xref, group in groups.items() if not group["on"]} | (listed("OFF") & set(groups))
    if _catalog_value(document, "OCProperties/D/BaseState")[1] == "/OFF":
        hidden |= set(groups) - listed("ON")
    return {"layers": len(groups), "hidden_layers": sorted({str(groups[xref]["name"]) for xref in hidden})}


def joined(shares: list[dict[str, Any]], whole: dict[str, Any], page_counts: list[int]) -> dict[str, Any]:
    """The facts of all objects, from what each reader of a share found."""
    with_program = {xref for share in shares for xref in share["with_program"]}
    fonts = {name: descriptor for share in shares for name, descriptor in share["fonts"].items()}
    missing = {name.partition("+")[2] or name for name, xref in fonts.items() if xref not in with_program}
    base = {name for name in missing if _BASE_FONTS.match(name)}
    return {
        **whole,
        "live": sorted({name for share in shares for name in share["live"]}),
        "annotations": sorted({name for share in shares for name in share["annotations"]}),
        "fonts_not_embedded": sorted(missing - base),
        "base_fonts_not_embedded": sorted(base),
        "page_counts": page_counts,
    }
