"""Checks a finished bundle in a child process: reads it back and judges what was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from workbench.domain.bundle_facts import Expected, ExpectedEntry
from workbench.domain.bundle_rules import judge
from workbench.pdf.check_reading import read_facts

Tell = Callable[[dict[str, Any]], None]


def _expected(described: dict[str, Any] | None) -> Expected | None:
    if described is None:
        return None
    return Expected(
        title=described["title"],
        labels=tuple(described["labels"]),
        letters=tuple(described["letters"]),
        index_pages=tuple(described["index_pages"]),
        entries=tuple(ExpectedEntry(**entry) for entry in described["entries"]),
    )


def check_task(request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
    """Answers ``{"expected": ...}`` and a PDF with the result of every rule."""
    expected = _expected(request.get("expected"))
    facts = read_facts(blobs[0], tell, is_ours=expected is not None)
    return {"checks": [asdict(check) for check in judge(facts, expected)]}, []


def make_task() -> Callable[[dict[str, Any], list[bytes], Tell], tuple[dict[str, Any], list[bytes]]]:
    """The sandbox task ``workbench.pdf.check:make_task``."""
    return check_task
