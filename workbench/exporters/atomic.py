"""Writes a file or a folder beside its place and moves it there when it is whole."""

from __future__ import annotations

import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")


def _flush_folder(folder: Path) -> None:
    """Make a rename survive a power cut; only POSIX systems can do this for folders."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def _flush_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path to write to; it becomes ``target`` when the block ends well, and is removed when it does not."""
    temporary = _beside(target)
    try:
        yield temporary
        _flush_file(temporary)
        os.replace(temporary, target)
        _flush_folder(target.parent)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A fresh folder to fill; it replaces ``target`` when the block ends well, and is removed when it does not."""
    temporary, older = _beside(target), _beside(target)
    temporary.mkdir(parents=True)
    try:
        yield temporary
        for path in temporary.rglob("*"):
            if path.is_file():
                _flush_file(path)
        if target.exists():
            os.replace(target, older)
        os.replace(temporary, target)
        _flush_folder(target.parent)
    except BaseException:
        if older.exists() and not target.exists():
            os.replace(older, target)
        raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(older, ignore_errors=True)
