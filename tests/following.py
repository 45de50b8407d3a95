"""Follows the footnotes of a finished report, read from Word, HTML and PDF, to pages of a bundle by their labels."""

from __future__ import annotations

import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pikepdf

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: A page as footnotes name it, and what stands behind it until the next one.
_PAGE = re.compile(r"([A-Z]{2,6}\d{5,9})_(\d{3})(.*?)(?=[A-Z]{2,6}\d{5,9}_\d{3}|\Z)", re.DOTALL)
_BUNDLE = re.compile(r"bundle page ([^\s:;,.]+(?: p\. \d+)?)")
_QUOTED = re.compile(r"“([^”]+)”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One page that a footnote names: its document and number, its page in the bundle, and the words quoted."""

    note: int
    urn: str
    page_number: int
    label: str
    quotes: tuple[str, ...]


def plain(text: str) -> str:
    """Words alone: how a line was broken or hyphenated does not matter."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("\u00ad", "")


def cited_in(note: int, text: str, quoted_beside: str = "") -> Iterator[Cited]:
    """The pages that the text of a footnote names; words that are not quoted in it stand beside its mark."""
    for urn, page, rest in _PAGE.findall(text):
        label = _BUNDLE.search(rest)
        quotes = tuple(_QUOTED.findall(rest)) or tuple(_QUOTED.findall(quoted_beside))
        yield Cited(note=note, urn=urn, page_number=int(page), label=label[1] if label else "", quotes=quotes)


def of_word(path: Path) -> list[Cited]:
    """From the parts of the package: each mark in the body leads to its note by its id."""
    with zipfile.ZipFile(path) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
        notes = ElementTree.fromstring(package.read("word/footnotes.xml"))
    texts = {note.get(f"{_W}id"): _words(note) for note in notes}
    found, number = list[Cited](), 0
    for paragraph in body.iter(f"{_W}p"):
        for mark in paragraph.iter(f"{_W}footnoteReference"):
            number += 1
            found += cited_in(number, texts[mark.get(f"{_W}id")], _words(paragraph))
    return found


def _words(element: ElementTree.Element) -> str:
    return "".join(item.text or "" for item in element.iter(f"{_W}t"))


class _Page(HTMLParser):
    """The words of each element that a note's mark stands in, and of each note."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: dict[str, str] = {}
        self.beside: dict[str, str] = {}
        self._text, self._marks, self._note = "", list[str](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("id") or ""
        if tag in ("p", "li", "td", "th", "blockquote"):
            self._flush()
        if tag == "li" and name.startswith("note-"):
            self._note = name.removeprefix("note-")
        if tag == "a" and given.get("role") == "doc-noteref":
            self._marks.append((given["href"] or "").removeprefix("#note-"))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li", "td", "th", "blockquote"):
            self._flush()
        if tag == "li":
            self._note = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def _flush(self) -> None:
        if self._note:
            self.notes[self._note] = self.notes.get(self._note, "") + self._text
        for mark in self._marks:
            self.beside[mark] = self._text
        self._text, self._marks = "", []


def of_page(path: Path) -> list[Cited]:
    """From the web page: each mark leads to its note by a link."""
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    assert page.notes.keys() == page.beside.keys()
    return [cited for number, text in page.notes.items() for cited in cited_in(int(number), text, page.beside[number])]


def of_pdf(path: Path) -> list[Cited]:
    """From the words of the PDF as another program reads them: notes stand at the foot of their pages."""
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()
    found, number = list[Cited](), 1
    for page in read.split("\f"):
        lines = [line for line in page.splitlines() if line.strip() and not re.match(r" *Page \d+ of \d+", line)]
        begins = re.compile(
            rf" {{0,3}}{number} +(?:[A-Z]{{2,6}}\d{{5,9}}_\d{{3}}|event|assessment|search|[A-Z].*_\d{{3}})"
        )
        starts = [at for at, line in enumerate(lines) if begins.match(line)]
        note = ""
        for line in lines[starts[-1] :] if starts else ():
            begun = re.match(rf" *{number} +(\S.*)", line)
            if begun and note:
                found += cited_in(number - 1, note)
            note, number = (begun[1], number + 1) if begun else (f"{note} {line.strip()}", number)
        found += cited_in(number - 1, note)
    return found


class Bundle:
    """A finished bundle, its pages found by the labels that a reader types."""

    def __init__(self, path: Path) -> None:
        self._path, self._texts = path, dict[int, str]()
        with pikepdf.open(path) as pdf:
            self._numbers = {page.label: number for number, page in enumerate(pdf.pages, 1)}

    def words(self, label: str) -> str:
        """The words of the page with this label."""
        number = self._numbers[label]
        if number not in self._texts:
            command = ["pdftotext", "-f", str(number), "-l", str(number), str(self._path), "-"]
            self._texts[number] = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        return self._texts[number]
