"""Imports PowerPoint presentations (PPTX): each slide on a page of its own, with its notes."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workbench.domain.errors import FileRefused
from workbench.domain.received import Received
from workbench.importers.base import Incoming
from workbench.importers.laid_out import laid_out
from workbench.importers.package import Package, picture_address
from workbench.importers.tables import table_html
from workbench.pdf.paginate import escape

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class PresentationImporter:
    """PPTX, and its show, template and macro variants."""

    name = "PowerPoint presentation"
    suffixes = (".pptx", ".pptm", ".ppsx", ".potx")

    def claims(self, incoming: Incoming) -> bool:
        return incoming.content.startswith(b"PK") and b"ppt/presentation.xml" in incoming.content

    def read(self, incoming: Incoming) -> Received:
        package = Package(incoming.content, self.name)
        _, changed_on = package.core_properties()
        names = _slide_names(package)
        if not names:
            raise FileRefused("This PowerPoint presentation has no slides.")
        slides = [_Slide(package, name, number, len(names)) for number, name in enumerate(names, 1)]
        return laid_out(
            incoming,
            (slide.body() for slide in slides),
            media_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
            kind="presentation",
            proposed_on=changed_on,
            notices=_notices(slides, package),
            is_landscape=True,
        )


def _slide_names(package: Package) -> list[str]:
    """The parts of the slides in the order they are shown in."""
    relations = package.relations("ppt/presentation.xml")
    root = package.xml("ppt/presentation.xml")
    found = (relations.get(item.get(f"{_R}id", ""), ("", ""))[1] for item in root.iter(f"{_P}sldId"))
    return [name for name in found if name in package.names]


class _Slide:
    """One slide as HTML."""

    def __init__(self, package: Package, name: str, number: int, count: int) -> None:
        self._package = package
        self._root = package.xml(name)
        self._relations = package.relations(name)
        self.is_hidden = self._root.get("show") in ("0", "false")
        hidden = " (hidden)" if self.is_hidden else ""
        self._head = f'<p class="small">Slide {number} of {count}{hidden}</p>'
        self.lost_pictures = 0

    def body(self) -> str:
        """Title, text, tables and pictures in the order of the file, then the notes."""
        return "".join([self._head, *self._shapes(self._root), *self._notes()])

    def _shapes(self, parent: Element) -> Iterator[str]:
        for element in parent:
            if element.tag == f"{_P}sp":
                yield from self._text(element)
            elif element.tag == f"{_P}pic":
                yield self._picture(element)
            elif element.tag == f"{_P}graphicFrame":
                yield from self._frame(element)
            elif not element.tag.startswith(_A):
                yield from self._shapes(element)

    def _text(self, shape: Element) -> Iterator[str]:
        placeholder = shape.find(f".//{_P}ph")
        is_title = placeholder is not None and placeholder.get("type") in ("title", "ctrTitle")
        for paragraph in shape.iter(f"{_A}p"):
            text = paragraph_text(paragraph)
            if text.strip():
                yield f"<h2>{escape(text)}</h2>" if is_title else _indented(paragraph, text)

    def _frame(self, frame: Element) -> Iterator[str]:
        """Tables as tables; the words of anything else that is drawn."""
        for table in frame.iter(f"{_A}tbl"):
            rows = [
                [("<br>".join(escape(paragraph_text(p)) for p in cell.iter(f"{_A}p")), 1) for cell in row]
                for row in table.iter(f"{_A}tr")
            ]
            if rows:
                yield from table_html(rows, is_headed=False)

    def _picture(self, picture: Element) -> str:
        blip = picture.find(f".//{_A}blip")
        _, name = self._relations.get("" if blip is None else blip.get(f"{_R}embed", ""), ("", ""))
        address = picture_address(self._package.read(name)) if name in self._package.names else ""
        if address:
            return f'<p><img src="{address}"></p>'
        self.lost_pictures += 1
        return '<p class="note">[a picture that cannot be shown here]</p>'

    def _notes(self) -> Iterator[str]:
        for kind, name in self._relations.values():
            if kind != "notesSlide" or name not in self._package.names:
                continue
            shapes = self._package.xml(name).iter(f"{_P}sp")
            texts = [
                paragraph_text(paragraph)
                for shape in shapes
                if (place := shape.find(f".//{_P}ph")) is not None and place.get("type") == "body"
                for paragraph in shape.iter(f"{_A}p")
            ]
            if any(text.strip() for text in texts):
                yield "<hr><h4>Speaker's notes</h4>" + "".join(f"<p>{escape(t)}</p>" for t in texts if t.strip())


def paragraph_text(paragraph: Element) -> str:
    """The words of one paragraph of a drawing."""
    pieces = (
        element.text or "" if element.tag == f"{_A}t" else " "
        for element in paragraph.iter()
        if element.tag in (f"{_A}t", f"{_A}br", f"{_A}tab")
    )
    return "".join(pieces)


def _indented(paragraph: Element, text: str) -> str:
    properties = paragraph.find(f"{_A}pPr")
    level = "0" if properties is None else properties.get("lvl", "0")
    spaces = "\u2003" * (int(level) if level.isdigit() and int(level) < 9 else 0)
    return f"<p>{spaces}{escape(text)}</p>"


def _notices(slides: list[_Slide], package: Package) -> Iterator[str]:
    if any(slide.is_hidden for slide in slides):
        yield "This presentation has hidden slides; the working copy shows them and says so."
    if any(name.startswith(("ppt/charts/", "ppt/diagrams/")) for name in package.names) or any(
        slide.lost_pictures for slide in slides
    ):
        yield "This presentation holds charts or pictures that the working copy does not show. Open the original."
