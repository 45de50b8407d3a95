"""Lays HTML or plain text out on A4 pages, so that everything in a case has pages to point at."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterable
from typing import Any

import pymupdf

Tell = Callable[[dict[str, Any]], None]

_MARGIN_PT = 54.0
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
    buffer = io.BytesIO()
    writer = pymupdf.DocumentWriter(buffer)
    paper = pymupdf.paper_rect("a4-l" if is_landscape else "a4")
    where = pymupdf.Rect(_MARGIN_PT, _MARGIN_PT, paper.x1 - _MARGIN_PT, paper.y1 - _MARGIN_PT)
    page_count = 0
    for body in bodies:
        story = pymupdf.Story(body or "<p> </p>", user_css=_CSS)
        has_more = True
        while has_more:
            device = writer.begin_page(paper)
            has_more, filled = story.place(where)
            story.draw(device)
            writer.end_page()
            page_count += 1
            tell({"pages_laid_out": page_count})
            if has_more and pymupdf.Rect(filled).is_empty:
                break  # something that fits on no page; what follows it would never come
    writer.close()
    return tidy(buffer.getvalue())


def tidy(content: bytes) -> bytes:
    """The same PDF with only the letters it uses, and nothing in it that says when it was made."""
    document = pymupdf.open(stream=content, filetype="pdf")
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
