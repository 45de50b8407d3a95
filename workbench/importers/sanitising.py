"""Makes HTML harmless and fit for paper: only text, tables, lists and pictures that the file itself carries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from workbench.importers.html_tree import HtmlPage, Node, parse_html
from workbench.importers.tables import table_html
from workbench.pdf.paginate import escape

_INLINE = frozenset(
    [
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "strike",
        "del",
        "ins",
        "sub",
        "sup",
        "code",
        "small",
        "mark",
        "cite",
        "kbd",
        "samp",
        "tt",
        "var",
        "q",
        "big",
    ]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol"})
_PARAGRAPHS = frozenset(
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
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "center",
        "address",
        "dl",
        "dt",
        "dd",
        "li",
        "details",
        "summary",
        "legend",
        "caption",
        "body",
    ]
)
#: So much is laid out at once; a longer page goes on at the top of a new sheet.
_CHARACTERS_AT_ONCE = 120_000
_DATA_PICTURE = re.compile(r"data:image/(png|jpe?g|gif|bmp|webp);base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)

#: Gives the ``data:`` address of a picture that the file carries, by its address in the HTML; "" for any other.
Pictures = Callable[[str], str]


def _no_pictures(address: str) -> str:
    return ""


def sanitise(source: str | HtmlPage, pictures: Pictures = _no_pictures) -> list[str]:
    """The page as bodies for ``paginate``: nothing in them loads, runs or points outside."""
    page = parse_html(source) if isinstance(source, str) else source
    return list(_gathered(_Blocks(pictures).of(page.root)))


def _gathered(blocks: Iterator[str]) -> Iterator[str]:
    kept: list[str] = []
    size = 0
    for block in blocks:
        if kept and size + len(block) > _CHARACTERS_AT_ONCE:
            yield "".join(kept)
            kept, size = [], 0
        kept.append(block)
        # Pictures count for what laying them out costs, not for their bytes.
        size += len(block) if "data:" not in block else 2_000
    if kept:
        yield "".join(kept)


class _Blocks:
    """Walks the tree and gives block after block."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures

    def of(self, node: Node) -> Iterator[str]:
        """The blocks below an element; running text between blocks becomes a paragraph."""
        running: list[str] = []
        for child in node.children:
            if _is_inline(child):
                running.append(self.inline(child))
                continue
            yield from _paragraph(running)
            running = []
            yield from self._block(child)
        yield from _paragraph(running)

    def _block(self, node: Node) -> Iterator[str]:
        if node.tag in _HEADINGS:
            text = self.inline_all(node).strip()
            if text:
                yield f"<{node.tag}>{text}</{node.tag}>"
        elif node.tag in _LISTS:
            yield self._list(node)
        elif node.tag == "table":
            yield from self._table(node)
        elif node.tag in ("pre", "listing", "xmp", "textarea"):
            yield f'<div class="mono">{escape(text_of(node))}</div>'
        elif node.tag == "blockquote":
            yield f"<blockquote>{''.join(self.of(node))}</blockquote>"
        elif node.tag == "hr":
            yield "<hr>"
        else:
            yield from self.of(node)

    def _list(self, node: Node) -> str:
        items = (f"<li>{''.join(self.of(child)) or ' '}</li>" for child in node.children if child.tag)
        return f"<{node.tag}>{''.join(items)}</{node.tag}>"

    def _table(self, node: Node) -> Iterator[str]:
        rows = [[cell for cell in row.children if cell.tag in ("td", "th")] for row in _rows(node)]
        rows = [row for row in rows if row]
        columns = max((len(row) for row in rows), default=0)
        if columns < 2 or any(_holds_table(cell) for row in rows for cell in row):
            # A table made for looks: its cells follow one another.
            for row in rows:
                for cell in row:
                    yield from self.of(cell)
            return
        cells = [
            [("".join(self.of(c)) if _holds_block(c) else self.inline_all(c), _span(c)) for c in row] for row in rows
        ]
        is_headed = all(cell.tag == "th" for cell in rows[0])
        yield from table_html(cells, is_headed=is_headed)

    def inline(self, node: Node) -> str:
        """Running text with its emphasis."""
        if not node.tag:
            return _spaced(node.text)
        if node.tag == "br":
            return "<br>"
        if node.tag == "img":
            return self._picture(node)
        if node.tag == "input":
            kind, value = node.attributes.get("type", "text").lower(), node.attributes.get("value", "")
            return f"[{escape(value)}] " if value and kind not in ("hidden", "submit", "button") else ""
        inner = self.inline_all(node)
        return f"<{node.tag}>{inner}</{node.tag}>" if node.tag in _INLINE and inner.strip() else inner

    def inline_all(self, node: Node) -> str:
        """All running text below an element, blocks in it flattened."""
        return "".join(self.inline(child) for child in node.children)

    def _picture(self, node: Node) -> str:
        address = node.attributes.get("src", "").strip()
        alternative = escape(node.attributes.get("alt", "").strip())
        own = address if _DATA_PICTURE.fullmatch(address) else self._pictures(address)
        if own:
            return f'<img src="{escape(own)}">'
        is_counter = node.attributes.get("width", "") in ("0", "1") or node.attributes.get("height", "") in ("0", "1")
        return "" if is_counter or not alternative else f"[picture: {alternative}]"


def _is_inline(node: Node) -> bool:
    if not node.tag:
        return True
    is_block = node.tag in _PARAGRAPHS or node.tag in _HEADINGS or node.tag in _LISTS
    if is_block or node.tag in ("table", "pre", "listing", "xmp", "textarea", "blockquote", "hr", "tr", "td", "th"):
        return False
    return not _holds_block(node)


def _holds_block(node: Node) -> bool:
    return any(not _is_inline(child) for child in node.children)


def _holds_table(node: Node) -> bool:
    return any(child.tag == "table" or _holds_table(child) for child in node.children)


def _rows(table: Node) -> Iterator[Node]:
    for child in table.children:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _span(cell: Node) -> int:
    span = cell.attributes.get("colspan", "1")
    return min(int(span), 50) if span.isdigit() and int(span) > 0 else 1


def _paragraph(running: list[str]) -> Iterator[str]:
    text = "".join(running)
    if text.strip():
        yield f"<p>{text.strip()}</p>"


def _spaced(text: str) -> str:
    return escape(re.sub(r"[ \t\r\n\f]+", " ", text))


def text_of(node: Node) -> str:
    """The bare text below an element."""
    return node.text if not node.tag else "".join(text_of(child) for child in node.children)
