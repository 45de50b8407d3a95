"""Reads for the leak sweep what a PDF holds beside its pages: loose drawings, revisions, bytes around the file."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pymupdf

from workbench.domain.file_kinds import kind_of
from workbench.domain.hidden_writing import inflated
from workbench.domain.leak_search import LeakSearch
from workbench.pdf.sweep_objects import decoded, strings_of_object
from workbench.pdf.sweep_pages import MUPDF_TROUBLE, PageReader, loose_texts

Tell = Callable[[dict[str, Any]], None]
_END = b"%%EOF"
_MOST_REVISIONS = 20
#: More drawings than this that pages use are left to the readers of the pages.
_MOST_USED = 2_000
_SHOWS_TEXT = re.compile(rb"[)>\]]\s*(?:Tj|TJ|'|\")")
_OBJECT = re.compile(rb"(?<![0-9])(\d{1,9})[ \r\n\t]{1,3}\d{1,5}[ \r\n\t]{1,3}obj\b")
_SHARED = re.compile(rb"\A[^>]{0,1500}/(?:Form|ToUnicode|Resources|Font)\b")
_PIKEPDF_TROUBLE = (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError, TypeError, KeyError)


def sweep_loose_parts(search: LeakSearch, content: bytes, tell: Tell) -> None:
    """Drawings that no page shows, or only a note or a pattern: each is put on a page of its own and read."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            tell({"parts": 0})
            scratch = _pages_of_parts(pdf)
    except _PIKEPDF_TROUBLE:
        search.skip(f"The parts of “{search.file}” that no page shows cannot be read by the second library.")
        return
    if scratch:
        with contextlib.suppress(*MUPDF_TROUBLE):
            for text in loose_texts(scratch):
                tell({"parts": 1})
                search.look(text, "a drawing that a note, a form field or nothing shows")


def _pages_of_parts(pdf: pikepdf.Pdf) -> bytes:
    scratch = pikepdf.new()
    used = _used_by_pages(pdf)
    fonts = pikepdf.Dictionary()
    parts: list[tuple[pikepdf.Stream, bool]] = []
    own_pages = {page.obj.objgen for page in pdf.pages}
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary):
            _gather_fonts(found, fonts)
            if found.get("/Type") == "/Page" and found.objgen not in own_pages and "/Contents" in found:
                _add_page(scratch, found)
        elif isinstance(found, pikepdf.Stream):
            _gather_fonts(found, fonts)
            is_form = found.get("/Subtype") == "/Form"
            if found.objgen not in used and (is_form or _is_loose_drawing(found)) and _draws_text(found):
                parts.append((found, is_form))
    for part, is_form in parts:
        _add_part(scratch, part, fonts, is_form=is_form)
    if not scratch.pages:
        return b""
    target = io.BytesIO()
    scratch.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return target.getvalue()


def _used_by_pages(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """The drawings of the pages; drawings that these use in their turn only where there are very many."""
    used: set[tuple[int, int]] = set()
    forms: set[tuple[int, int]] = set()
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        for part in contents if isinstance(contents, pikepdf.Array) else [contents]:
            if isinstance(part, pikepdf.Stream):
                used.add(part.objgen)
        with contextlib.suppress(*_PIKEPDF_TROUBLE):
            forms.update(form.objgen for form in page.form_xobjects.values())
    return used | forms if len(forms) > _MOST_USED else used


def _gather_fonts(found: pikepdf.Object, fonts: pikepdf.Dictionary) -> None:
    """Fonts by the names drawings use, for drawings that have lost their resources."""
    resources = found.get("/Resources")
    own = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else found.get("/Font")
    if isinstance(own, pikepdf.Dictionary) and len(fonts) < 500:
        for name, font in own.items():
            if name not in fonts and isinstance(font, pikepdf.Dictionary) and font.is_indirect:
                fonts[name] = font


def _is_loose_drawing(found: pikepdf.Stream) -> bool:
    return "/Subtype" not in found and found.get("/Type") in (None, "/Pattern") and "/Length1" not in found


def _draws_text(found: pikepdf.Stream) -> bool:
    try:
        return _SHOWS_TEXT.search(found.read_bytes()) is not None
    except _PIKEPDF_TROUBLE:
        return False


def _add_page(scratch: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
    contents = page.Contents
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    with contextlib.suppress(*_PIKEPDF_TROUBLE):
        drawing = b"\n".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))
        resources = page.get("/Resources", pikepdf.Dictionary())
        _append(scratch, drawing, _copied(scratch, resources))


def _add_part(scratch: pikepdf.Pdf, part: pikepdf.Stream, fonts: pikepdf.Dictionary, *, is_form: bool) -> None:
    with contextlib.suppress(*_PIKEPDF_TROUBLE):
        own = part.get("/Resources")
        if isinstance(own, pikepdf.Dictionary) and "/Font" in own:
            resources = _copied(scratch, own)
        else:
            resources = pikepdf.Dictionary(
                Font=pikepdf.Dictionary({name: scratch.copy_foreign(font) for name, font in fonts.items()})
            )
        _append(scratch, part.read_bytes(), resources)


