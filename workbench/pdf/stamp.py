"""Puts the page number on a page: upright at the bottom right of what is seen, whatever the page's rotation."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass

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
_SHOWN_PT = (612, 792)
#: Bytes of a damaged stream that are tried at once.
_PIECE = 32
_FONT_KEY = "/WorkbenchStamp"


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
    media = [float(side) for side in page.mediabox]
    crop = [float(side) for side in page.cropbox]
    x0, x1 = sorted((media[0], media[2]))
    y0, y1 = sorted((media[1], media[3]))
    left, right = sorted((crop[0], crop[2]))
    bottom, top = sorted((crop[1], crop[3]))
    left, right, bottom, top = max(x0, left), min(x1, right), max(y0, bottom), min(y1, top)
    if right - left < 1 or top - bottom < 1:
        left, right, bottom, top = x0, x1, y0, y1
    rotation = int(page.obj.get("/Rotate", 0)) % 360 // 90 * 90
    unit = float(page.obj.get("/UserUnit", 1)) or 1.0
    return Frame(left, bottom, right, top, rotation, unit)


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
    contents = page.obj.get("/Contents", Array())
    streams = list(contents) if isinstance(contents, Array) else [contents]
    return b"\n".join(_decoded(stream) for stream in streams if isinstance(stream, pikepdf.Stream))


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
    if not _is_sound(page.mediabox):
        _set_size(page, [0, 0, *_SHOWN_PT])
        return True
    if not _overlap(page.cropbox, page.mediabox):
        page.obj.CropBox = page.mediabox
    frame = frame_of(page)
    if all(side * frame.unit >= _LEAST_PT for side in frame.displayed_size):
        return False
    isolate(pdf, page)
    least = _LEAST_PT / frame.unit
    spare_x, spare_y = (max(least - side, 0.0) / 2 for side in (frame.x1 - frame.x0, frame.y1 - frame.y0))
    _set_size(page, [frame.x0 - spare_x, frame.y0 - spare_y, frame.x1 + spare_x, frame.y1 + spare_y])
    return True


def _set_size(page: pikepdf.Page, box: list[float]) -> None:
    for key in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]
    page.obj.MediaBox = Array(box)
    # The pages above this one in the list may pass a crop box down.
    page.obj.CropBox = Array(box)


def _is_sound(box: Array) -> bool:
    return abs(float(box[2]) - float(box[0])) > 0 and abs(float(box[3]) - float(box[1])) > 0


def _overlap(box: Array, other: Array) -> bool:
    """Whether two boxes, with their corners in any order, share more than an edge."""
    sides = [(sorted(map(float, (box[n], box[n + 2]))), sorted(map(float, (other[n], other[n + 2])))) for n in (0, 1)]
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
        frame = frame_of(page)
        key = self._font_key(page)
        ending = self._pdf.make_stream(self._operators(frame, label, key))
        contents = page.obj.get("/Contents", Array())
        streams = list(contents) if isinstance(contents, Array) else [contents]
        page.obj.Contents = Array([self._begin, *streams, ending])

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

    def _font_key(self, page: pikepdf.Page) -> str:
        """The name of the stamp font on this page; another one when the source uses that name already."""
        resources = page.obj.get("/Resources")
        if not isinstance(resources, Dictionary):
            resources = page.obj.Resources = Dictionary()
        fonts = resources.get("/Font")
        if not isinstance(fonts, Dictionary):
            fonts = resources.Font = Dictionary()
        key, number = _FONT_KEY, 1
        while key in fonts and fonts[key].objgen != self._embedded.objgen:
            number += 1
            key = f"{_FONT_KEY}{number}"
        fonts[Name(key)] = self._embedded
        return key
