"""Finds out how the bytes of a text file are to be read as letters."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 64_000
#: Bytes that no text has, in any encoding with one byte a letter; tab, line ends, form feed and escape may stand.
_BINARY = re.compile(rb"[\x00-\x07\x0e-\x1a\x1c-\x1f]")


def decode(content: bytes, *, declared: str = "") -> str:
    """The text of some bytes; never fails: a byte that fits nowhere becomes the replacement character."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    for encoding in filter(None, ("utf-8", declared, _utf_16_without_mark(content))):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return content.decode(_guess(content), "replace")


def looks_like_text(content: bytes) -> bool:
    """True when the bytes are text in some encoding rather than a binary format."""
    head = content[:_SAMPLE_BYTES]
    if any(head.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS) or _utf_16_without_mark(head):
        return True
    return len(_BINARY.findall(head)) * 500 <= len(head)


def _utf_16_without_mark(content: bytes) -> str:
    head = content[:2000]
    if len(head) < 8:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 3 > len(head) and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even * 3 > len(head) and odd == 0 else ""


def _guess(content: bytes) -> str:
    """The likeliest encoding; Western European when nothing speaks for another."""
    sample = content[:_SAMPLE_BYTES]
    if not re.search(rb"[\x80-\xff]", sample):
        sample = content
    best = from_bytes(sample).best() if len(sample) > 200 else None
    encoding = best.encoding if best is not None else "cp1252"
    # Western guesses differ in punctuation only; Windows' own is what offices write.
    return "cp1252" if encoding in {"ascii", "latin_1", "iso8859_1", "cp1250", "cp850", "cp437", "cp858"} else encoding
