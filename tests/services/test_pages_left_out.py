"""Nothing of a page that is left out stays in a bundle: no picture, no drawing, no bookmark, no link to it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.documents import put_document
from tests.redaction import everything_in, writings_of
from tests.services.conftest import make_pdf
from workbench.domain.bundle import Bundle
from workbench.domain.terms import reference_terms
from workbench.pdf.text import read_page_text
from workbench.services.applying import apply_json
from workbench.services.bundling import build_bundle
from workbench.store.case_file import CaseFile

PAGES = ["The first page is open.", "The second page is about the merger.", "The third page is open."]


def _shared() -> bytes:
    """Three pages with one list of drawings, of which a picture and a form belong to the second page alone."""
    with pymupdf.open(stream=make_pdf(PAGES), filetype="pdf") as document:
        document.set_toc([[1, "Opening", 1], [1, "Talks about the merger", 2]])
        document[0].insert_link({"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(72, 72, 200, 90), "page": 1})
        picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 41, 37))
        picture.set_rect(picture.irect, (10, 20, 30))
        document[1].insert_image(pymupdf.Rect(100, 300, 141, 337), pixmap=picture)
        content = document.tobytes(no_new_id=True)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        form = pdf.make_stream(b"BT /F1 9 Tf (A form about the merger) Tj ET")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        shared = pdf.make_indirect(Dictionary(dict(pdf.pages[1].Resources.XObject) | {"/Unused": form}))
        for page in pdf.pages:
            page.Resources.XObject = shared
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("entry", "options"),
    [({"pages": "1, 3"}, {"audience": "team"}), ({}, {"audience": "public"})],
    ids=["not chosen", "withheld"],
)
def test_nothing_of_a_page_left_out_stays(
    case: CaseFile, tmp_path: Path, entry: dict[str, Any], options: dict[str, str]
) -> None:
    content = _shared()
    read = [read_page_text(page) for page in pymupdf.open(stream=content, filetype="pdf")]
    texts = [replace(page, terms=reference_terms(page.text)) for page in read]
    put_document(case, "INQ000009", texts, content=content)
    entries = [{"document": "INQ000009", **entry}]
    bundle = {"name": "Day 1", "sections": [{"title": "All", "entries": entries}]}
    apply_json(case, {"bundles": [bundle], "restrictions": [{"kind": "order", "targets": ["INQ000009_002"]}]})
    built = build_bundle(case, case.all(Bundle)[0].id, tmp_path, **options)
    assert [row.source_page_number for row in built.page_map.rows if row.urn] == [1, 3]
    written = built.path.read_bytes()
    held = everything_in(written)
    assert not any(form in held for form in writings_of("merger"))
    with pikepdf.open(io.BytesIO(written)) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        assert (41, 37) not in [(item.get("/Width"), item.get("/Height")) for item in streams]
