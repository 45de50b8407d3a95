"""Takes files out of archives and messages out of mailboxes, one at a time, in a child process."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from workbench.domain.errors import FileRefused, Refused
from workbench.importers.base import Tell
from workbench.importers.mailbox import is_mailbox, messages

MOST_MEMBERS = 10_000
MOST_BYTES = 2 << 30
MOST_MEMBER_BYTES = 1 << 29
#: Text shrinks 10 times, empty pictures 200 times; only bombs shrink more and are large.
_MOST_RATIO, _RATIO_COUNTS_FROM = 200, 100 << 20
_PIECE_BYTES = 1 << 20
#: Names inside that tell an Office, OpenDocument or e-book file from an archive of files.
_PACKAGE_NAMES = frozenset({"[Content_Types].xml", "mimetype", "META-INF/container.xml", "Index/Document.iwa"})

_TOO_MANY = f"This archive holds more than {MOST_MEMBERS:,} files. Unpack it and import the folder."
_TOO_LARGE = "This archive would unpack to more than 2 GB. Unpack it and import the folder in parts."
_BOMB = "This archive unpacks to hundreds of times its size, as those made to fill a disk do; it was not opened."
_LOCKED = "This file inside the archive is locked with a password. Unpack it with the password and import the file."
_DAMAGED = "This file inside the archive is damaged. Ask the supplier for the archive again."
_LINK = "This is a link inside the archive and was not followed."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    name: str
    size: int
    take: Callable[[Tell], bytes]
    problem: str = ""


class _Unpacking:
    """Keeps the archives that are open, one for each depth."""

    def __init__(self) -> None:
        self._open: dict[int, list[_Member]] = {}

    def __call__(self, request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
        depth = int(request["depth"])
        if request["do"] == "open":
            members = _members(str(request["name"]), blobs[0])
            self._open[depth] = members or []
            listed = None if members is None else [[m.name, m.size, m.problem] for m in members]
            return {"members": listed}, []
        if depth not in self._open:
            raise Refused("This archive is not open. Open it first.")
        return {}, [self._open[depth][int(request["index"])].take(tell)]


def make_task() -> _Unpacking:
    """The sandbox task: ``open`` lists the members of an archive or mailbox, ``take`` hands one over."""
    return _Unpacking()


def may_hold_files(name: str, content: bytes) -> bool:
    """True when it is worth asking the child whether this is an archive or a mailbox."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06")) or is_mailbox(name, content)


def _members(name: str, content: bytes) -> list[_Member] | None:
    """The files inside; None when this is a document and no container, or no readable archive."""
    if is_mailbox(name, content):
        found = messages(content)
        if len(found) > MOST_MEMBERS:
            raise FileRefused(f"This mailbox holds more than {MOST_MEMBERS:,} messages. Split it and import the parts.")
        return [
            _Member(name=f"message {number:04d}.eml", size=len(message), take=_already(message))
            for number, message in enumerate(found, 1)
        ]
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return None
    infos = archive.infolist()
    if not _PACKAGE_NAMES.isdisjoint(info.filename for info in infos):
        return None
    _refuse_bottomless(infos, len(content))
    return [_zip_member(archive, info) for info in infos if not info.is_dir()]


def _refuse_bottomless(infos: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    if len(infos) > MOST_MEMBERS:
        raise FileRefused(_TOO_MANY)
    total = sum(info.file_size for info in infos)
    if total > _RATIO_COUNTS_FROM and total > _MOST_RATIO * packed_bytes:
        raise FileRefused(_BOMB)
    if total > MOST_BYTES:
        raise FileRefused(_TOO_LARGE)


def _already(content: bytes) -> Callable[[Tell], bytes]:
    return lambda _tell: content


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> _Member:
    problem = ""
    if stat.S_ISLNK(info.external_attr >> 16):
        problem = _LINK
    elif info.flag_bits & 1:
        problem = _LOCKED
    elif info.file_size > MOST_MEMBER_BYTES:
        problem = "This file inside the archive is larger than 512 MB. Unpack the archive and import the file."
    return _Member(
        name=safe_name(_letters(info)),
        size=info.file_size,
        problem=problem,
        take=lambda tell: _take(archive, info, tell),
    )


def _letters(info: zipfile.ZipInfo) -> str:
    """The name; old programs wrote Windows letters or UTF-8 without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
        return raw.decode("utf-8")
    except UnicodeError:
        return info.filename


def safe_name(name: str) -> str:
    """A name from an archive without anything that climbs out of a folder: ``../../a`` becomes ``a``."""
    parts = PurePosixPath(name.replace("\\", "/").replace("\x00", "")).parts
    kept = [part for part in parts if part not in ("/", "//", "..", ".") and not part.endswith(":")]
    return "/".join(kept) or "unnamed"


def _take(archive: zipfile.ZipFile, info: zipfile.ZipInfo, tell: Tell) -> bytes:
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_PIECE_BYTES):
                size += len(piece)
                if size > info.file_size or size > MOST_MEMBER_BYTES:
                    raise FileRefused(_BOMB)
                pieces.append(piece)
                tell({"bytes": size})
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError):
        raise FileRefused(_DAMAGED) from None
    except (NotImplementedError, RuntimeError):
        raise FileRefused(
            "This file inside the archive is packed in a way the workbench does not know. "
            "Unpack the archive with another program and import the folder."
        ) from None
    return b"".join(pieces)
