"""Finds the files that a person asked to import: in folders, in order, with names that can be shown."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 1 << 30
#: What systems leave in folders; no institution wrote it.
_BOOKKEEPING = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".localized"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One file, or why it cannot be read. ``content`` is there already when it came out of an archive."""

    shown: str
    filename: str
    size: int = 0
    path: Path | None = None
    content: bytes | None = None
    problem: str = ""


def shown_name(path: str | Path) -> str:
    """The path as it can be kept and shown: a byte that is no letter becomes ``\\xNN``, all else stays."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def walk(paths: Iterable[Path]) -> Iterator[Found]:
    """Every file below the given paths, sorted by name, so that two imports of one folder agree."""
    for path in paths:
        # A link that the person named is followed; links found in folders are not.
        yield from _look(path, is_link=path.is_symlink() and not path.exists())


def _look(path: Path, *, is_link: bool) -> Iterator[Found]:
    if is_link:
        yield _problem(path, "This is a link to another place and was not followed. Import the file it points to.")
        return
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            yield from _folder(path)
        else:
            yield _file(path, status)
    except OSError as error:
        yield _problem(path, f"This cannot be read ({error.strerror}). Check the permissions and import it again.")


def _folder(path: Path) -> Iterator[Found]:
    with os.scandir(path) as scan:
        entries = sorted(scan, key=lambda entry: os.fsencode(entry.name))
    for entry in entries:
        yield from _look(Path(entry.path), is_link=entry.is_symlink())


def _file(path: Path, status: os.stat_result) -> Found:
    if not stat.S_ISREG(status.st_mode):
        return _problem(path, "This is not a file but a device or a pipe.")
    refused = bookkeeping_problem(path.name)
    if refused:
        return _problem(path, refused)
    if status.st_size > MOST_BYTES:
        return _problem(path, "This file is larger than 1 GB. Split it, or save it smaller, and import that.")
    return Found(shown=shown_name(path), filename=shown_name(path.name), size=status.st_size, path=path)


def bookkeeping_problem(name: str) -> str:
    """Why a file that the system left in a folder is not imported; "" for any other."""
    if name.lower() in _BOOKKEEPING or name.startswith("._") or name.startswith("~$"):
        return "This is a file that macOS, Windows or Office keeps for itself; it is not a document."
    return ""


def _problem(path: Path, sentence: str) -> Found:
    return Found(shown=shown_name(path), filename=shown_name(path.name), problem=sentence)
