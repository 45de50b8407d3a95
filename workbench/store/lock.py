"""Keeps two programs from writing one case, and says who holds it."""

from __future__ import annotations

import getpass
import json
import os
import platform
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from workbench.domain.errors import CaseInUse


class CaseLock:
    """Held from opening to closing; the system frees it when the program dies."""

    def __init__(self, case_path: Path) -> None:
        self._case_path = case_path
        self._lock_path = case_path.with_name(f".{case_path.name}.lock")
        self._holder_path = case_path.with_name(f".{case_path.name}.holder")
        self._lock = FileLock(str(self._lock_path), timeout=0, thread_local=False)

    def take(self) -> None:
        """Take the lock or raise ``CaseInUse`` naming the holder."""
        try:
            self._lock.acquire()
        except Timeout:
            raise CaseInUse(
                f"“{self._case_path.name}” is in use by {self._holder()}. Close it there, then open it here."
            ) from None
        except OSError as error:
            raise CaseInUse(
                f"“{self._case_path.name}” cannot be locked ({error.strerror}). "
                "Copy the case to a folder you can write to and open it there."
            ) from None
        holder = {
            "user": _user_name(),
            "machine": platform.node(),
            "process": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        self._holder_path.write_text(json.dumps(holder), encoding="utf-8")

    def _holder(self) -> str:
        try:
            holder = json.loads(self._holder_path.read_text(encoding="utf-8"))
            return f"{holder['user']} on {holder['machine']} (process {holder['process']}, since {holder['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another program"

    @property
    def is_held(self) -> bool:
        return bool(self._lock.is_locked)

    def release(self) -> None:
        """Let the case go and leave nothing beside it."""
        with suppress(OSError):
            self._holder_path.unlink(missing_ok=True)
        self._lock.release()
        with suppress(OSError):
            self._lock_path.unlink(missing_ok=True)


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "an unnamed user"
