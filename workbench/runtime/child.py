"""The inside of a child process: fences itself in, then answers what it is asked about one document at a time."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from workbench.domain.errors import WorkbenchError
from workbench.runtime.fences import fence_in
from workbench.runtime.frames import FrameBroken, read_frame, write_frame

#: (request, blobs, tell) -> (facts, blobs)
Task = Callable[[dict[str, Any], list[bytes], Callable[[dict[str, Any]], None]], tuple[dict[str, Any], list[bytes]]]

_PIPE_BYTES = 1 << 20
#: An orphan whose program has died ends itself this long after the last sign of life.
_ORPHAN_FACTOR = 3


def main(arguments: list[str]) -> int:
    """Run the task named in ``arguments``: TASK, memory in bytes, seconds a step."""
    task_name, memory_bytes, seconds = arguments
    requests, answers = _take_pipes()
    module, _, factory = task_name.partition(":")
    task: Task = getattr(importlib.import_module(module), factory)()
    fence_in(memory_bytes=int(memory_bytes))
    write_frame(answers, {"is": "ready"})
    _serve(task, requests, answers, patience=int(float(seconds) * _ORPHAN_FACTOR) + 1)
    return 0


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The protocol keeps the pipes to itself: what a library prints goes to the error stream, input is empty."""
    requests = os.fdopen(os.dup(0), "rb", _PIPE_BYTES)
    answers = os.fdopen(os.dup(1), "wb", _PIPE_BYTES)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


def _serve(task: Task, requests: IO[bytes], answers: IO[bytes], *, patience: int) -> None:
    def tell(step: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
        write_frame(answers, {"is": "step", "step": step}, blobs)
        _alarm(patience)

    while (frame := _next(requests)) is not None:
        _alarm(patience)
        message, blobs, may_go_on = _answer(task, *frame, tell)
        del frame
        write_frame(answers, message, blobs)
        _alarm(0)
        if not may_go_on:
            return


def _next(requests: IO[bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    try:
        return read_frame(requests)
    except FrameBroken:
        return None


def _answer(
    task: Task, request: dict[str, Any], blobs: list[bytes], tell: Callable[[dict[str, Any]], None]
) -> tuple[dict[str, Any], list[bytes], bool]:
    """The answer to one request, and whether this process may be asked again."""
    try:
        facts, found = task(request, blobs, tell)
    except WorkbenchError as error:
        return {"is": "refused", "sentence": str(error)}, [], True
    except MemoryError:
        return {"is": "failed", "why": "it needs more memory than one file may have"}, [], False
    except RecursionError:
        return {"is": "failed", "why": "it is nested too deeply"}, [], False
    except Exception as error:  # noqa: BLE001 - the border of the process: any fault costs one file
        return {"is": "failed", "why": _where(error)}, [], False
    return {"is": "answer", "facts": facts}, found, True


def _where(error: Exception) -> str:
    """Type and place of a fault, never its text: that may hold evidence."""
    frames = traceback.extract_tb(error.__traceback__, limit=-1)
    place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
