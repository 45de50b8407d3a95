"""Puts the drawn pages of a report together: links, bookmarks, page labels, tags and fonts."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from workbench.domain.report import Report
from workbench.pdf.report_drawing import Canvas, Drawing, destination, link_to
from workbench.pdf.report_fonts import Fonts
from workbench.pdf.report_tags import TagTree


def finished(
    report: Report, canvases: list[Canvas], drawing: Drawing, fonts: Fonts, tags: TagTree, named: frozenset[str]
) -> bytes:
    """The document as bytes, the same every time."""
    pdf = pikepdf.new()
    resources = pdf.make_indirect(Dictionary(Font=fonts.embed(pdf)))
    for canvas in canvases:
        content = pikepdf.Stream(pdf, zlib.compress("\n".join(canvas.drawn).encode("ascii")))
        content.Filter = Name.FlateDecode
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, canvas.sheet.width, canvas.sheet.height]),
            Resources=resources,
            Contents=pdf.make_indirect(content),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    _link(pdf, canvases, drawing, tags)
    tags.write(pdf, report.language)
    _name_places(pdf, drawing, named)
    _bookmark(pdf, drawing)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = Name.UseOutlines
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(report.title), Subject=String(report.subtitle)))
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"], metadata["dc:language"] = report.title, [report.language]
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True)
    return _small(buffer.getvalue())


def _link(pdf: pikepdf.Pdf, canvases: list[Canvas], drawing: Drawing, tags: TagTree) -> None:
    tags.start(len(canvases))
    for canvas in canvases:
        made = []
        for rect, leads, tag in canvas.links:
            link = link_to(pdf, rect, leads, drawing.places)
            if link is not None:
                annotation = pdf.make_indirect(link)
                tags.annotate(tag, canvas.number, annotation)
                made.append(annotation)
        if made:
            pdf.pages[canvas.number].obj.Annots = Array(made)


def _name_places(pdf: pikepdf.Pdf, drawing: Drawing, named: frozenset[str]) -> None:
    """Anchors of the report by name, so that other files can lead to them."""
    names = Array()
    for anchor in sorted(named & drawing.places.keys(), key=lambda anchor: anchor.encode()):
        names.append(String(anchor))
        names.append(destination(pdf, *drawing.places[anchor]))
    if len(names):
        pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=names)))


def _bookmark(pdf: pikepdf.Pdf, drawing: Drawing) -> None:
    with pdf.open_outline() as outline:
        above: list[tuple[int, OutlineItem]] = []
        for level, title, page, height in drawing.bookmarks:
            item = OutlineItem(title, destination(pdf, page, height))
            item.is_closed = level > 1
            while above and above[-1][0] >= level:
                above.pop()
            (above[-1][1].children if above else outline.root).append(item)
            above.append((level, item))


def _small(content: bytes) -> bytes:
    """With only the letters of each font that are used."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        document.subset_fonts()
        made: bytes = document.tobytes(garbage=1, deflate=True, no_new_id=True, use_objstms=1)
    return made
