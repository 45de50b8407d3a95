"""Fences a child process in: no network, no other files, no other programs, limited memory.

Linux: address space and file size limits, a system call filter, Landlock where the kernel has it, and an audit
hook. macOS: the same limits and the hook. Windows: the hook only. The hook sees what Python code does, not what
native code does; that is why Linux has the others.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

import workbench
from workbench.runtime.landlock import restrict_files
from workbench.runtime.seccomp import deny_system_calls

if sys.platform != "win32":
    import resource

_FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "pty.")
_CHANGING_EVENTS = frozenset({
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "os.kill", "shutil.rmtree", "shutil.move", "shutil.copyfile",
})  # fmt: skip


def fence_in(*, memory_bytes: int) -> None:
    """Apply to this process, from now on, every fence that the system offers."""
    readable = program_places()
    _limit(memory_bytes)
    restrict_files(readable)
    deny_system_calls()
    _add_hook(tuple(os.path.realpath(path) for path in readable))


def program_places() -> list[Path]:
    """The folders the program itself is read from: Python, its packages, libraries, fonts."""
    frozen = getattr(sys, "_MEIPASS", None)
    places = [
        *(sys.prefix, sys.base_prefix, sys.exec_prefix),
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        Path(workbench.__file__).parent,
        Path(workbench.__file__).parents[1] / "resources",
        *([frozen] if frozen else []),
    ]
    if sys.platform == "linux":
        places += ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/fonts", "/etc/fonts", "/etc/localtime"]
        places += ["/usr/share/zoneinfo", "/etc/ld.so.cache", "/dev/null", "/dev/urandom"]
        places += ["/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/share/tesseract"]
    return list(dict.fromkeys(Path(place) for place in places))


def _limit(memory_bytes: int) -> None:
    if sys.platform == "win32":
        return
    limits = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)]
    if sys.platform == "linux":  # macOS refuses a limit on address space
        limits.append((resource.RLIMIT_AS, memory_bytes))
    for what, most in limits:
        resource.setrlimit(what, (most, most))


def _add_hook(readable: tuple[str, ...]) -> None:
    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            _check_open(arguments, readable)
        elif event.startswith(_FORBIDDEN_EVENTS) or event in _CHANGING_EVENTS:
            raise PermissionError(f"a document may not do this: {event}")

    sys.addaudithook(watch)


def _check_open(arguments: tuple[object, ...], readable: tuple[str, ...]) -> None:
    name = arguments[0]
    if isinstance(name, int):
        return  # a descriptor that is open already
    path = os.path.realpath(os.fsdecode(name)) if isinstance(name, str | bytes) else ""
    if not path.startswith(readable):
        raise PermissionError("a document may not open files")
