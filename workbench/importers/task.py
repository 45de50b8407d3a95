"""Reads one file in a child process and hands its facts over as plain values."""

from __future__ import annotations

from typing import Any

from workbench.importers.base import Incoming, Tell
from workbench.importers.facts import facts_of
from workbench.importers.registry import choose
from workbench.pdf.quiet import quieten


def make_task() -> Any:
    """The sandbox task ``workbench.importers.task:make_task``: ``{"name": ...}`` with the bytes of a file."""
    quieten()
    return read_file


def read_file(request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
    """Facts and blobs of one file: the working copy first when there is one, then its parts."""
    incoming = Incoming(name=str(request["name"]), content=blobs[0], tell=tell)
    received = choose(incoming).read(incoming)
    copy = [] if received.working_copy is None else [received.working_copy]
    return facts_of(received), [*copy, *(part.content for part in received.parts)]
