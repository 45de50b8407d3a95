"""Reads files of an export for the leak sweep, in a child process: text, archives, Office, mail, any bytes."""

from __future__ import annotations

import email
import email.header
import email.policy
import zlib
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import PurePosixPath
from typing import Any

from workbench.domain.errors import FileRefused
from workbench.domain.file_kinds import closed_kind, kind_of
from workbench.domain.hidden_writing import is_wordlike, texts_of
from workbench.domain.leak_search import LeakSearch, Matchers, shown
from workbench.domain.picture_parts import packed_texts, worded_parts
from workbench.importers.base import Incoming, Tell
from workbench.importers.compressed_rtf import decompress
from workbench.importers.mail import MailImporter
from workbench.importers.mailbox import is_mailbox, messages
from workbench.importers.ole import open_ole
from workbench.importers.sweep_archives import Room, tar_members, unpacked, zip_members

MOST_DEPTH = 6
_MAIL_ENDINGS = (".eml", ".mht", ".mhtml", ".emlx")
#: Ordered data shrinks; what does not, and is no kind that is known, is encrypted or packed.
_SAMPLE_BYTES, _SHRINKS_TO = 1 << 16, 0.985
#: Fonts, sounds: packed, but without a person's words.
#: Streams of old Office files that hold pictures one after the other.
_OLE_PICTURES = frozenset({"Pictures", "Data", "WorkspacePictures"})
#: Where Outlook keeps a message's text packed.
_PACKED_RTF = "10090102"
_HARMLESS = (b"wOF2", b"wOFF", b"OTTO", b"\x00\x01\x00\x00", b"OggS", b"ID3", b"fLaC", b"\x00asm")
_Members = Iterator[tuple[str, bytes]]


