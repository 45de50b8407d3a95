"""Reads any HTML, however broken, into a small tree of the elements that a page on paper can show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Their content is no text of the page.
_SILENT = frozenset({"script", "style", "template", "svg", "math", "object", "iframe", "applet", "noframes", "select"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr", "param"}
)
_CLOSED_BY = {
    "li": frozenset({"li"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
}
_BARRIERS = frozenset({"table", "ul", "ol", "dl", "td", "th", "body"})
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "table",
        "pre",
        "blockquote",
        "form",
        "fieldset",
        "figure",
        "center",
        "address",
        "hr",
    ]
)
#: Deeper than this nobody builds a page on purpose; MuPDF lays out by recursion.
_MOST_DEPTH = 60


@dataclass(slots=True)
class Node:
    """An element, or a piece of text when ``tag`` is empty."""

    tag: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("body")
        self.title = ""
        self.meta: dict[str, str] = {}
        self.language = ""
        self._open = [self.root]
        self._silent = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            return
        if tag in _SILENT:
            self._silent = tag
            return
        attributes = {name: value or "" for name, value in attrs}
        if tag in ("html", "head", "body", "meta", "title"):
            self._head(tag, attributes)
            return
        self._close_before(tag)
        node = Node(tag, attributes=attributes)
        self._open[-1].children.append(node)
        if tag not in _VOID and len(self._open) < _MOST_DEPTH:
            self._open.append(node)

    def _head(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "title":
            self._in_title = True
        elif tag == "html":
            self.language = attributes.get("lang", "")
        elif tag == "meta":
            name = (attributes.get("name") or attributes.get("property") or "").lower()
            self.meta.setdefault(name, attributes.get("content", ""))

    def _close_before(self, tag: str) -> None:
        """End tags that authors leave out: a new item ends the item before, a block ends a paragraph."""
        closed = _CLOSED_BY.get(tag) or (frozenset({"p"}) if tag in _BLOCKS else frozenset())
        for position in range(len(self._open) - 1, 0, -1):
            if self._open[position].tag in closed:
                del self._open[position:]
                if tag != "tr":
                    return
            elif self._open[position].tag in _BARRIERS and self._open[position].tag not in closed:
                return

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent:
                self._silent = ""
            return
        if tag == "title":
            self._in_title = False
            return
        for position in range(len(self._open) - 1, 0, -1):
            if self._open[position].tag == tag:
                del self._open[position:]
                return
            if self._open[position].tag in _BARRIERS and tag not in _BARRIERS and tag != "tr":
                return

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._silent:
            self._open[-1].children.append(Node("", data))


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """A parsed page: its tree, title, language, and the ``meta`` lines by name."""

    root: Node
    title: str
    language: str
    meta: dict[str, str]


def parse_html(source: str) -> HtmlPage:
    """The tree of some HTML; never fails."""
    builder = _Builder()
    # Sections that only Office and old browsers read would otherwise come out as text.
    builder.feed(re.sub(r"<!\[[^>]*\]>|<\?xml[^>]*>", "", source))
    builder.close()
    return HtmlPage(
        root=builder.root,
        title=" ".join(builder.title.split()),
        language=builder.language[:20],
        meta=builder.meta,
    )
