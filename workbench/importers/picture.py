"""Imports pictures and scans: PNG, JPEG, TIFF with several pages, GIF, BMP and WEBP."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from workbench.domain.dates import propose_date
from workbench.domain.errors import FileRefused
from workbench.domain.received import Proposal, Received
from workbench.importers.base import Incoming
from workbench.importers.laid_out import from_copy
from workbench.pdf.pictures import Picture, pages_of_pictures

_HEADS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_MEDIA = {"PNG": "png", "JPEG": "jpeg", "TIFF": "tiff", "GIF": "gif", "BMP": "bmp", "WEBP": "webp"}
_FORMATS = tuple(_MEDIA)
_MOST_PIXELS = 120_000_000
_MOST_PAGES = 2_000
_EXIF_TAKEN, _EXIF_CHANGED = 0x9003, 0x0132
_EXIF_BLOCK = 0x8769
_DAMAGED = "This picture is damaged or of a kind that cannot be read. Open it, save it as PNG and import that."
_TOO_LARGE = "This picture has more than 120 million points. Save it smaller and import that."
_ERRORS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError)


class PictureImporter:
    """One picture, or a scan of several pages."""

    name = "picture"
    suffixes = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".webp")

    def claims(self, incoming: Incoming) -> bool:
        content = incoming.content
        if content.startswith(b"BM") and len(content) > 26 and content[6:10] == b"\x00\x00\x00\x00":
            return True
        is_webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
        return is_webp or any(content.startswith(head) for head, _ in _HEADS)

    def read(self, incoming: Incoming) -> Received:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                image = Image.open(io.BytesIO(incoming.content), formats=_FORMATS)
                taken = _taken_on(image)
                is_animated = image.format in ("GIF", "WEBP", "PNG")
                kind = image.format or ""
                copy = pages_of_pictures(_frames(image, incoming.content, only_first=is_animated), incoming.tell)
        except Image.DecompressionBombError:
            raise FileRefused(_TOO_LARGE) from None
        except _ERRORS:
            raise FileRefused(_DAMAGED) from None
        return from_copy(
            incoming, copy, media_type=f"image/{_MEDIA.get(kind, 'png')}", kind="picture", proposed_on=taken
        )


def _frames(image: Image.Image, content: bytes, *, only_first: bool) -> Iterator[Picture]:
    for number, frame in enumerate(ImageSequence.Iterator(image)):
        if number >= _MOST_PAGES:
            raise FileRefused(f"This picture has more than {_MOST_PAGES:,} pages. Split it and import the pieces.")
        if frame.width * frame.height > _MOST_PIXELS:
            raise FileRefused(_TOO_LARGE)
        yield _picture(frame, content)
        if only_first:
            return


def _picture(frame: Image.Image, content: bytes) -> Picture:
    dpi = float(frame.info.get("dpi", (0, 0))[0] or 0)
    is_upright = frame.getexif().get(0x0112, 1) == 1
    if frame.format == "JPEG" and frame.mode in ("RGB", "L") and is_upright:
        # The very bytes, not a second loss; only checked for being readable.
        frame.load()
        return Picture(content=content, width_px=frame.width, height_px=frame.height, dpi=dpi)
    upright = ImageOps.exif_transpose(frame)
    shown = upright if upright.mode in ("1", "L", "RGB") else _on_white(upright)
    buffer = io.BytesIO()
    shown.save(buffer, "PNG", compress_level=3)
    return Picture(content=buffer.getvalue(), width_px=shown.width, height_px=shown.height, dpi=dpi)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return image.point(lambda level: level / 256).convert("L") if image.mode != "F" else image.convert("L")
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    white.alpha_composite(clear)
    return white.convert("RGB")


def _taken_on(image: Image.Image) -> Proposal | None:
    exif = image.getexif()
    for block, tag, words in ((exif.get_ifd(_EXIF_BLOCK), _EXIF_TAKEN, "taken"), (exif, _EXIF_CHANGED, "changed")):
        day = propose_date(str(block.get(tag, ""))[:10].replace(":", "-"))
        if day:
            return Proposal(value=day, basis=f"day the picture was {words}, in its metadata")
    return None
