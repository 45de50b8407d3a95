"""Takes archives apart for the leak sweep: members, names, comments, and what was deleted but lies there."""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.domain.hidden_writing import inflated
from workbench.domain.leak_search import LeakSearch, shown

MOST_MEMBERS = 20_000
MOST_MEMBER_BYTES = 1 << 29
_LOCAL_HEAD = b"PK\x03\x04"
_LOCAL = struct.Struct("<4s5H3I2H")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(slots=True)
class Room:
    """How much more may be unpacked of one file, so that no bomb goes off."""

    bytes_left: int = 2 << 30
    members_left: int = MOST_MEMBERS

    def takes(self, size: int) -> bool:
        """Use some of the room; False when it is not there."""
        if size > MOST_MEMBER_BYTES or size > self.bytes_left or self.members_left < 1:
            return False
        self.bytes_left -= size
        self.members_left -= 1
        return True


def zip_members(search: LeakSearch, content: bytes, name: str, room: Room) -> Iterator[tuple[str, bytes]]:
    """The members of a ZIP; looks at names and comments, and skips with a sentence what cannot be read."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE:
        search.skip(f"“{name}” is a damaged archive and was not swept.")
        search.look_at_bytes(content, "the bytes")
        return
    with archive:
        _look_at_comment(search, archive.comment, f"the comment of the archive “{shown(name)}”")
        known = set()
        for member in archive.infolist():
            known.add(member.header_offset)
            search.look_at_name(member.filename, f"a name inside “{shown(name)}”")
            _look_at_comment(search, member.comment, f"the comment of a file inside “{shown(name)}”")
            _look_at_comment(search, member.extra, f"an extra field of a file inside “{shown(name)}”")
            if not member.is_dir():
                yield from _taken(search, archive, member, room)
        yield from _left_behind(search, content, known, room)
    first = min(known, default=0)
    if first > 0:
        search.look_at_bytes(content[:first], f"what stands before the archive “{shown(name)}”")


def _look_at_comment(search: LeakSearch, comment: bytes, place: str) -> None:
    if comment:
        search.look_at_bytes(comment, place)


def _taken(
    search: LeakSearch, archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: Room
) -> Iterator[tuple[str, bytes]]:
    if member.flag_bits & 1:
        search.skip(f"“{member.filename}” inside an archive is locked with a password and was not swept.")
        return
    if not room.takes(member.file_size):
        search.skip(f"“{member.filename}” inside an archive is too large to be swept.")
        return
    try:
        with archive.open(member) as stream:
            yield member.filename, stream.read(member.file_size + 1)
    except _DAMAGE:
        search.skip(f"“{member.filename}” inside an archive is damaged and was not swept.")


def _left_behind(search: LeakSearch, content: bytes, known: set[int], room: Room) -> Iterator[tuple[str, bytes]]:
    """Members that the archive's list no longer names."""
    at = content.find(_LOCAL_HEAD)
    while at >= 0:
        if at + _LOCAL.size <= len(content) and (at in known or not _is_within(at, known, content)):
            fields = _LOCAL.unpack_from(content, at)
            method, packed, name_length, extra_length = fields[3], fields[7], fields[9], fields[10]
            start = at + _LOCAL.size + name_length + extra_length
            name = content[at + _LOCAL.size : at + _LOCAL.size + name_length].decode("utf-8", "replace")
            search.look_at_name(name, "the second name of a file inside an archive, or of a removed one")
            if at in known:
                at = content.find(_LOCAL_HEAD, at + 4)
                continue
            body = content[start : start + packed] if packed else content[start:]
            found = body if method == 0 else inflated(body)
            if found and room.takes(len(found)):
                yield name, found
        at = content.find(_LOCAL_HEAD, at + 4)


def _is_within(at: int, known: set[int], content: bytes) -> bool:
    """True inside a stored member, as when an archive holds an archive."""
    before = max((offset for offset in known if offset < at), default=-1)
    if before < 0:
        return False
    fields = _LOCAL.unpack_from(content, before)
    return at < before + _LOCAL.size + int(fields[9]) + int(fields[10]) + int(fields[7])


def unpacked(search: LeakSearch, kind: str, content: bytes, name: str, room: Room) -> bytes:
    """What a gzip, bzip2 or xz file holds; b"" with a sentence when it cannot be read."""
    try:
        if kind == "gzip":
            found = inflated(content, MOST_MEMBER_BYTES)
        else:
            machine = bz2.BZ2Decompressor() if kind == "bzip2" else lzma.LZMADecompressor()
            found = machine.decompress(content, MOST_MEMBER_BYTES)
            found = found if machine.eof else None
    except _DAMAGE:
        found = None
    if found is None or not room.takes(len(found)):
        search.skip(f"“{name}” is packed, and is damaged or too large; it was not swept.")
        return b""
    return found


def tar_members(search: LeakSearch, content: bytes, name: str, room: Room) -> Iterator[tuple[str, bytes]]:
    """The members of a TAR archive."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            for member in archive:
                search.look_at_name(
                    f"{member.name} {member.linkname} {member.uname} {member.gname}", f"a name inside “{name}”"
                )
                stream = archive.extractfile(member) if member.isfile() else None
                if stream is not None and room.takes(member.size):
                    yield member.name, stream.read()
                elif stream is not None:
                    search.skip(f"“{member.name}” inside an archive is too large to be swept.")
    except (tarfile.TarError, *_DAMAGE):
        search.skip(f"“{name}” is a damaged archive and was not swept.")
