"""Writes files and folders beside their places and moves them there when they are whole, all of them or none."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import uuid
from collections.abc import Iterator, Mapping
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


def flush_file(path: Path) -> None:
    """Have the system write a file to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path to write to; it becomes ``target`` when the block ends well, and is removed when it does not."""
    temporary = _beside(target)
    try:
        yield temporary
        flush_file(temporary)
        os.replace(temporary, target)
        _flush_folder(target.parent)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def placed(moves: Mapping[Path, Path]) -> Iterator[None]:
    """Moves finished files and folders (staged -> target) to their places for a block that may still fail.

    What the block raises, or one move, takes all of them back and puts back what stood there before.
    """
    aside: dict[Path, Path] = {}
    moved: list[Path] = []
    try:
        for staged, target in moves.items():
            if target.exists():
                if target.is_dir() != staged.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
                aside[target] = _set_aside(target)
            os.replace(staged, target)
            moved.append(target)
        for folder in {target.parent for target in moved}:
            _flush_folder(folder)
        yield
    except BaseException:
        for target in moved:
            _remove(target)
        for target, older in aside.items():
            if older.exists():
                os.replace(older, target)
        raise
    finally:
        for path in (*moves, *aside.values()):
            _remove(path)


def _set_aside(target: Path) -> Path:
    """Keep what stands at a place under another name; a file stays readable at its place all the while."""
    older = _beside(target)
    with suppress(OSError):
        os.link(target, older)
    if not older.exists():
        os.replace(target, older)
    return older


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def whole_files(folder: Path, contents: Mapping[str, bytes]) -> Iterator[list[Path]]:
    """The files in their places, all or none, in this order; what the block raises takes them back again."""
    folder.mkdir(parents=True, exist_ok=True)
    staged: dict[Path, Path] = {}
    try:
        for name, content in contents.items():
            temporary = _beside(folder / name)
            staged[temporary] = folder / name
            temporary.write_bytes(content)
            flush_file(temporary)
        with placed(staged):
            yield list(staged.values())
    finally:
        for temporary in staged:
            _remove(temporary)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A path beside a place for what is still being made; whatever is left there is removed at the end."""
    temporary = _beside(target)
    try:
        yield temporary
    finally:
        _remove(temporary)
