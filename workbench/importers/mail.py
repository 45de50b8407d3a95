"""Imports e-mail messages (EML) and web pages saved as one file (MHT); attachments come out as files."""

from __future__ import annotations

import email
import email.header
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import Message

from workbench.domain.errors import FileRefused
from workbench.domain.received import Part, Received
from workbench.importers.base import Incoming
from workbench.importers.characters import decode
from workbench.importers.html_tree import parse_html
from workbench.importers.mail_page import Mail, day_of, received_mail
from workbench.importers.sanitising import text_of

_FIRST_LINES = re.compile(
    rb"^(From |Return-Path:|Received:|Delivered-To:|Message-ID:|MIME-Version:|X-[A-Za-z-]+:|From:|To:|Subject:|Date:)",
    re.IGNORECASE,
)
_HEADERS = re.compile(rb"^(From|To|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Cc):", re.I | re.M)
_SHOWN = ("From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Date", "Subject")
_ENDINGS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
}
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
_MOST_PARTS = 2_000
_UNSAFE = re.compile(r"[^\w ,.()-]+")


class MailImporter:
    """One message as mail programs save it."""

    name = "e-mail"
    suffixes = (".eml", ".emlx", ".mht", ".mhtml")

    def claims(self, incoming: Incoming) -> bool:
        head = incoming.content[:4000].lstrip()
        return bool(_FIRST_LINES.match(head)) and len(set(_HEADERS.findall(head))) >= 2

    def read(self, incoming: Incoming) -> Received:
        message = email.message_from_bytes(_message_bytes(incoming), policy=email.policy.compat32)
        mail = _Reader().mail(message)
        if not (any(value for _, value in mail.headers) or mail.text.strip() or mail.html.strip() or mail.attachments):
            raise FileRefused("This file says it is an e-mail, but it holds no message.")
        is_page = incoming.suffix in (".mht", ".mhtml") and not message.get("To")
        return received_mail(incoming, mail, "message/rfc822", kind="web page" if is_page else "e-mail")


def _message_bytes(incoming: Incoming) -> bytes:
    """The message without what some programs put before it: an envelope line, or a count of bytes."""
    content = incoming.content.lstrip(b"\xef\xbb\xbf\r\n\t ")
    first, _, rest = content.partition(b"\n")
    is_count = first.strip().isdigit()
    if first.startswith(b"From ") or is_count:
        return rest[: int(first)] if is_count and len(first) < 12 else rest
    return content


class _Reader:
    """Walks the parts of one message."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._pages: list[str] = []
        self._pictures: dict[str, bytes] = {}
        self._picture_parts: dict[str, Part] = {}
        self._attachments: list[Part] = []
        self._notices: list[str] = []

    def mail(self, message: Message) -> Mail:
        """The message as read."""
        for number, part in enumerate(_leaves(message)):
            if number > _MOST_PARTS:
                raise FileRefused(f"This e-mail has more than {_MOST_PARTS:,} parts. Save its attachments one by one.")
            self._take(part)
        html = "<hr>".join(self._pages)
        if html and not text_of(parse_html(html).root).strip() and not self._pictures:
            html = ""
        # A picture that the message shows is part of its page; any other is an attachment.
        unshown = [part for key, part in self._picture_parts.items() if not html or key not in html]
        headers = tuple((name, _header(message, name)) for name in _SHOWN)
        return Mail(
            headers=headers,
            subject=_header(message, "Subject"),
            on=_day(message),
            text="\n\n".join(self._texts),
            html=html,
            pictures=self._pictures,
            attachments=(*self._attachments, *unshown),
            notices=tuple(dict.fromkeys(self._notices)),
        )

    def _take(self, part: Message) -> None:
        kind = part.get_content_type()
        name = _file_name(part)
        is_attached = part.get_content_disposition() == "attachment" or bool(name)
        if kind in _SIGNATURES:
            self._notices.append("This message is signed; the signature was not checked.")
        elif kind in _ENCRYPTED and not _bytes_of(part).startswith(b"Content-Type"):
            self._notices.append("This message, or a part of it, is encrypted and cannot be read here.")
            self._attach(part, name or "smime.p7m")
        elif kind == "text/html" and not is_attached:
            self._pages.append(_letters(part))
        elif kind.startswith("text/") and kind in ("text/plain", "text/enriched") and not is_attached:
            self._texts.append(_letters(part))
        elif kind.startswith("image/") and (part.get("Content-ID") or part.get("Content-Location")):
            self._picture(part, name)
        else:
            self._attach(part, name)

    def _picture(self, part: Message, name: str) -> None:
        content = _bytes_of(part)
        key = (part.get("Content-ID") or part.get("Content-Location") or "").strip().strip("<>")
        self._pictures[key] = content
        self._picture_parts[key] = Part(name=name or self._unnamed(part), content=content)

    def _attach(self, part: Message, name: str) -> None:
        content = _bytes_of(part)
        if content:
            self._attachments.append(Part(name=name or self._unnamed(part), content=content))

    def _unnamed(self, part: Message) -> str:
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            subject = _header(first, "Subject") if isinstance(first, Message) else ""
            return f"{_UNSAFE.sub(' ', subject).strip()[:80] or 'message'}.eml"
        number = len(self._attachments) + len(self._picture_parts) + 1
        return f"attachment {number}{_ENDINGS.get(part.get_content_type(), '')}"


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something; an attached message is one part, whatever is in it."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    payload = message.get_payload()
    for part in payload if isinstance(payload, list) else []:
        if isinstance(part, Message):
            yield from _leaves(part)


def _bytes_of(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822" or part.is_multipart():
        inner = part.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], Message):
            return b"\n\n".join(message.as_bytes() for message in inner if isinstance(message, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _letters(part: Message) -> str:
    return decode(_bytes_of(part), declared=_plain(part.get_content_charset() or ""))


def _plain(text: str) -> str:
    return text.strip("\"' ")


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        return ""
    return _decoded(name).replace("\r", "").replace("\n", "").strip()


def _header(message: Message, name: str) -> str:
    """A head line, decoded and on one line; all of them when it is there several times."""
    values = message.get_all(name, [])
    return "; ".join(" ".join(_decoded(str(value)).split()) for value in values)


def _decoded(value: str) -> str:
    try:
        pieces = email.header.decode_header(value)
    except (ValueError, email.errors.HeaderParseError):
        pieces = [(value, None)]
    shown = "".join(
        piece if isinstance(piece, str) else decode(piece, declared=encoding or "") for piece, encoding in pieces
    )
    # Bytes outside ASCII that stand in a head line without being declared.
    return (
        decode(shown.encode("ascii", "surrogateescape"))
        if any("\udc80" <= c <= "\udcff" for c in shown) and all(c < "\x80" or "\udc80" <= c <= "\udcff" for c in shown)
        else shown
    )


def _day(message: Message) -> str:
    value = _header(message, "Date")
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return day_of(value)
