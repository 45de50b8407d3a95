"""Opens documents in a child process that has no network, no other files, and limits on memory and time."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import workbench
from workbench.domain.errors import ChildFailed, FileRefused
from workbench.runtime.frames import FrameBroken, read_frame, write_frame

if sys.platform == "linux":
    import fcntl

#: Starting Python and importing the readers is given this long, on a slow laptop with a virus scanner.
_START_SECONDS = 60.0
_PIPE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may use: address space in bytes, and seconds between two signs of life."""

    memory_bytes: int = 1 << 30
    seconds_per_step: float = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a task handed back."""

    facts: dict[str, Any]
    blobs: list[bytes] = field(default_factory=list)


_Frame = tuple[dict[str, Any], list[bytes]]


class _Child:
    """One running process, its pipes, and the thread that listens to it."""

    def __init__(self, task: str, limits: Limits) -> None:
        self.process = subprocess.Popen(
            _command(task, limits),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            close_fds=True,
            bufsize=_PIPE_BYTES,
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.stdin: IO[bytes] = self.process.stdin
        self.stdout: IO[bytes] = self.process.stdout
        _widen(self.stdin, self.stdout)
        self.frames: queue.SimpleQueue[_Frame | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="sandbox", daemon=True).start()

    def _listen(self) -> None:
        """Puts every frame into the queue; None when nothing more will come."""
        try:
            while (frame := read_frame(self.stdout)) is not None:
                self.frames.put(frame)
        except (FrameBroken, OSError, ValueError, MemoryError):
            pass
        self.frames.put(None)

    def end(self) -> None:
        """Kill the process and close its pipes."""
        self.process.kill()
        self.process.wait()
        for stream in (self.stdin, self.stdout):
            with contextlib.suppress(OSError, ValueError):
                stream.close()


class Sandbox:
    """A child process for one task, started when first needed and again after it died.

    ``task`` is ``"package.module:factory"``; the factory is called once in the child and returns a callable
    ``(request, blobs, tell) -> (facts, blobs)``; blobs told with a step, so that the child need not keep them, come
    first among those of the answer. One call at a time; ``kill`` may come from any thread.
    """

    def __init__(self, task: str, *, limits: Limits | None = None) -> None:
        self._task = task
        self._limits = limits or Limits()
        self._child: _Child | None = None
        self._calling = threading.Lock()

    def call(
        self,
        request: dict[str, Any],
        blobs: Sequence[bytes] = (),
        *,
        on_step: Callable[[dict[str, Any]], None] | None = None,
    ) -> Answer:
        """Ask the task; raises ``FileRefused`` with its sentence, or ``ChildFailed`` when it did not survive."""
        with self._calling:
            child = self._child or self._start()
            try:
                return self._talk(child, request, blobs, on_step)
            except BaseException as error:
                # After a refusal the child is as good as before; after anything else nobody knows its state.
                if not isinstance(error, FileRefused):
                    self._drop(child)
                raise

    def _start(self) -> _Child:
        child = self._child = _Child(self._task, self._limits)
        if self._next(child, _START_SECONDS)[0].get("is") != "ready":
            self._drop(child)
            raise ChildFailed(_stopped("its reading process did not start"))
        return child

    def _talk(
        self,
        child: _Child,
        request: dict[str, Any],
        blobs: Sequence[bytes],
        on_step: Callable[[dict[str, Any]], None] | None,
    ) -> Answer:
        self._send(child, request, blobs)
        parts: list[bytes] = []
        while True:
            message, found = self._next(child, self._limits.seconds_per_step)
            kind = message.get("is")
            parts += found
            if kind == "answer":
                return Answer(dict(message["facts"]), parts)
            if kind == "refused":
                raise FileRefused(str(message.get("sentence", "")))
            if kind != "step":
                raise ChildFailed(_stopped(str(message.get("why", "it answered with something unreadable"))))
            if on_step is not None:
                on_step(dict(message.get("step", {})))

    def _send(self, child: _Child, request: dict[str, Any], blobs: Sequence[bytes]) -> None:
        # A child that no longer reads would block the writing for ever.
        deadline = threading.Timer(self._limits.seconds_per_step, child.process.kill)
        deadline.daemon = True
        deadline.start()
        try:
            write_frame(child.stdin, request, blobs)
        except (OSError, ValueError):
            raise ChildFailed(_stopped(self._why_it_ended(child))) from None
        finally:
            deadline.cancel()

    def _next(self, child: _Child, seconds: float) -> _Frame:
        try:
            frame = child.frames.get(timeout=seconds)
        except queue.Empty:
            self._drop(child)
            raise ChildFailed(_stopped(f"it took longer than {seconds:g} seconds over one page")) from None
        if frame is None:
            why = self._why_it_ended(child)
            self._drop(child)
            raise ChildFailed(_stopped(why))
        return frame

    def _why_it_ended(self, child: _Child) -> str:
        try:
            code = child.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            return "it answered with something unreadable"
        return f"it crashed, signal {-code}" if code < 0 else f"it ended by itself, code {code}"

    def _drop(self, child: _Child) -> None:
        child.end()
        if self._child is child:
            self._child = None

    @property
    def is_running(self) -> bool:
        """True when a child is there that may remember earlier calls."""
        return self._child is not None

    def kill(self) -> None:
        """End the child at once; a running ``call`` raises ``ChildFailed``. From any thread."""
        child = self._child
        if child is not None:
            child.process.kill()

    def close(self) -> None:
        """End the child; the sandbox may be used again and then starts another."""
        child = self._child
        if child is not None:
            self._drop(child)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _stopped(why: str) -> str:
    return f"The file stopped the reader ({why})."


def _command(task: str, limits: Limits) -> list[str]:
    is_frozen = getattr(sys, "frozen", False)
    how = ["--child"] if is_frozen else ["-P", "-m", "workbench.runtime.child"]
    return [sys.executable, *how, task, str(limits.memory_bytes), str(limits.seconds_per_step)]


def _environment() -> dict[str, str]:
    """Nothing of ours but where the program lies: the passphrase may stand in an environment variable."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(Path(workbench.__file__).parents[1]),
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "ORT_DISABLE_TELEMETRY": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def _widen(*streams: IO[bytes]) -> None:
    """A larger pipe halves the time that big originals take to travel."""
    if sys.platform == "linux":
        for stream in streams:
            with contextlib.suppress(OSError):
                fcntl.fcntl(stream, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
