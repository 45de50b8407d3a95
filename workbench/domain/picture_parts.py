"""Takes from a picture file the parts that can hold words, and leaves its pixels alone."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from workbench.domain.hidden_writing import inflated

_PNG_HEAD, _PNG_PACKED = b"\x89PNG\r\n\x1a\n", (b"zTXt", b"iTXt", b"iCCP")
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def worded_parts(content: bytes) -> bytes:
    """Descriptions, comments and whatever lies behind the picture; all of it where the kind is not known."""
    if content.startswith(b"\xff\xd8"):
        return _of_jpeg(content)
    if content.startswith(_PNG_HEAD):
        return b"\n".join(part for _, part in _png_chunks(content))
    if content[4:8] in (b"jP  ", b"ftyp"):
        return b"\n".join(_boxes(content))
    return content


def packed_texts(content: bytes) -> Iterator[bytes]:
    """The texts that a PNG file holds packed; each begins after its keyword and a few signs."""
    if not content.startswith(_PNG_HEAD):
        return
    for kind, chunk in _png_chunks(content):
        if kind in _PNG_PACKED:
            starts = (at for at in range(len(chunk)) if chunk[at] == 0x78)
            found = next(filter(None, (inflated(chunk[at:]) for at in starts)), b"")
            if found:
                yield found


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG_HEAD)
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind != b"IDAT":
            yield kind, content[at + 8 : at + 8 + length]
        at += length + 12
        if kind == b"IEND":
            break
    yield b"", content[at:]


def _of_jpeg(content: bytes) -> bytes:
    """The segments before the pixels, and what stands behind the end."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        alone = content[at + 1] in _JPEG_ALONE
        at += 2 if alone else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    end = content.rfind(b"\xff\xd9")
    return content[:at] + b"\n" + (content[max(end, at) :] if end >= 0 else b"")


def _boxes(content: bytes) -> Iterator[bytes]:
    at = 0
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if size == 1 and at + 16 <= len(content):
            size = int.from_bytes(content[at + 8 : at + 16], "big")
        size = len(content) - at if size < 8 else size
        if kind not in (b"jp2c", b"mdat"):
            yield content[at : at + size]
        at += size
