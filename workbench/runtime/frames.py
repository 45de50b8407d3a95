"""How the program and its child processes talk: JSON with blobs behind it, each with its length before it."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from typing import IO, Any

_HEAD = struct.Struct("!QI")
_BLOB = struct.Struct("!Q")
#: What one side accepts from the other; a child may have been taken over by the file it reads.
MAX_JSON_BYTES = 1 << 29
MAX_BLOBS = 20_000
MAX_BLOB_BYTES = 2 << 30


class FrameBroken(Exception):
    """The other side sent something that is not a frame, or ended in the middle of one."""


def write_frame(stream: IO[bytes], message: dict[str, Any], blobs: Iterable[bytes] = ()) -> None:
    """Send one message; lone surrogates in its texts survive as JSON escapes."""
    kept = list(blobs)
    encoded = json.dumps(message, separators=(",", ":")).encode("ascii")
    stream.write(_HEAD.pack(len(encoded), len(kept)))
    stream.write(encoded)
    for blob in kept:
        stream.write(_BLOB.pack(len(blob)))
        stream.write(blob)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next message; None when the other side has closed properly between two messages."""
    head = stream.read(_HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise FrameBroken("cut off in a head")
    json_bytes, blob_count = _HEAD.unpack(head)
    if json_bytes > MAX_JSON_BYTES or blob_count > MAX_BLOBS:
        raise FrameBroken("larger than any message may be")
    message = _message(_exactly(stream, json_bytes))
    blobs: list[bytes] = []
    room = MAX_BLOB_BYTES
    for _ in range(blob_count):
        (length,) = _BLOB.unpack(_exactly(stream, _BLOB.size))
        if length > room:
            raise FrameBroken("blobs larger than any message may carry")
        room -= length
        blobs.append(_exactly(stream, length))
    return message, blobs


def _message(encoded: bytes) -> dict[str, Any]:
    try:
        message = json.loads(encoded)
    except (ValueError, RecursionError) as error:
        raise FrameBroken("not JSON") from error
    if not isinstance(message, dict):
        raise FrameBroken("not a JSON object")
    return message


def _exactly(stream: IO[bytes], count: int) -> bytes:
    content = stream.read(count)
    if len(content) < count:
        raise FrameBroken("cut off")
    return content
