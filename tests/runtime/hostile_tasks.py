"""What a hostile document might make its reader do; loaded in the child by tests/runtime/test_sandbox.py."""

from __future__ import annotations

import os
import pathlib
import socket
import threading
from collections.abc import Callable
from typing import Any

from workbench.domain.errors import FileRefused

Answer = tuple[dict[str, Any], list[bytes]]


def make_task() -> Callable[..., Answer]:
    """Does what the request says."""
    return lambda request, blobs, tell: ACTS[request["act"]](request, blobs, tell)


def _echo(request: dict[str, Any], blobs: list[bytes], tell: Callable[..., None]) -> Answer:
    tell({"page": 1})
    return {"seen": request["act"], "environment": sorted(os.environ)}, blobs


def _in_parts(_: dict[str, Any], blobs: list[bytes], tell: Callable[..., None]) -> Answer:
    for blob in blobs[:-1]:
        tell({}, [blob])
    return {}, blobs[-1:]


def _refuse(*_: object) -> Answer:
    raise FileRefused("This file holds nothing.")


def _eat_memory(*_: object) -> Answer:
    held = [bytearray(64 << 20) for _ in range(64)]
    return {"held": len(held)}, []


def _hang(*_: object) -> Answer:
    threading.Event().wait()
    return {}, []


def _crash(*_: object) -> Answer:
    os.abort()


def _ask_network(*_: object) -> Answer:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    return {"reached": True}, []


def _read_file(request: dict[str, Any], *_: object) -> Answer:
    return {"text": pathlib.Path(request["path"]).read_text()}, []


def _write_file(request: dict[str, Any], *_: object) -> Answer:
    pathlib.Path(request["path"]).write_text("x")
    return {}, []


def _start_program(*_: object) -> Answer:
    return {"code": os.system("true")}, []


ACTS: dict[str, Callable[..., Answer]] = {
    "in parts": _in_parts,
    "echo": _echo,
    "refuse": _refuse,
    "eat memory": _eat_memory,
    "hang": _hang,
    "crash": _crash,
    "ask the network": _ask_network,
    "read": _read_file,
    "write": _write_file,
    "start a program": _start_program,
}
