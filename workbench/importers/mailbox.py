"""Cuts a mailbox file into its messages."""

from __future__ import annotations

import re

#: The line before each message: an address, then a date with a time.
_ENVELOPE = re.compile(rb"^From \S*.*\d\d:\d\d.*$", re.MULTILINE)
_HEADER = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*:", re.MULTILINE)
_SUFFIXES = (".mbox", ".mbx", ".mboxrd")


def is_mailbox(name: str, content: bytes) -> bool:
    """True for a mailbox; one saved message that merely begins with an envelope line is none."""
    if not content.startswith(b"From "):
        return name.lower().endswith(_SUFFIXES) and bool(_HEADER.match(content))
    return not name.lower().endswith((".eml", ".txt", ".emlx")) and bool(
        _ENVELOPE.match(content) and _HEADER.search(content[:4000])
    )


def messages(content: bytes) -> list[bytes]:
    """The messages, without their envelope lines."""
    text = content.replace(b"\r\n", b"\n")
    starts = [
        match
        for match in _ENVELOPE.finditer(text)
        if (match.start() == 0 or text[match.start() - 2 : match.start()] == b"\n\n")
        and _HEADER.match(text, match.end() + 1)
    ]
    if not starts:
        return [content]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    found = [text[match.end() + 1 : end] for match, end in zip(starts, ends, strict=True)]
    return [re.sub(rb"^>(>*From )", rb"\1", message, flags=re.MULTILINE) for message in found if message.strip()]
