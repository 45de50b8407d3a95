"""Proves a redacted copy by reading it back with other libraries: nothing under the marks, nothing lost beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Dictionary, Name
from PIL import Image

from workbench.domain.checks import Check, Severity
from workbench.domain.covering import MOST_TRIMMED, Mark, PageWord
from workbench.domain.geometry import Box
from workbench.pdf.burn_in import marks_by_page, page_words
from workbench.pdf.burnt_page import label_tile, pixels_of
from workbench.pdf.quiet import quieten
from workbench.pdf.second_reading import (
    Letter,
    comparable,
    counted,
    drawn,
    letters_of,
    letters_on,
    lightest,
    open_if_it_can,
    open_second,
    overprinted,
    words_of,
)
from workbench.pdf.source import open_source
from workbench.pdf.text import open_pdf
from workbench.pdf.third_reading import (
    contents_of,
    drawings_named_by,
    drawings_shown_by,
    letters_by_code,
    open_third,
    places_of,
    streams_of,
    unit_of,
)

Tell = Callable[[dict[str, Any]], None]
Place = tuple[int, int, int, int]

_TITLES = {
    "R01": "Marked pages hold one picture and unseen words, nothing beneath a box",
    "R02": "Under the marks no reader finds a character",
    "R03": "Under the marks every pixel is the same, but for the label",
    "R04": "Under the marks no line art is left",
    "R05": "Outside the marks no word changed",
    "R07": "The copy was saved whole and carries nothing beside its pages",
    "R08": "Labels have one width, whatever they stand for",
    "R11": "The words under the pictures were made anew",
}
#: What the content of a burnt page may say.
_OPERATORS = {"q", "Q", "cm", "Do", "BT", "ET", "Tr", "Tf", "Tm", "Tj"}
_IMAGE_KEYS = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter", "/Length", "/DecodeParms"
}  # fmt: skip
_PAGE_KEYS = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/UserUnit"}
_CATALOG_KEYS = {"/Type", "/Pages", "/OCProperties", "/Version"}
#: Black may be this light where a picture is stored without loss, and where it is stored as a photograph.
_DARK, _DARK_IN_PHOTOGRAPH = 32, 110
#: Black boxes are looked at this many dots from their edge where a page is drawn smaller than its picture.
_EDGE_DOTS = 2
#: Labels are set in whole dots, so one label may differ by this much between a coarse and a fine page.
_SAME_WIDTH_PT = 1.5


def burn_proof_task(request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
    """Answers ``{"checks": [...]}`` for the request of the redaction, its ``pages``, and source, copy and font."""
    proof = _Proof(blobs[0], blobs[1], blobs[2])
    marks = marks_by_page(request["marks"])
    for facts in request["pages"]:
        tell({"page": facts["page_index"]})
        proof.read(facts, marks.pop(int(facts["page_index"]), []))
    for page_index in marks:
        proof.find("R02", page_index, "its marks were not applied")
    proof.read_whole()
    return {"checks": [asdict(check) for check in proof.checks()]}, []


def make_task() -> Callable[[dict[str, Any], list[bytes], Tell], tuple[dict[str, Any], list[bytes]]]:
    """The sandbox task ``workbench.pdf.burn_proof:make_task``."""
    quieten()
    return burn_proof_task


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One burnt page under proof."""

    index: int
    scale: float
    size_pt: tuple[float, float]
    boxes: tuple[Box, ...]
    labels: tuple[tuple[str, Place], ...]
    words: tuple[PageWord, ...]

    @property
    def staying(self) -> list[str]:
        """The words of the source whose middle is not under a black box."""
        return [word.text for word in self.words if not _middle(word).is_in(self.boxes)]


