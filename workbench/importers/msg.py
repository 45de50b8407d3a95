"""Imports messages that Outlook saved (MSG), with what is attached to them."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import olefile

from workbench.domain.errors import FileRefused
from workbench.domain.received import Part, Received
from workbench.importers.base import Incoming
from workbench.importers.characters import decode
from workbench.importers.compressed_rtf import decompress
from workbench.importers.mail_page import Mail, received_mail
from workbench.importers.ole import OLE_HEAD, open_ole
from workbench.importers.rtf import rtf_text

# Property numbers of the format, in hexadecimal as the streams are named.
_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP = "0C1A", "0C1F", "5D01"
_TO, _CC, _BCC = "0E04", "0E03", "0E02"
_TRANSPORT_HEADERS = "007D"
_SENT_AT, _DELIVERED_AT = 0x0039, 0x0E06
_CODE_PAGE = 0x3FDE
_RECIPIENT_NAME, _RECIPIENT_SMTP, _RECIPIENT_ADDRESS, _RECIPIENT_KIND = "3001", "39FE", "3003", 0x0C15
_CONTENT, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _CONTENT_ID = "3701", "3707", "3704", "3001", "3712"
_MOST_DEPTH = 4
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


class OutlookImporter:
    """One message, with messages inside it."""

    name = "Outlook message"
    suffixes = (".msg",)

    def claims(self, incoming: Incoming) -> bool:
        properties = "__properties_version1.0".encode("utf-16-le")
        return incoming.content.startswith(OLE_HEAD) and properties in incoming.content

    def read(self, incoming: Incoming) -> Received:
        ole = open_ole(incoming.content, "Outlook message")
        try:
            mail = _Storage(ole, (), head_bytes=32).mail(0)
        except (OSError, IndexError, ValueError, struct.error):
            raise FileRefused(
                "This Outlook message is damaged. Open it in Outlook and save it again, "
                "or ask the supplier for another copy."
            ) from None
        return received_mail(incoming, mail, "application/vnd.ms-outlook")


class _Storage:
    """One folder of the file: a message, a recipient or an attachment."""

    def __init__(self, ole: olefile.OleFileIO, path: tuple[str, ...], *, head_bytes: int) -> None:
        self._ole = ole
        self._path = path
        self._fixed = self._fixed_properties(head_bytes)

    def _read(self, name: str) -> bytes:
        stream = [*self._path, name]
        if not self._ole.exists(stream) or self._ole.get_type(stream) != olefile.STGTY_STREAM:
            return b""
        content: bytes = self._ole.openstream(stream).read()
        return content

    def _fixed_properties(self, head_bytes: int) -> dict[int, int]:
        content = self._read("__properties_version1.0")[head_bytes:]
        entries = (struct.unpack_from("<IIQ", content, at) for at in range(0, len(content) - 15, 16))
        return {tag >> 16: value for tag, _, value in entries}

    def binary(self, number: str) -> bytes:
        """A property that is bytes."""
        return self._read(f"__substg1.0_{number}0102")

    def text(self, number: str) -> str:
        """A property that is text, in either of the two ways the format has."""
        wide = self._read(f"__substg1.0_{number}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        narrow = self._read(f"__substg1.0_{number}001E")
        return decode(narrow, declared=self._encoding()).rstrip("\x00")

    def number(self, number: int) -> int:
        """A property that is a number; 0 when it is not there."""
        return self._fixed.get(number, 0)

    def _encoding(self) -> str:
        page = self.number(_CODE_PAGE) & 0xFFFF
        return {0: "cp1252", 65001: "utf-8", 20127: "ascii", 28591: "latin-1"}.get(page, f"cp{page}")

    def mail(self, depth: int) -> Mail:
        """This folder as a message."""
        attachments, pictures, forwarded = self._attached(depth)
        html_bytes = self.binary(_HTML)
        html = decode(html_bytes, declared=self._encoding()) if html_bytes else self.text(_HTML)
        shown = {key for key in pictures if f"cid:{key}" in html}
        day = self._sent_at()
        return Mail(
            headers=(
                ("From", self._sender()),
                *self._recipients(),
                ("Date", day.strftime("%Y-%m-%d %H:%M UTC") if day else ""),
                ("Subject", self.text(_SUBJECT)),
            ),
            subject=self.text(_SUBJECT),
            on=day.date().isoformat() if day else "",
            text=self.text(_BODY) or ("" if html else self._rtf()),
            html=html,
            pictures={key: part.content for key, part in pictures.items()},
            attachments=(*attachments, *(part for key, part in pictures.items() if key not in shown)),
            forwarded=tuple(forwarded),
        )

    def _rtf(self) -> str:
        packed = self.binary(_RTF)
        return rtf_text(decompress(packed)) if packed else ""

    def _sent_at(self) -> datetime | None:
        ticks = self.number(_SENT_AT) or self.number(_DELIVERED_AT)
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def _sender(self) -> str:
        return _person(self.text(_SENDER_NAME), self.text(_SENDER_SMTP), self.text(_SENDER_ADDRESS)) or _from_line(
            self.text(_TRANSPORT_HEADERS)
        )

    def _recipients(self) -> Iterator[tuple[str, str]]:
        found: dict[int, list[str]] = {1: [], 2: [], 3: []}
        for name in self._folders("__recip_version1.0_"):
            one = _Storage(self._ole, (*self._path, name), head_bytes=8)
            person = _person(one.text(_RECIPIENT_NAME), one.text(_RECIPIENT_SMTP), one.text(_RECIPIENT_ADDRESS))
            found.setdefault(one.number(_RECIPIENT_KIND) & 0xF, []).append(person)
        for kind, label, shown in ((1, "To", _TO), (2, "Cc", _CC), (3, "Bcc", _BCC)):
            yield label, "; ".join(filter(None, found[kind])) or self.text(shown)

    def _folders(self, prefix: str) -> list[str]:
        depth = len(self._path)
        names = {
            entry[depth]
            for entry in self._ole.listdir(streams=True, storages=True)
            if len(entry) > depth and tuple(entry[:depth]) == self._path and entry[depth].startswith(prefix)
        }
        return sorted(names)

    def _attached(self, depth: int) -> tuple[list[Part], dict[str, Part], list[Mail]]:
        parts: list[Part] = []
        pictures: dict[str, Part] = {}
        forwarded: list[Mail] = []
        for number, name in enumerate(self._folders("__attach_version1.0_"), 1):
            path = (*self._path, name)
            one = _Storage(self._ole, path, head_bytes=8)
            inner = (*path, f"__substg1.0_{_CONTENT}000D")
            content = one.binary(_CONTENT)
            if content:
                shown = one.text(_LONG_NAME) or one.text(_SHORT_NAME) or one.text(_SHOWN_NAME) or f"attachment {number}"
                part = Part(name=shown, content=content)
                key = one.text(_CONTENT_ID)
                if key:
                    pictures[key] = part
                else:
                    parts.append(part)
            elif self._ole.exists([*inner, "__properties_version1.0"]) and depth < _MOST_DEPTH:
                forwarded.append(_Storage(self._ole, inner, head_bytes=24).mail(depth + 1))
        return parts, pictures, forwarded


def _person(name: str, smtp: str, address: str) -> str:
    known = smtp or (address if "@" in address else "")
    return f"{name} <{known}>" if name and known and name != known else name or known


def _from_line(headers: str) -> str:
    found = re.search(r"^From:\s*(.+(?:\n[ \t].+)*)", headers, re.MULTILINE)
    return " ".join(found[1].split()) if found else ""
