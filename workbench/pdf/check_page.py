"""Reads one page of a finished bundle back, once, for all rules that ask about pages."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pymupdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from workbench.pdf.check_drawing import Drawing, annotations_of, walk
from workbench.pdf.check_links import link_targets, one_line
from workbench.pdf.check_marks import mark_facts
from workbench.pdf.check_number import EDGE_PT, find_number, is_upright
from workbench.pdf.check_objects import READER_FAULTS
from workbench.pdf.check_pictures import Letters, Look, Seen, covered_places, dark_words, look_of
from workbench.pdf.check_places import Bounds, Place, View, view_of

_CORNER_PT = 180.0
_SAMPLED = 24
#: The share of a page from which on its pictures are the page.
_IS_SCAN = 0.5
_NUMBER_LIKE = re.compile(r"[A-Za-z]{0,4}[-.]?\d+([.-]\d+)*|[ivxlc]+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_VOWELS = re.compile("[aeiouwyâêîôûŵŷáéíóúäëïöü]", re.IGNORECASE)
_STRANGE = re.compile(r"(.)\1{3}|[^aeiouwyâêîôûŵŷ\W\d_]{6}", re.IGNORECASE)
_ANNOTATIONS = {
    getattr(raw, name): name.removeprefix("FPDF_ANNOT_").title()
    for name in (
        "FPDF_ANNOT_TEXT", "FPDF_ANNOT_FREETEXT", "FPDF_ANNOT_LINE", "FPDF_ANNOT_SQUARE", "FPDF_ANNOT_CIRCLE",
        "FPDF_ANNOT_POLYGON", "FPDF_ANNOT_POLYLINE", "FPDF_ANNOT_HIGHLIGHT", "FPDF_ANNOT_UNDERLINE",
        "FPDF_ANNOT_SQUIGGLY", "FPDF_ANNOT_STRIKEOUT", "FPDF_ANNOT_STAMP", "FPDF_ANNOT_CARET", "FPDF_ANNOT_INK",
        "FPDF_ANNOT_POPUP", "FPDF_ANNOT_FILEATTACHMENT", "FPDF_ANNOT_SOUND", "FPDF_ANNOT_MOVIE", "FPDF_ANNOT_WIDGET",
        "FPDF_ANNOT_SCREEN", "FPDF_ANNOT_REDACT", "FPDF_ANNOT_WATERMARK", "FPDF_ANNOT_RICHMEDIA",
    )
}  # fmt: skip
_HARMLESS = {raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FILEATTACHMENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted beside the facts of every page."""

    is_ours: bool = False
    pictures: bool = False
    texts: bool = False
    marks: dict[int, list[tuple[Place, str]]] = field(default_factory=dict)


