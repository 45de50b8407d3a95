"""Draws a page as a picture in which the marked places no longer exist."""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops, TiffImagePlugin

from workbench.domain.errors import FileRefused
from workbench.domain.geometry import Box

#: A label is set in one size, whatever stood beneath it.
LABEL_PT = 6.0
#: A larger sheet is drawn coarser, and said so.
_MOST_PIXELS = 60_000_000
_COLOURS = 64
#: Lossless pictures up to this size are not tried as photographs.
_SMALL_BYTES = 100_000
_JPEG_QUALITY = 75
#: More effort takes six times as long and saves a twentieth.
_EFFORT = 6
#: A photograph in full colour may be so many times larger than one in few colours.
_COLOUR_WORTH = 1.5
#: Print whose grey edges take more than this is drawn in black and white, and so many times finer.
_DENSE_BYTES, _FINER = 125_000, 1.5
_PICTURES = {"fill-image", "fill-imgmask", "clip-imgmask", "fill-shade"}
#: The share of a page that may be flat grey and still count as black print on white.
_MOST_FLAT = 0.0001
_TIFF_ROWS, _TIFF_AT, _TIFF_BYTES, _TIFF_PHOTOMETRIC = 278, 273, 279, 262
_SIXTEEN = bytes((value * 15 + 127) // 255 for value in range(256))
_SIXTEEN_HIGH = bytes(level << 4 for level in _SIXTEEN)


Place = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawn page: its pixels after blacking out, and how many of them make a point."""

    image: Image.Image
    scale: float
    labels: tuple[tuple[str, Place], ...]


def burn(page: Any, drawn: Sequence[tuple[str, Sequence[Box]]], *, dpi: float, font: bytes) -> Picture:
    """The page as displayed with every box of ``(label, boxes)`` black and its label in white where it has room."""
    picture = _burn(page, drawn, dpi, font)
    if picture.image.mode == "L" and picture.scale * 72 >= dpi - 1 and _is_dense_print(page, picture.image):
        finer = _burn(page, drawn, dpi * _FINER, font)
        if finer.scale * 72 >= dpi * _FINER - 1:
            return replace(finer, image=finer.image.convert("1", dither=Image.Dither.NONE))
    return picture


def _burn(page: Any, drawn: Sequence[tuple[str, Sequence[Box]]], dpi: float, font: bytes) -> Picture:
    scale = min(dpi / 72, math.sqrt(_MOST_PIXELS / max(page.rect.width * page.rect.height, 1.0)))
    try:
        drawing = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False)
    except (RuntimeError, ValueError) as error:
        raise FileRefused(f"Page {page.number + 1} cannot be drawn, so it was not redacted: it is damaged.") from error
    image = Image.frombytes("RGB", (drawing.width, drawing.height), drawing.samples)
    red, green, blue = (channel.tobytes() for channel in image.split())
    if red == green == blue:
        image = image.getchannel(0)
    for _, boxes in drawn:
        for box in boxes:
            image.paste(0, pixels_of(box, scale))
    wanted = [(text, box) for text, boxes in drawn if text for box in boxes]
    labels = [(text, place) for text, box in wanted if (place := _label(image, text, box, scale, font)) is not None]
    return Picture(image=image, scale=scale, labels=tuple(labels))


def _is_dense_print(page: Any, image: Image.Image) -> bool:
    """Black letters and lines on white, and so many that grey edges would cost much: finer dots need none."""
    if len(zlib.compress(_sixteen_greys(image), 1)) < _DENSE_BYTES:
        return False
    if any(what in _PICTURES for what, *_ in page.get_bboxlog()):
        return False
    middle = image.point([255 if 24 <= value <= 231 else 0 for value in range(256)])
    for shift in ((1, 0), (0, 1)):
        same = ImageChops.difference(image, ImageChops.offset(image, *shift)).point([255, *[0] * 255])
        middle = ImageChops.darker(middle, same)
    return middle.histogram()[255] < _MOST_FLAT * image.width * image.height


def pixels_of(box: Box, scale: float) -> Place:
    """The pixels that a box touches: left, top, right, bottom."""
    return (
        math.floor(box.x0 * scale),
        math.floor(box.y0 * scale),
        math.ceil(box.x1 * scale),
        math.ceil(box.y1 * scale),
    )


def _label(image: Image.Image, text: str, box: Box, scale: float, font: bytes) -> Place | None:
    """Set the label into a box that has free room for it; nothing is made smaller to fit."""
    tile = label_tile(text, scale, font)
    left, top, right, bottom = pixels_of(box, scale)
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height)
    if right - left < tile.width or bottom - top < tile.height:
        return None
    at = (left + (right - left - tile.width) // 2, top + (bottom - top - tile.height) // 2)
    place = (*at, at[0] + tile.width, at[1] + tile.height)
    if image.crop(place).getbbox() is not None:
        return None
    image.paste(tile.convert(image.mode), at)
    return place


@lru_cache(maxsize=64)
def label_tile(text: str, scale: float, font: bytes) -> Image.Image:
    """The label in pure white on pure black; the same text is always the same picture."""
    face = pymupdf.Font(fontbuffer=font)
    size = LABEL_PT * scale
    width, height = math.ceil(face.text_length(text, size)) + 2, math.ceil(size * 1.05)
    with pymupdf.open() as sheet:
        page = sheet.new_page(width=width, height=height)
        writer = pymupdf.TextWriter(page.rect)
        writer.append((1, size * 0.82), text, font=face, fontsize=size)
        writer.write_text(page)
        drawing = page.get_pixmap(colorspace=pymupdf.csGRAY, alpha=False)
    black_on_white = Image.frombytes("L", (drawing.width, drawing.height), drawing.samples)
    return black_on_white.point([255 if value < 128 else 0 for value in range(256)])


def embed(pdf: pikepdf.Pdf, picture: Picture) -> Any:
    """The picture as an object of ``pdf``, in the smallest of the forms that suit it."""
    image = picture.image
    facts = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height)
    if image.mode == "1":
        return _fax(pdf, image, facts)
    if image.mode == "L":
        facts.ColorSpace, facts.BitsPerComponent = Name.DeviceGray, 4
        packed = zlib.compress(_sixteen_greys(image), _EFFORT)
    else:
        few = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        palette = bytes(few.getpalette() or b"")[: _COLOURS * 3]
        facts.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, String(palette)])
        facts.BitsPerComponent = 8
        packed = zlib.compress(few.tobytes(), _EFFORT)
    facts.Filter = Name.FlateDecode
    worth = len(packed) * (_COLOUR_WORTH if image.mode == "RGB" else 1)
    if len(packed) > _SMALL_BYTES and len(photograph := _jpeg(image)) < worth:
        facts.ColorSpace = Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
        facts.BitsPerComponent, facts.Filter, packed = 8, Name.DCTDecode, photograph
    return pikepdf.Stream(pdf, packed, facts)


def _fax(pdf: pikepdf.Pdf, image: Image.Image, facts: Dictionary) -> Any:
    """Black and white as fax machines send it, taken out of the one strip of a TIFF."""
    buffer = io.BytesIO()
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[_TIFF_ROWS] = image.height
    image.save(buffer, "TIFF", compression="group4", tiffinfo=tags)
    with Image.open(buffer) as tiff:
        (at,), (size,) = tiff.tag_v2[_TIFF_AT], tiff.tag_v2[_TIFF_BYTES]  # type: ignore[attr-defined]
        is_white_zero = tiff.tag_v2[_TIFF_PHOTOMETRIC] == 0  # type: ignore[attr-defined]
    facts.ColorSpace, facts.BitsPerComponent, facts.Filter = Name.DeviceGray, 1, Name.CCITTFaxDecode
    facts.DecodeParms = Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=not is_white_zero)
    return pikepdf.Stream(pdf, buffer.getvalue()[at : at + size], facts)


def _sixteen_greys(image: Image.Image) -> bytes:
    """Four bits a pixel, two pixels a byte; rows end on whole bytes."""
    width = image.width + image.width % 2
    values = image.crop((0, 0, width, image.height)).tobytes()
    high = int.from_bytes(values[0::2].translate(_SIXTEEN_HIGH), "big")
    low = int.from_bytes(values[1::2].translate(_SIXTEEN), "big")
    return (high | low).to_bytes(len(values) // 2, "big")


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return buffer.getvalue()
