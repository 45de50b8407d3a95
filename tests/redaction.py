"""Burns marks into PDFs and reads the result with programs that had no part in making it."""

from __future__ import annotations

import html
import io
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
import pymupdf
import pypdfium2
from PIL import Image

from workbench.domain.geometry import Box
from workbench.pdf.burn_in import page_words
from workbench.runtime.resources import resource_path
from workbench.runtime.sandbox import Limits, Sandbox

LABEL = "[REDACTED]"
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


@dataclass(frozen=True, slots=True)
class Burnt:
    """A redacted copy with what its maker said about it."""

    content: bytes
    pages: list[dict[str, Any]]
    notices: list[str]


class Burning:
    """The two child processes: one that writes, one that proves."""

    def __init__(self) -> None:
        limits = Limits(memory_bytes=3 << 30, seconds_per_step=60)
        self._writer = Sandbox("workbench.pdf.burn_in:make_task", limits=limits)
        self._prover = Sandbox("workbench.pdf.burn_proof:make_task", limits=limits)
        self._font = resource_path("fonts/LiberationSans-Bold.ttf").read_bytes()

    def burn(self, source: bytes, marks: Sequence[dict[str, Any]]) -> Burnt:
        answer = self._writer.call({"marks": list(marks), "dpi": 200}, [source, self._font])
        return Burnt(answer.blobs[0], answer.facts["pages"], answer.facts["notices"])

    def failed(self, source: bytes, marks: Sequence[dict[str, Any]], copy: Burnt) -> dict[str, str]:
        """The rules that a copy fails, with what was found."""
        request = {"marks": list(marks), "pages": copy.pages}
        checks = self._prover.call(request, [source, copy.content, self._font]).facts["checks"]
        return {check["id"]: check["detail"] for check in checks if not check["ok"]}

    def proven(self, source: bytes, marks: Sequence[dict[str, Any]]) -> Burnt:
        """The copy, which passed every rule."""
        copy = self.burn(source, marks)
        assert self.failed(source, marks, copy) == {}
        return copy

    def close(self) -> None:
        self._writer.close()
        self._prover.close()


@contextmanager
def burning() -> Iterator[Burning]:
    made = Burning()
    try:
        yield made
    finally:
        made.close()


def boxes_of(source: bytes, page_index: int, *words: str) -> list[list[float]]:
    """Where the words stand, as the case stores them."""
    with pymupdf.open(stream=source, filetype="pdf") as document:
        placed = [word for word in page_words(document[page_index]) if word.text in words]
    assert {word.text for word in placed} == set(words)
    return [[word.box.x0, word.box.y0, word.box.x1, word.box.y1] for word in placed]


def mark(source: bytes, page_index: int, *words: str, label: str = LABEL) -> dict[str, Any]:
    return {"page_index": page_index, "boxes": boxes_of(source, page_index, *words), "label": label}


def area(page_index: int, *box: float, label: str = LABEL) -> dict[str, Any]:
    return {"page_index": page_index, "boxes": [list(box)], "label": label, "area": True}


def poppler_words(content: bytes, page_index: int) -> list[tuple[str, Box]]:
    """The words of a page and their boxes, from the top left, as pdftotext reads them."""
    return all_poppler_words(content)[page_index]


def all_poppler_words(content: bytes) -> list[list[tuple[str, Box]]]:
    """The words of every page."""
    result = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    _, *pages = result.stdout.decode().split("<page ")
    return [[(html.unescape(text), Box(*map(float, sides))) for *sides, text in _WORD.findall(page)] for page in pages]


def pdfium_words(content: bytes, page_index: int) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        page = document[page_index]
        text: str = page.get_textpage().get_text_range()
        return re.sub("[\x02\ufffe]", "- ", text).split()


def shown(content: bytes, page_index: int, scale: float = 1.0) -> Image.Image:
    """The page as pdfium shows it, in grey."""
    with pypdfium2.PdfDocument(content) as document:
        bitmap = document[page_index].render(scale=scale, grayscale=True, may_draw_forms=True)
        return Image.frombuffer(
            "L", (bitmap.width, bitmap.height), bytes(bitmap.buffer), "raw", "L", bitmap.stride, 1
        ).copy()


def everything_in(content: bytes) -> bytes:
    """All of a PDF laid open: every object, every stream decoded, pictures left out."""
    parts = [content]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                parts.append(item.unparse(resolved=False))
                if item.get("/Subtype") != "/Image":
                    parts.append(item.read_bytes())
            else:
                parts.append(item.unparse(resolved=True))
    return b"\n".join(parts)


def writings_of(word: str) -> list[bytes]:
    """A word in the ways in which PDFs hold text."""
    plain = [word.encode("utf-8"), word.encode("utf-16-be"), word.encode("latin-1", "ignore")]
    return [writing for form in plain for writing in (form, form.hex().encode(), form.hex().upper().encode())]
