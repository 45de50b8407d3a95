"""Reads a page with another library than the one that drew it: its letters and their places, its picture."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from workbench.domain.errors import FileRefused
from workbench.domain.geometry import Box

#: Places are taken from a drawing this many times larger than the page, in whole dots.
_DOTS_PER_POINT = 64
_MOST_DOTS = 1 << 30
_SAME_PLACE_PT = 4.0
#: This reader puts it where a hyphen and the line end after it were.
_JOINED_LINES = re.compile("[\x02\ufffe]")
#: Marks of line breaks, hyphens that may be dropped, letters without meaning.
_UNSEEN = dict.fromkeys([*range(0x20), 0x7F, 0xAD, 0x200B, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF])


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter and the middle of its place, in points of the page as displayed."""

    text: str
    x: float
    y: float

    def is_in(self, boxes: Iterable[Box]) -> bool:
        """Whether its middle lies in one of the boxes."""
        x, y = self.x, self.y
        for box in boxes:  # noqa: SIM110 - asked for every letter of a page and every box, and twice as fast
            if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
                return True
        return False


def open_second(content: bytes) -> pdfium.PdfDocument:
    """The PDF in the second reader; raises ``FileRefused``."""
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise FileRefused(f"The PDF does not open in a second reader: {error}.") from None


def open_if_it_can(content: bytes) -> pdfium.PdfDocument | None:
    """A document that was received, in the second reader; None when that cannot make sense of it."""
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return None


def letters_on(document: pdfium.PdfDocument | None, page_index: int, size_pt: tuple[float, float]) -> list[Letter]:
    """The letters of one page; none where the second reader does not find the page."""
    try:
        page = None if document is None else document[page_index]
    except (pdfium.PdfiumError, IndexError):
        page = None
    if page is None:
        return []
    try:
        return letters_of(page, size_pt)
    finally:
        page.close()


def words_of(page: pdfium.PdfPage) -> list[str]:
    """The words of a page in reading order, made comparable."""
    text_page = page.get_textpage()
    try:
        return comparable(_JOINED_LINES.sub("- ", text_page.get_text_range()).split())
    finally:
        text_page.close()


def comparable(words: Iterable[str]) -> list[str]:
    """Words as two readers agree on them: compatibility forms folded, unseen characters left out."""
    folded = (unicodedata.normalize("NFKC", word.translate(_UNSEEN)).translate(_UNSEEN) for word in words)
    return [piece for word in folded for piece in word.split()]


def letters_of(page: pdfium.PdfPage, size_pt: tuple[float, float]) -> list[Letter]:
    """Every letter that is not white space, with the middle of its place on a page displayed at ``size_pt``."""
    text_page = page.get_textpage()
    scale = min(_DOTS_PER_POINT, _MOST_DOTS / max(*size_pt, 1.0))
    width, height = round(size_pt[0] * scale), round(size_pt[1] * scale)
    sides = [ctypes.c_double() for _ in range(4)]
    pointers = [ctypes.byref(side) for side in sides]
    across, down = ctypes.c_int(), ctypes.c_int()
    letters = []
    for index in range(text_page.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text_page.raw, index)).translate(_UNSEEN)
        if not character or character.isspace():
            continue
        if not raw.FPDFText_GetCharBox(text_page.raw, index, *pointers):
            continue
        x, y = (sides[0].value + sides[1].value) / 2, (sides[2].value + sides[3].value) / 2
        raw.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        letters.append(Letter(character, across.value / scale, down.value / scale))
    text_page.close()
    return letters


def counted(texts: Iterable[str]) -> Counter[str]:
    """How often each letter and digit stands in the texts, whatever its form, case and accents."""
    folded = unicodedata.normalize("NFKD", "".join(texts).translate(_UNSEEN))
    return Counter(letter.casefold() for letter in folded if letter.isalnum())


def overprinted(letters: Iterable[Letter]) -> Counter[str]:
    """How often a letter stands on the same letter, as where print is made bold by printing it twice."""
    near: dict[str, list[Letter]] = {}
    found: Counter[str] = Counter()
    for letter in letters:
        same = near.setdefault(letter.text, [])
        if any(abs(other.x - letter.x) < _SAME_PLACE_PT and abs(other.y - letter.y) < _SAME_PLACE_PT for other in same):
            found.update(comparable([letter.text]))
        same.append(letter)
    return found


def drawn(page: pdfium.PdfPage, scale: float) -> Image.Image:
    """The page as the second reader shows it, in grey."""
    bitmap = page.render(scale=scale, grayscale=True)
    picture = Image.frombuffer(
        "L", (bitmap.width, bitmap.height), bytes(bitmap.buffer), "raw", "L", bitmap.stride, 1
    ).copy()
    bitmap.close()
    return picture


def lightest(picture: Image.Image, place: tuple[int, int, int, int]) -> int:
    """The lightest grey in a part of a picture; 0 where the part is empty."""
    left, top = max(place[0], 0), max(place[1], 0)
    right, bottom = min(place[2], picture.width), min(place[3], picture.height)
    if right <= left or bottom <= top:
        return 0
    extremes: Sequence[int] = picture.crop((left, top, right, bottom)).getextrema()  # type: ignore[assignment]
    return int(extremes[1])
