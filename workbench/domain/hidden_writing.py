"""Undoes what programs do to words: entities, escapes, percent signs, tags, base64, hexadecimal, other encodings."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import quopri
import re
import urllib.parse
import zlib
from collections.abc import Iterator

from workbench.domain.file_kinds import kind_of

#: Those of markup itself are left out: no name holds them.
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{3}))")
_RTF_LETTER = re.compile(r"\\(?:'([0-9a-fA-F]{2})|u(-?\d{1,5}) ?\??)")
_PLAIN_ESCAPE = re.compile(r"\\([nrt/\"'\\])")
_QUOTED = re.compile(r"=[0-9A-F]{2}")
_TAG = re.compile(r"<[^<>]{1,2000}>")
_COMMENT_MARK = re.compile(r"<!--|-->")
_RTF_WORD = re.compile(r"\\[a-z]{1,32}-?\d{0,10} ?|[{}]")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/]{0,76}={0,2}|[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}[ \t\r\n]?){5,}")
_STRINGS = re.compile(rb"[\t\r\n\x20-\x7e\xc0-\xff]{3,}")
#: The same in UTF-8; only what is valid there, so that pixels and packed bytes give little.
_STRINGS_UTF8 = re.compile(rb"(?:[\t\r\n\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){3,}")
#: In larger files that are no text, single bytes are not taken for letters with accents.
_MOST_LATIN = 1 << 20
_UTF16 = {
    "utf-16-le": re.compile(rb"(?:[\x09-\xff][\x00-\x04\x1e\x20]){4,}"),
    "utf-16-be": re.compile(rb"(?:[\x00-\x04\x1e\x20][\x09-\xff]){4,}"),
}
_OF_TEXTS = bytes([9, 10, 13, *range(32, 127), *range(0xC2, 256)])
_MOST_TEXT = 64 << 20
_ESCAPED_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


def readings(text: str) -> Iterator[tuple[str, str]]:
    """Other readings of a text that holds entities, percent signs, escapes or tags: (form, text)."""
    found = set()
    for form, read in _READERS:
        other = read(text)
        if other != text:
            found.add(form)
            yield form, other
    if len(found) > 1:
        yield "in code", _without_tags(_percents(_escapes(html.unescape(text))), "")


def _escapes(text: str) -> str:
    if "\\" not in text:
        return text
    if text.lstrip().startswith("{\\rtf"):
        return _RTF_WORD.sub("", _RTF_LETTER.sub(_rtf_letter, text))
    decoded = _ESCAPE.sub(_escaped_letter, text)
    return _PLAIN_ESCAPE.sub(lambda match: _ESCAPED_PLAIN.get(match[1], match[1]), decoded)


def _escaped_letter(match: re.Match[str]) -> str:
    code = int(match[4], 8) if match[4] else int(match[1] or match[2] or match[3], 16)
    return chr(code) if code <= 0x10FFFF else " "


def _rtf_letter(match: re.Match[str]) -> str:
    if match[1]:
        return bytes([int(match[1], 16)]).decode("cp1252", "replace")
    return chr(int(match[2]) % 0x10000)


def _entities(text: str) -> str:
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def _percents(text: str) -> str:
    if "%" not in text or not _PERCENT.search(text):
        return text
    return urllib.parse.unquote(text.replace("+", " "), errors="replace")


def _quoted_printable(text: str) -> str:
    if "=" not in text or not _QUOTED.search(text):
        return text
    return quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")


def _without_tags(text: str, gap: str) -> str:
    if "<" not in text or ">" not in text:
        return text
    return html.unescape(_TAG.sub(gap, _COMMENT_MARK.sub(" ", text)))


_READERS = (
    ("as HTML entities", _entities),
    ("percent-encoded", _percents),
    ("as escapes", _escapes),
    ("quoted-printable", _quoted_printable),
    ("between tags", lambda text: _without_tags(text, "")),
    ("between tags", lambda text: _without_tags(text, " ")),
)


def packed_inside(text: str) -> Iterator[tuple[str, bytes]]:
    """What stands in a text as base64 or hexadecimal: (form, bytes); noise is left out."""
    for match in _BASE64.finditer(text.replace("&#xA;", "\n").replace("&#10;", "\n")):
        content = _from_base64(match[0])
        # What is longer than any word and decodes was meant to be base64, whatever it holds.
        if content and (len(content) > 64 or kind_of(content) != "other" or is_wordlike(content)):
            yield "as base64", content
    for match in _HEX.finditer(text):
        digits = "".join(match[0].split())
        content = bytes.fromhex(digits[: len(digits) // 2 * 2])
        if kind_of(content) != "other" or is_wordlike(content):
            yield "as hexadecimal", content


def _from_base64(run: str) -> bytes:
    letters = "".join(run.split()).rstrip("=").replace("-", "+").replace("_", "/")
    letters = letters[: len(letters) // 4 * 4 + (len(letters) % 4 if len(letters) % 4 != 1 else 0)]
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return b""


def is_wordlike(content: bytes) -> bool:
    """True when most of it are letters and signs of a text in UTF-8, Latin letters or UTF-16."""
    head = content[:4096]
    plain = head.replace(b"\x00", b"")
    if len(plain) < 3 or len(head) - len(plain) > len(head) // 2 + 1:
        return False
    return len(plain.translate(None, _OF_TEXTS)) <= 0.15 * len(plain)


def texts_of(content: bytes) -> list[str]:
    """A text file in every encoding that it may have."""
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return [content.decode(encoding, "replace")]
    if b"\x00" in content:
        return strings_of(content)
    try:
        return [content.decode("utf-8")]
    except UnicodeDecodeError:
        return [content.decode("utf-8", "replace"), content.decode("cp1252", "replace")]


def strings_of(content: bytes) -> list[str]:
    """What ``strings`` would show of any bytes: in UTF-8, Latin letters and both kinds of UTF-16."""
    if content.isascii() and b"\x00" not in content:
        return [content.decode("ascii")]
    found = [b"\n".join(_STRINGS_UTF8.findall(content)).decode("utf-8", "replace")]
    if not content.isascii() and len(content) <= _MOST_LATIN:
        found.append(b"\n".join(_STRINGS.findall(content)).decode("cp1252", "replace"))
    if b"\x00" in content or content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        for encoding, pattern in _UTF16.items():
            for shift in (0, 1):
                wide = [run.decode(encoding, "replace") for run in pattern.findall(content[shift:])]
                if wide:
                    found.append("\n".join(wide))
    return found


def inflated(content: bytes, most: int = _MOST_TEXT) -> bytes | None:
    """What zlib or gzip data holds, also when its end is missing; None when it is neither or too large."""
    for window in (47, -15):
        machine = zlib.decompressobj(window)
        try:
            found = machine.decompress(content, most)
        except zlib.error:
            continue
        return None if machine.unconsumed_tail else found
    return None
