"""Draws excerpts into a copy of a document as highlights that any PDF reader shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymupdf

from workbench.domain.anchoring import boxes_between
from workbench.domain.document import page_text_digest
from workbench.domain.geometry import Box
from workbench.pdf.text import open_pdf, read_page

Tell = Callable[[dict[str, Any]], None]
_COLOUR = (1.0, 0.87, 0.35)


def highlight_task(request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
    """Answers ``{"excerpts": [{ref, page_index, start, end, area, text_digest, note}]}`` and a PDF with the marked PDF.

    An excerpt whose page no longer has the text it was taken from is not marked; its ref is in ``moved``.
    """
    document = open_pdf(blobs[0])
    moved = []
    for excerpt in request["excerpts"]:
        tell({"page": excerpt["page_index"]})
        page = document[int(excerpt["page_index"])]
        page_text, words = read_page(page)
        if page_text_digest(page_text.text) != excerpt["text_digest"]:
            moved.append(excerpt["ref"])
            continue
        area = [Box(*excerpt["area"])] if excerpt["area"] else []
        boxes = area or boxes_between(words, int(excerpt["start"]), int(excerpt["end"]))
        quads = [pymupdf.Rect(box.x0, box.y0, box.x1, box.y1) * page.derotation_matrix for box in boxes]
        mark = page.add_highlight_annot(quads=[quad.quad for quad in quads])
        mark.set_colors(stroke=_COLOUR)
        mark.set_info(title="", content=excerpt["note"], creationDate="", modDate="")
        mark.update(opacity=0.6)
    document.set_metadata({})
    document.del_xml_metadata()
    content = document.tobytes(garbage=1, deflate=True, no_new_id=True)
    return {"moved": moved}, [content]


def make_task() -> Callable[[dict[str, Any], list[bytes], Tell], tuple[dict[str, Any], list[bytes]]]:
    """The sandbox task ``workbench.pdf.highlight:make_task``."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    return highlight_task
