"""Imports plain text, Markdown and other files whose source is meant to be read."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.domain.errors import FileRefused
from workbench.domain.received import Received
from workbench.importers.base import Incoming
from workbench.importers.characters import decode, looks_like_text
from workbench.importers.laid_out import laid_out
from workbench.pdf.paginate import plain

#: So much text is laid out at once; longer files go on at the top of a page.
_CHARACTERS_AT_ONCE = 100_000
_MOST_CHARACTERS = 20_000_000
_SOURCE_SUFFIXES = (".json", ".xml", ".yml", ".yaml", ".log", ".tsv", ".dat", ".opt", ".ini", ".toml", ".sql", ".py")


class PlainTextImporter:
    """Text in any encoding, line by line as it stands."""

    name = "plain text"
    suffixes = (".txt", ".text", ".rst", ".tex", ".ris", ".vtt", ".ics", ".vcf", ".vcs", *_SOURCE_SUFFIXES)

    def claims(self, incoming: Incoming) -> bool:
        return False

    def read(self, incoming: Incoming) -> Received:
        text = decode(incoming.content).replace("\r\n", "\n").replace("\r", "\n")
        if not looks_like_text(incoming.content) or not text.strip("\ufeff\x00 \n\t"):
            raise FileRefused("This file says it is text, but it holds none that can be read.")
        if len(text) > _MOST_CHARACTERS:
            raise FileRefused("This text would fill more than 10,000 pages. Split it and import the pieces.")
        is_mono = incoming.suffix in _SOURCE_SUFFIXES
        return laid_out(incoming, (plain(piece, is_mono=is_mono) for piece in pieces(text)), media_type="text/plain")


def pieces(text: str) -> Iterator[str]:
    """The text in pieces that are laid out one after another, cut at line ends; a form feed starts a page."""
    for page in text.split("\f"):
        start = 0
        while start < len(page) or start == 0:
            end = start + _CHARACTERS_AT_ONCE
            if end < len(page):
                end = max(page.rfind("\n", start, end) + 1, start + _CHARACTERS_AT_ONCE // 2)
            if page[start:end].strip():
                yield page[start:end]
            start = end
