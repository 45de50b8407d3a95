"""Makes a page fit to carry a number: large enough, of a sound size, and leaving nothing open that would spoil it."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from workbench.pdf.frame import SHOWN_PT, Frame, Sides, box_of, frame_of
from workbench.pdf.left_out import counted, was

#: A shorter side leaves no room for a number.
_LEAST_PT = 120.0
#: Longer pages are named: not every viewer shows them.
_LONG_PT = 14_400.0
_PT_A_METRE = 72 / 0.0254
#: Bytes of a damaged stream that are tried at once.
_PIECE = 32
_OPENED_BY = {"q": "Q", "BT": "ET"}


@dataclass(slots=True)
class Fitted:
    """The frames of the pages of one source, now that they are fit, and how many pages are odd in which way."""

    frames: list[Frame] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def notices(self) -> Iterator[str]:
        """What is odd about the pages and what was done."""
        longest = max((side * frame.unit for frame in set(self.frames) for side in frame.displayed_size), default=0.0)
        if longest > _LONG_PT:
            yield f"its largest page is {longest / _PT_A_METRE:.1f} metres long and keeps its size"
        yield from _sentences(self.counts)


def fitted(pdf: pikepdf.Pdf, pages: Iterable[pikepdf.Page], *, is_damaged: bool) -> Fitted:
    """Make the pages of one source fit."""
    done = Fitted()
    for page in pages:
        frame, what = _give_room(pdf, page)
        if what:
            done.counts[what] += 1
        if is_damaged and not _is_closed(page):
            isolate(pdf, page)
            done.counts["open"] += 1
        if frame.is_odd:
            done.counts["turned"] += frame.rotation != 0
            done.counts["cropped"] += frame.is_cropped
            done.counts["in units of their own"] += frame.unit != 1
        done.frames.append(frame)
    return done


def _sentences(counts: Counter[str]) -> Iterator[str]:
    if number := counts["small"]:
        yield f"{counted(number, 'page')} too small for a page number {was(number)} set on a larger sheet"
    if number := counts["sizeless"]:
        yield f"{counted(number, 'page')} without a sound size got the size at which viewers show it"
    if number := counts["open"]:
        yield f"{counted(number, 'damaged page')} {was(number)} wrapped so that the page number stands clear"
    kinds = [f"{counted(counts[kind], 'page')} {kind}" for kind in ("turned", "cropped", "in units of their own")]
    odd = [kind for kind in kinds if not kind.startswith("0 ")]
    if odd:
        yield f"{' and '.join(odd)} kept as displayed, the number upright at the bottom right of what is seen"


def _is_closed(page: pikepdf.Page) -> bool:
    """Whether a page can be read to its end and closes there what it opened."""
    try:
        operators = Counter(str(step.operator) for step in pikepdf.parse_content_stream(page))
    except (pikepdf.PdfError, ValueError, TypeError):
        return False
    return all(operators[opening] == operators[closing] for opening, closing in _OPENED_BY.items())


def isolate(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Wrap what a page draws, so that nothing it leaves open goes on, and nothing outside its frame can show."""
    frame = frame_of(page)
    # Not ``as_form_xobject``: it reads the page's content when the file is saved, by then replaced, and the page
    # would be blank; it would also cut at the trim box, which may be smaller than what is seen.
    form = pdf.make_stream(_content(page))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([frame.x0, frame.y0, frame.x1, frame.y1])
    form.Resources = page.obj.get("/Resources", Dictionary())
    if "/Group" in page.obj:
        form.Group = page.obj.Group
    page.obj.Resources = Dictionary(XObject=Dictionary(Page=form))
    page.obj.Contents = pdf.make_stream(b"/Page Do")


def _content(page: pikepdf.Page) -> bytes:
    """Everything that a page draws; its streams are one, with at least a space between them."""
    return b"\n".join(_decoded(stream) for stream in streams_of(page.obj.get("/Contents")))


def streams_of(contents: Any) -> list[pikepdf.Stream]:
    """The streams that a page draws, one after the other."""
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
        before, piece = inflater.copy(), raw[start : start + _PIECE]
        try:
            pieces.append(inflater.decompress(piece))
        except zlib.error:
            return b"".join([*pieces, *_up_to_damage(before, piece)])
    return b"".join(pieces)


def _up_to_damage(inflater: Any, piece: bytes) -> Iterator[bytes]:
    """What comes out of a piece byte by byte, until the byte that is wrong."""
    try:
        for at in range(len(piece)):
            yield inflater.decompress(piece[at : at + 1])
    except zlib.error:
        return


def _give_room(pdf: pikepdf.Pdf, page: pikepdf.Page) -> tuple[Frame, str]:
    """Put a page that is too small for a number in the middle of a larger one; its frame, and what was done.

    What the page's boxes cut off stays cut off. A page whose boxes are empty or contradict each other gets the
    size that viewers show it at.
    """
    media = box_of(page.obj.get("/MediaBox"))
    if media is None or not _is_sound(media):
        _set_size(page, SHOWN_PT)
        return frame_of(page), "sizeless"
    crop = page.obj.get("/CropBox")
    if crop is not None and not _overlap(box_of(crop) or media, media):
        page.obj.CropBox = page.obj.MediaBox
    frame = frame_of(page)
    if frame.has_room(_LEAST_PT):
        return frame, ""
    isolate(pdf, page)
    least = _LEAST_PT / frame.unit
    spare_x, spare_y = (max(least - side, 0.0) / 2 for side in (frame.x1 - frame.x0, frame.y1 - frame.y0))
    _set_size(page, (frame.x0 - spare_x, frame.y0 - spare_y, frame.x1 + spare_x, frame.y1 + spare_y))
    return frame_of(page), "small"


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
