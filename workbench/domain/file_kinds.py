"""Tells from its first bytes what kind of file something is, and whether anything can look inside it."""

from __future__ import annotations

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_CLOSED = {
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"MSCF": "a cabinet archive",
    b"\x28\xb5\x2f\xfd": "a file packed with Zstandard",
    b"!BDN": "an Outlook mailbox",
    b"\x1f\x9d": "a file packed with compress",
    b"-----BEGIN PGP MESSAGE": "an encrypted message",
}


def kind_of(content: bytes) -> str:
    """pdf, sqlite, zip, gzip, bzip2, xz, tar, ole, picture, closed (nothing looks into it) or other."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    for magic, kind in (
        (b"SQLite format 3\x00", "sqlite"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06", "zip"),
        (b"\x1f\x8b", "gzip"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\x00", "xz"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    ):
        if content.startswith(magic):
            return kind
    if content[4:8] == b"ftyp" or content.startswith(b"\x00\x00\x00\x0cjP  "):
        return "picture"
    if content[257:262] == b"ustar":
        return "tar"
    if content.startswith(_PICTURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return "picture"
    if b"%PDF-" in content[:1024]:
        return "pdf"  # readers allow something before the head
    return "closed" if closed_kind(content) else "other"


def closed_kind(content: bytes) -> str:
    """What a container is called that the workbench cannot look into, "" for everything else."""
    return next((name for magic, name in _CLOSED.items() if content.startswith(magic)), "")