def make_task() -> Callable[[dict[str, Any], list[bytes], Tell], tuple[dict[str, Any], list[bytes]]]:
    """The sandbox task ``workbench.importers.sweep_files:make_task``.

    ``{"file", "name", "names", "depth"}`` with the bytes; answers what was found, and as blobs the PDF files,
    databases and pictures inside, which others read.
    """
    matchers = Matchers()

    def sweep(request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
        search = matchers.search(request)
        _Sweep(search, tell, read_images=bool(request.get("read_images"))).file(
            str(request["name"]), blobs[0], "", int(request["depth"])
        )
        return search.facts(), [content for _, content in search.inner]

    return sweep


class _Sweep:
    """Goes through one file and everything inside it."""

    def __init__(self, search: LeakSearch, tell: Tell, *, read_images: bool) -> None:
        self._search = search
        self._tell = tell
        self._read_images = read_images
        self._room = Room()
        self._handed_on: list[tuple[str, bytes]] = []

    def file(self, name: str, content: bytes, path: str, depth: int) -> None:
        """One file; ``path`` says inside which members it lies."""
        self._one(name, content, path, depth)
        self._search.inner = self._handed_on

    def _one(self, name: str, content: bytes, path: str, depth: int) -> None:
        self._tell({"file": "another"})
        kind = kind_of(content)
        if depth > MOST_DEPTH:
            self._search.skip(f"“{path or name}” lies inside more than {MOST_DEPTH} other files and was not swept.")
        elif kind in ("pdf", "sqlite") or (kind == "picture" and self._read_images):
            self._handed_on.append((path or name, content))
            if kind == "picture":
                self._picture(content, _place(path))
        elif kind in ("zip", "tar", "gzip", "bzip2", "xz", "ole"):
            for member, inner in self._members(kind, name, content, path):
                self._one(member, inner, f"{path}{' › ' if path else ''}{member}", depth + 1)
        else:
            self._plain(kind, name, content, path, depth)

    def _members(self, kind: str, name: str, content: bytes, path: str) -> _Members:
        if kind == "zip":
            return zip_members(self._search, content, name, self._room)
        if kind == "tar":
            return tar_members(self._search, content, name, self._room)
        if kind == "ole":
            return self._ole(content, name, path)
        found = unpacked(self._search, kind, content, name, self._room)
        if kind == "gzip":
            self._search.look_at_bytes(content[:512], f"the head of the packed file “{shown(name)}”")
        return iter([(PurePosixPath(name).stem, found)] if found else [])

    def _plain(self, kind: str, name: str, content: bytes, path: str, depth: int) -> None:
        if is_mailbox(name, content):
            for number, message in enumerate(messages(content), 1):
                self._mail(message, f"{path}{' › ' if path else ''}message {number}", depth + 1)
        elif self._is_mail(name, content):
            self._mail(content, path, depth)
        elif kind == "picture":
            self._picture(content, _place(path))
        elif kind == "closed":
            self._search.skip(
                f"“{path or name}” is {closed_kind(content)}, which cannot be looked into; it was not swept."
            )
        elif is_wordlike(content):
            self._text(content, path, depth)
        else:
            self._bytes(name, content, path)

    def _text(self, content: bytes, path: str, depth: int) -> None:
        self._search.look_at_text(content, _place(path, "the text"))
        packed, self._search.inner = self._search.inner, []
        for form, inner in packed:
            self._one(form, inner, f"{path}{' › ' if path else ''}{form}", depth + 1)

    def _bytes(self, name: str, content: bytes, path: str) -> None:
        self._search.look_at_bytes(content, _place(path))
        sample = content[len(content) // 2 :][:_SAMPLE_BYTES]
        if name in _OLE_PICTURES:
            self._search.pictures += 1
            return
        is_dense = len(sample) > 2048 and len(zlib.compress(sample)) > _SHRINKS_TO * len(sample)
        if is_dense and not content.startswith(_HARMLESS):
            self._search.skip(
                f"“{path or name}” is encrypted or packed in a way the workbench does not know; it was not swept."
            )

    def _picture(self, content: bytes, place: str) -> None:
        self._search.pictures += 1
        self._search.look_at_bytes(worded_parts(content), place)
        for part in packed_texts(content):
            self._search.look_at_bytes(part, f"a text of the picture{_of(place)}")

    def _is_mail(self, name: str, content: bytes) -> bool:
        incoming = Incoming(name=name, content=content, tell=self._tell)
        return incoming.suffix in _MAIL_ENDINGS or MailImporter().claims(incoming)

    def _mail(self, content: bytes, path: str, depth: int) -> None:
        for text in texts_of(content):
            self._search.look(text, _place(path, "the message"), has_lines=True)
        for number, part in enumerate(email.message_from_bytes(content, policy=email.policy.compat32).walk(), 1):
            for header, value in part.items():
                self._search.look(_decoded_header(str(value)), f"the header {header}{_of(path)}")
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body:
                member = _attached_name(part) or f"part {number}"
                self._one(member, body, f"{path}{' › ' if path else ''}{member}", depth + 1)

    def _ole(self, content: bytes, name: str, path: str) -> _Members:
        self._search.look_at_bytes(content, _place(path))
        try:
            container = open_ole(content, "file")
        except FileRefused:
            self._search.skip(f"“{path or name}” is damaged and was not swept.")
            return
        with container:
            for parts in container.listdir(streams=True, storages=False):
                self._search.look_at_name("/".join(parts), f"a name inside “{shown(name)}”")
                if parts[-1] == "EncryptedPackage":
                    self._search.skip(f"“{path or name}” is locked with a password and was not swept.")
                    continue
                try:
                    content = container.openstream(parts).read()
                    if parts[-1].endswith(_PACKED_RTF):
                        yield f"{parts[-1]}.rtf", decompress(content)
                    yield parts[-1].strip("\x01\x03\x05"), content
                except (FileRefused, OSError, ValueError, IndexError):
                    self._search.skip(f"A part of “{path or name}” is damaged and was not swept.")


def _place(path: str, what: str = "the bytes") -> str:
    return f"{what} of “{shown(path)}”" if path else what


def _of(place: str) -> str:
    return f" of “{shown(place)}”" if place and not place.startswith("the bytes") else ""


def _decoded_header(value: str) -> str:
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, ValueError, UnicodeError, email.errors.HeaderParseError):
        return value


def _attached_name(part: Message) -> str:
    name = part.get_filename()
    return _decoded_header(name) if name else ""
