"""Describes a report as parts, paragraphs, tables and footnotes, before it becomes a Word file, a web page or a PDF.

Every text is plain: the writers clean it (``report_text.clean_text``) and number it (``report_numbers.prepared``), so
that a paragraph, a footnote and a cross reference bear the same number in every format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from workbench.domain.report_text import clean_text

__all__ = [
    "Align",
    "Block",
    "Cell",
    "Column",
    "CrossReference",
    "Footnote",
    "Heading",
    "Labels",
    "Link",
    "ListItem",
    "Note",
    "PageBreak",
    "Paragraph",
    "Part",
    "Quote",
    "Report",
    "Run",
    "Table",
    "Target",
    "Text",
    "blocks_of",
    "cell",
    "clean_text",
    "footnotes_of",
    "leads_on",
    "plain",
    "runs_of",
    "text_of",
]

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Words on a page that something rests on, and the file beside the report in which they are read.

    ``page_index`` counts the document's own pages from 0; ``start`` and ``end`` are half-open code-point offsets into
    the stored text of that page (-1: the whole page). ``file`` is relative to the report, with ``/`` between folders;
    there the page is ``file_page`` from 1, or the named ``destination``.
    """

    urn: str = ""
    page_index: int = 0
    start: int = -1
    end: int = -1
    quote: str = ""
    bundle_label: str = ""
    file: str = ""
    file_page: int = 0
    destination: str = ""

    @property
    def href(self) -> str:
        """``documents/INQ000101.pdf#page=2``; empty when there is no file."""
        if not self.file:
            return ""
        path = quote(self.file.lstrip("/"), safe="/!$&'()*+,;=@~-._", errors="replace")
        if self.destination:
            return f"{path}#nameddest={quote(self.destination, safe='-._~', errors='replace')}"
        return f"{path}#page={self.file_page}" if self.file_page else path

    @property
    def tip(self) -> str:
        """What is shown when the pointer rests on a link: the page and the beginning of the words."""
        words = " ".join(clean_text(self.quote)[0].split())
        shortened = words if len(words) <= 200 else f"{words[:199]}…"
        return clean_text(f"{self.place}: “{shortened}”" if shortened else self.place)[0]

    @property
    def place(self) -> str:
        """``INQ000101, page 2``; the name of the file when no document is named."""
        return f"{self.urn}, page {self.page_index + 1}" if self.urn else self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words of one kind; ``\\n`` begins a new line. ``language`` is a tag such as ``cy`` where it is another."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead to a place in this report (``anchor``) or to words on a page (``target``)."""

    text: str
    anchor: str = ""
    target: Target | None = None
    is_italic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossReference:
    """Names a numbered place of this report: ``{number}`` and ``{title}`` in the wording are filled in.

    ``number`` and ``title`` are written by ``report_numbers.prepared``.
    """

    anchor: str
    wording: str = "paragraph {number}"
    number: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note at the foot of the page; its links say which words on which page it rests on.

    ``number`` is written by ``report_numbers.prepared``.
    """

    runs: tuple[Text | Link | CrossReference, ...]
    number: int = 0

    @property
    def targets(self) -> tuple[Target, ...]:
        """Where the note leads, in the order of its links."""
        return tuple(run.target for run in self.runs if isinstance(run, Link) and run.target is not None)


Run = Text | Link | CrossReference | Footnote


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading inside a part; level 2 stands below the part's title. A numbered one reads ``3A``, then ``3A(i)``."""

    text: str
    level: int = 2
    is_numbered: bool = False
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; a numbered one bears the number of its part and its own: ``3.12``."""

    runs: tuple[Run, ...]
    is_numbered: bool = False
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Somebody's own words, set in; ``source`` stands below them."""

    runs: tuple[Run, ...]
    source: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """An item of a list; items that follow each other are one list. Ordered ones read ``(a)``, then ``(i)``."""

    runs: tuple[Run, ...]
    level: int = 0
    is_ordered: bool = False
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table; ``width`` is its share of the table's width."""

    title: str
    width: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in one field of a table; ``is_head`` where it names its row."""

    runs: tuple[Run, ...] = ()
    is_head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns whose heads are repeated on every page; ``number`` is that of its caption."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A box with a word of its own, such as what was held back and why; a warning is drawn stronger."""

    title: str = ""
    paragraphs: tuple[tuple[Run, ...], ...] = ()
    is_warning: bool = False


Block = Heading | Paragraph | Quote | ListItem | Table | PageBreak | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a report: counted 1, 2, 3; an annex A, B, C; or without a number. Each begins on a new page.

    ``is_landscape`` turns its paper, for tables of many columns.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    numbering: Literal["part", "annex", "none"] = "part"
    is_landscape: bool = False
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words that the writers add themselves, in the language of the report."""

    part: str = "Part"
    annex: str = "Annex"
    table: str = "Table"
    contents: str = "Contents"
    footnotes: str = "Footnotes"
    page: str = "Page {number} of {total}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report. ``marking`` heads every page; ``details`` are facts on the title page, such as date and audience.

    ``contents_depth`` 1 lists the parts alone, 2 the headings below them too, 0 leaves the table of contents out.
    """

    title: str
    subtitle: str = ""
    marking: str = ""
    language: str = "en-GB"
    details: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    contents_depth: int = 2
    labels: Labels = Labels()


def plain(text: str) -> tuple[Text, ...]:
    """The runs of a text without anything special; none for an empty one."""
    return (Text(text=text),) if text else ()


def cell(text: str, *, is_head: bool = False) -> Cell:
    """A field of a table that holds plain words."""
    return Cell(runs=plain(text), is_head=is_head)


def blocks_of(report: Report) -> Iterator[tuple[Part, Block]]:
    """Every block with its part, in the order in which they are read."""
    for part in report.parts:
        for block in part.blocks:
            yield part, block


def runs_of(block: Block) -> Iterator[Run]:
    """The runs of a block in the order in which they are read; those inside footnotes are not among them."""
    match block:
        case Paragraph(runs=runs) | ListItem(runs=runs):
            yield from runs
        case Quote(runs=runs, source=source):
            yield from (*runs, *source)
        case Table(rows=rows):
            yield from (run for row in rows for field in row for run in field.runs)
        case Note(paragraphs=paragraphs):
            yield from (run for paragraph in paragraphs for run in paragraph)
        case _:
            return


def footnotes_of(report: Report) -> Iterator[Footnote]:
    """Every footnote in the order of its mark."""
    for _, block in blocks_of(report):
        for run in runs_of(block):
            if isinstance(run, Footnote):
                yield run


def leads_on(runs: tuple[Run, ...]) -> bool:
    """True for words that end in a colon: what they announce belongs on the same page."""
    return text_of(runs).rstrip().endswith(":")


def text_of(runs: tuple[Run, ...]) -> str:
    """The words of some runs without their footnotes."""
    words = []
    for run in runs:
        match run:
            case Text(text=text) | Link(text=text):
                words.append(text)
            case CrossReference():
                words.append(reference_text(run))
            case Footnote():
                pass
    return "".join(words)


def reference_text(reference: CrossReference) -> str:
    """The wording with its number and title in place."""
    return reference.wording.replace("{number}", reference.number).replace("{title}", reference.title)
