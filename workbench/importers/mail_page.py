"""Lays an e-mail out on paper: who wrote to whom and when, what was attached, and the message."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workbench.domain.dates import propose_date
from workbench.domain.received import Part, Proposal, Received
from workbench.importers.base import Incoming
from workbench.importers.html_tree import parse_html
from workbench.importers.laid_out import laid_out
from workbench.importers.plain import pieces
from workbench.importers.sanitising import sanitise
from workbench.pdf.paginate import escape, plain

_PICTURE_KINDS = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpeg"), (b"GIF8", "gif"))
_REMOTE = re.compile(r"""<img[^>]+src\s*=\s*["']?(https?:)?//""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message as read, from whichever format. ``pictures`` are those its HTML shows, by content id."""

    headers: tuple[tuple[str, str], ...]
    subject: str = ""
    on: str = ""
    text: str = ""
    html: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    attachments: tuple[Part, ...] = ()
    forwarded: tuple[Mail, ...] = ()
    notices: tuple[str, ...] = ()


def received_mail(incoming: Incoming, mail: Mail, media_type: str, *, kind: str = "e-mail") -> Received:
    """The message as a document, its attachments as files inside it."""
    bodies = list(mail_bodies(mail))
    notices = list(_all_notices(mail))
    if _REMOTE.search(mail.html):
        notices.append("Pictures that this message would have loaded from the internet were not loaded.")
    return laid_out(
        incoming,
        bodies,
        media_type=media_type,
        kind=kind,
        title=mail.subject,
        proposed_on=Proposal(value=mail.on, basis="date line of the e-mail") if mail.on else None,
        notices=notices,
        parts=_all_attachments(mail),
    )


def mail_bodies(mail: Mail) -> Iterator[str]:
    """Bodies for ``paginate``: the head with the beginning of the message, its rest, messages inside it."""
    first, *rest = list(_message(mail)) or [""]
    yield _head(mail) + first
    yield from rest
    for inner in mail.forwarded:
        first, *rest = list(mail_bodies(inner))
        yield f'<p class="note">Message attached to “{escape(mail.subject)}”:</p>{first}'
        yield from rest


def _head(mail: Mail) -> str:
    rows = [(name, value) for name, value in mail.headers if value.strip()]
    if mail.attachments:
        rows.append(
            ("Attachments", "; ".join(f"{part.name} ({_size(len(part.content))})" for part in mail.attachments))
        )
    cells = (f"<tr><td><b>{escape(name)}:</b></td><td>{escape(value)}</td></tr>" for name, value in rows)
    title = f"<h1>{escape(mail.subject)}</h1>" if mail.subject.strip() else ""
    return f'{title}<table class="head">{"".join(cells)}</table><hr>' if rows else title


def _message(mail: Mail) -> Iterator[str]:
    if mail.html.strip():
        page = parse_html(mail.html)
        bodies = sanitise(page, lambda address: _picture(mail.pictures, address))
        if bodies:
            yield from bodies
            return
    for piece in pieces(mail.text.replace("\r\n", "\n").replace("\r", "\n")):
        yield plain(piece)


def _picture(pictures: Mapping[str, bytes], address: str) -> str:
    content = pictures.get(address.removeprefix("cid:"), b"")
    kind = next((kind for head, kind in _PICTURE_KINDS if content.startswith(head)), "")
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}" if kind else ""


def _size(count: int) -> str:
    if count < 1_000:
        return f"{count} bytes"
    return f"{count / 1_000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def _all_attachments(mail: Mail) -> Iterator[Part]:
    yield from mail.attachments
    for inner in mail.forwarded:
        yield from _all_attachments(inner)


def _all_notices(mail: Mail) -> Iterator[str]:
    yield from mail.notices
    for inner in mail.forwarded:
        yield from _all_notices(inner)


def day_of(text: str) -> str:
    """The day a date line names; "" when it names none."""
    return propose_date(text) or ""
