"""Writes a report as one web page that needs no script and no network, for reading on screen and for printing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby

from workbench.domain.report import (
    Block,
    CrossReference,
    Footnote,
    Heading,
    Link,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Report,
    Run,
    Table,
    Target,
    Text,
    reference_text,
    text_of,
)
from workbench.domain.report_numbers import Prepared, contents_of, part_title, prepared
from workbench.domain.report_text import is_right_to_left
from workbench.exporters.report_style import REPORT_CSS

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._()-]*")
#: Names that the page gives to other places.
_OURS = re.compile(r"(?:mark|note|p)-\d|contents$|footnotes$")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def report_html(report: Report) -> bytes:
    """The report as HTML in UTF-8; equal reports are equal bytes."""
    return _Page(prepared(report)).write().encode("utf-8")


def _attributes(**given: object) -> str:
    pairs = ((name.rstrip("_").replace("_", "-"), value) for name, value in given.items())
    return "".join(f' {name}="{escape(str(value))}"' for name, value in pairs if value not in ("", None))


class _Page:
    def __init__(self, made: Prepared) -> None:
        self._report, self._places = made.report, made.places
        self._ids = {anchor: _id_of(anchor, number) for number, anchor in enumerate(made.places, 1)}
        self._given: set[str] = set()
        self._footnotes: list[Footnote] = []

    def write(self) -> str:
        """The whole page."""
        report = self._report
        body = "\n".join([self._front(), "<main>", *map(self._section, report.parts), "</main>", self._notes()])
        marking = f'<p class="marking">{escape(report.marking)}</p>\n' if report.marking else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(report.language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
            f"<title>{escape(report.title)}</title>\n<style>{REPORT_CSS}</style>\n</head>\n<body>\n"
            f"{marking}{body}\n{marking}</body>\n</html>\n"
        )

    def _front(self) -> str:
        report = self._report
        facts = "".join(f"<div><dt>{_lines(name)}</dt><dd>{_lines(value)}</dd></div>" for name, value in report.details)
        made = [f'<h1 dir="auto">{_lines(report.title)}</h1>']
        made += [f'<p class="subtitle" dir="auto">{_lines(report.subtitle)}</p>'] if report.subtitle else []
        made += [f'<dl class="details">{facts}</dl>'] if facts else []
        return "<header>\n" + "\n".join(made) + "\n</header>\n" + (self._contents() if report.contents_depth else "")

    def _contents(self) -> str:
        made: list[str] = []
        level = 0
        for line in contents_of(self._report):
            depth = min(line.level, level + 1)
            made += ["<ol>"] if depth > level else ["</li>", *["</ol></li>"] * (level - depth)]
            level = depth
            told = f' <span class="paragraphs">{line.paragraphs}</span>' if line.paragraphs else ""
            made.append(f'<li><a href="#{self._ids[line.anchor]}">{_lines(line.text)}</a>{told}')
        made += ["</li></ol>"] * level  # as many as are open
        title = escape(self._report.labels.contents)
        head = f'<nav aria-labelledby="contents" role="doc-toc">\n<h2 id="contents">{title}</h2>'
        return f"{head}\n{''.join(made)}\n</nav>"

    def _section(self, part: Part) -> str:
        kinds = ["unnumbered"] * (part.numbering == "none") + ["landscape"] * part.is_landscape
        kind = f' class="{" ".join(kinds)}"' if kinds else ""
        title = _lines(part_title(part, self._report.labels))
        made = [f"<section{kind}>", f"<h2{self._id(part.anchor)}{_direction(part.title)}>{title}</h2>"]
        for is_list, group in groupby(part.blocks, key=lambda block: isinstance(block, ListItem)):
            blocks = list(group)
            if is_list:
                made.append(self._list([block for block in blocks if isinstance(block, ListItem)]))
            else:
                made += map(self._block, blocks)
        return "\n".join([*made, "</section>"])

    def _id(self, anchor: str) -> str:
        if not anchor or anchor in self._given or anchor not in self._ids:
            return ""
        self._given.add(anchor)
        return f' id="{self._ids[anchor]}"'

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                tag, turned = f"h{block.level + 1}", _direction(block.text)
                kind = ' class="numbered"' if block.number else ""
                return f"<{tag}{self._id(block.anchor)}{kind}{turned}>{_numbered(block)}</{tag}>"
            case Paragraph():
                turned, inner = _direction(text_of(block.runs)), self._runs(block.runs)
                if not block.number:
                    return f"<p{self._id(block.anchor)}{turned}>{inner}</p>"
                mark = f'<a class="number" href="#{self._ids[block.anchor]}">{block.number}</a>'
                return f'<div class="numbered"{self._id(block.anchor)}>{mark}<p{turned}>{inner}</p></div>'
            case Quote():
                source = f'<footer dir="auto">{self._runs(block.source)}</footer>' if block.source else ""
                return f'<blockquote><p dir="auto">{self._runs(block.runs)}</p>{source}</blockquote>'
            case Table():
                return self._table(block)
            case Note():
                return self._note(block)
            case PageBreak():
                return '<hr class="break">'
            case _:
                return ""

    def _list(self, items: list[ListItem]) -> str:
        """Items one below the other; deeper ones are lists inside the item before them."""
        made: list[str] = []
        open_tags: list[str] = []
        for item in items:
            tag = "ol" if item.is_ordered else "ul"
            while len(open_tags) > item.level + 1:
                made.append(f"</li></{open_tags.pop()}>")
            if len(open_tags) == item.level + 1:
                made.append("</li>")
                if open_tags[-1] != tag:
                    made.append(f"</{open_tags.pop()}>")
            while len(open_tags) < item.level + 1:
                made.append(f"<{tag}>" + ("<li>" if len(open_tags) < item.level else ""))
                open_tags.append(tag)
            mark = f'<span class="number">{item.number}</span>' if item.is_ordered else ""
            turned = _direction(text_of(item.runs))
            made.append(f"<li{self._id(item.anchor)}{turned}>{mark}{self._runs(item.runs)}")
        made += [f"</li></{tag}>" for tag in reversed(open_tags)]
        return "".join(made)

    def _table(self, table: Table) -> str:
        widths = sum(max(column.width, 0.01) for column in table.columns) or 1.0
        cols = "".join(f'<col style="width:{max(c.width, 0.01) / widths:.2%}">' for c in table.columns)
        caption = ""
        if table.caption:
            name = escape(f"{self._report.labels.table} {table.number}")
            caption = f"<caption{self._id(table.anchor)}><b>{name}:</b> {_lines(table.caption)}</caption>"
        head = "".join(f'<th scope="col" class="{c.align}" dir="auto">{_lines(c.title)}</th>' for c in table.columns)
        rows = []
        for row in table.rows:
            fields = []
            for field, column in zip(row, table.columns, strict=True):
                tag, scope = ("th", ' scope="row"') if field.is_head else ("td", "")
                fields.append(f'<{tag}{scope} class="{column.align}" dir="auto">{self._runs(field.runs)}</{tag}>')
            rows.append(f"<tr>{''.join(fields)}</tr>")
        body = "\n".join(rows)
        head = f"<thead><tr>{head}</tr></thead>" if any(column.title for column in table.columns) else ""
        label = _attributes(aria_label=table.caption or "Table")
        inner = f"<table>{caption}<colgroup>{cols}</colgroup>{head}\n<tbody>\n{body}\n</tbody></table>"
        return f'<div class="table" role="region" tabindex="0"{label}>{inner}</div>'

    def _note(self, note: Note) -> str:
        title = f'<p class="title"{_direction(note.title)}>{_lines(note.title)}</p>' if note.title else ""
        inner = "".join(f"<p{_direction(text_of(runs))}>{self._runs(runs)}</p>" for runs in note.paragraphs)
        return f'<aside class="{"warning" if note.is_warning else "note"}">{title}{inner}</aside>'

    def _runs(self, runs: Iterable[Run]) -> str:
        return "".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        match run:
            case Text():
                return _text(run)
            case Link():
                return self._link(run)
            case CrossReference():
                text = escape(reference_text(run))
                known = self._ids.get(run.anchor)
                return f'<a href="#{known}">{text}</a>' if known else text
            case Footnote():
                self._footnotes.append(run)
                number = run.number
                return (
                    f'<sup><a id="mark-{number}" href="#note-{number}" role="doc-noteref" '
                    f'aria-label="Footnote {number}"{_attributes(title=_shortened(run))}>{number}</a></sup>'
                )

    def _link(self, link: Link) -> str:
        text = _lines(link.text)
        text = f"<i>{text}</i>" if link.is_italic else text
        if link.anchor in self._ids:
            return f'<a href="#{self._ids[link.anchor]}">{text}</a>'
        if link.target is None or not link.target.href:
            return f"<span{_target(link.target)}>{text}</span>" if link.target else text
        return f'<a href="{escape(link.target.href)}"{_target(link.target)}><bdi>{text}</bdi></a>'

    def _notes(self) -> str:
        if not self._footnotes:
            return ""
        listed = "\n".join(map(self._footnote, self._footnotes))
        return (
            '<section role="doc-endnotes" aria-labelledby="footnotes">\n<h2 id="footnotes">'
            f"{escape(self._report.labels.footnotes)}</h2>\n"
            f'<ol class="footnotes">\n{listed}\n</ol>\n</section>'
        )

    def _footnote(self, note: Footnote) -> str:
        number = note.number
        back = f'href="#mark-{number}" role="doc-backlink" aria-label="Back to the text of footnote {number}"'
        words = f'<span dir="auto">{self._runs(note.runs)}</span>'
        return f'<li id="note-{number}" value="{number}">{words} <a {back}>↩</a></li>'


def _id_of(anchor: str, number: int) -> str:
    """An anchor as it is where an address can hold it, so that links to paragraphs can be told by their numbers."""
    return anchor if _PLAIN.fullmatch(anchor) and not _OURS.match(anchor) else f"p-{number}"


def _shortened(note: Footnote) -> str:
    """What is shown when the pointer rests on a mark."""
    words = " ".join(text_of(note.runs).split())
    return words if len(words) <= 300 else f"{words[:299]}…"


def _target(target: Target | None) -> str:
    """What a program needs in order to find the words that a link rests on."""
    if target is None:
        return ""
    page = target.page_index + 1 if target.urn else ""
    offsets = f"{target.start}-{target.end}" if target.start >= 0 else ""
    return _attributes(
        title=target.tip, data_urn=target.urn, data_page=page, data_offsets=offsets, data_bundle=target.bundle_label
    )


def _text(run: Text) -> str:
    made = _lines(run.text)
    made = f"<em>{made}</em>" if run.is_italic else made
    made = f"<strong>{made}</strong>" if run.is_bold else made
    return f'<span lang="{escape(run.language)}">{made}</span>' if run.language else made


def _direction(text: str) -> str:
    return ' dir="rtl"' if is_right_to_left(text) else ""


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _numbered(heading: Heading) -> str:
    number = f'<span class="number">{escape(heading.number)}</span> ' if heading.number else ""
    return number + _lines(heading.text)