class PageReader:
    """Reads pages of one document; keeps count of scans, of which it compares so many with their words."""

    def __init__(
        self, document: pdfium.PdfDocument, other: pymupdf.Document, wanted: Wanted, *, most_scans: int
    ) -> None:
        self._document, self._other, self._wanted = document, other, wanted
        self._scans_left = most_scans
        self._image_digests: dict[int, str] = {}
        #: Pages that were drawn, for who compares them with their sources.
        self.looks: dict[int, Look] = {}
        self.scans = self.scans_examined = 0

    def read(self, index: int, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> dict[str, Any]:
        """The facts of one page as plain values."""
        view = view_of(page, self._unit(index))
        count = text_page.count_chars()
        text = text_page.get_text_range() if count else ""
        label = self._document.get_page_label(index)
        tail = text_page.get_text_range(max(0, count - 40), min(40, count)) if count else ""
        number = find_number(text_page, view, label or str(index + 1), tail, count)
        marks = self._wanted.marks.get(index, [])
        place = number.bounds if number is not None else None
        drawing = walk(page, view.box, place, wants_paths=bool(marks))
        annotations = list(annotations_of(page))
        share = drawing.share_of(view.box[2] - view.box[0], view.box[3] - view.box[1])
        facts = {
            **self._written(text_page, view, text, tail, count),
            "label": label,
            "number": number.facts if number is not None else None,
            "width_pt": round(view.size[0], 2),
            "height_pt": round(view.size[1], 2),
            "picture_digest": self._picture_digest(index, page, view, label, drawing, share),
            "picture_share": round(share, 3),
            "max_dpi": round(drawing.max_dpi / view.unit),
            "has_hidden_text": drawing.has_hidden_text,
            "word_share": _word_share(text) if drawing.has_hidden_text and share >= 0.25 else -1.0,
            "annotations": sorted({_ANNOTATIONS.get(kind, "Other") for kind, _ in annotations}),
            "link_targets": link_targets(self._document, page),
            "drawn_objects": drawing.objects,
        }
        boxes = drawing.boxes + [place for kind, place in annotations if kind not in _HARMLESS]
        return {**facts, **self._hidden(index, page, text_page, view, drawing, boxes, share)}

    def take_over(self, scans: int, examined: int) -> None:
        """Count a page that another read for the same document."""
        self.scans += scans
        self.scans_examined += examined
        self._scans_left -= examined

    def glance(self, index: int, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> dict[str, Any]:
        """The few facts of one page that its number and its turn are told by."""
        view, count = view_of(page, self._unit(index)), text_page.count_chars()
        tail = text_page.get_text_range(max(0, count - 40), min(40, count)) if count else ""
        turn, turn_share = _turn(text_page, view, count)
        return {
            "last_word": (tail.split() or [""])[-1],
            "corner": one_line(text_page.get_text_bounded(*view.band(-_CORNER_PT, -EDGE_PT, 0, 0))),
            "is_last_word_upright": count == 0 or is_upright(text_page, view, _last_letter(tail, count)),
            "character_count": count,
            "turn": turn,
            "turn_share": turn_share,
        }

    def _unit(self, index: int) -> float:
        try:
            kind, value = self._other.xref_get_key(self._other.page_xref(index), "UserUnit")
        except READER_FAULTS:
            # A page that only the first reader finds.
            return 1.0
        return float(value) if kind in ("int", "real", "float") and float(value) > 0 else 1.0

    def _written(self, text_page: pdfium.PdfTextPage, view: View, text: str, tail: str, count: int) -> dict[str, Any]:
        """What the text of a page tells."""
        head, foot = view.band(0, 0, 0, EDGE_PT), view.band(0, -EDGE_PT, 0, 0)
        is_ours = self._wanted.is_ours
        corner = view.band(-_CORNER_PT, -EDGE_PT, 0, 0)
        edges = [] if is_ours else [word for at in (foot, head) for word in text_page.get_text_bounded(*at).split()]
        turn, turn_share = _turn(text_page, view, count)
        words = text.split()
        return {
            "edge_words": edges,
            "last_word": (tail.split() or [""])[-1],
            "corner": one_line(text_page.get_text_bounded(*corner)) if is_ours else "",
            "is_last_word_upright": count == 0 or is_upright(text_page, view, _last_letter(tail, count)),
            "character_count": count,
            "text_digest": text_digest(words),
            "text": " ".join(words) if self._wanted.texts or self._wanted.marks else "",
            "turn": turn,
            "turn_share": turn_share,
            "odd_characters": sum(letter == "\ufffd" or unicodedata.category(letter) == "Co" for letter in set(text))
            and sum(letter == "\ufffd" or unicodedata.category(letter) == "Co" for letter in text),
        }

    def _picture_digest(
        self, index: int, page: pdfium.PdfPage, view: View, label: str, drawing: Drawing, share: float
    ) -> str:
        """How a page looks, when asked for; else which pictures stand on it, by their bytes in the file.

        A scan is told by its bytes in any case: they say as much, and drawing it takes twenty times as long.
        """
        if self._wanted.pictures and share <= _IS_SCAN:
            look = self.looks[index] = look_of(page, view, label)
            return look.digest
        if not drawing.pictures:
            return ""
        try:
            digests = [self._image_digest(image[0]) for image in self._other.get_page_images(index)]
        except READER_FAULTS:
            return ""
        return hashlib.blake2b(" ".join(sorted(digests)).encode(), digest_size=12).hexdigest() if digests else ""

    def _image_digest(self, xref: int) -> str:
        if xref not in self._image_digests:
            content = self._other.xref_stream_raw(xref) if xref else b""
            self._image_digests[xref] = hashlib.blake2b(content or b"", digest_size=12).hexdigest()
        return self._image_digests[xref]

    def _hidden(
        self,
        index: int,
        page: pdfium.PdfPage,
        text_page: pdfium.PdfTextPage,
        view: View,
        drawing: Drawing,
        boxes: list[Bounds],
        share: float,
    ) -> dict[str, Any]:
        """What lies under boxes, black places of scans, and marks; the page is drawn only when there is need."""
        marks = self._wanted.marks.get(index, [])
        is_scan = share > _IS_SCAN and text_page.count_chars() > 40
        self.scans += is_scan
        is_examined = is_scan and self._scans_left > 0
        if not (boxes or marks or is_examined):
            return {"covered": [], "whited": [], "marks": []}
        seen, letters = Seen(page, view), Letters(text_page)
        places = list(covered_places(seen, letters, boxes))
        covered = [place for place, is_white in places if not is_white]
        if is_examined:
            self._scans_left -= 1
            self.scans_examined += 1
            covered += dark_words(seen, letters)
        found = mark_facts(
            marks, view=view, text_page=text_page, letters=letters, drawing=drawing, seen=seen, other=self._other[index]
        )
        return {
            "covered": _shown(view, covered),
            "whited": _shown(view, [place for place, is_white in places if is_white]),
            "marks": list(found) if marks else [],
        }


def _shown(view: View, places: list[Bounds]) -> list[list[float]]:
    return [[round(side, 1) for side in view.shown(bounds)] for bounds in places]


def _last_letter(tail: str, count: int) -> int:
    """The position of the last character that is not white space."""
    return max(count - 1 - (len(tail) - len(tail.rstrip())), 0)


def text_digest(words: list[str]) -> str:
    """A digest of a page's words without the page number at either end; "" for a page without words."""
    body = list(words)
    if body and _NUMBER_LIKE.fullmatch(body[-1]):
        body.pop()
    if body and _NUMBER_LIKE.fullmatch(body[0]):
        body.pop(0)
    if not body:
        return ""
    return hashlib.blake2b(unicodedata.normalize("NFC", " ".join(body)).encode(), digest_size=12).hexdigest()


def _turn(text_page: pdfium.PdfTextPage, view: View, count: int) -> tuple[int, float]:
    """The direction in which most letters of a page run as displayed, and their share, from a sample."""
    if count < 10:
        return -1, 0.0
    turns = [0, 0, 0, 0]
    step = max(1, count // _SAMPLED)
    sampled = range(step // 2, count, step)
    for index in sampled:
        angle = math.degrees(raw.FPDFText_GetCharAngle(text_page.raw, index)) + view.rotation
        quarter = round(angle / 90)
        turns[quarter % 4] += abs(angle - quarter * 90) < 20
    most = max(range(4), key=turns.__getitem__)
    return most * 90, round(turns[most] / len(sampled), 2)


def _word_share(text: str) -> float:
    """How many of a page's words could be words of a language; -1 for too few to say."""
    words = _WORD.findall(text)
    if len(words) < 20:
        return -1.0
    likely = sum(bool(_VOWELS.search(word)) and not _STRANGE.search(word) for word in words)
    return round(likely / len(words), 2)