def _copied(scratch: pikepdf.Pdf, resources: pikepdf.Object) -> pikepdf.Object:
    """Resources of the other file; a direct dictionary is copied entry by entry."""
    if resources.is_indirect:
        return scratch.copy_foreign(resources)
    copied = pikepdf.Dictionary()
    for name, value in resources.items():
        if isinstance(value, pikepdf.Dictionary):
            copied[name] = _copied(scratch, value)
        elif isinstance(value, pikepdf.Stream | pikepdf.Array) and value.is_indirect:
            copied[name] = scratch.copy_foreign(value)
    return copied


def _append(scratch: pikepdf.Pdf, drawing: bytes, resources: pikepdf.Object) -> None:
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=pikepdf.Array([-5000, -5000, 5000, 5000]),
        Resources=resources,
        Contents=scratch.make_stream(drawing),
    )
    scratch.pages.append(pikepdf.Page(scratch.make_indirect(page)))


def sweep_revisions(search: LeakSearch, content: bytes, document: pymupdf.Document, tell: Tell) -> None:
    """What earlier states of the file showed: a change that is saved in addition leaves them all in it.

    Pages that are drawn as a page of today are not read again, unless drawings that pages share have changed.
    """
    ends = [match.end() for match in re.finditer(re.escape(_END), content)]
    earlier = ends[1:-1] if b"/Linearized" in content[:2048] else ends[:-1]
    if len(earlier) > _MOST_REVISIONS:
        search.skip(f"“{search.file}” has more than {_MOST_REVISIONS} earlier revisions; the oldest were not swept.")
    has_changed = bool(earlier) and _has_changed_forms(content)
    now = {_digest(page) for page in document} if earlier else set()
    for number, end in enumerate(earlier[-_MOST_REVISIONS:], 1):
        if not re.search(rb"startxref\s+\d+\s+%%EOF\Z", content[max(0, end - 200) : end]):
            continue
        with contextlib.suppress(*MUPDF_TROUBLE), pymupdf.open(stream=content[:end], filetype="pdf") as old:
            pages = [index for index in range(old.page_count) if has_changed or _digest(old[index]) not in now]
            reader = PageReader(search, content[:end], old)
            reader.read(pages, tell, named=f"earlier revision {number}, page")
            reader.close()


def _digest(page: pymupdf.Page) -> bytes:
    try:
        return hashlib.sha256(page.read_contents()).digest()
    except MUPDF_TROUBLE:
        return b""


def _has_changed_forms(content: bytes) -> bool:
    """True when a drawing or font that pages share is in the file in two states."""
    seen: set[int] = set()
    for match in _OBJECT.finditer(content):
        number = int(match[1])
        if number in seen and _SHARED.search(content[match.end() : match.end() + 2000]):
            return True
        seen.add(number)
    return False


def sweep_carved(search: LeakSearch, content: bytes, known: int, unread: set[int], tell: Tell) -> None:
    """Objects that lie in the file more than once, that its table does not name, or that cannot be followed."""
    places: dict[int, list[tuple[int, int]]] = {}
    for match in _OBJECT.finditer(content):
        places.setdefault(int(match[1]), []).append((match.start(), match.end()))
    starts = sorted(start for found in places.values() for start, _ in found)
    following = dict(zip(starts, [*starts[1:], len(content)], strict=True))
    for number, found in places.items():
        if len(found) > 1 or number >= known or number in unread:
            tell({"object": number})
            for start, end in found:
                _carved(search, content[end : following[start]], number)


def _carved(search: LeakSearch, body: bytes, number: int) -> None:
    place = f"object {number} of an earlier state of the file"
    head, _, rest = body.partition(b"stream")
    texts = [head.decode("latin-1")]
    if rest:
        packed = rest.lstrip(b"\r\n").rpartition(b"endstream")[0]
        found = _unpacked(packed)
        search.look_at_bytes(found, place)
        if b"/ObjStm" in head:
            texts.append(found.decode("latin-1"))
    for text in texts:
        for _, content in strings_of_object(text):
            for reading in decoded(content):
                search.look(reading, place)


def _unpacked(packed: bytes) -> bytes:
    if packed[:1] == b"\x78":
        with contextlib.suppress(zlib.error):
            return inflated(packed) or packed
    return packed


def sweep_around(search: LeakSearch, content: bytes) -> None:
    """Bytes before the head and behind the end of the file."""
    for part, place in _around(content):
        if part.strip():
            search.look_at_text(part, place)
            if kind_of(part.lstrip()) not in ("other", "pdf"):
                search.inner.append((place, part.lstrip()))


def _around(content: bytes) -> Iterator[tuple[bytes, str]]:
    start, end = content.find(b"%PDF-"), content.rfind(_END)
    if start > 0:
        yield content[:start], "the bytes before the file's beginning"
    if end >= 0:
        yield content[end + len(_END) :], "the bytes after the file's end"
