"""Draws pages of a finished bundle: to compare them with their sources, and to see what lies under boxes."""

from __future__ import annotations

import ctypes
import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageChops, ImageDraw

from workbench.pdf.check_drawing import annotations_of
from workbench.pdf.check_places import Bounds, Place, View, middle_in, view_of

#: Fine enough to see a line of text go missing, coarse enough for thousands of pages.
_COMPARED_DPI = 32
_SEEN_DPI = 110
#: Grey levels by which a pixel differs, and so many of them make a page a different one.
_DIFFERENT, _TOO_MANY = 48, 12
#: So much of the ink of a field or comment stands there still when another reader drew it.
_LEAST_INK = 0.4
_ONE_COLOUR = 14
_DARK, _WHITE = 70, 235
#: Letters that make a place with words under it.
_LEAST_LETTERS = 3
_LARGEST_SIDE = 2400
_SLOW_SECONDS = 1.0


def draw(page: pdfium.PdfPage, dpi: float, *, with_annotations: bool = False) -> Image.Image:
    """A page in greys; very large pages coarser, one without a size as one white point."""
    width, height = page.get_width(), page.get_height()
    if min(width, height) <= 0:
        return Image.new("L", (1, 1), 255)
    scale = min(dpi / 72, _LARGEST_SIDE / max(width, height))
    bitmap = page.render(scale=scale, grayscale=True, draw_annots=with_annotations, may_draw_forms=with_annotations)
    picture: Image.Image = bitmap.to_pil().convert("L")
    bitmap.close()
    return picture


def is_slow(page: pdfium.PdfPage) -> bool:
    """Whether drawing the page at 100 % takes more than a second of the processor."""
    began = time.process_time()
    draw(page, 96, with_annotations=True)
    return time.process_time() - began > _SLOW_SECONDS


def _without_number(picture: Image.Image, view: View, label: str) -> Image.Image:
    """The picture with the bottom right corner, where the number stands, in white."""
    width, height = view.size
    across, down = picture.width / max(width, 1.0), picture.height / max(height, 1.0)
    left = width - 26 - 8 * len(label)
    ImageDraw.Draw(picture).rectangle(
        (int(left * across), int((height - 28) * down), picture.width, picture.height), fill=255
    )
    return picture


def _without_marks(picture: Image.Image, drawn: Sequence[Sequence[float]]) -> Image.Image:
    """The picture with the places of margin marks in white."""
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in drawn:
        width, height = picture.size
        pen.rectangle(
            (int(left * width) - 1, int(top * height) - 1, int(right * width) + 1, int(bottom * height) + 1), fill=255
        )
    return picture


@dataclass(frozen=True, slots=True)
class Look:
    """How a page looks beside its number, as a digest."""

    digest: str
    size: tuple[int, int]
    view: View
    label: str

    def is_of(self, source: pdfium.PdfPage) -> bool:
        """Whether a source without its comments looks the same, point by point; anything else needs a closer look."""
        if self.view.unit != 1.0 or min(source.get_size()) <= 0:
            return False
        return look_of(source, self.view, self.label) == self


def look_of(page: pdfium.PdfPage, view: View, label: str) -> Look:
    """The look of a page beside the number that stands on it or would."""
    picture = _without_number(draw(page, _COMPARED_DPI), view, label)
    return Look(hashlib.blake2b(picture.tobytes(), digest_size=12).hexdigest(), picture.size, view, label)


def looks_like(
    page: pdfium.PdfPage, source: pdfium.PdfPage, label: str, drawn: Sequence[Sequence[float]] = ()
) -> bool | None:
    """Whether a page looks as its source does beside its number and margin marks; None for pages of another size.

    ``drawn`` are the places of marks in parts of width and height.
    """
    if min(source.get_size()) <= 0:
        return None
    view = view_of(page)
    ours = _without_marks(_without_number(draw(page, _COMPARED_DPI), view, label), drawn)
    for with_annotations in (False, True):
        theirs = draw(source, _COMPARED_DPI, with_annotations=with_annotations)
        if ours.size != theirs.size:
            return None
        # Form fields and the appearance of comments are drawn into the page when a bundle is made.
        theirs = _without_marks(_without_number(theirs, view, label), drawn)
        if _alike(ours, theirs):
            return True
    return _alike_but_for_fields(ours, theirs, source)


def _alike_but_for_fields(ours: Image.Image, theirs: Image.Image, source: pdfium.PdfPage) -> bool:
    """Whether pages are alike outside fields and comments, and something stands in each of these where it should.

    Readers draw a choice or a list in their own way; that it was lost is still seen.
    """
    view, places = view_of(source), [bounds for _, bounds in annotations_of(source)]
    if not places:
        return False
    width, height = view.size
    ours, theirs = ours.copy(), theirs.copy()
    for bounds in places:
        left, top, right, bottom = view.shown(bounds)
        box = (
            int(left * ours.width / width) - 1,
            int(top * ours.height / height) - 1,
            int(right * ours.width / width) + 2,
            int(bottom * ours.height / height) + 2,
        )
        if _ink(ours.crop(box)) < _LEAST_INK * _ink(theirs.crop(box)):
            return False
        for picture in (ours, theirs):
            ImageDraw.Draw(picture).rectangle(box, fill=255)
    return _alike(ours, theirs)


