"""Builds a small bundle from documents as bytes, in this process, and looks at what came out."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pikepdf
import pymupdf
import pypdfium2
from PIL import Image, ImageChops

from workbench.domain.numbering import Numbering
from workbench.domain.page_map import BundlePlan, FrontCounts, PlannedEntry, map_pages
from workbench.pdf.assemble import make_task
from workbench.runtime.resources import resource_path

#: Room at the bottom right where the number stands, in points.
STAMP_WIDTH, STAMP_HEIGHT = 70, 30
_FONTS = [resource_path(f"fonts/LiberationSans-{name}.ttf").read_bytes() for name in ("Regular", "Bold")]


@dataclass(frozen=True, slots=True)
class Made:
    """A finished bundle, what it said, and the index of the first page that comes from a source."""

    content: bytes
    notices: tuple[str, ...]
    first: int

    def says(self, *parts: str) -> bool:
        """Whether one notice holds all of these."""
        return any(all(part in notice for part in parts) for notice in self.notices)

    def text(self, page: int = 0) -> str:
        """What ``pdftotext`` reads on a page of the sources."""
        number = str(self.first + page + 1)
        command = ["pdftotext", "-f", number, "-l", number, "-", "-"]
        return subprocess.run(command, input=self.content, capture_output=True, check=True).stdout.decode()

    def picture(self, page: int = 0) -> Image.Image:
        """What pdfium shows of a page of the sources."""
        return picture(self.content, self.first + page)

    def opened(self) -> pikepdf.Pdf:
        """The bundle, for a look at its objects."""
        return pikepdf.open(io.BytesIO(self.content))


def build(*sources: bytes, counts: Sequence[int] = (), pages: Sequence[Sequence[int]] = ()) -> Made:
    """A bundle of whole documents; ``counts`` and ``pages`` say what is planned where it is something else."""
    counts = counts or [_page_count(source) for source in sources]
    pages = pages or [range(count) for count in counts]
    entries = tuple(_entry(number, *planned) for number, planned in enumerate(zip(counts, pages, strict=True), 1))
    plan = BundlePlan(title="B", subtitle="", profile="p", sections=("A",), entries=entries, built_on="2026-01-02")
    task, parts = make_task(), []

    def tell(step: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
        parts.extend(blobs)

    counts_front = FrontCounts(**task({"do": "measure", "plan": asdict(plan)}, _FONTS, tell)[0])
    rows = map_pages(plan, counts_front, Numbering()).rows
    described = [[row.label, row.kind.value, row.section, row.entry, row.source_page_index] for row in rows]
    task({"do": "begin", "rows": described, "wording": "w", "marks": []}, [], tell)
    for entry, source in zip(entries, sources, strict=False):
        task({"do": "add", "entry": entry.number}, [source], tell)
    facts, rest = task({"do": "finish"}, [], tell)
    return Made(b"".join([*parts, *rest]), tuple(facts["notices"]), len(rows) - sum(map(len, pages)))


def _entry(number: int, count: int, pages: Sequence[int]) -> PlannedEntry:
    return PlannedEntry(
        number=number, section="A", title=f"Document {number}", on="", urn=f"INQ{number:06}", sha256="",
        source_page_count=count, page_indices=tuple(pages),
    )  # fmt: skip


def _page_count(source: bytes) -> int:
    with pymupdf.open(stream=source, filetype="pdf") as document:
        return int(document.page_count)


def picture(content: bytes, page: int) -> Image.Image:
    """What pdfium shows of a page, its forms and comments included."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    shown: Image.Image = document[page].render(scale=1, may_draw_forms=True).to_pil().convert("L")
    document.close()
    return shown


def difference(one: Image.Image, other: Image.Image) -> int:
    """How many points differ plainly, but for where the page number stands."""
    assert one.size == other.size
    plainly = ImageChops.difference(one, other).point(lambda level: 255 if level > 60 else 0)
    width, height = plainly.size
    plainly.paste(0, (width - STAMP_WIDTH, height - STAMP_HEIGHT, width, height))
    return plainly.histogram()[255]


def looks_as_before(source: bytes, made: Made, pages: int = 1) -> bool:
    """Whether every page shows the same in the bundle as in the source."""
    return all(difference(picture(source, page), made.picture(page)) < 10 for page in range(pages))


def changed(source: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """A document after a change to its objects."""
    with pikepdf.open(io.BytesIO(source)) as pdf:
        change(pdf)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a document."""
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def words(*texts: str) -> bytes:
    """A document with one page of words for each text."""
    with pymupdf.open() as document:
        for text in texts:
            page = document.new_page()
            page.insert_text((72, 90), text)
            page.clean_contents()
        content: bytes = document.tobytes()
    return content