class _Proof:
    """Reads a source and its redacted copy, and gathers what is wrong."""

    def __init__(self, source: bytes, copy: bytes, font: bytes) -> None:
        self._source, self._second_source = open_pdf(source), open_if_it_can(source)
        self._copy, self._second, self._objects = open_pdf(copy), open_second(copy), open_third(copy)
        self._bytes, self._font = copy, font
        self._source_bytes = source
        self._faults: dict[str, list[tuple[int, str]]] = {name: [] for name in _TITLES}
        self._proven: list[int] = []
        self._compared_twice = 0
        self._widths: dict[str, list[float]] = {}
        self._said: list[Letter] = []

    def find(self, rule: str, page_index: int, what: str) -> None:
        """Note a fault."""
        self._faults[rule].append((page_index, what))

    def checks(self) -> Iterator[Check]:
        """The result of every rule."""
        looked_at = tuple(index + 1 for index in self._proven)
        for rule, title in _TITLES.items():
            faults = self._faults[rule]
            detail = "; ".join(f"page {index + 1}: {what}" for index, what in faults[:10])
            if not faults:
                detail = f"{len(looked_at)} pages"
            if not faults and rule == "R05":
                detail += (
                    f"; in {self._compared_twice} a second reader of the source finds the same letters beside the marks"
                )
            pages = tuple(sorted({index + 1 for index, _ in faults})) if faults else looked_at
            yield Check(id=rule, title=title, ok=not faults, severity=Severity.ERROR, detail=detail, pages=pages)

    def read(self, facts: dict[str, Any], marks: Sequence[Mark]) -> None:
        """Prove one page against the marks that were asked for."""
        index = int(facts["page_index"])
        self._proven.append(index)
        source = self._source[index]
        page = _Page(
            index=index,
            scale=float(facts["scale"]),
            size_pt=(source.rect.width, source.rect.height),
            boxes=tuple(Box(*sides) for mark in facts["drawn"] for sides in mark),
            labels=tuple((text, tuple(place)) for text, place in facts["labels"]),
            words=page_words(source),
        )
        self._covers_marks(page, marks)
        picture = self._content(page)
        with_letters = self._second[index]
        letters = letters_of(with_letters, page.size_pt)
        self._no_characters(page, letters)
        self._words(page, with_letters, letters)
        if picture is not None:
            self._pixels(page, picture)
        self._as_shown(page, drawn(with_letters, page.scale / 2 * unit_of(self._objects, index)))
        with_letters.close()

    def _covers_marks(self, page: _Page, marks: Sequence[Mark]) -> None:
        for mark in marks:
            for box in mark.boxes:
                trim = 0.0 if mark.is_area else (box.y1 - box.y0) * MOST_TRIMMED
                core = Box(
                    max(box.x0, 0), max(box.y0 + trim, 0), min(box.x1, page.size_pt[0]), min(box.y1, page.size_pt[1])
                )
                if (
                    core.x1 > core.x0
                    and core.y1 > core.y0
                    and not any(_holds(drawn_box, core) for drawn_box in page.boxes)
                ):
                    self.find("R03", page.index, "a mark is not wholly covered")

    def _content(self, page: _Page) -> Any:
        """Look at the objects of the page; its picture, when it has exactly one."""
        obj = self._objects.pages[page.index].obj
        resources = obj.get("/Resources", Dictionary())
        pictures = list(resources.get("/XObject", Dictionary()).values())
        fonts = list(resources.get("/Font", Dictionary()).values())
        if set(obj.keys()) - _PAGE_KEYS or set(resources.keys()) - {"/XObject", "/Font"} or len(fonts) > 1:
            self.find("R01", page.index, "it holds more than a picture and words")
        if any(font.get("/BaseFont") != Name.WorkbenchWords for font in fonts):
            self.find("R11", page.index, "its words are set in a font of the source")
        if len(pictures) != 1 or pictures[0].get("/Subtype") != Name.Image or set(pictures[0].keys()) - _IMAGE_KEYS:
            self.find("R01", page.index, "it is not one plain picture")
            return None
        said = list(self._operators(page, obj, fonts[0] if fonts else None))
        words = ["".join(letter.text for letter in word) for word in said]
        if words != page.staying:
            self.find("R05", page.index, _difference(page.staying, words))
        self._said = [letter for word in said for letter in word]
        return pictures[0]

    def _operators(self, page: _Page, obj: Any, font: Any) -> Iterator[list[Letter]]:
        """Look at every step of the page's content; the letters of each word that it sets, in their order."""
        letters = letters_by_code(font)
        mode, matrix, unit = 0, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), unit_of(self._objects, page.index)
        for step in pikepdf.parse_content_stream(pikepdf.Page(obj)):
            name, operands = str(step.operator), step.operands
            if name not in _OPERATORS:
                self.find("R04", page.index, f"its content draws lines or shapes ({name})")
            elif name == "Tr":
                mode = int(operands[0])
            elif name == "Tm":
                matrix = tuple(float(number) for number in operands)  # type: ignore[assignment]
            elif name == "Tj":
                if mode != 3:
                    self.find("R01", page.index, "it holds words that are shown")
                word = list(places_of(bytes(operands[0]), matrix, letters, unit, page.size_pt[1]))
                if any(letter.is_in(page.boxes) for letter in word):
                    self.find("R02", page.index, "its content sets a word under a mark")
                yield word

    def _no_characters(self, page: _Page, letters: Sequence[Letter]) -> None:
        under = sum(letter.is_in(page.boxes) for letter in letters)
        if under:
            self.find("R02", page.index, f"the second reader finds {under} characters under a mark")
        words = sum(_middle(word).is_in(page.boxes) for word in page_words(self._copy[page.index]))
        if words:
            self.find("R02", page.index, f"the first reader finds {words} words under a mark")

    def _words(self, page: _Page, second: pdfium.PdfPage, letters: Sequence[Letter]) -> None:
        """The words of the copy in one reader are those of the source in another; it may sort lines by itself."""
        expected, found = sorted(comparable(page.staying)), sorted(words_of(second))
        if expected != found and not self._same_letters(expected, found):
            self.find("R05", page.index, _difference(expected, found))
        in_source = letters_on(self._second_source, page.index, page.size_pt)
        outside = counted(letter.text for letter in in_source if not letter.is_in(page.boxes))
        # Readers that place letters differently from the start say nothing here; the first comparison is exact.
        self._compared_twice += outside == counted(letter.text for letter in letters)

    def _same_letters(self, expected: Sequence[str], found: Sequence[str]) -> bool:
        """Where words touch or overprint one another, readers divide them differently and drop the second print."""
        wanted, read = Counter("".join(expected)), Counter("".join(found))
        return not read - wanted and not (wanted - read) - overprinted(self._said)

    def _pixels(self, page: _Page, picture: Any) -> None:
        """Look at the stored pixels themselves."""
        dark = _DARK_IN_PHOTOGRAPH if picture.get("/Filter") == Name.DCTDecode else _DARK
        image = pikepdf.PdfImage(picture).as_pil_image().convert("L")
        for text, place in page.labels:
            tile = label_tile(text, page.scale, self._font)
            self._widths.setdefault(text, []).append((place[2] - place[0]) / page.scale)
            found = image.crop(place).point([255 if value > 127 else 0 for value in range(256)])
            if found.tobytes() != tile.tobytes():
                self.find("R03", page.index, "under a mark stands something else than its label")
            image.paste(0, place)
        if any(lightest(image, pixels_of(box, page.scale)) > dark for box in page.boxes):
            self.find("R03", page.index, "the pixels under a mark are not all the same")

    def _as_shown(self, page: _Page, picture: Image.Image) -> None:
        """Look at the page as the second reader shows it."""
        half, edge = page.scale / 2, _EDGE_DOTS
        for _, place in page.labels:
            left, top, right, bottom = (side // 2 for side in place)
            picture.paste(0, (left - edge, top - edge, right + 1 + edge, bottom + 1 + edge))
        for box in page.boxes:
            left, top, right, bottom = pixels_of(box, half)
            if lightest(picture, (left + edge, top + edge, right - edge, bottom - edge)) > _DARK_IN_PHOTOGRAPH:
                self.find("R03", page.index, "the page as shown is not black under a mark")

    def read_whole(self) -> None:
        """Look at what does not belong to one page."""
        first = self._proven[0] if self._proven else 0
        if self._bytes.count(b"%%EOF") != 1 or "/Prev" in self._objects.trailer:
            self.find("R07", first, "the file holds an earlier state of itself")
        beside = set(self._objects.Root.keys()) - _CATALOG_KEYS
        if beside or "/Info" in self._objects.trailer:
            self.find("R07", first, f"the file carries {', '.join(sorted(beside)) or 'document details'}")
        if len(self._objects.pages) != self._source.page_count:
            self.find("R07", first, "the copy has not as many pages as the document")
        if any(max(widths) - min(widths) > _SAME_WIDTH_PT for widths in self._widths.values()):
            self.find("R08", first, "the same label is set in several widths")
        self._nothing_of_the_marked_pages()

    def _nothing_of_the_marked_pages(self) -> None:
        """Nothing that only the marked pages of the source drew is left anywhere in the copy."""
        left = streams_of(self._objects.objects)
        shared = {digest for page in self._unmarked() for digest in contents_of(page)}
        count = self._source.page_count
        source = open_source(self._source_bytes, urn="The document", page_count=count, wanted=set())
        for index in self._proven:
            page = source.pages[index]
            shown = drawings_named_by(page) & left
            if shown and not self._drawn_elsewhere(shown):
                self.find("R03", index, "a picture or drawing of the page is still in the file")
            if (contents_of(page) & left) - shared:
                self.find("R11", index, "the content of the page is still in the file")
        source.pdf.close()

    def _drawn_elsewhere(self, digests: set[str]) -> bool:
        """Whether pages that were not redacted draw these pictures themselves, as a letterhead."""
        for page in self._unmarked():
            if digests:
                digests = digests - drawings_shown_by(page.obj)
        return not digests

    def _unmarked(self) -> list[pikepdf.Page]:
        burnt = set(self._proven)
        return [page for index, page in enumerate(self._objects.pages) if index not in burnt]


def _middle(word: PageWord) -> Letter:
    return Letter(word.text, (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2)


def _holds(outer: Box, inner: Box) -> bool:
    slack = 0.01
    return (
        outer.x0 <= inner.x0 + slack
        and outer.y0 <= inner.y0 + slack
        and outer.x1 >= inner.x1 - slack
        and outer.y1 >= inner.y1 - slack
    )


def _difference(expected: list[str], found: list[str]) -> str:
    """Where two lists of words part, without saying the words: they may be protected."""
    at = next((n for n, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        at = min(len(expected), len(found))
    return f"{len(expected)} words should be left, {len(found)} were read; they differ at word {at + 1}"
