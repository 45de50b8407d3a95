"""Imports RTF documents: their text, without pictures."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from workbench.domain.errors import FileRefused
from workbench.domain.received import Received
from workbench.importers.base import Incoming
from workbench.importers.laid_out import laid_out
from workbench.importers.plain import pieces
from workbench.pdf.paginate import plain

_PICTURES = re.compile(rb"\\(pict|objdata)\b")
#: Pictures stand in RTF as long rows of hexadecimal digits that the text reader would have to walk over.
_HEX = re.compile(rb"[0-9a-fA-F\r\n]{512,}")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")


class RtfImporter:
    """RTF from any program."""

    name = "RTF document"
    suffixes = (".rtf",)

    def claims(self, incoming: Incoming) -> bool:
        return incoming.content[:64].lstrip().startswith(b"{\\rtf")

    def read(self, incoming: Incoming) -> Received:
        if not self.claims(incoming):
            raise FileRefused("This file says it is RTF, but it is not. Open it in Word and save it as DOCX or PDF.")
        text = rtf_text(incoming.content)
        if not text.strip():
            raise FileRefused("This RTF document holds no text. Open it in Word and save it as DOCX or PDF.")
        lost = ("This document holds pictures or objects that the working copy does not show. Open the original.",)
        return laid_out(
            incoming,
            (plain(piece) for piece in pieces(text)),
            media_type="application/rtf",
            notices=lost if _PICTURES.search(incoming.content) else (),
        )


def rtf_text(content: bytes) -> str:
    """The text of some RTF; raises ``FileRefused`` when it cannot be followed."""
    found = _CODE_PAGE.search(content[:2000])
    encoding = f"cp{found[1].decode()}" if found and found[1] != b"65001" else "cp1252"
    # Letters outside ASCII that some programs write without escaping them stand in the document's code page.
    source = _HEX.sub(b"", content).decode("latin-1")
    try:
        text = rtf_to_text(source, encoding=encoding, errors="replace")
    except (ValueError, LookupError, IndexError, KeyError, TypeError, RecursionError):
        raise FileRefused(
            "This RTF document cannot be followed. Open it in Word, save it as DOCX or PDF and import that."
        ) from None
    # Letters beyond the first 65,536 stand in RTF as two halves, which belong together; a lone half is no letter.
    whole = str(text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("|\n", "\n").replace("\r\n", "\n")
