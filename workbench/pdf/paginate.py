"""Lays HTML or plain text out on A4 pages, so that everything in a case has pages to point at."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pymupdf

Tell = Callable[[dict[str, Any]], None]

_MARGIN_PT = 54.0
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<(?:br|p|div|li|tr|h[1-6]|hr)\b|\n")
_ROW_END = re.compile(r"</tr\s*>")
_CELL = re.compile(r"<(/?)t[dh]\b[^>]*>")
_TABLE = re.compile(r"</?(?:table|tr|thead|tbody|tfoot)\b[^>]*>")
_CSS = """
body { font-family: sans-serif; font-size: 10pt; line-height: 1.3; overflow-wrap: break-word; }
h1 { font-size: 16pt; margin: 0 0 8pt 0; } h2 { font-size: 13pt; margin: 12pt 0 4pt 0; }
h3, h4, h5, h6 { font-size: 11pt; margin: 10pt 0 3pt 0; }
p { margin: 0 0 6pt 0; } ul, ol { margin: 0 0 6pt 0; padding-left: 18pt; }
table { border-collapse: collapse; margin: 4pt 0 8pt 0; }
td, th { border: 0.5pt solid #999999; padding: 2pt 4pt; font-size: 9pt; vertical-align: top; overflow-wrap: normal; }
td.long { overflow-wrap: break-word; }
th { text-align: left; background-color: #eeeeee; }
blockquote { margin: 0 0 6pt 12pt; color: #333333; }
.plain { white-space: pre-wrap; margin: 0; }
.mono { white-space: pre-wrap; margin: 0; font-family: monospace; font-size: 8.5pt; }
.small { font-size: 8pt; color: #555555; } .note { font-size: 9pt; color: #555555; font-style: italic; }
.head td { border: none; padding: 1pt 8pt 1pt 0; } .head { margin: 0 0 8pt 0; }
hr { border: none; border-top: 0.5pt solid #999999; margin: 4pt 0 8pt 0; }
"""


def paginate(bodies: Iterable[str], tell: Tell, *, is_landscape: bool = False) -> bytes:
    """A PDF of the given HTML bodies; each begins on a page of its own.

    Nothing outside is loaded: the layout has no archive, so only ``data:`` pictures can show. Same input,
    same bytes.
    """
    paper = _Paper(tell, is_landscape=is_landscape)
    for body in bodies:
        if not paper.lay_out(body):
            paper.lay_out(_without_tables(body))
    return tidy(paper.finish(), paper.given_up)


class _Paper:
    """Lays one body after another on pages, and remembers the pages of those it gave up."""

    def __init__(self, tell: Tell, *, is_landscape: bool) -> None:
        self._tell = tell
        self._buffer = io.BytesIO()
        self._writer = pymupdf.DocumentWriter(self._buffer)
        self._paper = pymupdf.paper_rect("a4-l" if is_landscape else "a4")
        self._where = pymupdf.Rect(_MARGIN_PT, _MARGIN_PT, self._paper.x1 - _MARGIN_PT, self._paper.y1 - _MARGIN_PT)
        self._page_count = 0
        self.given_up: list[int] = []

    def lay_out(self, body: str) -> bool:
        """Whether the body came to its end; some tables make the layout engine begin again for ever."""
        story = pymupdf.Story(body or "<p> </p>", user_css=_CSS)
        first, most = self._page_count, _most_pages(body)
        has_more = True
        while has_more:
            if self._page_count - first >= most:
                self.given_up += range(first, self._page_count)
                return False
            device = self._writer.begin_page(self._paper)
            has_more, filled = story.place(self._where)
            story.draw(device)
            self._writer.end_page()
            self._page_count += 1
            self._tell({"pages_laid_out": self._page_count})
            if has_more and pymupdf.Rect(filled).is_empty:
                break  # something that fits on no page; what follows it would never come
        return True

    def finish(self) -> bytes:
        """The PDF of everything laid out, the given-up pages too."""
        self._writer.close()
        return self._buffer.getvalue()


def _most_pages(body: str) -> int:
    """More pages than the body can honestly need: eight letters a line, twenty lines a page, a page a picture."""
    breaks = len(_BREAK.findall(body)) + len(_TAG.sub("", body)) // 8
    return 20 + breaks // 20 + body.count("<img")


def _without_tables(body: str) -> str:
    """The same body with its cells one below the other."""
    return _TABLE.sub("", _CELL.sub(r"<\1div>", _ROW_END.sub("<hr>", body)))


def tidy(content: bytes, superfluous: Sequence[int] = ()) -> bytes:
    """The same PDF with only the letters it uses, without some pages, and nothing that says when it was made."""
    document = pymupdf.open(stream=content, filetype="pdf")
    if superfluous:
        document.delete_pages(list(superfluous))
    document.subset_fonts()
    document.set_metadata({})
    made: bytes = document.tobytes(garbage=3, deflate=True, no_new_id=True)
    return made


def plain(text: str, *, is_mono: bool = False) -> str:
    """Plain text as HTML that keeps its line ends and spaces."""
    return f'<div class="{"mono" if is_mono else "plain"}">{escape(text)}</div>'


def escape(text: str) -> str:
    """Text as HTML; what no page can show is left out."""
    return html.escape("".join(c for c in text if c >= " " or c in "\n\t").expandtabs(4), quote=True)