def _ink(picture: Image.Image) -> int:
    """How much of a grey picture is not white, weighed by how dark it is."""
    return sum((255 - level) * count for level, count in enumerate(picture.histogram()))


def _alike(first: Image.Image, second: Image.Image) -> bool:
    counts = ImageChops.difference(first, second).histogram()
    return sum(counts[_DIFFERENT:]) <= _TOO_MANY


class Letters:
    """The letters of a page with their places in its own coordinates, read once when first needed."""

    def __init__(self, text_page: pdfium.PdfTextPage) -> None:
        self._text_page = text_page
        self._places: list[tuple[int, Bounds]] | None = None

    def all(self) -> list[tuple[int, Bounds]]:
        """(position, place) of every letter and digit."""
        if self._places is None:
            self._places = list(self._read())
        return self._places

    def _read(self) -> Iterator[tuple[int, Bounds]]:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        handle = self._text_page.raw
        for index in range(self._text_page.count_chars()):
            if not chr(min(raw.FPDFText_GetUnicode(handle, index), 0x10FFFF)).isalnum():
                continue
            if raw.FPDFText_GetCharBox(
                handle, index, ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom), ctypes.byref(top)
            ):
                yield index, (left.value, bottom.value, right.value, top.value)


class Seen:
    """One page as a picture, asked about places on it."""

    def __init__(self, page: pdfium.PdfPage, view: View) -> None:
        self._view = view
        self._picture = draw(page, _SEEN_DPI, with_annotations=True)
        self._grey: Any = self._picture.load()
        width, height = view.size
        self._across, self._down = self._picture.width / max(width, 1.0), self._picture.height / max(height, 1.0)

    def _pixels(self, place: Place) -> Image.Image | None:
        left, top = int(place[0] * self._across), int(place[1] * self._down)
        right, bottom = int(place[2] * self._across) + 1, int(place[3] * self._down) + 1
        box = max(left, 0), max(top, 0), min(right, self._picture.width), min(bottom, self._picture.height)
        return self._picture.crop(box) if box[0] < box[2] and box[1] < box[3] else None

    def hides(self, bounds: Bounds, *, only_dark: bool = False) -> bool:
        """Whether nothing can be seen of the letter at this place: all of it is one colour."""
        place = self._view.shown(bounds)
        left, top = int(place[0] * self._across), int(place[1] * self._down)
        right, bottom = int(place[2] * self._across), int(place[3] * self._down)
        if left < 0 or top < 0 or right >= self._picture.width or bottom >= self._picture.height:
            return False
        # A few points tell most letters apart from their ground without cutting them out.
        grey = self._grey
        looked = grey[left, top], grey[right, bottom], grey[(left + right) // 2, (top + bottom) // 2]
        if max(looked) - min(looked) > _ONE_COLOUR or (only_dark and max(looked) >= _DARK):
            return False
        lowest, highest = _extremes(self._picture.crop((left, top, right + 1, bottom + 1)))
        return highest - lowest <= _ONE_COLOUR and (highest < _DARK or not only_dark)

    def is_white(self, bounds: Bounds) -> bool:
        """Whether a place is nearly white all over."""
        pixels = self._pixels(self._view.shown(bounds))
        return pixels is not None and _extremes(pixels)[0] > _WHITE

    def is_one_colour(self, place: Place, *, but_for_label: bool) -> bool:
        """Whether a place is of one colour; with a label in it, whether it is black but for the label's letters."""
        pixels = self._pixels(place)
        if pixels is None:
            return False
        if but_for_label:
            return sum(pixels.histogram()[:_DARK]) * 2 >= pixels.width * pixels.height
        darkest, lightest = _extremes(pixels)
        return lightest - darkest <= _ONE_COLOUR


def _extremes(grey: Image.Image) -> tuple[int, int]:
    """The darkest and the lightest grey of a picture."""
    darkest, lightest = grey.getextrema()
    assert not isinstance(darkest, tuple) and not isinstance(lightest, tuple)
    return int(darkest), int(lightest)


def covered_places(seen: Seen, letters: Letters, boxes: Sequence[Bounds]) -> Iterator[tuple[Bounds, bool]]:
    """Boxes under which letters lie that cannot be seen, and whether they are white there.

    A page number or a letter or two that were painted white to be set elsewhere are layout.
    """
    for box in boxes:
        hidden = [place for _, place in letters.all() if middle_in(box, place) and seen.hides(place)]
        if hidden:
            is_white = all(seen.is_white(place) for place in hidden)
            if not is_white or len(hidden) >= _LEAST_LETTERS:
                yield box, is_white


def dark_words(seen: Seen, letters: Letters) -> Iterator[Bounds]:
    """Runs of letters on a scan whose place is dark all over in the picture: the picture was blacked, the text not."""
    run: list[tuple[int, Bounds]] = []
    for index, place in letters.all():
        if not seen.hides(place, only_dark=True):
            yield from _as_place(run)
            run = []
        else:
            run.append((index, place))
    yield from _as_place(run)


def _as_place(run: Iterable[tuple[int, Bounds]]) -> Iterator[Bounds]:
    places = [place for _, place in run]
    if len(places) > _LEAST_LETTERS:
        yield (
            min(place[0] for place in places), min(place[1] for place in places),
            max(place[2] for place in places), max(place[3] for place in places),
        )  # fmt: skip
