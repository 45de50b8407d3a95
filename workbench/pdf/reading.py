"""Reads a PDF for import: the text of its pages, what its metadata propose, files inside it, what is odd about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pymupdf

from workbench.domain.errors import FileRefused, PdfDamaged
from workbench.domain.received import PageText, Part, Proposal
from workbench.pdf.text import open_pdf, read_page_text

Tell = Callable[[dict[str, Any]], None]

#: Pages between two signs of life; one page that hangs is still seen after the time of one step.
_PAGES_PER_SIGN = 1
_A4_PT = (595.0, 842.0)
_PDF_DATE = re.compile(r"^(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_MOST_PAGES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfReading:
    """What one PDF holds."""

    pages: tuple[PageText, ...]
    made_on: Proposal | None
    language: str
    notices: tuple[str, ...]
    parts: tuple[Part, ...]


def read_pdf(content: bytes, tell: Tell) -> PdfReading:
    """Everything that import keeps of a PDF; raises ``FileRefused`` with a sentence, ``PdfDamaged`` if torn."""
    document = open_pdf(content)
    try:
        return _read(document, tell)
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError):
        raise PdfDamaged(
            "The list of pages in this PDF is damaged. Open it in another program and save it again, "
            "or ask the supplier for another copy."
        ) from None


def _read(document: pymupdf.Document, tell: Tell) -> PdfReading:
    if document.page_count == 0:
        raise PdfDamaged("This PDF has no pages. Ask the supplier for another copy.")
    if document.page_count > _MOST_PAGES:
        raise FileRefused(f"This PDF claims to have {document.page_count:,} pages. Split it and import the pieces.")
    unreadable: list[int] = []
    pages = tuple(_pages(document, tell, unreadable))
    if len(unreadable) == len(pages):
        raise PdfDamaged(
            "No page of this PDF can be read. Open it in another program and save it again, "
            "or ask the supplier for another copy."
        )
    parts, part_notices = _embedded_files(document)
    return PdfReading(
        pages=pages,
        made_on=_made_on(document),
        language=_language(document),
        notices=(*_notices(document, unreadable), *part_notices),
        parts=parts,
    )


def read_copy(copy: bytes, tell: Tell) -> tuple[PageText, ...]:
    """The pages of a working copy, read exactly as those of a PDF that was received."""
    return tuple(_pages(open_pdf(copy), tell, []))


def _pages(document: pymupdf.Document, tell: Tell, unreadable: list[int]) -> Iterator[PageText]:
    for index in range(document.page_count):
        if index % _PAGES_PER_SIGN == 0:
            tell({"page": index})
        try:
            yield read_page_text(document[index])
        except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, IndexError):
            unreadable.append(index)
            yield PageText(text="", width_pt=_A4_PT[0], height_pt=_A4_PT[1])


def _notices(document: pymupdf.Document, unreadable: list[int]) -> Iterator[str]:
    if document.is_repaired:
        yield "This PDF was damaged and was repaired while reading; a page may be missing or look different."
    if unreadable:
        listed = ", ".join(str(index + 1) for index in unreadable[:20])
        yield f"These pages could not be read and show no text: {listed}."
    if document.is_encrypted or (document.metadata or {}).get("encryption"):
        yield "The supplier restricted printing or copying of this PDF with an owner password."
    if _has_xfa(document):
        yield "This PDF holds a dynamic form (XFA) that only Adobe's reader shows; the pages may be a placeholder."


def _has_xfa(document: pymupdf.Document) -> bool:
    try:
        kind, _ = document.xref_get_key(document.pdf_catalog(), "AcroForm/XFA")
    except (RuntimeError, ValueError):
        return False
    return bool(kind != "null")


def _language(document: pymupdf.Document) -> str:
    try:
        kind, value = document.xref_get_key(document.pdf_catalog(), "Lang")
    except (RuntimeError, ValueError):
        return ""
    return value[:20] if kind == "string" and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value) else ""


def _made_on(document: pymupdf.Document) -> Proposal | None:
    day = pdf_day(str((document.metadata or {}).get("creationDate") or ""))
    return Proposal(value=day, basis="creation date in the PDF's metadata") if day else None


def pdf_day(date: str) -> str:
    """``2019-03-12`` for ``D:20190312101500Z``; "" when it is no possible day."""
    match = _PDF_DATE.match(date.strip())
    if match is None:
        return ""
    year, month, day = match.groups()
    if not 1900 <= int(year) <= 2100 or (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
        return ""
    return "-".join(part for part in (year, month, day if month else None) if part)


def _embedded_files(document: pymupdf.Document) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The files attached to the PDF; one that cannot be taken out gets a sentence."""
    parts: list[Part] = []
    lost: list[str] = []
    try:
        names = list(document.embfile_names())
    except (RuntimeError, ValueError):
        names = []
    for name in names:
        try:
            shown = str(document.embfile_info(name).get("filename") or name)
            parts.append(Part(name=shown, content=document.embfile_get(name)))
        except (RuntimeError, ValueError):
            lost.append(f"The file “{name}” inside this PDF could not be taken out.")
    return tuple(parts), tuple(lost)
