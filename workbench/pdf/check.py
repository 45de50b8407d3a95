"""Reads a finished bundle back in a child process, part by part, and compares its pages with their sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.domain.errors import FileRefused
from workbench.pdf.check_page import Wanted
from workbench.pdf.check_reading import ReadBack
from workbench.pdf.quiet import quieten

Tell = Callable[[dict[str, Any]], None]


class _Checking:
    """The sandbox task: read a part of a PDF, then compare pages of it with sources."""

    def __init__(self) -> None:
        self._open: ReadBack | None = None

    def __call__(self, request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
        if request["do"] == "open":
            self._open = ReadBack(blobs[0])
            return {}, []
        if self._open is None:
            raise FileRefused("The bundle was not opened first. Check it again.")
        if request["do"] == "glance":
            ahead = _wanted(request["ahead"]) if request["ahead"] else None
            return {"pages": self._open.glance(request["part"], request["parts"], ahead, tell)}, []
        if request["do"] == "read":
            wanted = _wanted(request)
            return self._open.read(request["part"], request["parts"], wanted, request["front_pages"], tell), []
        return self._open.compare(request["pairs"], blobs[0], tell), []


def _wanted(request: dict[str, Any]) -> Wanted:
    return Wanted(
        is_ours=request["is_ours"],
        pictures=request["pictures"],
        texts=request["texts"],
        marks={
            int(page): [((m[0], m[1], m[2], m[3]), str(label)) for m, label in marks]
            for page, marks in request["marks"].items()
        },
    )


def make_task() -> _Checking:
    """The sandbox task ``workbench.pdf.check:make_task``."""
    quieten()
    return _Checking()
