"""Puts the page number on a page: upright at the bottom right of what is seen, whatever the page's rotation."""

from __future__ import annotations

import io
import math
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name

_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_/ "
SIZE_PT = 11.0
#: Close to the edge, below where documents print their own numbers.
_RIGHT_PT, _UP_PT = 14.0, 9.0
_PAD_PT = 3.0
#: A shorter side leaves no room for a number.
_LEAST_PT = 120.0
#: The size at which viewers show a page that gives none.
_SHOWN_PT = (0.0, 0.0, 612.0, 792.0)
#: Bytes of a damaged stream that are tried at once.
_PIECE = 32
_FONT_KEY = "/WorkbenchStamp"

Sides = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What of a page is seen: its visible box in its own units, quarter turns clockwise, and points per unit."""

    x0: float
    y0: float
    x1: float
    y1: float
    rotation: int
    unit: float

    @property
    def displayed_size(self) -> tuple[float, float]:
        """Width and height as displayed, in the page's units."""
        width, height = self.x1 - self.x0, self.y1 - self.y0
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def place(self, right: float, up: float) -> tuple[float, float]:
        """The page's own coordinates of a point given from the bottom left as displayed."""
        return {
            0: (self.x0 + right, self.y0 + up),
            90: (self.x1 - up, self.y0 + right),
            180: (self.x1 - right, self.y1 - up),
            270: (self.x0 + up, self.y1 - right),
        }[self.rotation]

    @property
    def upright(self) -> str:
        """The four numbers of the matrix that makes text upright as displayed."""
        return {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[self.rotation]


def frame_of(page: pikepdf.Page) -> Frame:
    """The frame of a page, from its boxes, rotation and user unit."""
    obj = page.obj
    media = _box(obj.get("/MediaBox"))
    crop = _box(obj.get("/CropBox")) or media
    return _frame(media, crop, _number(obj.get("/Rotate", 0)), _number(obj.get("/UserUnit", 1)))


def _box(value: Any) -> Sides | None:
    """The four sides of a box; None when it is none."""
    if not isinstance(value, Array):
        return None
    written = value.unparse()
    return _sides(written) if b"R" not in written else _sides(b" ".join(str(_number(side)).encode() for side in value))


@lru_cache(maxsize=1024)
def _sides(written: bytes) -> Sides | None:
    """Read from how it is written: nearly all pages of a bundle have one of a few boxes."""
    try:
        sides = tuple(float(side) for side in written.strip(b"[] ").split())
    except ValueError:
        return None
    return sides if len(sides) == 4 and all(map(math.isfinite, sides)) else None


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


@lru_cache(maxsize=1024)
def _frame(media: Sides | None, crop: Sides | None, turn: float, unit: float) -> Frame:
    media = media or _SHOWN_PT
    crop = crop or media
    x0, x1 = sorted((media[0], media[2]))
    y0, y1 = sorted((media[1], media[3]))
    left, right = sorted((crop[0], crop[2]))
    bottom, top = sorted((crop[1], crop[3]))
    left, right, bottom, top = max(x0, left), min(x1, right), max(y0, bottom), min(y1, top)
    if right - left < 1 or top - bottom < 1:
        left, right, bottom, top = x0, x1, y0, y1
    return Frame(left, bottom, right, top, int(turn) % 360 // 90 * 90, unit if unit > 0 else 1.0)


def isolate(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Wrap what a page draws, so that nothing it leaves open goes on, and nothing outside its frame can show."""
    frame = frame_of(page)
    # Not ``as_form_xobject``: it reads the page's content when the file is saved, by then replaced, and the page
    # would be blank; it would also cut at the trim box, which may be smaller than what is seen.
    form = pdf.make_stream(_content(page))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([frame.x0, frame.y0, frame.x1, frame.y1])
    form.Resources = page.resources
    if "/Group" in page.obj:
        form.Group = page.obj.Group
    page.obj.Resources = Dictionary(XObject=Dictionary(Page=form))
    page.obj.Contents = pdf.make_stream(b"/Page Do")


def _content(page: pikepdf.Page) -> bytes:
    """Everything that a page draws; its streams are one, with at least a space between them."""
    return b"\n".join(_decoded(stream) for stream in _streams(page.obj.get("/Contents")))


def _streams(contents: Any) -> list[pikepdf.Stream]:
    found = contents if isinstance(contents, Array) else [contents]
    return [stream for stream in found if isinstance(stream, pikepdf.Stream)]


def _decoded(stream: pikepdf.Stream) -> bytes:
    """What a stream holds; of a damaged one as much as viewers show, which is what comes before the damage."""
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        pass  # read piece by piece below
    raw, inflater, pieces = stream.read_raw_bytes(), zlib.decompressobj(), []
    for start in range(0, len(raw), _PIECE):
        try:
            pieces.append(inflater.decompress(raw[start : start + _PIECE]))
        except zlib.error:
            break
    return b"".join(pieces)


def give_room(pdf: pikepdf.Pdf, page: pikepdf.Page) -> bool:
    """Put a page that is too small for a number in the middle of a larger one; False when it has room.

    What the page's boxes cut off stays cut off. A page whose boxes are empty or contradict each other gets the
    size that viewers show it at.
    """
    media = _box(page.obj.get("/MediaBox"))
    if media is None or not _is_sound(media):
        _set_size(page, _SHOWN_PT)
        return True
    if "/CropBox" in page.obj and not _overlap(_box(page.obj.CropBox) or media, media):
        page.obj.CropBox = page.obj.MediaBox
    frame = frame_of(page)
    if all(side * frame.unit >= _LEAST_PT for side in frame.displayed_size):
        return False
    isolate(pdf, page)
    least = _LEAST_PT / frame.unit
    spare_x, spare_y = (max(least - side, 0.0) / 2 for side in (frame.x1 - frame.x0, frame.y1 - frame.y0))
    _set_size(page, (frame.x0 - spare_x, frame.y0 - spare_y, frame.x1 + spare_x, frame.y1 + spare_y))
    return True


def _set_size(page: pikepdf.Page, box: Sides) -> None:
    for key in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]
    page.obj.MediaBox = Array(box)


def _is_sound(box: Sides) -> bool:
    return box[0] != box[2] and box[1] != box[3]


@lru_cache(maxsize=1024)
def _overlap(box: Sides, other: Sides) -> bool:
    """Whether two boxes, with their corners in any order, share more than an edge."""
    sides = [(sorted((box[n], box[n + 2])), sorted((other[n], other[n + 2]))) for n in (0, 1)]
    return all(min(own[1], its[1]) - max(own[0], its[0]) >= 1 for own, its in sides)


class Stamper:
    """Stamps pages of one PDF with one shared, embedded font."""

    def __init__(self, pdf: pikepdf.Pdf, bold: bytes) -> None:
        self._pdf = pdf
        self._font = pymupdf.Font(fontbuffer=bold)
        self._glyphs = {character: self._font.has_glyph(ord(character)) for character in _CHARACTERS}
        self._advances = {character: self._font.glyph_advance(ord(character)) for character in _CHARACTERS}
        self._embedded = self._embed()
        self._begin = pdf.make_stream(b"q\n")
        self._prepared: dict[tuple[int, int], str] = {}

    def _embed(self) -> pikepdf.Object:
        document = pymupdf.open()
        page = document.new_page()
        writer = pymupdf.TextWriter(page.rect)
        writer.append((72, 72), _CHARACTERS, font=self._font)
        writer.write_text(page)
        document.subset_fonts()
        source = pikepdf.open(io.BytesIO(document.tobytes(no_new_id=True)))
        fonts = source.pages[0].obj.Resources.Font
        return self._pdf.copy_foreign(fonts[next(iter(fonts.keys()))])

    def stamp(self, page: pikepdf.Page, label: str) -> None:
        """Write ``label`` on the page; what was on it stays as it looked."""
        key = self._font_key(page.obj)
        ending = self._pdf.make_stream(self._operators(frame_of(page), label, key))
        contents = page.obj.get("/Contents")
        if isinstance(contents, pikepdf.Stream):
            page.obj.Contents = Array([self._begin, contents, ending])
        else:
            page.obj.Contents = Array([self._begin, *_streams(contents), ending])

    def unstamp(self, page: pikepdf.Page) -> None:
        """Take away what ``stamp`` wrote."""
        page.obj.Contents = Array(list(page.obj.Contents)[1:-1])

    def _width(self, text: str, size: float) -> float:
        return float(size * sum(self._advances[character] for character in text))

    def _operators(self, frame: Frame, label: str, key: str) -> bytes:
        scale = 1 / frame.unit
        size, pad = SIZE_PT * scale, _PAD_PT * scale
        width = self._width(label, size)
        displayed_width, _ = frame.displayed_size
        right = max(displayed_width - _RIGHT_PT * scale - width, pad)
        x, y = frame.place(right, _UP_PT * scale)
        # The blank in front keeps the number a word of its own when a line of the page ends right beside it.
        blank = self._width(" ", size)
        glyphs = "".join(f"{self._glyphs[character]:04x}" for character in f" {label}")
        return (
            f"\nQ q {frame.upright} {x:.2f} {y:.2f} cm 1 g "
            f"{-pad:.2f} {-pad:.2f} {width + 2 * pad:.2f} {size + pad:.2f} re f "
            f"BT 0 g {key} {size:.2f} Tf 0 Tr {-blank:.2f} 0 Td <{glyphs}> Tj ET Q\n"
        ).encode()

    def _font_key(self, page: pikepdf.Object) -> str:
        """The name of the stamp font on this page; resources that pages share get the font once."""
        resources = page.get("/Resources")
        if not isinstance(resources, Dictionary):
            resources = page.Resources = Dictionary()
        shared = resources.objgen
        key = self._prepared.get(shared)
        if key is None:
            key = self._name_font(resources)
            if shared != (0, 0):
                self._prepared[shared] = key
        return key

    def _name_font(self, resources: Dictionary) -> str:
        """Add the stamp font; under another name when the source uses that name already."""
        fonts = resources.get("/Font")
        if not isinstance(fonts, Dictionary):
            fonts = resources.Font = Dictionary()
        key, number = _FONT_KEY, 1
        while key in fonts and fonts[key].objgen != self._embedded.objgen:
            number += 1
            key = f"{_FONT_KEY}{number}"
        fonts[Name(key)] = self._embedded
        return key
